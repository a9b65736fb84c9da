"""Undo and redo: the change sets of this sitting, newest last."""

from dataclasses import dataclass

from store.change.edits import ChangeSet

DEPTH = 500


@dataclass(frozen=True, slots=True)
class History:
    """Change sets that can be undone and those that can be redone."""

    done: tuple[ChangeSet, ...] = ()
    undone: tuple[ChangeSet, ...] = ()

    def with_done(self, change: ChangeSet) -> "History":
        """After a new change: what was undone before cannot be redone any more."""
        return History(done=(*self.done[-DEPTH + 1 :], change))

    def with_undone(self) -> "History":
        """After the newest change was taken back."""
        return History(done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def with_redone(self, change: ChangeSet) -> "History":
        """After the change that was undone last was done again."""
        return History(done=(*self.done, change), undone=self.undone[:-1])
