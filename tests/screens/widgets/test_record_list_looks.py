"""What stands on the screen."""

import pytest
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Button, Input

from screens.theme import DARK, LIGHT
from screens.widgets import Cell, Column, Group, RecordList
from tests.screens.widgets.host import on_stage

COLUMNS = (
    Column("glyph", "", 1, 0, gap=1),
    Column("id", "Id", 4, 1),
    Column("title", "Title", None),
    Column("goal", "Goal", 8, 3),
    Column("age", "Age", 4, 2, right=True),
)
TITLES = (
    "Copy with headers",
    "漢字のタイトル",
    "party 🎉 done",
    "[b]bold[/b] [/] [@click=app.exit]x[/]",
    "a\x1b[31mred\nline",
    "the last of a few titles that do not fit",
)


def cells(record_id: int) -> dict[str, Cell | tuple[Cell, ...]]:
    return {
        "glyph": Cell("▷"),
        "id": Cell(f"#{record_id}", "muted"),
        "title": Cell(TITLES[record_id % len(TITLES)]),
        "goal": (Cell("flow ", "muted"), Cell("■■□", "good")),
        "age": Cell(f"{record_id * 3}d", "warning"),
    }


def records_of(count: int, *groups: Group) -> RecordList:
    records = RecordList(COLUMNS)
    records.set_rows(range(count), cells, groups)
    return records


async def test_rows_are_aligned_and_data_is_only_text() -> None:
    records = records_of(6, Group(1, "● now", "3"), Group(4, "◐ next", "2"))
    records.show_header = True
    async with on_stage(records, size=(60, 12)) as stage:
        assert stage.lines[:10] == [
            "     Id    Title                             Goal       Age",
            "▌  ▷ #0    Copy with headers                 flow ■■□    0d",
            "   ● now                                                  3",
            "   ▷ #1    漢字のタイトル                    flow ■■□    3d",
            "   ▷ #2    party 🎉 done                     flow ■■□    6d",
            "   ▷ #3    [b]bold[/b] [/] [@click=app.exi…  flow ■■□    9d",
            "   ◐ next                                                 2",
            "   ▷ #4    a␛[31mred line                    flow ■■□   12d",
            "   ▷ #5    the last of a few titles that d…  flow ■■□   15d",
            "",
        ]


async def test_columns_leave_as_the_window_narrows() -> None:
    async with on_stage(records_of(1), size=(44, 3)) as stage:
        assert stage.lines[0] == "▌  ▷ #0    Copy with headers             0d"
        await stage.pilot.resize_terminal(36, 3)
        await stage.pilot.pause()
        assert stage.lines[0] == "▌  ▷ #0    Copy with headers"
        await stage.pilot.resize_terminal(12, 3)
        await stage.pilot.pause()
        assert stage.lines[0] == "▌  Copy wi…"


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5, 20, 33, 80, 140])
async def test_every_line_has_the_width_of_the_list(width: int) -> None:
    records = records_of(40, Group(0, "● now and a heading that is long", "12,345"))
    records.show_header = True
    async with on_stage(records, size=(width, 10)) as stage:
        assert {cell_len(records.render_line(y).text) for y in range(10)} == {records.size.width}
        assert len(stage.lines) == 10


async def test_the_heading_stays_while_its_rows_scroll() -> None:
    records = records_of(60, Group(0, "● now", "30"), Group(30, "◐ next", "30"))
    async with on_stage(records, size=(60, 8)) as stage:
        await stage.press("pagedown")
        assert stage.lines[0].split()[:2] == ["●", "now"]
        await stage.press("end")
        assert stage.lines[0].split()[:2] == ["◐", "next"]
        await stage.press("home")
        assert stage.lines[0].split()[:2] == ["●", "now"]


async def test_the_header_can_come_and_go() -> None:
    records = records_of(30)
    async with on_stage(records, size=(60, 8)) as stage:
        await stage.press("end")
        records.show_header = True
        await stage.pilot.pause()
        assert stage.lines[0].split() == ["Id", "Title", "Goal", "Age"]
        assert stage.lines[7].startswith("▌  ▷ #29")
        records.show_header = False
        await stage.pilot.pause()
        assert "Title" not in stage.lines[0]


async def test_columns_can_be_changed() -> None:
    records = records_of(2)
    async with on_stage(records, size=(60, 8)) as stage:
        records.set_columns([Column("title", "Title", None), Column("id", "Id", 4)])
        await stage.pilot.pause()
        assert stage.lines[0].split() == ["▌", "Copy", "with", "headers", "#0"]


async def test_an_input_fits_over_a_cell() -> None:
    records = records_of(60, Group(0, "● now", "60"))
    async with on_stage(Input(), records, size=(60, 12)) as stage:
        records.focus()
        await stage.press("pagedown", "pagedown")
        record_id = records.cursor_id
        assert record_id is not None
        region = records.region_of(record_id, "title")
        assert region is not None
        shown = stage.lines[region.y]
        assert shown[region.x : region.right].startswith(TITLES[record_id % 6][:6].replace("\x1b", "␛"))
        assert (region.x, region.width) == (11, 32)
        assert records.region_of(0, "title") is None
        assert records.region_of(record_id, "no such column") is None


async def test_the_place_of_a_cell_counts_from_the_screen() -> None:
    records = records_of(3)
    async with on_stage(records, size=(60, 12)):
        assert records.region_of(1, "id") == Region(5, 1, 4, 1)


async def test_the_empty_state_takes_styled_text_and_wraps() -> None:
    records = RecordList(COLUMNS, empty=Content.assemble("press ", ("c", "$text-accent"), " to capture something new"))
    async with on_stage(records, size=(24, 5)) as stage:
        assert stage.lines == ["", "   press c to capture", "     something new", "", ""]
        records.empty = "Nothing is ready.\nc captures [b]"
        await stage.pilot.pause()
        assert stage.lines == ["", "   Nothing is ready.", "     c captures [b]", "", ""]


async def test_focus_theme_and_tone_show_in_the_style() -> None:
    records = records_of(3)
    async with on_stage(records, Button("other"), size=(60, 12)) as stage:
        focused = records.render_line(0)
        records.screen.set_focus(stage.app.query_one(Button))
        await stage.pilot.pause()
        blurred = records.render_line(0)
        assert (focused.text[0], blurred.text[0]) == ("▌", "·")
        assert focused.text[1:] == blurred.text[1:]
        assert list(focused) != list(blurred)
        grounds = {DARK.name: ground_of(records)}
        stage.app.theme = LIGHT.name
        await stage.pilot.pause()
        grounds[LIGHT.name] = ground_of(records)
        assert grounds[DARK.name] != grounds[LIGHT.name]
        [age] = [segment for segment in records.render_line(1) if segment.text.strip() == "3d"]
        assert age.style is not None
        assert age.style.color is not None
        assert age.style.color.name == LIGHT.warning


def ground_of(records: RecordList) -> str:
    style = next(iter(records.render_line(1))).style
    assert style is not None
    assert style.bgcolor is not None
    return style.bgcolor.name


async def test_a_tone_nobody_knows_still_shows_the_text() -> None:
    records = RecordList(COLUMNS)
    records.set_rows((1,), lambda _: {"title": Cell("shown", "no such tone")})
    async with on_stage(records) as stage:
        assert stage.lines[0].split() == ["▌", "shown"]
