"""Three-way merge of long text by lines.

Changes of one side that do not overlap with changes of the other are both taken, also where they touch. Lines that both
sides put in at the same place are both kept: the block with the smaller text first, or only the longer one where it
holds the lines of the other in their order. Changes that overlap and are not the same are a conflict of the whole text.

Time is linear in the number of lines but for stretches in which no line is unique; those are compared line by line up
to a bound, and count as wholly rewritten above it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, NamedTuple

from store.models import Json

_COMPARED: Final = 40_000
"""Pairs of lines that are compared in a stretch without unique lines: two hundred lines against two hundred."""

Run = tuple[int, int, int]
"""Equal lines: where they start in the one text and in the other, and how many there are."""


class Hunk(NamedTuple):
    """Lines of the base, from `start` to before `end`, that one side replaced."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        """Whether nothing of the base was replaced."""
        return self.start == self.end


def lines_of(value: Json) -> tuple[str, ...] | None:
    """The lines of a text as the file holds it, or as one string; None where it is no text."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(value.split("\n")) if value else ()
    if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
        return tuple(value)
    return None


def merged_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The text with the changes of both sides; None where they overlap. The same whichever side is ours."""
    merged: list[str] = []
    at = 0
    hunks = _placed(hunks_of(base, ours), hunks_of(base, theirs))
    if hunks is None:
        return None
    for hunk in hunks:
        merged += base[at : hunk.start]
        merged += hunk.lines
        at = hunk.end
    merged += base[at:]
    return merged


def _placed(ours: Sequence[Hunk], theirs: Sequence[Hunk]) -> list[Hunk] | None:
    """The changes of both sides in the order of the base; None where two overlap."""
    placed: list[Hunk] = []
    # Insertions at a place come before the change of what follows it.
    for hunk in sorted({*ours, *theirs}, key=lambda hunk: (hunk.start, hunk.end, hunk.lines)):
        last = placed[-1] if placed else None
        if last is None or not _overlap(last, hunk):
            placed.append(hunk)
        elif not (hunk.is_insertion and last.is_insertion):
            return None
        elif holds(hunk.lines, last.lines):
            placed[-1] = hunk
        elif not holds(last.lines, hunk.lines):
            placed.append(hunk)
    return placed


def holds(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all of the other lines are among these, in their order."""
    rest = iter(lines)
    return all(line in rest for line in others)


def _overlap(first: Hunk, second: Hunk) -> bool:
    """Whether two changes, the first of which does not start later, are about the same lines or the same place."""
    if first.is_insertion:
        return second.is_insertion and first.start == second.start
    return second.start < first.end


def hunks_of(base: Sequence[str], side: Sequence[str]) -> list[Hunk]:
    """What a side replaced, in the order of the base; between two hunks is at least one line that stayed."""
    ends = (-1, -1, 1), *equal_runs(base, side), (len(base), len(side), 0)
    found: list[Hunk] = []
    for (in_base, in_side, count), (next_base, next_side, _) in pairwise(ends):
        start, end = in_base + count, next_base
        lines = tuple(side[in_side + count : next_side])
        if start < end or lines:
            found.append(Hunk(start, end, lines))
    return found


def equal_runs(base: Sequence[str], side: Sequence[str]) -> list[Run]:
    """The runs of lines that two texts share, in the order of both."""
    runs: list[Run] = []
    waiting = [(0, len(base), 0, len(side))]
    while waiting:
        low, high, side_low, side_high = waiting.pop()
        head = _same_head(base, side, (low, high, side_low, side_high))
        runs.append((low, side_low, head))
        low, side_low = low + head, side_low + head
        tail = _same_tail(base, side, (low, high, side_low, side_high))
        high, side_high = high - tail, side_high - tail
        runs.append((high, side_high, tail))
        if low == high or side_low == side_high:
            continue
        anchors = _anchors(base, side, (low, high, side_low, side_high))
        if anchors:
            ends = [(low, side_low), *((at + 1, there + 1) for at, there in anchors)]
            starts = [*anchors, (high, side_high)]
            runs += [(at, there, 1) for at, there in anchors]
            waiting += [(a, b, c, d) for (a, c), (b, d) in zip(ends, starts, strict=True)]
        elif (high - low) * (side_high - side_low) <= _COMPARED:
            matcher = SequenceMatcher(None, base[low:high], side[side_low:side_high], autojunk=False)
            runs += [(low + at, side_low + there, count) for at, there, count in matcher.get_matching_blocks()]
    return list(_joined(sorted(run for run in runs if run[2])))


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs that follow each other without a gap in both texts, as one."""
    last: Run | None = None
    for at, there, count in runs:
        if last is not None and (last[0] + last[2], last[1] + last[2]) == (at, there):
            last = last[0], last[1], last[2] + count
            continue
        if last is not None:
            yield last
        last = at, there, count
    if last is not None:
        yield last


Span = tuple[int, int, int, int]
"""A stretch of the one text and the stretch of the other that stands against it."""


def _same_head(base: Sequence[str], side: Sequence[str], span: Span) -> int:
    low, high, side_low, side_high = span
    count = 0
    while low + count < high and side_low + count < side_high and base[low + count] == side[side_low + count]:
        count += 1
    return count


def _same_tail(base: Sequence[str], side: Sequence[str], span: Span) -> int:
    low, high, side_low, side_high = span
    count = 0
    while low < high - count and side_low < side_high - count and base[high - count - 1] == side[side_high - count - 1]:
        count += 1
    return count


def _anchors(base: Sequence[str], side: Sequence[str], span: Span) -> list[tuple[int, int]]:
    """Lines that are there once in each of the two stretches: the longest series that rises in both (patience)."""
    low, high, side_low, side_high = span
    counts, side_counts = Counter(base[low:high]), Counter(side[side_low:side_high])
    there = {side[at]: at for at in range(side_low, side_high) if side_counts[side[at]] == 1}
    pairs = [(at, there[base[at]]) for at in range(low, high) if counts[base[at]] == 1 and base[at] in there]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, which rise in their first, that rises in their second, too."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for place, (_, there) in enumerate(pairs):
        pile = bisect_left(tops, there)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [there]
        piles[pile : pile + 1] = [place]
    found: list[tuple[int, int]] = []
    place = piles[-1] if piles else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]
