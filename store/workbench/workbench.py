"""The workbench: the store as it is now, and everything that is done to it.

Screens and the command line use it alike. A change is in memory at once, in the journal a moment later, and in the
file after the next save.
"""

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from secrets import randbits
from typing import Final

from store.change import (
    ChangeSet,
    Deed,
    Did,
    History,
    Step,
    inverse,
    settling,
)
from store.disk import Database, Identity, create_store, identity_in, with_changes
from store.errors import NotSavedError, OvertakenError, RuleError, StoreError
from store.findings import Finding
from store.models import TABLES, Workspace, id_maker
from store.workbench.arriving import Arrival, BroughtBack
from store.workbench.diary import Diary
from store.workbench.filing import Filing
from store.workbench.ids import Taken
from store.workbench.leftovers import not_waiting
from store.workbench.overtaking import Rebased, rebased
from store.workbench.past import change_of, past_of
from store.workbench.replaying import done_again
from store.workbench.saving import SaveState
from store.workbench.work import Work

Clock = Callable[[], datetime]
RandomBits = Callable[[int], int]

_UNDID: Final = "Undid: "
_REDID: Final = "Redid: "


class Workbench:
    """Does, undoes, saves and keeps up with the file. `open` and `in_memory` make one.

    `journal`, `save`, `catch_up`, `recognise` and `bring_back` take their time and may run in any thread; everything
    else belongs to the thread that owns the workbench.
    """

    def __init__(
        self,
        workspace: Workspace,
        who: Identity,
        now: Clock,
        random_bits: RandomBits,
        database: Database | None,
        journaled: Path | None = None,
    ) -> None:
        self._who = who
        self._work = Work(workspace)
        self._diary = Diary(journaled)
        self._filing = Filing(database, self._work, self._diary, now, who.handle)
        self._history = History()
        self._is_past_known = journaled is None
        self._draw = id_maker(who.author, Taken(self._is_taken), random_bits)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Clock,
        who: Identity | None = None,
        random_bits: RandomBits = randbits,
        keeps_journal: bool = True,
    ) -> "Workbench":
        """Opens a store file.

        Args:
            path: the store, as `store.disk.find_store` found it.
            now: the clock.
            who: who is at the keyboard; asked of the environment and git when left out.
            random_bits: where ids come from.
            keeps_journal: whether what is done outlasts the program; not for a store that is thrown away.

        Raises:
            NoStoreError: there is no such file.
            UnreadableStoreError: it is no store, or not whole.
        """
        database = Database(path)
        reading = database.file.load()
        real = database.file.path
        someone = who or identity_in(real.parent, os.environ)
        bench = cls(reading.workspace, someone, now, random_bits, database, real if keeps_journal else None)
        bench._filing.take_reading(reading)
        return bench

    @classmethod
    def in_memory(
        cls,
        workspace: Workspace,
        *,
        now: Clock,
        who: Identity,
        random_bits: RandomBits = randbits,
        read_only: str = "",
    ) -> "Workbench":
        """A workbench without a file; saving always works and keeps nothing.

        Args:
            workspace: what is on it.
            now: the clock.
            who: who is at the keyboard.
            random_bits: where ids come from.
            read_only: why nothing may be changed, such as that this is the store of a week ago; empty if it may.
        """
        bench = cls(workspace, who, now, random_bits, None)
        if read_only:
            bench._filing.close(read_only)
        return bench

    @property
    def workspace(self) -> Workspace:
        """Everything as it is now, saved or not."""
        return self._work.workspace

    @property
    def path(self) -> Path | None:
        """The real path of the file; None in memory."""
        database = self._filing.database
        return None if database is None else database.file.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the last reading of the file set aside."""
        return self._filing.findings

    @property
    def set_aside(self) -> frozenset[tuple[str, int]]:
        """The records, by table and id, that the last reading set aside and nothing may write over."""
        return self._filing.set_aside

    @property
    def history(self) -> History:
        """What can be undone and redone; that of earlier sittings only after `bring_back`, or an undo."""
        return self._history

    @property
    def save_state(self) -> SaveState:
        """Where the newest edit is; may be read from any thread."""
        return self._filing.state

    @property
    def journal_trouble(self) -> str:
        """Why no journal is kept, in a sentence; empty while it is."""
        return self._diary.trouble

    @property
    def pending(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._work.steps)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing may be changed; `save_state` says why."""
        return bool(self._filing.read_only)

    @property
    def is_older(self) -> bool:
        """Whether the file has an older schema, so that it has to be brought to the newest one before it is written."""
        return self._filing.is_older

    @property
    def by(self) -> str:
        """The handle of the person at the keyboard."""
        return self._who.handle

    def new_id(self) -> int:
        """An id that no record has, among them those set aside."""
        return self._draw()

    def rebased(self, change: ChangeSet, seen: Workspace) -> Rebased:
        """A change for the records as they are now, and where they were changed since somebody saw them.

        Args:
            change: what the person decided.
            seen: what they saw when they began to decide.
        """
        return rebased(self.workspace, change, seen)

    def do(self, change: ChangeSet) -> Workspace:
        """Makes a change: in memory at once, in the history, and in the file after the next save.

        It may be made for an older snapshot: fields that others changed since keep what they have, unless the change
        is about them.

        Raises:
            RuleError: the store may only be read, or the change would write over a record that was set aside.
            OvertakenError: a field it changes has another value now than the change started from.
        """
        with self._work.lock:
            if change:
                based = rebased(self.workspace, change, None)
                if based.overtaken:
                    raise OvertakenError(based.sentence, "Look at it again, then decide.")
                step = self._apply(Did.DO, settling(self.workspace, based.mine))
                self._history = self._history.with_done(Deed(step.name, step.change))
            return self.workspace

    def undo(self, now: datetime) -> ChangeSet:
        """Takes the newest change back and returns what was done, with a sentence such as "Undid: Moved LL-7KQ2".

        Raises:
            RuleError: there is nothing to undo, or the store may only be read.
            OvertakenError: its fields were changed since; it leaves the history, so that older changes can be undone.
        """
        with self._work.lock:
            self._know_the_past()
            if not self._history.done:
                message = "Nothing to undo."
                raise RuleError(message)
            deed = self._history.done[-1]
            try:
                change = change_of(self.workspace, deed)
                back = inverse(self.workspace, change, now, self.by)
            except OvertakenError:
                self._history = replace(self._history, done=self._history.done[:-1])
                raise
            back = replace(back, sentence=_UNDID + change.sentence)
            self._apply(Did.UNDO, back, of=deed.name)
            self._history = self._history.with_undone()
            return back

    def redo(self, now: datetime) -> ChangeSet:
        """Does again what was undone last and returns what was done, with a sentence such as "Redid: Moved LL-7KQ2".

        Raises:
            RuleError: there is nothing to redo, or the store may only be read.
            OvertakenError: its fields were changed since; it leaves the history.
        """
        with self._work.lock:
            self._know_the_past()
            if not self._history.undone:
                message = "Nothing to redo."
                raise RuleError(message)
            deed = self._history.undone[-1]
            try:
                change = change_of(self.workspace, deed)
                again = done_again(self.workspace, change, now, self.by)
            except OvertakenError:
                self._history = replace(self._history, undone=self._history.undone[:-1])
                raise
            self._apply(Did.REDO, again, of=deed.name)
            self._history = self._history.with_redone(again)
            return replace(again, sentence=_REDID + change.sentence)

    def journal(self) -> None:
        """Puts what was done into the journal; returns when it is safe on the disk, also while a save runs.

        Where that fails, `journal_trouble` says why, and the work goes on.
        """
        self._diary.write()

    def save(self) -> None:
        """Writes everything that is not in the file yet; returns when it is safe on the disk.

        What others wrote since is merged with it, and is in memory afterwards: `arrivals` says what came in.

        Raises:
            NotSavedError: the system refused, the file is not whole or gone, or a record cannot be written. The edits
                stay in memory and in the journal.
        """
        self._filing.save()

    def save_copy(self, path: Path) -> None:
        """Writes everything, saved or not, into a new file; a way out when the store itself cannot be written.

        Raises:
            NotSavedError: the name is taken, the system refused, or a record cannot be written.
        """
        moment, database = self._work.moment(), self._filing.database
        if database is None:
            records = {table: moment.workspace.table(table) for table in TABLES}
            create_store(path, moment.workspace.settings, records)
        else:
            database.file.write_copy(path, with_changes(database.file.entries(), moment.changes))

    def catch_up(self, *, insisting: bool = False) -> bool:
        """Takes in what others wrote into the file, with what is not saved yet on top; cheap if nobody did.

        Args:
            insisting: somebody asked for it: wait for a save that runs, and complain at once.

        Returns:
            Whether there is something to show: `arrivals` says what came in, or the standing is another one.

        Raises:
            NoStoreError: the file is gone; nothing changed here.
            UnreadableStoreError: it is not whole now; nothing changed here, and nothing can be until it is.
        """
        return self._filing.catch_up(insisting=insisting)

    def recognise(self, pause: Callable[[], None] = lambda: None) -> None:
        """Gets to know a file that others wrote, so that the next change of it is read quickly; for idle moments.

        Args:
            pause: called now and then; may wait as long as somebody needs the machine.
        """
        self._filing.recognise(pause)

    def arrivals(self) -> tuple[Arrival, ...]:
        """What came in from the file since the last call, oldest first."""
        return self._filing.arrivals()

    def bring_back(self) -> BroughtBack:
        """Reads the journals of earlier sittings: what can be undone, and what never reached the file.

        The latter is put on top of what the file holds now, and in it after the next save.
        """
        from store.workbench.recovering import recovered  # late: the first picture does not wait for it

        journals = self._diary.read()
        if journals.is_damaged:
            self._diary.put_in_order()
        # What is not saved may build on what others saved since the file was read here. A file that cannot be read is
        # told when it is looked at, and nothing is brought back before.
        with suppress(StoreError):
            self._filing.catch_up(insisting=True)
        with self._work.lock:
            if not self._is_past_known:
                self._take_past(journals.past())
            steps = journals.unsaved()
            if not steps or self.is_read_only:
                return BroughtBack(is_damaged=journals.is_damaged)
            top = recovered(self.workspace, steps, self._filing.set_aside, self.by)
            mine = not_waiting(steps, top.refused)
            try:
                self._diary.leave_out(mine, top.refused)
            except NotSavedError:
                # All of it stays where it is, for the next sitting.
                return BroughtBack((), top.refused, journals.is_damaged)
            if top.edits:
                self._work.bring_back(mine, top.edits)
                self._filing.changed()
        if not top.edits:
            # It had reached the file after all: only the mark was missing.
            self._diary.mark_saved(mine)
        # What waits was told when it began to wait.
        return BroughtBack(mine if top.edits else (), top.refused if mine else (), journals.is_damaged)

    def mark_saved(self, steps: Iterable[Step], left_out: Collection[tuple[str, int]] = ()) -> None:
        """Notes that changes of an earlier sitting are in the file now, or are not wanted any more.

        Args:
            steps: the changes.
            left_out: records to which they could not be done; that is kept.

        Raises:
            NotSavedError: the journal cannot be written, and nothing is noted.
        """
        mine = not_waiting(steps, left_out)
        self._diary.leave_out(mine, left_out)
        self._diary.mark_saved(mine)

    def close(self) -> None:
        """Ends the sitting; what is not saved by now is brought back by the next one."""
        self._diary.close()

    def _know_the_past(self) -> None:
        if not self._is_past_known:
            self._take_past(self._diary.read().past())

    def _take_past(self, steps: tuple[Step, ...]) -> None:
        self._is_past_known = True
        self._history = self._history.on_top_of(past_of(self.workspace, steps))

    def _apply(self, did: Did, change: ChangeSet, of: str = "") -> Step:
        if self._filing.read_only:
            raise RuleError(self._filing.read_only, "Changes are not possible here.")
        for edit in change.edits:
            if (edit.table, edit.id) in self._filing.set_aside:
                message = f"Record {edit.id} of {edit.table} was set aside and cannot be changed here."
                raise RuleError(message, "Mend it in the file first; `leadline check` says what is wrong.")
        step = self._diary.step(did, change, of)
        self._work.do(step, change)
        self._filing.changed()
        return step

    def _is_taken(self, number: object) -> bool:
        in_use = any(number in self.workspace.table(table) for table in TABLES)
        return in_use or any(number == set_aside for _, set_aside in self._filing.set_aside)
