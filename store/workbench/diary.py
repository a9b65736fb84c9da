"""What was done in this sitting, on its way into the journal."""

import secrets
import threading
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from store.change import ChangeSet, Did, Step
from store.disk.journal.journal import Journal, Journals, read_journals
from store.errors import NotSavedError
from store.workbench.leftovers import leftovers
from store.workbench.replaying import Place

LARGE: Final = 2_000
"""A save does not wait until a change of more records is in the journal: the journal would take as long as the save."""
LONGEST_QUEUE: Final = 1_000
"""So many steps wait for a journal that cannot be written."""


class Diary:
    """Numbers the steps of this sitting and hands them to the journal.

    Steps are made by the thread that owns the workbench; `write` and `mark_saved` may run in any other.

    Args:
        store: the real path of the store file; None where nothing is kept.
    """

    def __init__(self, store: Path | None) -> None:
        self.run = secrets.token_hex(4)
        self.trouble = ""
        self._store = store
        self._journal = None if store is None else Journal(store, self.run)
        self._number = 0
        self._queue: list[Step] = []
        self._writing = threading.Lock()

    def step(self, did: Did, change: ChangeSet, of: str = "") -> Step:
        """The next step, which `write` will write."""
        self._number += 1
        step = Step(self.run, self._number, did, change, of)
        if self._journal is not None:
            self._queue.append(step)
            del self._queue[:-LONGEST_QUEUE]
        return step

    def write(self, *, largest: int | None = None) -> None:
        """Writes every step that is not in the journal yet; returns when they are safe on the disk.

        Where that fails, `trouble` is one sentence why, and they are tried again with the next ones.

        Args:
            largest: changes of more records are left for a call without a limit.
        """
        if self._journal is None:
            return
        with self._writing:
            wanted = [step for step in self._queue if largest is None or len(step.change.edits) <= largest]
            try:
                if wanted:
                    self._journal.append(wanted)
            except NotSavedError as error:
                self.trouble = error.message
                return
            self.trouble = ""
            written = {step.name for step in wanted}
            self._queue[:] = [step for step in self._queue if step.name not in written]

    def mark_saved(self, steps: Iterable[Step]) -> None:
        """Notes that steps are in the store file, and so are those before them of the same sittings."""
        newest: dict[str, int] = {}
        for step in steps:
            newest[step.run] = max(step.number, newest.get(step.run, 0))
        if self._journal is not None:
            with self._writing:
                for run, number in newest.items():
                    self._journal.mark_saved(run, number)

    def leave_out(self, steps: Iterable[Step], places: Collection[Place]) -> None:
        """Keeps for later sittings what steps did to records to which nothing can be done now.

        Raises:
            NotSavedError: the journal cannot be written.
        """
        left = tuple(leftovers(steps, places, secrets.token_hex(4))) if places else ()
        if left and self._journal is not None:
            with self._writing:
                self._journal.append(left)

    def read(self) -> Journals:
        """What the journals say."""
        return Journals() if self._store is None else read_journals(self._store)

    def put_in_order(self) -> None:
        """Make the journal small and keep aside what of it is damaged."""
        if self._journal is not None:
            with self._writing:
                try:
                    self._journal.compact()
                except NotSavedError as error:
                    self.trouble = error.message

    def close(self) -> None:
        """Give the journal free: from now on this sitting counts as gone."""
        if self._journal is not None:
            with self._writing:
                self._journal.close()
