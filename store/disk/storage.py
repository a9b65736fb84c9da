"""TinyDB on our file: its tables and queries as everybody knows them, its writes by our protocol."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.disk.canonical import Entry, entry_text, in_file_order, store_text
from store.disk.files import Seen, read_file, sha256_of, signature_of
from store.disk.known import KnownTexts, Mark
from store.disk.reading import Reading, read_store
from store.disk.writing import confirm_directory, create_file, replace_file
from store.errors import StoreError
from store.models import Record

Entries = Mapping[str, Mapping[str, Entry]]
"""Every record by table and key."""


class FileStorage(Storage):
    """A store file, kept in memory as the text of its records and never held open.

    Args:
        path: the store file; a link is followed now, so that a save replaces what it points to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._known = KnownTexts(self.path)
        self._entries: Entries = {}
        self._kept: Mapping[tuple[str, str | None], bytes] = {}
        self._seen: Seen | None = None
        self._is_confirmed = True

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
        self._entries, self._kept = reading.entries, reading.kept
        self._seen = Seen(reading.sha256, signature_of(status))
        self._is_confirmed = True
        return reading

    @property
    def entries(self) -> Entries:
        """Every record that can be used, as the last reading or writing left it."""
        self._last_seen()
        return self._entries

    def read(self) -> dict[str, dict[str, Any]]:
        """Every record by table and key, as TinyDB wants it: copies that a caller may change.

        What was set aside is left out here and put back by `write`.
        """
        return {
            table: {key: json.loads(entry_text(table, entry)) for key, entry in entries.items()}
            for table, entries in self.entries.items()
        }

    def write(self, data: Entries) -> None:
        """Puts a whole new state into the file, by the write protocol.

        Raises:
            ChangedOutsideError: the file is not the one last read or written; it was left alone.
            NotSavedError: the system refused.
        """
        seen = self._last_seen()
        entries = {
            table: {key: entry_text(table, entry) for key, entry in data.get(table, {}).items()}
            for table in in_file_order(data)
        }
        content = self.text_of(entries)
        if not self._is_confirmed or sha256_of(content) != seen.sha256:
            self._seen = replace_file(self.path, content, seen.sha256)
            self._is_confirmed = False
        self._entries = entries
        if not self._is_confirmed:
            confirm_directory(self.path)
            self._is_confirmed = True
            if not self._kept:
                self._known.remember(sha256_of(content), Mark.CANONICAL)

    def write_copy(self, path: Path, data: Entries) -> None:
        """Writes a state into a new file; nothing is overwritten.

        Raises:
            NotSavedError: the name is taken, or the system refused.
        """
        create_file(path, self.text_of(data))
        confirm_directory(path)

    def text_of(self, data: Entries) -> bytes:
        """The canonical text of a state, with everything that was set aside in its place."""
        texts: dict[str, dict[str, bytes] | bytes] = {
            table: {key: entry_text(table, entry) for key, entry in entries.items()} for table, entries in data.items()
        }
        for (table, key), text in self._kept.items():
            there = texts.setdefault(table, {})
            if key is None:
                texts[table] = text
            elif isinstance(there, dict):
                there[key] = text
        return store_text(texts)

    def changed_outside(self) -> bool:
        """Whether the file has other bytes than those last read or written, or is gone."""
        seen = self._last_seen()
        try:
            if signature_of(self.path.stat()) == seen.signature:
                return False
            content, status = read_file(self.path)
        except (OSError, StoreError):
            return True
        if sha256_of(content) != seen.sha256:
            return True
        self._seen = Seen(seen.sha256, signature_of(status))
        return False

    def _last_seen(self) -> Seen:
        if self._seen is None:
            reading = self.load()
            return Seen(reading.sha256, (0, 0, 0, 0, 0)) if self._seen is None else self._seen
        return self._seen


class LiveTable(Table):
    """A TinyDB table without a query cache: it would not see what others write, and hands out what it keeps."""

    default_query_cache_capacity = 0


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
            NotSavedError: the system refused.
        """
        self.file.write(with_changes(self.file.entries, changes))


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
