"""Between memory and the file: saving, noticing what others wrote, and bringing both together."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from store.change import Step, lacking
from store.disk import Database, FileStorage, Reading
from store.disk.files import signature_of
from store.errors import ChangedOutsideError, NoStoreError, NotSavedError, StoreError, UnreadableStoreError
from store.findings import Finding
from store.models import TABLES, Workspace, differing
from store.workbench.arriving import Arrival
from store.workbench.diary import LARGE, Diary
from store.workbench.replaying import Place
from store.workbench.saving import SaveKind, SaveState, why_read_only
from store.workbench.work import Moment, Work

ATTEMPTS: Final = 20
"""How often a save goes round when others write between its reading and its writing. Under the lock only programs that
take none can, such as git."""
REMEMBERED: Final = 5_000
"""So many saved steps of this sitting are looked for in a file that others wrote."""
THE_FILE: Final = "the file"


class Filing:
    """Keeps the store file and the work in memory together. Methods may wait, so none is for the thread that draws.

    Args:
        database: the store file; None for work in memory, which is always saved and never changed by others.
        work: what is in memory.
        diary: what is told to the journal.
        now: the clock.
        by: who works here.
    """

    def __init__(
        self, database: Database | None, work: Work, diary: Diary, now: Callable[[], datetime], by: str
    ) -> None:
        self.database = database
        self.findings: tuple[Finding, ...] = ()
        self.is_older = False
        self.set_aside: frozenset[Place] = frozenset()
        self.state = SaveState(SaveKind.SAVED, now())
        self._work = work
        self._diary = diary
        self._now = now
        self._labels = by, THE_FILE
        self._turn = threading.Lock()
        self._arrivals: list[Arrival] = []
        self._saved_here: list[Step] = []
        self._told_missing: frozenset[str] = frozenset()
        self._why_closed = ""
        self._why_held = ""
        self._failed_at: object = None
        self._has_failed = False

    @property
    def read_only(self) -> str:
        """Why nothing may be changed, in a sentence; empty if it may."""
        return self._why_held or self._why_closed

    def take_reading(self, reading: Reading) -> None:
        """What a reading says of the file as a whole."""
        self.findings = reading.findings
        self.is_older = reading.is_older
        self.set_aside = frozenset(
            (finding.table, finding.record) for finding in reading.findings if finding.record is not None
        )
        self._why_held = ""
        self._why_closed = why_read_only(reading, None if self.database is None else self.database.file.path)
        self._show_standing()

    def close(self, why: str) -> None:
        """From now on nothing may be changed, and this is why."""
        self._why_closed = why
        self._show_standing()

    def arrivals(self) -> tuple[Arrival, ...]:
        """What came in since the last call, oldest first."""
        with self._work.lock:
            arrived = tuple(self._arrivals)
            self._arrivals.clear()
            return arrived

    def changed(self) -> None:
        """Something was done: it is not in the file."""
        if self.state.kind is SaveKind.SAVED:
            self.state = SaveState(SaveKind.UNSAVED, self._now())

    def save(self) -> None:
        """Writes everything that is not in the file yet; what others wrote meanwhile is merged with it.

        Raises:
            NotSavedError: the system refused, the file cannot be read, or a record cannot be written; the edits stay
                in memory and in the journal.
        """
        with self._turn:
            if not self._work.steps:
                return
            if self.read_only:
                raise NotSavedError(self.read_only, "The changes are kept here as long as the program runs.")
            # The journal comes first: a save may fail, or be killed.
            self._diary.write(largest=LARGE)
            self.state = SaveState(SaveKind.SAVING, self._now())
            try:
                self._save()
            except StoreError as error:
                self.state = SaveState(SaveKind.FAILED, self._now(), error.message)
                if isinstance(error, NotSavedError):
                    raise
                # What cannot be read cannot be put on top of, so it is not saved either.
                raise NotSavedError(error.message, error.hint) from error
            self._show_standing()

    def catch_up(self, *, insisting: bool = False) -> bool:
        """Reads the file if somebody else wrote it; what is not saved is put on top, and not written.

        A file that cannot be read is looked at twice before anybody is told: it may be half-written. From then on
        the store may only be read, until the file is whole again.

        Args:
            insisting: wait for a save that runs, and complain at once.

        Returns:
            Whether something is to be shown: `arrivals` says what, or the standing is another one.

        Raises:
            NoStoreError: the file is gone.
            UnreadableStoreError: it is not whole.
        """
        if self.database is None or not self._turn.acquire(blocking=insisting):
            # A save that runs looks for itself, and whoever asks should not wait for it.
            return False
        try:
            file = self.database.file
            if not file.changed_outside():
                return self._let_go()
            signature = _signature(file.path)
            if self._why_held and signature == self._failed_at and not insisting:
                return False
            try:
                # Without the lock: others put whole files there, and nothing is written here.
                self._take_in(file)
            except (NoStoreError, UnreadableStoreError) as error:
                was_seen, self._failed_at = self._has_failed, signature
                self._has_failed = True
                if was_seen or insisting:
                    self._hold(error.message)
                    raise
                return False
            return True
        finally:
            self._turn.release()

    def recognise(self, pause: Callable[[], None]) -> None:
        """Find out whether a file of others is laid out as ours are: then only what differs from it is read again."""
        found = None if self.database is None else self.database.file.unrecognised()
        if self.database is None or found is None:
            return
        from store.disk.writing.laying_out import is_canonical  # late: seldom

        if is_canonical(*found, pause):
            with self._turn:
                self.database.file.recognised(found[0])

    def _save(self) -> None:
        database = self.database
        if database is None:
            self._work.saved(self._work.moment())
            return
        with database.file.locked():
            for _ in range(ATTEMPTS):
                moment = self._work.moment()
                try:
                    database.commit(moment.changes)
                except ChangedOutsideError as error:
                    try:
                        self._take_in(database.file)
                    except NoStoreError:
                        raise error from None
                    if self.read_only:
                        raise NotSavedError(self.read_only, "The changes are kept here.") from None
                else:
                    self._work.saved(moment)
                    self._has_failed = False
                    self._diary.mark_saved(moment.steps)
                    self._saved_here += [step for step in moment.steps if step.run == self._diary.run]
                    del self._saved_here[:-REMEMBERED]
                    return
        message = f"{database.file.path} is written by others all the time."
        raise NotSavedError(message, "Your edits are kept here; they are saved when the others are done.")

    def _take_in(self, file: FileStorage) -> None:
        """Bring the file and the memory together. Nothing is changed where the file cannot be read."""
        moment = self._work.moment()
        reading, in_file = self._merged(file, moment)
        before = self._work.workspace
        self.take_reading(in_file)
        top = self._work.take(reading.workspace, in_file.workspace, moment, self.set_aside, self._labels)
        touched = {(table, number) for table, records in moment.changes.items() for number in records}
        refused = (*sorted(touched & self.set_aside), *top.refused)
        # They count as saved with the rest, so they are kept by themselves. Where that fails, only the arrival tells.
        with suppress(NotSavedError):
            self._diary.leave_out(tuple(self._work.steps), refused)
        missing = self._missing(before, reading.workspace, moment.steps)
        with self._work.lock:
            self._arrivals.append(Arrival(before, self._work.workspace, missing, refused))
        self._has_failed = False
        self._show_standing()

    def _merged(self, file: FileStorage, moment: Moment) -> tuple[Reading, Reading]:
        """What the file and the moment come to, and what the file holds.

        It is read once: what others write after that is another change, which starts from what is read here.
        """
        base = file.base
        seen = file.look()
        content, _ = seen
        text = content
        if moment.changes and content != base:
            from store.disk.merging.merging import merge_texts  # late: most sittings are alone with their file
            from store.merge import Labels

            text = merge_texts(
                base, file.text_with(moment.changes), content, file.path.name, Labels(*self._labels)
            ).text
        elif moment.changes:
            text = file.text_with(moment.changes)
        # Only the last of these makes the file's text the one that further merges start from.
        merged = None if text == content else file.reading_of(text)
        in_file = file.load(seen)
        return merged or in_file, in_file

    def _missing(self, before: Workspace, after: Workspace, unsaved: Sequence[Step]) -> tuple[Step, ...]:
        """What was saved here and is gone now, unless that was told before.

        Args:
            before: what was in memory.
            after: what the file and the unsaved work come to: what that brings back is not gone.
            unsaved: what was done and is in no file yet; it explains values, and is not gone either.
        """
        changed = {(table, number) for table in TABLES for number in differing(before.table(table), after.table(table))}

        def is_near(step: Step) -> bool:
            return any((edit.table, edit.id) in changed for edit in step.change.edits)

        near = [*filter(is_near, self._saved_here)]
        names = {step.name for step in near}
        found = [step for step in lacking(after, (*near, *filter(is_near, unsaved))) if step.name in names]
        # Somebody at another terminal may have taken it back on purpose; their journal says so.
        known = self._diary.read().steps if found else ()
        journaled = {step.name for step in known}
        unexplained = {step.name for step in lacking(after, known)}
        missing = [step for step in found if step.name in unexplained or step.name not in journaled]
        told = self._told_missing
        self._told_missing = told.difference(step.name for step in near).union(step.name for step in missing)
        return tuple(step for step in missing if step.name not in told)

    def _hold(self, reason: str) -> None:
        self._why_held = f"{reason} It is looked at again every second."
        self._show_standing()

    def _let_go(self) -> bool:
        """The file is as it was last read or written."""
        was_held, self._has_failed, self._why_held = bool(self._why_held), False, ""
        if was_held:
            self._show_standing()
        return was_held

    def _show_standing(self) -> None:
        # Whatever is done between the look and the word would be called saved. The turn, where it is held, comes first.
        with self._work.lock:
            kind = SaveKind.UNSAVED if self._work.steps else SaveKind.SAVED
            self.state = SaveState(SaveKind.READ_ONLY if self.read_only else kind, self._now(), self.read_only)


def _signature(path: Path) -> object:
    try:
        return signature_of(path.stat())
    except OSError:
        return None
