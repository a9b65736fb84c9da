"""What a row of a record list is made of, and which columns there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rich.cells import cell_len, set_cell_size

from screens.wording.clean import clean, fit

LEAST_FLEXIBLE: Final = 24
LONGEST_CELL: Final = 2_000  # characters; wider than any terminal, so that a megabyte in a title costs nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of a row. `tone` is one of `screens.theme.TONES`; the text may be anything and is cleaned when shown."""

    text: str
    tone: str = ""


Cells: TypeAlias = Cell | tuple[Cell, ...]
"""What stands in one column of a row: a cell, or several side by side."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `width` is in terminal cells; None takes the room that is left, and exactly one column does. As the window narrows,
    columns leave in order of falling `priority` until the flexible one has `least` cells; it never leaves itself.
    `gap` is the blank behind the column.
    """

    key: str
    heading: str
    width: int | None
    priority: int = 0
    right: bool = False
    gap: int = 2
    least: int = LEAST_FLEXIBLE


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that has room: it starts at cell `x` of the line and is `width` cells wide."""

    column: Column
    x: int
    width: int


def placed_columns(columns: Sequence[Column], width: int) -> tuple[Placed, ...]:
    """The columns that fit into a line of `width` cells, in their order, with the place of each.

    Raises:
        ValueError: not exactly one column is flexible.
    """
    flexible = [column for column in columns if column.width is None]
    if len(flexible) != 1:
        message = f"exactly one column takes the room that is left, not {len(flexible)}"
        raise ValueError(message)
    staying = list(columns)
    leaving = sorted((column for column in columns if column.width is not None), key=lambda column: column.priority)
    while (room := _room(staying, width)) < flexible[0].least and leaving:
        staying.remove(leaving.pop())
    placed: list[Placed] = []
    x = 0
    for column in staying:
        taken = max(0, room) if column.width is None else column.width
        placed.append(Placed(column, x, taken))
        x += taken + column.gap
    return tuple(placed)


def pieces(cells: Cells, width: int, *, right: bool = False) -> list[tuple[str, str]]:
    """The texts of one column with their tones, clean, cut and padded to exactly `width` cells."""
    if isinstance(cells, Cell):
        return [(fit(clean(cells.text[:LONGEST_CELL]), width, pad=True, right=right), cells.tone)]
    texts = [(clean(cell.text[:LONGEST_CELL]), cell.tone) for cell in cells]
    spare = width - sum(cell_len(text) for text, _ in texts)
    if spare < 0:
        return _cut(texts, width)
    blank = (" " * spare, "")
    return [blank, *texts] if right else [*texts, blank]


def _cut(texts: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The first `width` cells of texts that are longer; the last cell says with `…` that something is missing."""
    kept: list[tuple[str, str]] = []
    left = width - 1
    for text, tone in texts:
        size = cell_len(text)
        if size > left:
            return (
                [*kept, (fit(set_cell_size(text, left).rstrip(" ") + "…", left + 1, pad=True), tone)]
                if width > 0
                else []
            )
        kept.append((text, tone))
        left -= size
    return kept


def _room(columns: Sequence[Column], width: int) -> int:
    """The cells left for the flexible column; the last column needs no gap behind it."""
    fixed = sum((column.width or 0) + column.gap for column in columns)
    return width - fixed + columns[-1].gap
