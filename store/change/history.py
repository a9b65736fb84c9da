"""Undo and redo: what was done, newest last, in this sitting and in those before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from store.change.edits import ChangeSet
from store.change.remembered import Remembered

DEPTH = 500


class Did(StrEnum):
    """What a step is; `LEFT` is one that could not be done to the records of the file, and is kept for later."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done to a store: a change, an undo or redo of one, or what is left to be done of one.

    Args:
        run: the sitting it was done in.
        number: which step of that sitting it is, from 1.
        did: what it is.
        change: what it did to the records.
        of: the name of the change that was undone, done again or is left; empty for a change.
        moment: when it was written down, in nanoseconds: to the second, as in records, is not enough to order steps.
    """

    run: str
    number: int
    did: Did
    change: ChangeSet | Remembered
    of: str = ""
    moment: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """What tells it from all other steps, of whatever sitting."""
        return f"{self.run}-{self.number}"


@dataclass(frozen=True, slots=True)
class Deed:
    """A change that can be undone or done again, by the name of the step that did it."""

    name: str
    change: ChangeSet | Remembered


@dataclass(frozen=True, slots=True)
class History:
    """Changes that can be undone and those that can be redone."""

    done: tuple[Deed, ...] = ()
    undone: tuple[Deed, ...] = ()

    def with_done(self, deed: Deed) -> "History":
        """After a new change: what was undone before cannot be redone any more."""
        return History(done=(*self.done[-DEPTH + 1 :], deed))

    def with_undone(self) -> "History":
        """After the newest change was taken back."""
        return History(done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def with_redone(self, change: ChangeSet | Remembered) -> "History":
        """After the change that was undone last was done again."""
        return History(done=(*self.done, Deed(self.undone[-1].name, change)), undone=self.undone[:-1])

    def on_top_of(self, past: "History") -> "History":
        """With the changes of sittings before; what could be redone then can be as long as nothing new was done."""
        done = (*past.done, *self.done)[-DEPTH:]
        return History(done=done, undone=self.undone if self.done or self.undone else past.undone)


def history_of(steps: Iterable[Step]) -> History:
    """What steps of the past, oldest first, left to be undone and redone.

    Steps that speak of a change which is not among them any more say nothing.
    """
    done: dict[str, Deed] = {}
    undone: dict[str, Deed] = {}
    for step in steps:
        match step.did:
            case Did.DO:
                done[step.name] = Deed(step.name, step.change)
                undone.clear()
            case Did.UNDO if step.of in done:
                undone[step.of] = done.pop(step.of)
            case Did.REDO if step.of in undone:
                del undone[step.of]
                done[step.of] = Deed(step.of, step.change)
    return History(done=tuple(done.values())[-DEPTH:], undone=tuple(undone.values()))


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps of several sittings by their moment; those of one sitting in their order, whatever the clock did."""
    latest: dict[str, int] = {}
    timed: list[tuple[int, Step]] = []
    for step in sorted(steps, key=lambda step: (step.run, step.number)):
        latest[step.run] = max(step.moment, latest.get(step.run, step.moment))
        timed.append((latest[step.run], step))
    return [step for _, step in sorted(timed, key=lambda entry: entry[0])]
