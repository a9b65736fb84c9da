"""What is selected, by key and by mouse."""

import pytest
from textual.events import MouseScrollDown

from screens.widgets import Cell, Column, Group, RecordList
from tests.screens.widgets.host import on_stage

COLUMNS = (Column("id", "Id", 4, 1), Column("title", "Title", None))


def cells(record_id: int) -> dict[str, Cell]:
    return {"id": Cell(f"#{record_id}"), "title": Cell(f"title {record_id}")}


def records_of(count: int, *groups: Group) -> RecordList:
    records = RecordList(COLUMNS)
    records.set_rows(range(count), cells, groups)
    return records


@pytest.mark.parametrize(
    ("keys", "selected", "row"),
    [
        ("x", (0,), 1),
        ("x x", (0, 1), 2),
        ("x up x", (), 1),
        ("end x", (9,), 9),
        ("shift+down", (0, 1), 1),
        ("shift+down shift+down shift+up", (0, 1), 1),
        ("j j shift+up shift+up", (0, 1, 2), 0),
        ("shift+down j shift+down", (0, 1, 2, 3), 3),
        ("x j j shift+down", (0, 3, 4), 4),
        ("v j j", (0, 1, 2), 2),
        ("v j j k", (0, 1), 1),
        ("v j v j", (0, 1), 2),
        ("j v G", tuple(range(1, 10)), 9),
        ("v j x", (0,), 2),
        ("asterisk", tuple(range(10)), 0),
        ("asterisk x", tuple(range(1, 10)), 1),
    ],
)
async def test_keys_select(keys: str, selected: tuple[int, ...], row: int) -> None:
    records = records_of(10)
    async with on_stage(records, size=(60, 20)) as stage:
        await stage.press(*keys.split())
        assert records.selected == frozenset(selected)
        assert records.cursor_row == row
        marked = tuple(y for y, line in enumerate(stage.lines) if line[1:2] == "+")
        assert marked == selected


async def test_targets_are_the_selected_records_in_order_or_the_one_under_the_cursor() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.press("j", "j")
        under_cursor = records.targets
        await stage.press("x", "home", "x", "end")
        selected = records.targets
        records.clear_selection()
        assert [under_cursor, selected, records.targets] == [(2,), (0, 2), (9,)]


async def test_a_range_says_that_it_runs() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.press("v", "j")
        assert records.is_ranging
        records.clear_selection()
        await stage.press("j")
        assert (records.is_ranging, records.selected) == (False, frozenset())


async def test_the_selection_keeps_what_is_still_there() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.press("asterisk")
        stage.heard(RecordList.SelectionChanged)
        records.set_rows((3, 30, 5), cells)
        await stage.pilot.pause()
        assert records.targets == (3, 5)
        assert [message.record_ids for message in stage.heard(RecordList.SelectionChanged)] == [{3, 5}]


async def test_only_a_change_is_told() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.press("j", "k", "v", "v", "asterisk", "asterisk")
        told = [message.record_ids for message in stage.heard(RecordList.SelectionChanged)]
        assert told == [frozenset({0}), frozenset(range(10))]


async def test_a_click_moves_and_a_second_one_opens() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.pilot.click(records, offset=(10, 4))
        assert records.cursor_id == 4
        assert stage.heard(RecordList.Chosen) == []
        await stage.pilot.click(records, offset=(10, 4))
        await stage.pilot.pause()
        assert [message.record_id for message in stage.heard(RecordList.Chosen)] == [4]


async def test_shift_and_ctrl_click_select() -> None:
    records = records_of(10)
    async with on_stage(records) as stage:
        await stage.pilot.click(records, offset=(10, 2))
        await stage.pilot.click(records, offset=(10, 4), shift=True)
        await stage.pilot.click(records, offset=(10, 7), control=True)
        assert records.targets == (2, 3, 4, 7)
        assert records.cursor_id == 7


async def test_a_click_beside_the_rows_does_nothing() -> None:
    records = records_of(3, Group(0, "● now", "3"))
    records.show_header = True
    async with on_stage(records) as stage:
        for y in (0, 1, 8):
            await stage.pilot.click(records, offset=(10, y))
        await stage.pilot.pause()
        assert records.cursor_id == 0
        assert stage.heard(RecordList.Chosen) == []
        await stage.pilot.click(records, offset=(10, 3))
        assert records.cursor_id == 1


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    records = records_of(100)
    async with on_stage(records, size=(60, 10)) as stage:
        for _ in range(3):
            await stage.pilot._post_mouse_events([MouseScrollDown], records, offset=(5, 5))
        await stage.pilot.pause()
        assert records.scroll_offset.y > 0
        assert records.cursor_id == 0
        await stage.press("j")
        assert any(line.startswith("▌  #1") for line in stage.lines)
