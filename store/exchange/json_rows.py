"""JSON with one object for each row: a list, several lists after another as paged requests give, or JSON Lines."""

import json
import re
from collections.abc import Generator, Iterator
from typing import Final

import orjson

from store.errors import ImportFailedError
from store.models import Json

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_PAGES: Final = ("items", "issues", "nodes", "data")
"""Keys under which a search answer holds its rows."""


class JsonRows:
    """The rows of a JSON text, and on demand the line each of them starts on.

    Args:
        text: the whole file.
        name: its name, for sentences.

    Raises:
        ImportFailedError: it is not JSON (the sentence names line and column), or holds no list of objects.
    """

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._lines: list[int] | None = None
        self.rows: list[Json] = self._fast() or [value for _, value in self._scan()]
        if not self.rows:
            message = f"{name} holds an empty list."
            raise ImportFailedError(message, "Export the items again, with closed ones if you want the history.")

    def line(self, index: int) -> int:
        """The one-based line on which the row starts."""
        if self._lines is None:
            # Only asked for rows that have something wrong, so the slower second reading is rare.
            self._lines, line, last = [], 1, 0
            for start, _ in self._scan():
                line += self._text.count("\n", last, start)
                last = start
                self._lines.append(line)
        return self._lines[index] if index < len(self._lines) else 1

    def _fast(self) -> list[Json]:
        try:
            value = orjson.loads(self._text)
        except orjson.JSONDecodeError:
            # Several values in one file, half a character in an escape, or a mistake whose place is to be named.
            return []
        return self._rows_in(value)

    def _rows_in(self, value: Json) -> list[Json]:
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            held = next((value[key] for key in _PAGES if isinstance(value.get(key), list)), None)
            return [value] if held is None else held
        message = f"{self._name} is JSON but not a list of objects."
        raise ImportFailedError(message, "Export the items as a list, for example with “gh issue list --json”.")

    def _scan(self) -> Iterator[tuple[int, Json]]:
        """Every row with the place it starts at, in the order of the file."""
        text, at = self._text, _skip(self._text, 0)
        while at < len(text):
            if text[at] == "[":
                at = yield from self._elements(at + 1)
            else:
                start = at
                value, at = self._decoded(at)
                if not isinstance(value, dict):
                    self._rows_in(value)
                for row in self._rows_in(value):
                    yield start, row
            at = _skip(text, at)

    def _elements(self, at: int) -> Generator[tuple[int, Json], None, int]:
        text, at = self._text, _skip(self._text, at)
        if text[at : at + 1] == "]":
            return at + 1
        while True:
            start = at
            value, at = self._decoded(at)
            yield start, value
            at = _skip(text, at)
            sign = text[at : at + 1]
            if sign == "]":
                return at + 1
            if sign != ",":
                raise self._broken(at, "a comma or ] is missing" if sign else "it ends in the middle of the list")
            at = _skip(text, at + 1)

    def _decoded(self, at: int) -> tuple[Json, int]:
        try:
            return _DECODER.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            raise self._broken(error.pos, _reason(error, len(self._text))) from error
        except RecursionError as error:
            raise self._broken(at, "it is nested too deeply") from error
        except ValueError as error:
            raise self._broken(at, "a number in it is too long") from error

    def _broken(self, at: int, reason: str) -> ImportFailedError:
        at = min(at, len(self._text))
        line = self._text.count("\n", 0, at) + 1
        column = at - (self._text.rfind("\n", 0, at) + 1) + 1
        message = f"{self._name} is not whole JSON: line {line:,}, column {column:,}, {reason}."
        return ImportFailedError(message, "Export the items again; the file may have been cut off.")


_DECODER: Final = json.JSONDecoder()


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _reason(error: json.JSONDecodeError, length: int) -> str:
    if error.pos >= length or error.msg.startswith("Unterminated"):
        return "it ends in the middle of a value"
    return f"{error.msg[:1].lower()}{error.msg[1:]}"
