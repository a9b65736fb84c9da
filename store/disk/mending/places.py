"""Where a file is wrong: line, column, what is wrong there, and the lines around it."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from store.disk.canonical import META, META_KEY
from store.disk.mending.decoding import Decoded
from store.disk.mending.mending import Spot
from store.disk.mending.salvaging import PAIR, Salvage
from store.disk.reading.scanning import Scan, complaint_of

MOST: Final = 10
"""So many places are shown; who mends them by hand looks again."""

_WIDTH: Final = 100
"""Characters of a line that are shown, around the place."""

_LETTER: Final = re.compile(r"[^\x00-\x7f]")
"""What a line that is no UTF-8 has at least one of, whatever it was read as."""

_SIGN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[\]{}:]')


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


def repeated_names(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where a name stands again in its object: the place, and the names that lead to it, its own last.

    Args:
        text: the text; it may be broken, and what cannot be told apart is passed over.
        start: where to begin, at the brace of an object.
        end: where to stop.
    """
    path: list[str] = []
    known: list[set[str]] = []
    last = ("", start)
    for sign in _SIGN.finditer(text, start, len(text) if end is None else end):
        word = sign[0]
        if word[0] == '"':
            last = word[1:-1], sign.start()
        elif word == ":" and known:
            name, at = last
            path[-1] = name
            if name in known[-1]:
                yield at, tuple(path)
            known[-1].add(name)
        elif word in "{[":
            path.append("")
            known.append(set())
        elif word in "}]" and known:
            path.pop()
            known.pop()


def between_repeated(found: Salvage) -> Iterator[str]:
    """What stands between the first and the last value of a name: only those two are looked at as versions."""
    for piece in found.pieces:
        if piece.other is None:
            continue
        places: dict[tuple[str, ...], list[int]] = {}
        for at, path in repeated_names(found.text, piece.start, piece.end):
            places.setdefault(path, []).append(at)
        for starts in places.values():
            for at in starts[:-1]:
                pair = PAIR.match(found.text, at)
                if pair is not None:
                    yield found.text[at : pair.end() + _length(found.text[pair.end() : piece.end])]


def _length(text: str) -> int:
    """How long the value is that a text begins with; to the end of its line where it is none."""
    try:
        return json.JSONDecoder().raw_decode(text)[1]
    except (ValueError, RecursionError):
        return len(text.partition("\n")[0])


def faults_in(found: Salvage, *, has_meta: bool = True) -> Iterator[tuple[int, str]]:
    """Where something is wrong in a text without marks, beside the first place that is no JSON, and what.

    Args:
        found: what could be read of it.
        has_meta: whether it says whose file it is.
    """
    for gap in found.gaps:
        text = found.text[gap.start : gap.end]
        yield gap.start + len(text) - len(text.lstrip(" \t\n,{}")), "this cannot be read"
    if not has_meta:
        meta = (piece.start for piece in found.pieces if (piece.table, piece.key) == (META, META_KEY))
        yield next(meta, 0), "nothing says here that this is a leadline store, and of which schema"
    if found.is_one:
        yield from ((at, _again(*path)) for at, path in repeated_names(found.text))
        return
    seen: set[tuple[str, str]] = set()
    for piece in found.pieces:
        place = piece.table, piece.key
        if place in seen:
            yield piece.start, _again(*place)
        seen.add(place)
        for at, path in repeated_names(found.text, piece.start, piece.end) if piece.other is not None else ():
            yield at, _again(*place, *path)


def _again(table: str, key: str = "", *fields: str) -> str:
    """That a name stands there again, by the names that lead to it; those within a list have none."""
    record = f"record {key} of {table}"
    what = f"“{'.'.join(filter(None, fields))}” of {record}" if fields else record if key else f"the table “{table}”"
    return f"{what} stands there already"


def spots_of_encoding(text: Decoded) -> Iterator[Spot]:
    """Where a file is no UTF-8."""
    if text.encoding:
        yield spot_at(text.text, 0, f"the file is {text.encoding}, and no UTF-8")
    starts = starts_of(text.text, text.odd_lines)
    letters = (_LETTER.search(text.text, start) for start in starts)
    places = (letter.start() for letter in letters if letter is not None)
    yield from spots_at(text.text, ((at, "this is no UTF-8; it is read as Windows-1252") for at in places))


def starts_of(text: str, lines: Iterable[int]) -> Iterator[int]:
    """Where some lines start, given by their one-based numbers in their order; none for those there are not."""
    at, number = 0, 1
    for line in lines:
        while number < line:
            at = text.find("\n", at) + 1
            number += 1
            if not at:
                return
        yield at


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
