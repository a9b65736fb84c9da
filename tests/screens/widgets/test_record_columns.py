from itertools import pairwise

import pytest
from rich.cells import cell_len

from screens.widgets.record_columns import LONGEST_CELL, Cell, Column, pieces, placed_columns

COLUMNS = (
    Column("glyph", "", 1, 0, gap=1),
    Column("id", "Id", 7, 1),
    Column("title", "Title", None),
    Column("score", "Score", 5, 2, right=True),
    Column("age", "Age", 4, 3, right=True),
)


@pytest.mark.parametrize(
    ("width", "staying"),
    [
        (80, "glyph id title score age"),
        (48, "glyph id title score age"),
        (47, "glyph id title score"),
        (42, "glyph id title score"),
        (41, "glyph id title"),
        (35, "glyph id title"),
        (34, "glyph title"),
        (26, "glyph title"),
        (25, "title"),
        (1, "title"),
        (0, "title"),
    ],
)
def test_columns_leave_by_priority(width: int, staying: str) -> None:
    placed = placed_columns(COLUMNS, width)
    assert " ".join(one.column.key for one in placed) == staying


@pytest.mark.parametrize("width", [80, 60, 45, 33, 20])
def test_columns_fill_the_width_without_touching(width: int) -> None:
    placed = placed_columns(COLUMNS, width)
    for one, following in pairwise(placed):
        assert one.x + one.width + one.column.gap == following.x
    assert placed[-1].x + placed[-1].width == width


@pytest.mark.parametrize("columns", [COLUMNS[:2], (*COLUMNS, Column("more", "", None)), ()])
def test_one_column_is_flexible(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="exactly one column"):
        placed_columns(columns, 80)


def text_of(cells: Cell | tuple[Cell, ...], width: int, *, right: bool = False) -> str:
    return "".join(text for text, _ in pieces(cells, width, right=right))


@pytest.mark.parametrize(
    ("cells", "width", "side", "shown"),
    [
        (Cell("12d"), 5, "right", "  12d"),
        (Cell("title"), 8, "left", "title   "),
        (Cell("漢字の題"), 6, "left", "漢字… "),
        ((Cell("flow "), Cell("■■□")), 10, "left", "flow ■■□  "),
        ((Cell("flow "), Cell("■■□")), 10, "right", "  flow ■■□"),
        ((Cell("flow "), Cell("■■□")), 7, "left", "flow ■…"),
        ((Cell("flow "), Cell("■■□")), 6, "left", "flow …"),
        ((Cell("flow "), Cell("■■□")), 3, "left", "fl…"),
        ((Cell("漢字"), Cell("漢")), 4, "left", "漢… "),
        ((Cell("flow "), Cell("■■□")), 0, "left", ""),
        ((), 3, "left", "   "),
        (Cell("a\x1b[31m\nb"), 9, "left", "a␛[31m b "),
    ],
)
def test_a_column_shows_exactly_its_width(cells: Cell | tuple[Cell, ...], width: int, side: str, shown: str) -> None:
    assert text_of(cells, width, right=side == "right") == shown
    assert cell_len(shown) == width


def test_tones_stay_with_their_texts() -> None:
    assert pieces((Cell("flow ", "muted"), Cell("■■□", "good")), 8) == [("flow ", "muted"), ("■■□", "good"), ("", "")]


def test_a_megabyte_is_not_read_to_show_one_line() -> None:
    [(text, _)] = pieces(Cell("x" * LONGEST_CELL + "\x1b" * 1_000_000), 10)
    assert text == "xxxxxxxxx…"
