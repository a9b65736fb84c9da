"""Everything that can be read of a text, whole or not.

A text that is one JSON object is walked as it is always walked. Any other is cut where its records begin, and each is
read by itself; of one that is broken the fields are read one by one. What nothing could be made of is a gap.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from store.disk.canonical import META, is_key
from store.disk.mending.outline import Head, heads_of, is_swallowed, records_inside, swallowed_in
from store.disk.mending.punctuating import punctuated
from store.disk.reading.scanning import TWICE, Decoder, Found, Scan
from store.models import TABLES, Json

_FIELD: Final = re.compile(r'^([ \t]*)"((?:[^"\\\n]|\\.)*)"[ \t]*:[ \t]*', re.MULTILINE)
PAIR: Final = re.compile(r'[\s,]*"((?:[^"\\\n]|\\.)*)"\s*:\s*')
"""The name that a field begins with, and what stands around it."""

_NOTHING: Final = object()
_TABLES: Final = frozenset({META, *TABLES})
_PUNCTUATION: Final = re.compile(r"[\s,{}]*")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of which nothing could be made."""

    start: int
    end: int
    table: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One record, as far as it could be read.

    Args:
        table: the table it stands in; empty where that is not known.
        key: its key as it stands there.
        value: its fields, as a rule; the last one counts of those under a name that stands twice.
        start: where its value starts.
        end: where its value ends.
        text: the value as it stands there, where it says more than `value`: it breaks a rule of JSON.
        other: its fields with the first one of those that stand twice; None where none does.
        is_whole: whether all of it could be read.
        unsure: the fields behind which something stands that could not be read, and may belong to them.
    """

    table: str
    key: str
    value: Json
    start: int
    end: int
    text: str = ""
    other: Json = None
    is_whole: bool = True
    unsure: frozenset[str] = frozenset()


@dataclass(slots=True)
class Salvage:
    """What could be read of a text.

    Args:
        text: the text.
        pieces: its records in their order; one key may be there several times.
        tables: the tables in their order, those without records among them; one may be there several times.
        odd: the text of what is no table though it stands where an unknown one should, by its name.
        gaps: what nothing could be made of.
        is_one: whether the text is one JSON object from its first to its last character.
        is_cut: whether its beginning or its end is missing.
    """

    text: str
    pieces: list[Piece] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    odd: dict[str, str] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    is_one: bool = True
    is_cut: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing that once was there, as far as the text shows."""
        return not self.gaps and not self.is_cut and all(piece.is_whole for piece in self.pieces)

    @property
    def is_sound(self) -> bool:
        """Whether it is complete as it stands, and says each thing once inside of its records."""
        return self.is_one and self.is_complete and all(piece.other is None for piece in self.pieces)


def salvaged(text: str) -> Salvage:
    """Everything that can be read of a text; it may be anything, and never fails."""
    found = Salvage(text)
    scan = Scan(text)
    odd: list[Found] = []
    try:
        for each in scan.found():
            if each.key is None:
                odd.append(each)
            else:
                piece = Piece(each.table, each.key, each.value, each.start, each.end)
                found.pieces.append(_with_problems(piece, each.problems, text))
    except (json.JSONDecodeError, RecursionError):
        return _Pieces(text).found
    if any(map(is_key, scan.tables)) or any(map(_is_inside_out, found.pieces)):
        # A brace was lost in one place and found in another: tables stand inside of records, or records beside tables.
        return _Pieces(text).found
    times = Counter(scan.tables)
    for each in odd:
        if each.table in _TABLES or times[each.table] > 1:
            found.gaps.append(Gap(each.start, each.end, each.table))
        else:
            found.odd[each.table] = text[each.start : each.end]
    alone = {each.table for each in odd}
    found.tables = [table for table in scan.tables if table not in alone or times[table] > 1]
    return found


def _is_inside_out(piece: Piece) -> bool:
    """Whether a record is a table, or other records are among its fields."""
    fields = piece.value.items() if isinstance(piece.value, Mapping) else ()
    return piece.key in _TABLES or any(is_swallowed(name, value) for name, value in fields)


def _with_problems(piece: Piece, problems: tuple[str, ...], text: str) -> Piece:
    if not problems:
        return piece
    if all(problem.endswith(TWICE) for problem in problems):
        other, _, _ = Decoder(text, is_first=True).value(text, piece.start)
        return replace(piece, other=other)
    return replace(piece, text=text[piece.start : piece.end])


