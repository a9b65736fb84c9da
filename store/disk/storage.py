"""TinyDB on our file: its tables and queries as everybody knows them, its writes by our protocol."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.disk.canonical import Entry, Text, entry_text, in_file_order, store_text
from store.disk.files import NOWHERE, Seen, read_file, sha256_of, signature_of
from store.disk.known import KnownTexts, Mark
from store.disk.proving import proved_text
from store.disk.reading import Reading, read_store
from store.disk.slicing import places, spliced
from store.disk.writing import confirm_directory, create_file, read_unchanged, replace_file, sweep
from store.errors import StoreError
from store.models import Record

Entries = Mapping[str, Mapping[str, Entry]]
"""Every record by table and key."""

_NEVER: Final = Seen("", NOWHERE)


@dataclass(frozen=True, slots=True)
class Patch:
    """Records to put in, or (None) to take out, by table and id; all others stay as they are."""

    changes: Mapping[str, Mapping[int, Record | None]]

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


class FileStorage(Storage):
    """A store file, never held open.

    A file we wrote is itself where the text of unchanged records is taken from at the next save, so that only changed
    ones are rendered and none is kept in memory twice.

    Args:
        path: the store file; a link is followed now, so that a save replaces what it points to.
    """

    def __init__(self, path: Path) -> None:
        # Path.resolve raises an error of its own for links in a circle; this leaves them to the first reading.
        self.path = Path(os.path.realpath(path))
        self._known = KnownTexts(self.path)
        self._seen = _NEVER
        self._entries: Entries | None = None
        self._kept: Mapping[tuple[str, str | None], bytes] = {}
        self._current: tuple[bytes, os.stat_result] | None = None
        self._is_confirmed = True
        self._is_checked = True
        self._is_swept = False

    def load(self) -> Reading:
        """Reads the file anew.

        Raises:
            NoStoreError: there is no file.
            UnreadableStoreError: it is no store, or not whole.
        """
        content, status = read_file(self.path)
        reading = read_store(content, self.path.name, self._known.marks())
        if reading.mark is not Mark.UNKNOWN:
            self._known.remember(reading.sha256, reading.mark)
        self._seen = Seen(reading.sha256, signature_of(status))
        self._entries, self._kept, self._current = reading.entries, reading.kept, None
        self._is_confirmed = True
        self._is_checked = True
        return reading

    def entries(self) -> Entries:
        """Every record that can be used, as the last reading or writing left it.

        Raises:
            ChangedOutsideError: they are in the file, and the file is another one now.
            NotSavedError: the file cannot be read.
        """
        self._make_sure_it_was_read()
        if self._entries is not None:
            return self._entries
        content, status = read_unchanged(self.path, self._seen.sha256)
        where = places(content)
        if where is None:
            # Never so for a text we wrote; should it be, the strict way is right for any text.
            return self.load().entries or {}
        self._current = content, status
        view = memoryview(content)
        return {
            table: {key: view[start:end] for key, (start, end) in records.items()} for table, records in where.items()
        }

    def read(self) -> dict[str, dict[str, Any]]:
        """Every record by table and key, as TinyDB wants it: copies that a caller may change.

        What was set aside is left out here and put back by `write`.
        """
        return {
            table: {
                key: json.loads(b"{%b}" % bytes(entry_text(table, key, entry)))[key] for key, entry in entries.items()
            }
            for table, entries in self.entries().items()
        }

    def write(self, data: "Entries | Patch") -> None:
        """Puts a whole new state, or a patch of the present one, into the file by the write protocol.

        Raises:
            ChangedOutsideError: the file is not the one last read or written; it was left alone.
            NotSavedError: the system refused, or a record cannot be written so that it can be read again.
        """
        self._make_sure_it_was_read()
        current, status = self._current or read_unchanged(self.path, self._seen.sha256)
        self._current = None
        entries: Mapping[str, Mapping[str, Text]] | None = None
        if isinstance(data, Patch) and self._entries is None:
            content = spliced(current, data.texts())
        else:
            entries = _texts(with_changes(self.entries(), data.changes) if isinstance(data, Patch) else data)
            content = self._text_of(entries)
        if not self._is_confirmed or content != current:
            # Raw fields from a script may say anything: the next start has to look at them.
            self._is_checked = self._is_checked and isinstance(data, Patch)
            self._seen = replace_file(self.path, content, current, status)
            self._entries = entries if self._kept else None
            self._is_confirmed = False
            confirm_directory(self.path)
            self._is_confirmed = True
            self._sweep()
        if not self._kept and self._is_checked:
            self._known.remember(self._seen.sha256, Mark.CANONICAL)

    def write_copy(self, path: Path, data: Entries) -> None:
        """Writes a state into a new file; nothing is overwritten.

        Raises:
            NotSavedError: the name is taken, the system refused, or a record cannot be written.
        """
        create_file(path, self._text_of(_texts(data)))
        confirm_directory(path)

    def changed_outside(self) -> bool:
        """Whether the file has other bytes than those last read or written, or is gone."""
        self._make_sure_it_was_read()
        try:
            if signature_of(self.path.stat()) == self._seen.signature:
                return False
            content, status = read_file(self.path)
        except (OSError, StoreError):
            return True
        if sha256_of(content) != self._seen.sha256:
            return True
        self._seen = Seen(self._seen.sha256, signature_of(status))
        return False

    def _sweep(self) -> None:
        if not self._is_swept:
            sweep(self.path, time.time())
            self._is_swept = True

    def _text_of(self, entries: Mapping[str, Mapping[str, Text]]) -> bytes:
        """The canonical text of a state, with everything that was set aside in its place."""
        texts: dict[str, dict[str, Text]] = {table: dict(there) for table, there in entries.items()}
        odd: dict[str, Text] = {}
        for (table, key), text in self._kept.items():
            if key is None:
                odd[table] = text
            else:
                texts.setdefault(table, {})[key] = text
        return store_text({**texts, **odd})

    def _make_sure_it_was_read(self) -> None:
        if self._seen is _NEVER:
            self.load()


class LiveTable(Table):
    """A TinyDB table without a query cache, which would not see other writes and would hand out what it keeps."""

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = 0,
        persist_empty: bool = False,  # noqa: FBT001, FBT002 - the signature is TinyDB's
    ) -> None:
        super().__init__(storage, name, cache_size, persist_empty)


class Database(TinyDB):
    """A store for code that speaks TinyDB.

    Args:
        path: the store file.
    """

    table_class = LiveTable

    def __init__(self, path: Path) -> None:
        self.file = FileStorage(path)
        super().__init__(storage=lambda: self.file)

    def commit(self, changes: Mapping[str, Mapping[int, Record | None]]) -> None:
        """Puts records in (None takes one out), all by exactly one write.

        Raises:
            ChangedOutsideError: the file is not the one last read or written; it was left alone.
            NotSavedError: the system refused, or a record cannot be written so that it can be read again.
        """
        self.file.write(Patch(changes))


def _texts(data: Entries) -> dict[str, dict[str, Text]]:
    return {
        table: {key: proved_text(table, key, entry) for key, entry in data.get(table, {}).items()}
        for table in in_file_order(data)
    }


def with_changes(entries: Entries, changes: Mapping[str, Mapping[int, Record | None]]) -> Entries:
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
