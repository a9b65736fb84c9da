"""The workbench: the store as it is now, and everything that is done to it.

Screens and the command line use it alike. A change is in memory at once and in the file after the next save.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import randbits
from typing import Final

from store.change import ChangeSet, Deed, History, Remembered, applied, inverse, recalled
from store.disk import Database, Identity, Reading, create_store, identity_in, with_changes
from store.errors import NotSavedError, OvertakenError, RuleError, StoreError
from store.findings import Finding
from store.models import TABLES, Record, Workspace, id_maker
from store.workbench.ids import Taken
from store.workbench.replaying import Reloaded, done_again, put_on_top
from store.workbench.saving import SaveKind, SaveState, why_read_only

Clock = Callable[[], datetime]
RandomBits = Callable[[int], int]

_UNDID: Final = "Undid: "
_REDID: Final = "Redid: "


class Workbench:
    """Does, undoes, saves and reloads. `open` and `in_memory` make one.

    `save` and `reload` may run in a worker thread; everything else belongs to the thread that owns the workbench.
    """

    def __init__(
        self, workspace: Workspace, who: Identity, now: Clock, random_bits: RandomBits, database: Database | None
    ) -> None:
        self._workspace = workspace
        self._who = who
        self._now = now
        self._database = database
        self._history = History()
        self._findings: tuple[Finding, ...] = ()
        self._set_aside: frozenset[tuple[str, int]] = frozenset()
        self._read_only = ""
        self._unsaved: list[ChangeSet] = []
        self._save_state = SaveState(SaveKind.SAVED, now())
        self._draw = id_maker(who.author, Taken(self._is_taken), random_bits)
        self._saving = threading.Lock()
        self._state = threading.RLock()

    @classmethod
    def open(
        cls, path: Path, *, now: Clock, who: Identity | None = None, random_bits: RandomBits = randbits
    ) -> "Workbench":
        """Opens a store file.

        Args:
            path: the store, as `store.disk.find_store` found it.
            now: the clock.
            who: who is at the keyboard; asked of the environment and git when left out.
            random_bits: where ids come from.

        Raises:
            NoStoreError: there is no such file.
            UnreadableStoreError: it is no store, or not whole.
        """
        database = Database(path)
        reading = database.file.load()
        folder = database.file.path.parent
        bench = cls(reading.workspace, who or identity_in(folder, os.environ), now, random_bits, database)
        bench._take(reading)
        return bench

    @classmethod
    def in_memory(
        cls, workspace: Workspace, *, now: Clock, who: Identity, random_bits: RandomBits = randbits
    ) -> "Workbench":
        """A workbench without a file; saving always works and keeps nothing."""
        return cls(workspace, who, now, random_bits, None)

    @property
    def workspace(self) -> Workspace:
        """Everything as it is now, saved or not."""
        return self._workspace

    @property
    def path(self) -> Path | None:
        """The real path of the file; None in memory."""
        return None if self._database is None else self._database.file.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the last reading of the file set aside."""
        return self._findings

    @property
    def history(self) -> History:
        """What can be undone and redone."""
        return self._history

    @property
    def save_state(self) -> SaveState:
        """Where the newest edit is; may be read from any thread."""
        return self._save_state

    @property
    def pending(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._unsaved)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing may be changed; `save_state` says why."""
        return bool(self._read_only)

    @property
    def by(self) -> str:
        """The handle of the person at the keyboard."""
        return self._who.handle

    def new_id(self) -> int:
        """An id that no record has, among them those set aside."""
        return self._draw()

    def do(self, change: ChangeSet) -> Workspace:
        """Makes a change: in memory at once, in the history, and in the file after the next save.

        Raises:
            RuleError: the store may only be read, or the change would write over a record that was set aside.
        """
        with self._state:
            if change:
                self._apply(change)
                self._history = self._history.with_done(Deed("", change))
            return self._workspace

    def undo(self, now: datetime) -> ChangeSet:
        """Takes the newest change back and returns what was done, with a sentence such as "Undid: Moved LL-7KQ2".

        Raises:
            RuleError: there is nothing to undo, or the store may only be read.
            OvertakenError: its fields were changed since; it leaves the history, so that older changes can be undone.
        """
        with self._state:
            if not self._history.done:
                message = "Nothing to undo."
                raise RuleError(message)
            try:
                newest = self._recalled(self._history.done[-1])
                back = inverse(self._workspace, newest, now, self.by)
            except OvertakenError:
                self._history = replace(self._history, done=self._history.done[:-1])
                raise
            back = replace(back, sentence=_UNDID + newest.sentence)
            self._apply(back)
            self._history = self._history.with_undone()
            return back

    def redo(self, now: datetime) -> ChangeSet:
        """Does again what was undone last and returns what was done, with a sentence such as "Redid: Moved LL-7KQ2".

        Raises:
            RuleError: there is nothing to redo, or the store may only be read.
            OvertakenError: its fields were changed since; it leaves the history.
        """
        with self._state:
            if not self._history.undone:
                message = "Nothing to redo."
                raise RuleError(message)
            try:
                newest = self._recalled(self._history.undone[-1])
                again = done_again(self._workspace, newest, now, self.by)
            except OvertakenError:
                self._history = replace(self._history, undone=self._history.undone[:-1])
                raise
            redone = replace(again, sentence=_REDID + newest.sentence)
            self._apply(redone)
            self._history = self._history.with_redone(again)
            return redone

    def save(self) -> None:
        """Writes everything that is not in the file yet, by one write; returns when it is safe on the disk.

        Raises:
            ChangedOutsideError: somebody else wrote the file; it was left alone and the edits are kept.
            NotSavedError: the system refused, or a record cannot be written; the edits are kept.
        """
        with self._saving:
            with self._state:
                count = len(self._unsaved)
                if count == 0:
                    return
                if self._read_only:
                    raise NotSavedError(self._read_only, "The changes are kept here as long as the program runs.")
                changes = self._changes(self._unsaved)
                self._save_state = SaveState(SaveKind.SAVING, self._now())
            try:
                if self._database is not None:
                    self._database.commit(changes)
            except StoreError as error:
                self._save_state = SaveState(SaveKind.FAILED, self._now(), error.message)
                if isinstance(error, NotSavedError):
                    raise
                # What cannot be read cannot be put on top of, so it is not saved either.
                raise NotSavedError(error.message, error.hint) from error
            with self._state:
                del self._unsaved[:count]
                kind = SaveKind.UNSAVED if self._unsaved else SaveKind.SAVED
                self._save_state = SaveState(kind, self._now())

    def save_copy(self, path: Path) -> None:
        """Writes everything, saved or not, into a new file; a way out when the store itself cannot be written.

        Raises:
            NotSavedError: the name is taken, the system refused, or a record cannot be written.
        """
        with self._saving:
            with self._state:
                changes = self._changes(self._unsaved)
            if self._database is None:
                create_store(path, self._workspace.settings, {table: self._workspace.table(table) for table in TABLES})
            else:
                file = self._database.file
                file.write_copy(path, with_changes(file.entries(), changes))

    def changed_outside(self) -> bool:
        """Whether somebody else wrote the file since it was read or saved; cheap enough to ask every second."""
        if self._database is None or not self._saving.acquire(blocking=False):
            # A save under way looks for itself, and whoever asks should not wait for it.
            return False
        try:
            return self._database.file.changed_outside()
        finally:
            self._saving.release()

    def reload(self, *, keep_edits: bool) -> Reloaded:
        """Reads the file again.

        Args:
            keep_edits: put changes that are not saved yet on top, each if the fields it touches are untouched;
                otherwise they are dropped.

        Raises:
            NoStoreError: the file is gone; nothing changed here.
            UnreadableStoreError: it is not whole now; nothing changed here.
        """
        if self._database is None:
            return Reloaded()
        with self._saving:
            reading = self._database.file.load()
            with self._state:
                unsaved = self._unsaved
                self._take(reading)
                on_top = put_on_top(reading.workspace, unsaved if keep_edits else (), self._set_aside, self._now())
                self._workspace, self._unsaved = on_top.workspace, list(on_top.unsaved)
                if self._unsaved and not self._read_only:
                    self._save_state = SaveState(SaveKind.UNSAVED, self._now())
                gone = {id(change) for change in unsaved} - {id(change) for change in on_top.outcome.kept}
                done = tuple(deed for deed in self._history.done if id(deed.change) not in gone)
                self._history = replace(self._history, done=done)
                return on_top.outcome

    def _recalled(self, deed: Deed) -> ChangeSet:
        return recalled(self._workspace, deed.change) if isinstance(deed.change, Remembered) else deed.change

    def _apply(self, change: ChangeSet) -> None:
        if self._read_only:
            raise RuleError(self._read_only, "Changes are not possible here.")
        for edit in change.edits:
            if (edit.table, edit.id) in self._set_aside:
                message = f"Record {edit.id} of {edit.table} was set aside and cannot be changed here."
                raise RuleError(message, "Mend it in the file first; `leadline check` says what is wrong.")
        self._workspace = applied(self._workspace, change)
        self._unsaved.append(change)
        if self._save_state.kind is SaveKind.SAVED:
            self._save_state = SaveState(SaveKind.UNSAVED, self._now())

    def _is_taken(self, number: object) -> bool:
        in_use = any(number in self._workspace.table(table) for table in TABLES)
        return in_use or any(number == set_aside for _, set_aside in self._set_aside)

    def _changes(self, unsaved: list[ChangeSet]) -> dict[str, dict[int, Record | None]]:
        """Every record the changes touch, as it is now."""
        changes: dict[str, dict[int, Record | None]] = {}
        for change in unsaved:
            for edit in change.edits:
                changes.setdefault(edit.table, {})[edit.id] = self._workspace.get(edit.table, edit.id)
        return changes

    def _take(self, reading: Reading) -> None:
        self._workspace = reading.workspace
        self._findings = reading.findings
        self._set_aside = frozenset(
            (finding.table, finding.record) for finding in reading.findings if finding.record is not None
        )
        self._read_only = why_read_only(reading, self.path)
        kind = SaveKind.READ_ONLY if self._read_only else SaveKind.SAVED
        self._save_state = SaveState(kind, self._now(), self._read_only)
