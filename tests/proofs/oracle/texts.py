"""What two changes of a text come to.

Every line of the texts is unlike the others, so that they align in one way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from store.models import Json
from tests.proofs.oracle.answers import MISSING, Answer, Flag, listed


@dataclass(frozen=True)
class _Change:
    """Lines `start` to `end` of the base become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end


def lines_of_both(old: Json, one: Json, two: Json) -> Answer:
    """Changes of the same lines are a conflict; changes that touch without a line between them may be one."""
    base = listed(old)
    ours, theirs = _changes(base, listed(one)), _changes(base, listed(two))
    pairs = [(a, b) for a in ours for b in theirs if a != b]
    sides = (old, one, two)
    if any(max(a.start, b.start) < min(a.end, b.end) for a, b in pairs):
        return Answer((one, two), Flag.ALWAYS, sides)
    touching = [(a, b) for a, b in pairs if a.start <= b.end and b.start <= a.end]
    changes = {*ours, *theirs} - {needless for pair in touching for needless in _held(*pair)}
    shared = {a.start for a, b in touching if a.is_insertion and b.is_insertion}
    orders = product(*([(place, side) for side in (ours, theirs)] for place in sorted(shared)))
    merged = tuple(_patched(base, changes, dict(order)) for order in orders)
    if all(a.start == a.end == b.start == b.end == len(base) for a, b in touching):
        return Answer(merged)
    return Answer((*merged, one, two), Flag.MAYBE, sides)


def new_lines_of_both(one: Json, two: Json) -> Answer:
    """Two texts of a record that is new on both sides: the one that holds all of the other, else a conflict."""
    first, second = listed(one), listed(two)
    for longer, shorter in ((first, second), (second, first)):
        if _holds(longer, shorter):
            return Answer((longer,))
    return Answer((one, two), Flag.ALWAYS, (MISSING, one, two))


def _held(one: _Change, two: _Change) -> list[_Change]:
    """Of two insertions at one place the one whose lines the other one has as well."""
    if not one.is_insertion or not two.is_insertion:
        return []
    return [two] if _holds(one.lines, two.lines) else [one] if _holds(two.lines, one.lines) else []


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    rest = iter(longer)
    return all(line in rest for line in shorter)


def _changes(base: Sequence[str], side: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(side[c:d])) for kind, a, b, c, d in codes if kind != "equal"]


def _patched(base: Sequence[str], changes: Iterable[_Change], first: Mapping[int, Sequence[_Change]]) -> Json:
    """The text with all changes; of two insertions at one place that of the side comes first which `first` names."""
    lines = list(base)

    def place(change: _Change) -> tuple[int, int, bool]:
        return change.start, change.end, change not in first.get(change.start, ())

    for change in sorted(changes, key=place, reverse=True):
        lines[change.start : change.end] = change.lines
    return lines or MISSING
