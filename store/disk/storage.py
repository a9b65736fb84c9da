"""TinyDB's way to our file: reads strictly, writes by our protocol, holds nothing open."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from store.clock import utc_now
from store.disk.canonical import Entry, Text, entry_text, store_pieces
from store.disk.files import NOWHERE, Pieces, Signature, holds, is_text, read_file, sha256_of, signature_of
from store.disk.keeping.known import KnownTexts, Mark
from store.disk.reading.reading import Reading, Sound, read_differences, read_store
from store.disk.reading.recalling import read_by_copy
from store.disk.reading.slicing import places, spliced, spliced_pieces
from store.disk.writing.aftercare import Aftercare
from store.disk.writing.locking import PATIENCE_SECONDS, StoreLock
from store.disk.writing.patching import Changes, Entries, Patch, texts_of, with_changes
from store.disk.writing.writing import changed_outside, confirm_directory, create_file, look_unchanged, replace_file
from store.errors import NotSavedError, StoreError
from store.models import Record

Seen = tuple[bytes, os.stat_result]
"""The bytes of the file, and what it looked like when they were read."""


class FileStorage(Storage):
    """A store file, never held open.

    The bytes last read or written are kept: they are what an edit starts from, so that a save can tell what others
    wrote meanwhile and merge with it, and where the text of unchanged records is taken from.

    Args:
        path: the store file; a link is followed, so that a save replaces what it points to.
    """

    def __init__(self, path: Path) -> None:
        self._named = path.absolute()
        self._settle()
        self._base: bytes | None = None
        self._signature: Signature = NOWHERE
        self._entries: Entries | None = None
        self._kept: Mapping[tuple[str, str | None], bytes] = {}
        self._read: Reading | None = None
        self._since: dict[str, dict[int, Record | None]] = {}
        self._is_confirmed = True
        self._is_checked = True
        self._is_foreign = False

    def _settle(self) -> None:
        self.path = self._real_path()
        self._lock = StoreLock(self.path)
        self._known = KnownTexts(self.path)
        self._aftercare = Aftercare(self.path, self._known)

    def _real_path(self) -> Path:
        # Path.resolve raises an error of its own for links in a circle; this leaves them to the first reading.
        return Path(os.path.realpath(self._named))

    @property
    def base(self) -> bytes:
        """The bytes of the file as they were last read or written here.

        Raises:
            NoStoreError: it was not read yet, and there is no file.
            UnreadableStoreError: it was not read yet, and is no store.
        """
        if self._base is None:
            self.load()
        return self._base or b""

    @property
    def is_exclusive(self) -> bool:
        """Whether the lock last held really kept other writers out; some network disks know no locks."""
        return self._lock.is_exclusive

    @contextmanager
    def locked(self, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Keeps other writers out, for as long as reading, merging and writing have to be one step.

        Every write takes the lock by itself; within this it has it already. It may wait for others.

        Raises:
            NotSavedError: another program held it all the time.
        """
        with self._lock.held(patience):
            yield

    def look(self) -> Seen:
        """Reads the bytes of the file; what was last read or written stays what an edit starts from.

        Raises:
            NoStoreError: there is no file.
            UnreadableStoreError: it is none that can be read.
        """
        if self.path != self._real_path():
            self._settle()
        return read_file(self.path)

    def load(self, seen: Seen | None = None) -> Reading:
        """Goes on from the file as it is now, or as it was seen.

        Args:
            seen: what `look` gave; the file is read anew without it.

        Raises:
            NoStoreError: there is no file.
            UnreadableStoreError: it is no store, or not whole.
        """
        content, status = seen or self.look()
        reading = self.reading_of(content)
        if self._base is not None and self._since and content != self._base:
            self._aftercare.before_reload(self._base, utc_now())
        self._take(content, signature_of(status), reading)
        self._is_foreign = self._known.remember(reading.sha256, reading.mark) is not Mark.CANONICAL
        return reading

    def reading_of(self, content: bytes) -> Reading:
        """What a text would hold if it were the file, such as a merged one; the file is not looked at.

        Raises:
            UnreadableStoreError: it is no store, or not whole.
        """
        sound, marks = self._sound(), self._known.marks()
        reading = None if sound is None else read_differences(content, sound)
        if self._base is None and sha256_of(content) not in marks:
            reading = read_by_copy(content, self.path, self._known)
        return reading or read_store(content, self.path.name, marks)

    def unrecognised(self) -> tuple[bytes, Reading] | None:
        """The bytes last read with what they hold, if nothing is wrong but nobody knows whether they are canonical."""
        if self._base is None or self._read is None or self._entries is None or self._entries is not self._read.entries:
            return None
        return (self._base, self._read) if self._read.mark is Mark.CLEAN else None

    def recognised(self, content: bytes) -> None:
        """Takes note that the bytes last read are canonical: from now on only what differs from them is read."""
        if content is self._base and self._read is not None and self._entries is self._read.entries:
            self._entries = None
            self._known.remember(self._read.sha256, Mark.CANONICAL)

    @property
    def _is_good(self) -> bool:
        """Whether the bytes last read or written are canonical and nothing is wrong in them."""
        return self._entries is None and self._is_checked

    def _sound(self) -> Sound | None:
        """The bytes last read or written with what they hold, if they are good."""
        if self._read is None or self._base is None or not self._is_good:
            return None
        workspace = self._read.workspace.with_records(self._since) if self._since else self._read.workspace
        return Sound(self._base, workspace, self._read.schema)

    def text_with(self, changes: Changes) -> bytes:
        """The bytes last read or written with records put in or (None) taken out, as canonical text.

        Raises:
            NotSavedError: a record cannot be written so that it can be read again.
        """
        patch = Patch(changes)
        base = self.base
        if self._entries is None:
            return spliced(base, patch.texts())
        return b"".join(self._pieces_of(texts_of(with_changes(self._entries, patch.changes))))

    def entries(self) -> Entries:
        """Every record that can be used, as the last reading or writing left it."""
        content = self.base
        if self._entries is not None:
            return self._entries
        where = places(content)
        if where is None:
            # Never so for a text we wrote; should it be, the strict way is right for any text.
            return self.load().entries or {}
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
            NotSavedError: the system refused, others kept the lock, or a record cannot be written so that it can be
                read again.
        """
        with self.locked():
            base, is_good = self.base, self._is_good
            status = self._look()
            entries: Mapping[str, Mapping[str, Text]] | None = None
            if isinstance(data, Patch) and self._entries is None:
                pieces = spliced_pieces(base, data.texts())
            else:
                entries = texts_of(with_changes(self.entries(), data.changes) if isinstance(data, Patch) else data)
                pieces = self._pieces_of(entries)
            if not self._is_confirmed or not is_text(base, pieces):
                # Raw fields from a script may say anything: the next start has to look at them.
                self._is_checked = self._is_checked and isinstance(data, Patch)
                self._put(pieces, status)
                self._entries = entries if self._kept else None
                if isinstance(data, Patch):
                    for table, records in data.changes.items():
                        self._since.setdefault(table, {}).update(records)
                self._confirm(base, is_good=is_good)
            if not self._kept and self._is_checked:
                self._known.remember(sha256_of(self.base), Mark.CANONICAL)

    def write_text(self, content: bytes) -> Reading:
        """Puts a text, such as a merged one, in the place of the bytes last read or written; what it holds.

        Raises:
            ChangedOutsideError: the file is not the one last read or written; it was left alone.
            NotSavedError: the system refused, or others kept the lock.
            UnreadableStoreError: the text is no store; the file was left alone.
        """
        with self.locked():
            base, is_good = self.base, self._is_good
            status = self._look()
            reading = self.reading_of(content)
            self._put([content], status)
            self._take(content, self._signature, reading)
            self._confirm(base, is_good=is_good)
            self._known.remember(reading.sha256, reading.mark)
            return reading

    def write_copy(self, path: Path, data: Entries) -> None:
        """Writes a state into a new file; nothing is overwritten.

        Raises:
            NotSavedError: the name is taken, the system refused, or a record cannot be written.
        """
        create_file(path, b"".join(self._pieces_of(texts_of(data))))
        confirm_directory(path)

    def changed_outside(self) -> bool:
        """Whether the file has other bytes than those last read or written, or is gone."""
        base = self.base
        try:
            signature = signature_of(self.path.stat())
            if self.path != self._real_path():
                return True
            if signature == self._signature:
                return False
            if not holds(self.path, base):
                return True
        except (OSError, StoreError):
            return True
        # Looked at before the bytes were: a change since then is seen the next time.
        self._signature = signature
        return False

    def _look(self) -> os.stat_result:
        """What the file looks like, after making sure that it is the one last read or written."""
        if self.path != self._real_path():
            # A link that leads elsewhere now: what is there was never read.
            raise changed_outside(self._named)
        return look_unchanged(self.path, self.base)

    def _take(self, content: bytes, signature: Signature, reading: Reading) -> None:
        self._base, self._signature = content, signature
        self._entries, self._kept = reading.entries, reading.kept
        self._read, self._since = reading, {}
        self._is_confirmed = True
        self._is_checked = True

    def _put(self, pieces: Pieces, status: os.stat_result) -> None:
        written = replace_file(self.path, pieces, self.base, status, self._keep_theirs)
        self._base, self._signature = written.content, written.signature
        self._is_confirmed = False

    def _keep_theirs(self, content: bytes) -> None:
        self._aftercare.keep(content, utc_now())

    def _confirm(self, replaced: bytes, *, is_good: bool) -> None:
        self._is_confirmed = False
        confirm_directory(self.path)
        self._is_confirmed = True
        self._aftercare.after_save(replaced, self.base, utc_now(), is_foreign=self._is_foreign, is_good=is_good)
        self._is_foreign = False

    def _pieces_of(self, entries: Mapping[str, Mapping[str, Entry]]) -> list[Text]:
        """The canonical text of a state, with everything that was set aside in its place."""
        texts: dict[str, dict[str, Text]] = {
            table: {key: entry_text(table, key, entry) for key, entry in there.items()}
            for table, there in entries.items()
        }
        odd: dict[str, Text] = {}
        for (table, key), text in self._kept.items():
            if key is None:
                odd[table] = text
            elif key in texts.get(table, {}):
                message = f"Record {key} of {table} was not written: one that cannot be used has this id."
                raise NotSavedError(message, "Mend that one first: `leadline check` says what is wrong with it.")
            else:
                texts.setdefault(table, {})[key] = text
        return store_pieces({**texts, **odd})
