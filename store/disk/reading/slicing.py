"""Finding the records of a canonical text without parsing it.

Only for texts that are known to be canonical: inside a record every line is blank or starts with two spaces, so a
closing brace at the start of a line ends the record.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

Places = dict[str, dict[str, tuple[int, int]]]
"""Where each record starts (with its key) and ends, by table and key."""

_STEP: Final = 2**20
_OPENS: Final = b'": {\n'
_SEAM: Final = re.compile(rb'\n\}(?:,\n"([^"\n]*)": \{(?=\n)|\n\})')
"""What follows a record: another one, with its key, or the end of the table. One search finds all of a table."""


def places(text: bytes) -> Places | None:
    """Where every record is; None where the text is not laid out as we write it."""
    if not text.startswith(b"{\n") or not text.endswith(b"\n}\n}\n"):
        return None
    found: Places = {}
    at = 2
    while (heading := _heading(text, at)) is not None and heading[0] not in found:
        table, at = heading
        found[table], at = _records(text, at)
        if text.startswith(b"},\n", at):
            at += 3
        else:
            return found if text[at:] == b"}\n}\n" else None
    return None


def _heading(text: bytes, at: int) -> tuple[str, int] | None:
    """The name of the table that opens on the line at `at`, and where the next line starts."""
    end = text.find(_OPENS, at) + 1
    try:
        name = json.loads(text[at:end])
    except ValueError:
        return None
    return (name, end + len(_OPENS) - 1) if isinstance(name, str) else None


def _records(text: bytes, at: int) -> tuple[dict[str, tuple[int, int]], int]:
    """The records from the line at `at` on, and where the first line is that belongs to none."""
    found: dict[str, tuple[int, int]] = {}
    colon = text.find(_OPENS, at)
    if colon < 0 or not text.startswith(b'"', at):
        return found, at
    key = text[at + 1 : colon].decode(errors="replace")
    for seam in _SEAM.finditer(text, colon + len(_OPENS) - 1):
        if not key.isdecimal() or key in found:
            break
        end = seam.start() + 2
        found[key] = at, end
        if seam[1] is None:
            return found, end + 1
        at, key = end + 2, seam[1].decode(errors="replace")
    return found, at


def json_of(text: bytes, key: str, place: tuple[int, int]) -> bytes:
    """The fields of the record with that key at a place of a canonical text, together with its id, as JSON."""
    start, end = place
    fields = text[start + len(key) + 5 : end]
    return b'{"id":%b%b' % (key.encode(), b"}" if fields == b"\n}" else b"," + fields)


def spliced(text: bytes, changes: Mapping[str, Mapping[str, bytes | memoryview | None]]) -> bytes:
    """A canonical text with records put in (None takes one out), as `spliced_pieces` has it, put together."""
    return b"".join(spliced_pieces(text, changes))


def spliced_pieces(
    text: bytes, changes: Mapping[str, Mapping[str, bytes | memoryview | None]]
) -> list[bytes | memoryview]:
    """A canonical text with records put in (None takes one out); the rest are views of the text, not looked at.

    Args:
        text: a canonical text in which every table of `changes` is.
        changes: the new text of records, which begins with the key, by table and key.
    """
    view = memoryview(text)
    parts: list[bytes | memoryview] = []
    at = 0
    for start, table in sorted((_start_of(text, table), table) for table in changes):
        parts.append(view[at:start])
        runs, at = _runs(text, start, changes[table])
        parts += (part for run in runs for part in (run, b",\n"))
        if runs:
            parts[-1] = b"\n"
    parts.append(view[at:])
    return parts


def _start_of(text: bytes, table: str) -> int:
    heading = b'\n"%b": {\n' % table.encode()
    at = _found(text, heading, 0)
    if at < 0:
        message = f"there is no table {table}"
        raise ValueError(message)
    return at + len(heading)


def _runs(
    text: bytes, start: int, changes: Mapping[str, bytes | memoryview | None]
) -> tuple[list[bytes | memoryview], int]:
    """The records of the table that starts at `start`, neighbours that stay as one piece, and where the table ends."""
    view = memoryview(text)
    runs: list[bytes | memoryview] = []
    at = start
    stop = _end_of(text, start)
    for key in sorted(changes, key=_rank):
        place = _place_of(text, key, at, stop)
        if place > at:
            # A record ends with a comma and a line end, the last one with a line end.
            runs.append(view[at : place - (2 if place < stop else 1)])
        at = place
        if text.startswith(b'"%b"' % key.encode(), place):
            # Past the brace, the comma and the line end; after the last record, which has no comma, past the table.
            at = text.find(b"\n}", place) + 4
        new = changes[key]
        if new is not None:
            runs.append(new)
    if at < stop:
        runs.append(view[at : stop - 1])
    return runs, stop


def _end_of(text: bytes, start: int) -> int:
    """Where the brace is that closes the table whose first line is at `start`."""
    if text.startswith(b"}", start):
        return start
    # The longest needle is found fastest; after the last table there is none.
    end = _found(text, b'\n}\n},\n"', start)
    return end + 3 if end >= 0 else len(text) - 4


def _found(text: bytes, needle: bytes, start: int) -> int:
    """As `find`, in steps: one search through a hundred megabytes would hold up every other thread."""
    for at in range(start, len(text), _STEP):
        found = text.find(needle, at, at + _STEP + len(needle))
        if found >= 0:
            return found
    return -1


def _place_of(text: bytes, key: str, start: int, stop: int) -> int:
    """Where the first record begins whose key is not below `key`, between two places where records begin or end."""
    wanted = _rank(key)
    low, high = start, stop
    while low < high:
        middle = text.rfind(b'\n"', low - 1, (low + high) // 2 + 1) + 1
        there = text[middle + 1 : text.index(b'"', middle + 1)].decode()
        if _rank(there) < wanted:
            following = text.find(b'\n"', middle, high)
            low = following + 1 if following >= 0 else high
        else:
            high = middle
    return high


def _rank(key: str) -> tuple[int, str]:
    """The order of records: by length and then by letters is by number for ids, and still an order for other keys."""
    return len(key), key
