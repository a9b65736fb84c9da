"""Both sides of a text in which git left the marks of a merge that it could not finish.

Outside of its marks the text is what git merged by lines; inside a pair of marks it is one side or the other. A line
of a store never starts with such a mark: no text in JSON has a line end in it.
"""

import re
from dataclasses import dataclass
from typing import Final

LEAST: Final = 7
MOST: Final = 32
"""How long git makes a mark: seven signs unless told otherwise, two more for each merge inside a merge."""

DEEPEST: Final = 6
"""Marks inside marks: somebody committed them and merged again. Nobody does it more often than this."""

_MARK: Final = re.compile(rf"^([<|=>])\1{{{LEAST - 1},{MOST - 1}}}(?:[ \t](.*))?$")
_BASE: Final = re.compile(rf"^\|{{{LEAST}}}", re.MULTILINE)
_MAYBE: Final = re.compile(rf"^[<|=>]{{{LEAST}}}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts of an unfinished merge.

    Args:
        ours: the text with the first side of every place.
        theirs: the text with the second side.
        base: the text with what both sides started from; None where a place does not say it.
        labels: what git called the two sides.
        lines: the one-based lines on which a place begins.
        spans: the lines of each place in the first text and in the second.
    """

    ours: str
    theirs: str
    base: str | None
    labels: tuple[str, str]
    lines: tuple[int, ...]
    spans: tuple[tuple[range, range], ...] = ()

    def fit(self, others: "Sides") -> bool:
        """Whether these may be the marks of a merge of which the others are: each place lies in one of those."""
        if (self.ours, self.theirs) != (others.ours, others.theirs):
            return False
        return all(any(_lies(one, other) for other in others.spans) for one in self.spans)


def _lies(one: tuple[range, range], other: tuple[range, range]) -> bool:
    return all(there.start <= here.start and here.stop <= there.stop for here, there in zip(one, other, strict=True))


@dataclass(slots=True)
class _Place:
    """One place, as far as it was read: how long its marks are, and the lines of the parts it has so far."""

    size: int
    line: int
    label: str
    parts: dict[str, list[str]]
    depth: int = 0
    part: str = "<"

    def takes(self, sign: str, size: int) -> bool:
        """Whether a mark begins another part of this place; marks inside it belong to a merge inside the merge."""
        if size != self.size or self.depth:
            return False
        return (self.part == "<" and sign in "|=") or (self.part == "|" and sign == "=")


def first_mark(text: str) -> int | None:
    """Where the first line with a mark starts; None where there is none."""
    found = _MAYBE.search(text)
    return None if found is None else found.start()


def both_texts(text: str) -> tuple[str, str]:
    """Both sides of a text; the same twice where it has no marks, or where they do not go together."""
    sides = sides_of(text)
    if sides is not None:
        return sides.ours, sides.theirs
    bare = text if first_mark(text) is None else without_marks(text)
    return bare, bare


def has_marks_in_marks(text: str) -> bool:
    """Whether a side of a text with marks has marks itself."""
    sides = sides_of(text)
    return sides is not None and any(first_mark(side) is not None for side in (sides.ours, sides.theirs))


def says_base(text: str) -> bool:
    """Whether any marks of a text, however broken they are, say what both sides started from."""
    return _BASE.search(text) is not None


def sides_of(text: str) -> Sides | None:
    """Both sides of a text; None where it has no marks, or marks that do not go together."""
    if first_mark(text) is None:
        return None
    walk = _Walk()
    for number, line in enumerate(text.split("\n"), start=1):
        if not walk.step(number, line):
            return None
    return walk.sides()


class _Walk:
    """A walk over the lines of a text with marks."""

    def __init__(self) -> None:
        self._ours: list[str] = []
        self._base: list[str] = []
        self._theirs: list[str] = []
        self._starts: list[int] = []
        self._spans: list[tuple[range, range]] = []
        self._labels = "", ""
        self._has_base = True
        self._place: _Place | None = None

    def step(self, number: int, line: str) -> bool:
        """Takes the next line; False where it is a mark that does not go with those before."""
        place = self._place
        sign, size, label = _mark_of(line)
        if place is None:
            if sign == "<":
                self._place = _Place(size, number, label, {"<": []})
            else:
                self._both(line)
            return sign in {"", "<"}
        if place.takes(sign, size):
            place.part = sign
            place.parts[sign] = []
        elif sign == ">" and size == place.size and not place.depth and place.part == "=":
            self._close(place, label)
        else:
            place.depth += _step(sign) if size == place.size else 0
            place.parts[place.part].append(line)
        return place.depth >= 0

    def sides(self) -> Sides | None:
        """Both sides; None where the last place has no end."""
        if self._place is not None:
            return None
        ours, base, theirs = ("\n".join(side) for side in (self._ours, self._base, self._theirs))
        return Sides(
            ours, theirs, base if self._has_base else None, self._labels, tuple(self._starts), tuple(self._spans)
        )

    def _both(self, line: str) -> None:
        for side in (self._ours, self._base, self._theirs):
            side.append(line)

    def _close(self, place: _Place, label: str) -> None:
        self._starts.append(place.line)
        self._labels = self._labels[0] or place.label, self._labels[1] or label
        self._has_base &= "|" in place.parts
        ours, theirs = (
            range(len(before), len(before) + len(place.parts[part]))
            for before, part in ((self._ours, "<"), (self._theirs, "="))
        )
        self._spans.append((ours, theirs))
        self._ours += place.parts["<"]
        self._base += place.parts.get("|", ())
        self._theirs += place.parts["="]
        self._place = None


def without_marks(text: str) -> str:
    """A text whose marks do not go together, with an empty line for each of them, so that lines keep their numbers."""
    return "\n".join("" if _mark_of(line)[0] else line for line in text.split("\n"))


def _step(sign: str) -> int:
    return {"<": 1, ">": -1}.get(sign, 0)


def _mark_of(line: str) -> tuple[str, int, str]:
    """The sign of a mark, how often it stands there and the words behind it; no sign for any other line."""
    found = _MARK.match(line) if line[:1] in {"<", "|", "=", ">"} else None
    if found is None:
        return "", 0, ""
    label = found[2] or ""
    return found[1], len(line) - len(line.lstrip(found[1])), label.strip()
