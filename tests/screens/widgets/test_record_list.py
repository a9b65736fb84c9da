"""Cursor and keys."""

import pytest
from textual.binding import Binding
from textual.strip import Strip

from screens.widgets import Cell, Column, Group, RecordList
from tests.screens.widgets.host import on_stage

COLUMNS = (Column("id", "Id", 4, 1), Column("title", "Title", None))


class Asked:
    """Makes cells and remembers for whom."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    def __call__(self, record_id: int) -> dict[str, Cell]:
        self.ids.append(record_id)
        return {"id": Cell(f"#{record_id}"), "title": Cell(f"title {record_id}")}


def records_of(count: int, *groups: Group) -> RecordList:
    records = RecordList(COLUMNS, id="backlog")
    records.set_rows(range(100, 100 + count), Asked(), groups)
    return records


def lines_painted(records: RecordList, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with the number of each line that is painted from now on."""
    painted: list[int] = []
    render_line = records.render_line

    def watched(y: int) -> Strip:
        painted.append(y)
        return render_line(y)

    monkeypatch.setattr(records, "render_line", watched)
    return painted


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ("j", 1),
        ("down", 1),
        ("j j k", 1),
        ("up", 0),
        ("G", 99),
        ("end", 99),
        ("end home", 0),
        ("end j", 99),
        ("pagedown", 9),
        ("pagedown pageup", 0),
        ("ctrl+d", 5),
        ("ctrl+d ctrl+d ctrl+u", 5),
    ],
)
async def test_keys_move_the_cursor(keys: str, row: int) -> None:
    records = records_of(100)
    async with on_stage(records, size=(60, 10)) as stage:
        await stage.press(*keys.split())
        assert records.cursor_row == row
        assert records.cursor_id == 100 + row
        assert any(line.startswith("▌") and f"#{100 + row}" in line for line in stage.lines)


async def test_every_key_has_an_action_words_and_an_id() -> None:
    bindings = [binding for binding in RecordList.BINDINGS if isinstance(binding, Binding)]
    assert len(bindings) == len(RecordList.BINDINGS) == len({binding.id for binding in bindings})
    for binding in bindings:
        assert hasattr(RecordList, f"action_{binding.action.split('(')[0]}")
        assert binding.description
        assert (binding.id or "").startswith("list.")


async def test_cells_are_made_for_the_screen_only() -> None:
    asked = Asked()
    records = RecordList(COLUMNS)
    async with on_stage(records, size=(60, 10)) as stage:
        records.set_rows(range(100_000), asked)
        await stage.press()
        await stage.press("end")
        assert set(asked.ids) == {*range(10), *range(99_990, 100_000)}
        await stage.press("up", "up", "down")
        assert len(asked.ids) == 20


async def test_the_cursor_tells_where_it_came() -> None:
    records = records_of(3)
    async with on_stage(records) as stage:
        assert [message.record_id for message in stage.heard(RecordList.Highlighted)] == [100]
        await stage.press("j", "j", "j", "k")
        assert [message.record_id for message in stage.heard(RecordList.Highlighted)] == [101, 102, 101]
        await stage.press("enter")
        [chosen] = stage.heard(RecordList.Chosen)
        assert (chosen.record_id, chosen.control) == (101, records)


async def test_an_empty_list_takes_every_key_and_says_what_to_do() -> None:
    records = RecordList(COLUMNS, empty="Nothing is ready.\nesc clears the filter · c captures an item")
    async with on_stage(records, size=(60, 9)) as stage:
        await stage.press("j", "x", "v", "G", "enter", "asterisk", "shift+down", "ctrl+d")
        assert (records.cursor_id, records.targets, records.selected) == (None, (), frozenset())
        assert stage.heard(RecordList.Chosen) == []
        assert [line.strip() for line in stage.lines if line.strip()] == [
            "Nothing is ready.",
            "esc clears the filter · c captures an item",
        ]
        assert stage.lines[3].strip() == "Nothing is ready."


async def test_the_cursor_stays_on_its_record() -> None:
    records = records_of(50)
    async with on_stage(records) as stage:
        records.move_to(120)
        records.set_rows((*range(130, 150), 120, 121), Asked())
        await stage.pilot.pause()
        assert (records.cursor_id, records.cursor_row) == (120, 20)


async def test_the_cursor_stays_at_its_row_when_its_record_is_gone() -> None:
    records = records_of(50)
    async with on_stage(records) as stage:
        records.move_to(120)
        await stage.pilot.pause()
        stage.heard(RecordList.Highlighted)
        records.set_rows([record_id for record_id in range(100, 150) if record_id != 120], Asked())
        assert records.cursor_id == 121
        records.set_rows((7, 8), Asked())
        assert records.cursor_id == 8
        records.set_rows((), Asked())
        await stage.pilot.pause()
        assert [message.record_id for message in stage.heard(RecordList.Highlighted)] == [121, 8, None]


async def test_the_cursor_stays_at_its_line_of_the_screen() -> None:
    records = records_of(1000)
    async with on_stage(records, size=(60, 10)) as stage:
        records.move_to(600)
        await stage.press("up", "up", "up")
        line = next(y for y, text in enumerate(stage.lines) if text.startswith("▌"))
        records.set_rows(tuple(range(300, 900)), Asked())
        await stage.pilot.pause()
        assert stage.lines[line].startswith("▌  #597")


async def test_a_move_to_a_record_that_is_not_there_does_nothing() -> None:
    records = records_of(5)
    async with on_stage(records):
        assert records.move_to(103)
        assert not records.move_to(7)
        assert records.cursor_id == 103


async def test_rows_set_before_there_is_a_screen_are_shown() -> None:
    records = records_of(100)
    records.move_to(180)
    async with on_stage(records, size=(60, 10)) as stage:
        assert any(line.startswith("▌  #180") for line in stage.lines)


async def test_a_smaller_window_keeps_the_cursor_in_sight() -> None:
    records = records_of(100)
    async with on_stage(records, size=(60, 20)) as stage:
        await stage.press(*["down"] * 19)
        await stage.pilot.resize_terminal(60, 6)
        await stage.pilot.pause()
        assert any(line.startswith("▌  #119") for line in stage.lines)


async def test_a_sticky_heading_never_hides_the_cursor() -> None:
    records = records_of(40, Group(0, "● now", "20"), Group(20, "◐ next", "20"))
    async with on_stage(records, size=(60, 8)) as stage:
        for key in (*["down"] * 39, *["up"] * 39):
            await stage.press(key)
            assert stage.lines[0].strip().startswith("●" if "● now" in stage.lines[0] else "◐")
            assert any(line.startswith(f"▌  #{records.cursor_id}") for line in stage.lines)


async def test_moving_without_scrolling_paints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    records = records_of(100)
    async with on_stage(records, size=(60, 20)) as stage:
        painted = lines_painted(records, monkeypatch)
        await stage.press("down")
        assert sorted(painted) == [0, 1]


async def test_a_changed_record_is_painted_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = dict.fromkeys(range(20), "old")
    records = RecordList(COLUMNS)
    records.set_rows(range(20), lambda record_id: {"title": Cell(titles[record_id])})
    async with on_stage(records, size=(60, 10)) as stage:
        titles[3] = "new"
        painted = lines_painted(records, monkeypatch)
        records.refresh_row(3)
        records.refresh_row(15)
        await stage.pilot.pause()
        assert set(painted) == {3}
        assert stage.lines[3].split() == ["new"]
