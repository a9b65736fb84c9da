"""Where a file is wrong: line, column, what is wrong there, and the lines around it."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from store.disk.mending.mending import Spot
from store.disk.reading.scanning import Scan, complaint_of

MOST: Final = 10
"""So many places are shown; who mends them by hand looks again."""

_WIDTH: Final = 100
"""Characters of a line that are shown, around the place."""


def spot_of_error(text: str) -> Spot | None:
    """The first place that is no JSON of a store; None where there is none."""
    scan = Scan(text)
    try:
        for _ in scan.found():
            pass
    except json.JSONDecodeError as error:
        return spot_at(text, error.pos, complaint_of(error))
    except RecursionError:
        return spot_at(text, scan.at, "it is nested too deeply")
    return None


def spots_at(text: str, places: Iterable[tuple[int, str]]) -> Iterator[Spot]:
    """The first of some places, each with what is wrong there; one a line."""
    lines: set[int] = set()
    for at, complaint in islice(places, 5 * MOST):
        spot = spot_at(text, at, complaint)
        if spot.line not in lines and len(lines) < MOST:
            lines.add(spot.line)
            yield spot


def spot_at(text: str, at: int, complaint: str) -> Spot:
    """One place, by its index in the text."""
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    # The line before, the line itself and the one behind it.
    start = text.rfind("\n", 0, max(text.rfind("\n", 0, at), 0)) + 1
    first = line - text.count("\n", start, at)
    context = []
    for number in range(first, first + 3):
        end = text.find("\n", start)
        shown = text[start : end if end >= 0 else len(text)]
        context.append(f"{number:>6}  {_around(shown, column if number == line else 1)}")
        if end < 0:
            break
        start = end + 1
    return Spot(line, column, complaint, tuple(context))


def _around(line: str, column: int) -> str:
    """A line, or the part of a long one that the column is in."""
    if len(line) <= _WIDTH:
        return line
    start = max(0, min(column - _WIDTH // 2, len(line) - _WIDTH))
    end = start + _WIDTH
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
