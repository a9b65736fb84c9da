"""The second wall: what reaches the terminal, not what a widget meant to send."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Input, Label, OptionList, Static, TextArea

from screens.widgets import Cell, Column, ControlFilter, HintBar, RecordList, StatusBar, StatusPart
from screens.widgets.hint_bar import Hint
from tests.screens.widgets.host import on_stage

HOSTILE = "a\x1b]52;c;ZXZpbA==\x07b\x9b31mc\u202ed\u2028e\x00f\u200bg\x7fh"
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def record_list() -> RecordList:
    records = RecordList([Column("title", HOSTILE, None)], show_header=True)
    records.set_rows((1,), lambda _: {"title": Cell(HOSTILE)})
    return records


def table() -> DataTable[Text]:
    filled: DataTable[Text] = DataTable()
    filled.add_column(Text(HOSTILE))
    filled.add_row(Text(HOSTILE))
    return filled


WIDGETS: dict[str, Callable[[], Widget]] = {
    "static": lambda: Static(Content(HOSTILE)),
    "rich text": lambda: Static(Text(HOSTILE)),
    "label": lambda: Label(HOSTILE, markup=False),
    "options": lambda: OptionList(Content(HOSTILE)),
    "table": table,
    "input": lambda: Input(HOSTILE),
    "text area": lambda: TextArea(HOSTILE),
    "records": record_list,
    "empty records": lambda: RecordList([Column("title", "Title", None)], empty=Content(HOSTILE)),
    "hints": lambda: HintBar([Hint(HOSTILE, HOSTILE)]),
    "status": lambda: StatusBar([StatusPart(HOSTILE)]),
}


@pytest.mark.parametrize("name", WIDGETS)
async def test_no_control_character_passes_the_wall(name: str) -> None:
    async with on_stage(Static(), size=(100, 12), wall=True) as stage:
        widget = WIDGETS[name]()
        widget.border_title = Content(HOSTILE)
        widget.styles.border = ("round", "white")
        await stage.app.mount(widget)
        await stage.pilot.pause()
        strips = stage.app.screen._compositor.render_strips()
        assert not FORBIDDEN.search("".join(segment.text for strip in strips for segment in strip))
        assert "␛" in "".join(stage.lines)
        assert {cell_len(strip.text) for strip in strips} == {100}


async def test_without_the_wall_textual_would_let_them_through() -> None:
    async with on_stage(Static(Content(HOSTILE))) as stage:
        assert FORBIDDEN.search("".join(stage.lines))


@pytest.mark.parametrize("name", ["records", "hints", "status"])
async def test_our_widgets_need_no_wall(name: str) -> None:
    async with on_stage(WIDGETS[name](), size=(100, 10)) as stage:
        assert not FORBIDDEN.search("".join(stage.lines))


def applied(*texts: str) -> list[str]:
    segments = [Segment(text) for text in texts]
    return [segment.text for segment in ControlFilter().apply(segments, Color(0, 0, 0))]


def test_a_line_without_them_is_not_touched() -> None:
    segments = [Segment("plain "), Segment("漢字 🎉"), Segment("größe")]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments


def test_symbols_take_their_room_from_blanks_at_the_right() -> None:
    assert applied("│a\x1bb", "      ", "│") == ["│a␛b", "     ", "│"]
    assert applied("ab\x1b\x1b", "cd") == ["ab␛␛", ""]
    assert applied("👍🏽 ok") == ["👍 ok"]


def test_a_tower_of_marks_is_cut_wherever_it_stands() -> None:
    assert applied("z" + "\u0301" * 40, "ก" + "\u0e47" * 6) == ["z" + "\u0301" * 4, "ก" + "\u0e47" * 4]


@given(st.lists(st.text(st.characters(codec=None), max_size=12), max_size=5))
def test_a_line_keeps_its_width(texts: list[str]) -> None:
    assert cell_len("".join(applied(*texts))) <= sum(cell_len(text) for text in texts)
