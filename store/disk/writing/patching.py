"""States of a store as the storage takes them: all records, or those that change."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.disk.canonical import Entry, Text, in_file_order
from store.disk.writing.proving import proved_text
from store.models import Record

Entries = Mapping[str, Mapping[str, Entry]]
"""Every record by table and key."""

Changes = Mapping[str, Mapping[int, Record | None]]
"""Records to put in, or (None) to take out, by table and id."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Records to put in, or (None) to take out; all others stay as they are."""

    changes: Changes

    def texts(self) -> dict[str, dict[str, Text | None]]:
        """The canonical text of every record that is put in.

        Raises:
            NotSavedError: one of them cannot be written so that it can be read again.
        """
        return {
            table: {
                str(number): None if record is None else proved_text(table, str(number), record)
                for number, record in records.items()
            }
            for table, records in self.changes.items()
        }


def texts_of(data: Entries) -> dict[str, dict[str, Text]]:
    """The canonical text of every record of a state.

    Raises:
        NotSavedError: one of them cannot be written so that it can be read again.
    """
    return {
        table: {key: proved_text(table, key, entry) for key, entry in data.get(table, {}).items()}
        for table in in_file_order(data)
    }


def with_changes(entries: Entries, changes: Changes) -> Entries:
    """The records after some were put in or (None) taken out."""
    after = dict(entries)
    for table, records in changes.items():
        there = dict(after.get(table, {}))
        for number, record in records.items():
            if record is None:
                there.pop(str(number), None)
            else:
                there[str(number)] = record
        after[table] = there
    return after
