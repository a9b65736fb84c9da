"""What is in memory: the workspace, and what of it is not in the file yet."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.change import ChangeSet, Edit, Step
from store.models import TABLES, Record, Workspace, differing
from store.workbench.replaying import OnTop, Place, put_on_top, wish_between


@dataclass(frozen=True, slots=True)
class Moment:
    """What was not in the file at one moment.

    Args:
        workspace: everything as it was.
        steps: what was done and not saved, oldest first.
        changes: the records that may be other ones than in the file, by table and id; None for one that is gone.
        number: how many changes there were before.
    """

    workspace: Workspace
    steps: tuple[Step, ...]
    changes: Mapping[str, Mapping[int, Record | None]]
    number: int


class Work:
    """The workspace and its unsaved part. All of it is read and changed under its lock.

    Args:
        workspace: what the file holds.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.lock = threading.RLock()
        self.workspace = workspace
        self.steps: list[Step] = []
        self._number = 0
        self._touched: dict[Place, int] = {}
        """By which change a record became another one than in the file."""

    def do(self, step: Step, change: ChangeSet) -> None:
        """Take in something that was done."""
        with self.lock:
            self.steps.append(step)
            self._apply(change.edits)

    def bring_back(self, steps: Iterable[Step], edits: Iterable[Edit]) -> None:
        """Take in what was done in earlier sittings and comes down to these edits now."""
        with self.lock:
            self.steps += steps
            self._apply(tuple(edits))

    def moment(self) -> Moment:
        """What is not in the file now."""
        with self.lock:
            changes: dict[str, dict[int, Record | None]] = {}
            for table, number in self._touched:
                changes.setdefault(table, {})[number] = self.workspace.get(table, number)
            return Moment(self.workspace, tuple(self.steps), changes, self._number)

    def saved(self, moment: Moment) -> None:
        """Everything of a moment is in the file."""
        with self.lock:
            del self.steps[: len(moment.steps)]
            self._touched = {place: number for place, number in self._touched.items() if number > moment.number}

    def take(
        self,
        merged: Workspace,
        in_file: Workspace,
        moment: Moment,
        set_aside: frozenset[Place],
        labels: tuple[str, str],
    ) -> OnTop:
        """Go on with what was merged of a moment and the file; what was done since the moment is put on top.

        Args:
            merged: the merged records.
            in_file: what of them is in the file.
            moment: when the merge began.
            set_aside: records of the file that cannot be used.
            labels: who works here, and who wrote the file.

        Returns:
            What became of the edits since the moment.
        """
        with self.lock:
            newer = [place for place, number in self._touched.items() if number > moment.number]
            wishes = [wish_between(place, moment.workspace, self.workspace) for place in newer]
            top = put_on_top(merged, wishes, set_aside, labels)
            self.workspace = merged
            self._number += 1
            self._touched = {
                (table, number): self._number
                for table in TABLES
                for number in differing(in_file.table(table), merged.table(table))
                if in_file.get(table, number) != merged.get(table, number)
            }
            self._apply(top.edits)
            return top

    def _apply(self, edits: tuple[Edit, ...]) -> None:
        self._number += 1
        for edit in edits:
            self._touched[edit.table, edit.id] = self._number
        if edits:
            tables: dict[str, dict[int, Record | None]] = {}
            for edit in edits:
                tables.setdefault(edit.table, {})[edit.id] = edit.after
            self.workspace = self.workspace.with_records(tables)
