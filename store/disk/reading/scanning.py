"""A strict walk over the JSON of a store, record by record.

Python's parser takes more than JSON allows and forgets where things stood. This walk keeps the place of every record,
notes what is wrong inside one without giving up on the others, and refuses only a text whose records cannot be told
apart.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from store.models import Json

MAX_DEPTH: Final = 32
MAX_NUMBER: Final = 2**53
MAX_DIGITS: Final = 400
TWICE: Final = "stands there twice"
_SPACE = re.compile(r"[ \t\r\n]*")
_MAYBE_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])')

_COMPLAINTS: Final = {
    "Expecting ',' delimiter": "a comma is missing, or a quote is one too many",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a name in quotes is missing",
    "Expecting value": "a value is missing, or is none that JSON knows",
    "Illegal trailing comma before end of array": "a comma is one too many",
    "Illegal trailing comma before end of object": "a comma is one too many",
    "Invalid control character": "a text does not end on its line",
    "Unterminated string starting": "a text does not end",
    "Invalid \\escape": "a backslash stands before a letter that JSON does not know there",
    "Invalid \\escape: ": "a backslash stands before a letter that JSON does not know there",
    "Invalid \\uXXXX escape": "\\u stands before something else than four hexadecimal digits",
}
"""What Python's parser says, in every version of it, and the words of a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a table, or (`key` is None) a whole table that is no object, and what is wrong with its JSON."""

    table: str
    key: str | None
    value: Json
    start: int
    end: int
    problems: tuple[str, ...] = ()


class Decoder:
    """Python's parser of JSON values, which notes what it takes though JSON does not allow it.

    Args:
        text: the whole text its values are in.
        is_first: which value counts of those under a name that stands twice: the first, else the last.

    Attributes:
        decode: reads the value at a place and says where it ends; raises what `json.JSONDecoder.raw_decode` raises.
    """

    def __init__(self, text: str, *, is_first: bool = False) -> None:
        self._problems: list[str] = []
        self._is_first = is_first
        self._has_halves = _MAYBE_HALF.search(text) is not None
        self.decode = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._whole_number,
            parse_float=self._number,
            parse_constant=self._constant,
        ).raw_decode

    def value(self, text: str, start: int) -> tuple[Json, int, tuple[str, ...]]:
        """The value at a place, where it ends, and what is wrong with it.

        Raises:
            json.JSONDecodeError: no value stands there, or it is not whole.
            RecursionError: it is nested too deeply for the parser.
        """
        self._problems.clear()
        value, end = self.decode(text, start)
        # Few records have more brackets than levels are allowed; only those are looked at.
        brackets = text.count("{", start, end) + text.count("[", start, end)
        if brackets > MAX_DEPTH and _depth(text[start:end]) > MAX_DEPTH:
            self._problems.append(f"it is nested more than {MAX_DEPTH} levels deep")
        if self._has_halves and _MAYBE_HALF.search(text, start, end) and _has_half(value):
            self._problems.append("it holds half a character, which no text can have")
        return value, end, tuple(self._problems)

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        fields = dict(pairs)
        if len(fields) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            twice = next(name for name, count in counts.items() if count > 1)
            self._problems.append(f"“{twice}” {TWICE}")
            if self._is_first:
                fields |= dict(reversed(pairs))
        return fields

    def _whole_number(self, digits: str) -> int:
        # Longer numbers would take time by the square of their length.
        if len(digits) <= MAX_DIGITS and -MAX_NUMBER < (number := int(digits)) < MAX_NUMBER:
            return number
        self._problems.append("a number is too large")
        return 0

    def _number(self, digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            self._problems.append("a number is too large")
        return number

    def _constant(self, name: str) -> float:
        self._problems.append(f"{name} is not a number")
        return 0.0


class Scan:
    """Walks over one text.

    Args:
        text: the whole file.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tables: list[str] = []
        self.at = 0
        self._counted = 0, 1
        self._decoder = Decoder(text)

    def found(self) -> Iterator[Found]:
        """Every record in the order of the file.

        Raises:
            json.JSONDecodeError: the text is not one JSON object; `at` and the error say where.
            RecursionError: a record is nested too deeply for the parser; it starts at `at`.
        """
        self._expect("{", "a store is one JSON object")
        for table in self._keys():
            self.tables.append(table)
            if self.text.startswith("{", self.at):
                self.at += 1
                for key in self._keys():
                    yield self._found(table, key)
            else:
                yield self._found(table, None)
        self._skip_space()
        if self.at != len(self.text):
            self._stop("there is text after the end of the store")

    def line(self, at: int) -> int:
        """The one-based line of a place in the text; quick when asked for places in their order."""
        since, line = self._counted if self._counted[0] <= at else (0, 1)
        line += self.text.count("\n", since, at)
        self._counted = at, line
        return line

    def _found(self, table: str, key: str | None) -> Found:
        start = self.at
        value, self.at, problems = self._decoder.value(self.text, start)
        return Found(table, key, value, start, self.at, problems)

    def _keys(self) -> Iterator[str]:
        """The keys of the object whose brace was just read; at each, `at` is where its value starts."""
        self._skip_space()
        if self.text.startswith("}", self.at):
            self.at += 1
            return
        while True:
            if not self.text.startswith('"', self.at):
                self._stop("a name in quotes is missing")
            key, self.at = self._decoder.decode(self.text, self.at)
            self._expect(":", "a colon is missing")
            yield key
            self._skip_space()
            if self.text.startswith("}", self.at):
                self.at += 1
                return
            self._expect(",", "a comma or a closing brace is missing")

    def _expect(self, sign: str, complaint: str) -> None:
        self._skip_space()
        if not self.text.startswith(sign, self.at):
            self._stop(complaint)
        self.at += 1
        self._skip_space()

    def _skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        if match is not None:
            self.at = match.end()

    def _stop(self, complaint: str) -> NoReturn:
        raise json.JSONDecodeError(complaint, self.text, self.at)


def complaint_of(error: json.JSONDecodeError) -> str:
    """What is wrong with a text, in the words of a person and without a full stop."""
    words = _COMPLAINTS.get(error.msg.removesuffix(" at"), error.msg)
    return f"{words[:1].lower()}{words[1:]}".removesuffix(".")


def _has_half(value: Json) -> bool:
    """Whether a text in it holds one half of a pair that only together is a character (a lone surrogate)."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        if match[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif match[2]:
            depth -= 1
    return deepest
