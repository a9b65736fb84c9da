"""CSV of any dialect: the sign between cells is found out, quoted line breaks are kept, broken quotes are named."""

import csv
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from io import StringIO
from typing import Final

from store.errors import ImportFailedError

_SIGNS: Final = ",;\t|"
_HEADER_LIMIT: Final = 2**20
"""Characters that are looked at to find the sign between cells."""
_NAME_LIMIT: Final = 200
_CELL_LIMIT: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The header and the rows, each with the one-based line it starts on; rows without any value are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


def header_of(text: str) -> tuple[str, ...]:
    """The names of the columns, without a look at the rows; empty where not even the header is whole."""
    sign, body, _ = _sign(text)
    try:
        return _header(next(csv.reader(StringIO(body, newline=""), delimiter=sign, strict=True), []))
    except csv.Error:
        return ()


def csv_rows(text: str, name: str) -> CsvRows:
    """Split the text of a file into cells.

    A row with another number of cells than the header keeps them: whoever reads it refuses it.

    Raises:
        ImportFailedError: there is no row below the header, or a quotation mark is opened and never closed.
    """
    sign, body, skipped = _sign(text)
    # The limit belongs to the whole process; a description may be longer than its 128 KiB.
    former = csv.field_size_limit(_CELL_LIMIT)
    rows: list[tuple[int, list[str]]] = []
    start = skipped + 1
    try:
        reader = csv.reader(StringIO(body, newline=""), delimiter=sign, strict=True)
        for cells in reader:
            if any(cells):
                rows.append((start, cells))
            start = skipped + reader.line_num + 1
    except csv.Error as error:
        message = f"{name} is not whole CSV: the row that starts in line {start:,} has a broken quotation mark."
        raise ImportFailedError(message, 'Every “"” inside a quoted cell has to be written twice.') from error
    finally:
        csv.field_size_limit(former)
    if not rows:
        message = f"{name} is empty."
        raise ImportFailedError(message, "Export the items again.")
    if len(rows) == 1:
        message = f"{name} has a header but no rows."
        raise ImportFailedError(message, "Export the items again, with closed ones if you want the history.")
    return CsvRows(_header(rows[0][1]), tuple(rows[1:]))


def _header(cells: list[str]) -> tuple[str, ...]:
    names = [" ".join(cell[:_NAME_LIMIT].split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def fitted(cells: list[str], width: int) -> list[str] | None:
    """The cells if they fit the header; empty ones too many at the end are dropped, anything else is None."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    return None


def unused_columns(table: CsvRows, taken: Collection[str]) -> tuple[str, ...]:
    """The columns that hold values and are not taken, each name once, in the order of the file."""
    waiting = {place: name for place, name in enumerate(table.header) if name and name not in taken}
    found: set[str] = set()
    for _, cells in table.rows:
        for place in [place for place in waiting if place < len(cells) and cells[place]]:
            found.add(waiting.pop(place))
        if not waiting:
            break
    return tuple(dict.fromkeys(name for name in table.header if name in found))


def _sign(text: str) -> tuple[str, str, int]:
    """The sign between cells, the text to read, and how many lines in front of it were skipped."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        # A note to spreadsheets that some programs write first.
        return first[4], rest, 1
    counts: Counter[str] = Counter()
    is_quoted = False
    for char in text[:_HEADER_LIMIT]:
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            if char in "\r\n" and counts:
                break
            if char in _SIGNS:
                counts[char] += 1
    return (counts.most_common(1)[0][0] if counts else ","), text, 0