class _Pieces:
    """A walk over a text that is not whole."""

    def __init__(self, text: str) -> None:
        self.found = Salvage(text, is_one=False)
        self._decoder = Decoder(text)
        self._table = ""
        # Behind what was read last, so many braces must follow: of its table and of the store.
        self._after, self._braces = 0, 2
        heads = heads_of(text)
        self._rest(0, heads[0].start if heads else len(text))
        for head, stop in zip(heads, _stops(heads, len(text)), strict=True):
            if head.is_table:
                self._table = _name(head.name)
                self._after, self._braces = head.brace, 2
                self.found.tables.append(self._table)
                self._rest(head.brace + 1, stop)
            else:
                self._rest(self._record(head, stop), stop)
        has_beginning = bool(heads) and "{" in text[: heads[0].start]
        self.found.is_cut = not has_beginning or text.count("}", self._after) < self._braces

    def _record(self, head: Head, stop: int) -> int:
        """Reads one record and says where it ends."""
        # Read by itself: a record that lost its brace must not swallow those behind it.
        text = self.found.text[head.brace : stop]
        try:
            value, length, problems = self._decoder.value(text, 0)
        except (json.JSONDecodeError, RecursionError):
            inside = swallowed_in(text[1:])
            if inside:
                self._broken(head, text[: inside[0].start + 1])
                return self._all(inside, head.brace + 1, stop)
            self._broken(head, text)
            return stop
        end = head.brace + length
        self._after, self._braces = end, 2
        piece = Piece(self._table, head.name, value, head.brace, end)
        self.found.pieces.append(_with_problems(piece, problems, self.found.text))
        return end

    def _rest(self, start: int, stop: int) -> None:
        """What stands between two records: nothing, or more records whose lines lost their indent."""
        if _PUNCTUATION.fullmatch(self.found.text, start, stop):
            return
        inside = records_inside(self.found.text[start:stop])
        if not inside:
            self._gap(start, stop)
            return
        self._gap(start, start + inside[0].start)
        self._all(inside, start, stop)

    def _all(self, heads: Sequence[Head], start: int, stop: int) -> int:
        """Reads records, whose places count from `start`, and says where the last one may end."""
        for head, end in zip(heads, _stops(heads, stop - start), strict=True):
            moved = Head(head.name, start + head.start, start + head.brace, is_table=False)
            self._gap(self._record(moved, start + end), start + end)
        return stop

    def _broken(self, head: Head, text: str) -> None:
        """A record that is no JSON by itself: its fields one by one."""
        fields: dict[str, Json] = {}
        other: dict[str, Json] = {}
        gaps = len(self.found.gaps)
        end = 0
        last, unsure = "", set[str]()
        for name, start, stop in _fields(text):
            if self._gap(head.brace + end, head.brace + start, head.name):
                unsure.add(last)
            last = name
            value, end = self._field(text[start:stop])
            end += start
            if value is _NOTHING:
                self._add_gap(head.brace + start, head.brace + stop, head.name)
                end = stop
            else:
                other.setdefault(name, value)
                fields[name] = value
        if self._gap(head.brace + end, head.brace + len(text), head.name):
            unsure.add(last)
        self._after, self._braces = head.brace + end, 3
        is_whole = len(self.found.gaps) == gaps and "}" in text[end:]
        twice = other if other != fields else None
        piece = Piece(self._table, head.name, fields, head.brace, head.brace + len(text), other=twice)
        self.found.pieces.append(replace(piece, is_whole=is_whole, unsure=frozenset(unsure)))

    def _field(self, text: str) -> tuple[Json, int]:
        """The value of the field that a text begins with, and where it ends; `_NOTHING` where it cannot be used."""
        name = PAIR.match(text)
        start = 0 if name is None else name.end()
        try:
            value, end, problems = self._decoder.value(text, start)
        except RecursionError:
            return _NOTHING, 0
        except json.JSONDecodeError:
            value, length, problems = self._punctuated(text[start:])
            end = start + length
        return (_NOTHING if problems else value), end

    def _punctuated(self, text: str) -> tuple[Json, int, tuple[str, ...]]:
        """The value of a text with its commas put right, if nothing stands behind it but braces."""
        right = punctuated(text)
        try:
            value, end, problems = self._decoder.value(right, 0)
        except (json.JSONDecodeError, RecursionError):
            return _NOTHING, 0, ()
        if right[end:].strip("},"):
            return _NOTHING, 0, ()
        ends = len(text)
        for _ in range(right.count("}", end)):
            ends = text.rindex("}", 0, ends)
        return value, ends, problems

    def _gap(self, start: int, end: int, key: str = "") -> bool:
        """A gap, if anything but punctuation stands there; whether it does."""
        is_gap = start < end and not _PUNCTUATION.fullmatch(self.found.text, start, end)
        if is_gap:
            self._add_gap(start, end, key)
        return is_gap

    def _add_gap(self, start: int, end: int, key: str) -> None:
        self.found.gaps.append(Gap(start, end, self._table, key if is_key(key) else ""))


def _stops(heads: Sequence[Head], end: int) -> list[int]:
    """Where each of them ends at the latest: where the next one starts."""
    return [*(head.start for head in heads[1:]), end][: len(heads)]


def _fields(text: str) -> Iterator[tuple[str, int, int]]:
    """The fields of a broken record: name, where it starts, and where the next one starts."""
    lines = list(_FIELD.finditer(text))
    if lines:
        indents = Counter(len(match[1]) for match in lines)
        indent = min((width for width, times in indents.items() if times > 1), default=min(indents))
        starts = [match for match in lines if len(match[1]) <= indent]
        for match, stop in zip(starts, [*(other.start() for other in starts[1:]), len(text)], strict=True):
            yield _name(match[2]), match.start(), stop
        return
    # All on one line: one after the other, as long as it goes well.
    decoder = json.JSONDecoder()
    at = 1
    while (pair := PAIR.match(text, at)) is not None:
        try:
            _, at = decoder.raw_decode(text, pair.end())
        except (ValueError, RecursionError):
            yield _name(pair[1]), pair.start(), len(text)
            return
        yield _name(pair[1]), pair.start(), at


def _name(inside: str) -> str:
    """A name between its quotes, which may be escaped in part."""
    try:
        name = json.loads(f'"{inside}"')
    except ValueError:
        return inside
    return name if isinstance(name, str) else inside
