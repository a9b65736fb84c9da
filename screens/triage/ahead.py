"""What was asked for and has not come back yet."""

from store.change import ChangeSet, applied
from store.models import Workspace


class Ahead:
    """Changes on their way to the program, and the work as it will be when they have arrived.

    The next key, however fast it comes, must meet the work as the last one left it: two verdicts that were made from
    the same state of their session would lose one of its lines.
    """

    def __init__(self) -> None:
        self._changes: list[ChangeSet] = []

    def sent(self, change: ChangeSet) -> None:
        """Take note of a change that is asked for."""
        self._changes.append(change)

    def work(self, arrived: Workspace) -> Workspace:
        """What has arrived, with the changes on top that have not."""
        self._changes = [change for change in self._changes if not _is_in(change, arrived)]
        work = arrived
        for change in self._changes:
            work = applied(work, change)
        return work

    def is_refused(self, change: ChangeSet) -> bool:
        """Whether a change that the program has dealt with did not come back; then it is forgotten."""
        kept = [each for each in self._changes if each is not change]
        is_refused = len(kept) < len(self._changes)
        self._changes = kept
        return is_refused


def _is_in(change: ChangeSet, work: Workspace) -> bool:
    return all(work.get(edit.table, edit.id) is edit.after for edit in change.edits)
