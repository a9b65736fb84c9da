"""The backlog in the words of a lead: the list, its order, its pane, and what is done from it."""

import pytest

from screens.item.screen import ItemScreen
from screens.requests import Go
from store.change import renamed
from store.models import Horizon, Workspace
from tests.screens.backlog.journey import (
    CANCEL,
    COPY,
    DARK,
    DATA,
    DONE,
    FLOW,
    PARQUET,
    RUNNER,
    WIDTHS,
    backlog,
    fill,
    filter_by,
    item,
    screen,
    shown,
)
from tests.screens.driver import NARROW, NOW, WIDE, Driver, running
from tests.store.samples import a_workspace, ago, an_item


async def test_open_items_stand_by_score_under_their_horizons() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        assert shown(driver) == [COPY, WIDTHS, CANCEL, PARQUET, RUNNER, DARK]
        text = driver.text
        for heading in ("● now", "◐ next", "○ later", "no horizon"):
            assert heading in text
        assert "6 open items   by score   grouped by horizon" in driver.lines[1]


async def test_a_row_tells_sign_id_title_stage_goal_score_size_owner_and_age() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        row = next(line for line in driver.lines if "copy with headers" in line).split()
        assert row[:3] == ["▌", "▶", "LL-0001"]
        assert row[3:-4] == ["Grid:", "copy", "with", "headers", "doing", "analysts", "■■■"]
        score, size, owner, age = row[-4:]
        assert (float(score) > 0, size, owner, age) == (True, "2", "@ana", "10d")


COLUMNS = {
    140: "stage goals score size owner age",
    90: "stage goals score size",
    80: "stage goals score",
    60: "stage",
}


async def test_columns_leave_as_the_window_narrows_and_the_title_keeps_the_room() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        for width, columns in COLUMNS.items():
            await driver.resize(width, 30)
            records = screen(driver).records
            names = ("stage", "goals", "score", "size", "owner", "age")
            assert [name for name in names if records.region_of(COPY, name)] == columns.split(), width
            title = records.region_of(COPY, "title")
            assert title is not None
            assert title.width >= 28


async def test_o_sorts_and_upper_o_groups() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await picked(driver, "o", "title")
        await picked(driver, "O", "none")
        assert shown(driver) == [CANCEL, DARK, PARQUET, COPY, WIDTHS, RUNNER]
        assert driver.lines[1].endswith("6 open items   by title")
        assert "● now" in driver.text  # without headings the horizon is a column


async def test_without_a_value_an_item_comes_last_in_every_order() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await picked(driver, "O", "none")
        for order, last in (("size", DARK), ("score", DARK), ("due", DARK)):
            await picked(driver, "o", order)
            assert shown(driver)[-1] == last, order


async def test_the_pane_opens_with_space_and_follows_the_cursor() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        assert "Every time I run" not in driver.text
        await driver.press("space", "j")
        text = driver.text
        for words in ("╭─ LL-0002", "▷ ready since Fri 13 Nov, 10 days · ● now · feature", "due Fri 27 Nov"):
            assert words in text
        assert "Analysts stay in flow ■■□" in text
        assert "Every time I run the query again." in text
        assert "• drag again" in text
        await driver.press("j")
        assert "Every time I run" not in driver.text
        await driver.press("space")
        assert "╭─" not in driver.text


async def test_the_pane_has_room_at_every_size() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("space", "j")
        for size in (WIDE, NARROW, (50, 20)):
            await driver.resize(*size)
            assert "╭─ LL-0002" in driver.text
            assert any(line.startswith("▌") and "LL-0002" in line for line in driver.lines)


async def test_e_edits_the_title_where_it_stands() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("j", "e")
        row = next(number for number, line in enumerate(driver.lines) if "LL-0002" in line)
        await fill(driver, "Grid keeps its widths")
        await driver.pilot.pause()
        assert "LL-0002  Grid keeps its widths" in driver.lines[row]
        assert item(driver, WIDTHS).title == "Results grid loses column widths"
        await driver.press("enter")
        assert item(driver, WIDTHS).title == "Grid keeps its widths"
        assert screen(driver).focused is screen(driver).records


async def test_a_title_in_the_making_survives_another_window() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("e")
        await fill(driver, "Half a tit")
        await driver.resize(*NARROW)
        await driver.pilot.pause()
        row = next(line for line in driver.lines if "LL-0001" in line)
        assert row.split("LL-0001  ")[1].startswith("Half a tit ")
        await driver.press("l", "e", "enter")
        assert item(driver, COPY).title == "Half a title"


async def test_esc_leaves_a_title_and_an_empty_one_is_refused() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("e")
        await fill(driver, " ", "enter")
        assert "A title needs at least one letter." in driver.text
        await driver.press("escape")
        assert item(driver, COPY).title == "Grid: copy with headers"
        assert screen(driver).focused is screen(driver).records


async def test_a_selection_is_changed_as_one_and_stays_selected() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("v", "j", "j")
        await picked(driver, "h", "later")
        assert [item(driver, number).horizon for number in (COPY, WIDTHS, CANCEL)] == [Horizon.LATER] * 3
        assert "Put 3 items in later" in driver.text
        assert "3 selected" in driver.lines[1]
        await driver.press("u")
        assert [item(driver, number).horizon for number in (COPY, WIDTHS, CANCEL)] == [Horizon.NOW] * 3


async def test_stage_owner_tags_and_goals_are_set_on_all_that_are_selected() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("x", "x")
        await picked(driver, "s", "review")
        await picked(driver, "a", "omar")
        await picked(driver, "t", "urgent", "tab")
        await picked(driver, "m", "data")
        await fill(driver, "helps", "enter")
        for number in (COPY, WIDTHS):
            found = item(driver, number)
            assert (found.stage.stage, found.owner) == ("review", "omar")
            assert found.tags == {"grid", "urgent"}
            assert found.strength(DATA) == 1
            assert found.strength(FLOW) > 1
        assert screen(driver).records.selected == {COPY, WIDTHS}
        assert item(driver, PARQUET).owner == ""


async def picked(driver: Driver, key: str, text: str, *keys: str) -> None:
    """Press the key of an attribute and pick what the text finds."""
    await driver.press(key)
    await fill(driver, text, *keys, "enter")


async def test_enter_opens_the_page_and_esc_comes_back_to_the_same_row() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("j", "j", "enter")
        assert isinstance(driver.app.screen, ItemScreen)
        await driver.press("escape")
        assert screen(driver).records.cursor_id == CANCEL


async def test_w_says_why_in_sentences() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("j", "w")
        assert "It serves “Analysts stay in flow”" in driver.text
        assert "a company priority" in driver.text
        await driver.press("w")
        assert "a company priority" not in driver.text


async def test_another_screen_may_send_a_filter_and_a_record() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        screen(driver).arrive(query="tag:grid", record=WIDTHS)
        assert (shown(driver), screen(driver).records.cursor_id) == ([COPY, WIDTHS], WIDTHS)
        screen(driver).arrive(record=RUNNER)
        assert (len(shown(driver)), screen(driver).records.cursor_id) == (6, RUNNER)


async def test_a_finished_record_is_shown_though_the_list_holds_open_ones() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        screen(driver).arrive(record=DONE)
        assert shown(driver) == [DONE]
        assert screen(driver).filter == "id:LL-0007"


async def test_a_filter_from_elsewhere_that_cannot_be_read_is_told() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        screen(driver).arrive(query="goal:nowhere")
        await driver.pilot.pause()
        assert "No goal is called “nowhere”." in driver.text
        assert len(shown(driver)) == 6


async def test_the_list_follows_when_a_filtered_goal_goes_away() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "goal:data ", "enter")
        assert shown(driver) == [PARQUET]
        screen(driver).workspace = a_workspace(*driver.workspace.items.values())
        await driver.pilot.pause()
        assert len(shown(driver)) == 6
        assert "No goal is called “data”." in driver.text


@pytest.mark.parametrize(
    ("workspace", "words"),
    [
        (Workspace(), "No items yet.|c captures an item · leadline import FILE brings a backlog in"),
        (a_workspace(an_item(stage="done")), "Nothing is open.|c captures an item · /is:closed shows what is finished"),
    ],
)
async def test_an_empty_list_says_what_would_be_there_and_how_it_gets_there(workspace: Workspace, words: str) -> None:
    async with running(workspace, NARROW, "backlog") as driver:
        for line in words.split("|"):
            assert line in driver.text
        await driver.press("s")
        assert "No item is under the cursor." in driver.text


async def test_titles_from_anywhere_are_text_and_nothing_else() -> None:
    hostile = "[b]bold[/b] \x1b[31mred\x07 \u202egnp.exe"
    async with running(a_workspace(an_item(title=hostile, body=hostile)), WIDE, "backlog") as driver:
        await driver.press("space")
        assert driver.text.count("[b]bold[/b] ␛[31mred␇ \\u{202e}gnp.exe") >= 2
        assert not {"\x1b", "\x07", "\u202e"} & set(driver.text)


async def test_the_cursor_goes_to_the_next_item_and_back_to_what_an_undo_restores() -> None:
    many = a_workspace(*(an_item(number, f"Item {number}", since=ago(number)) for number in range(1, 60)))
    async with running(many, NARROW, "backlog") as driver:
        records = screen(driver).records
        order = list(records.ids)
        await driver.press("v", "j", "j", "A")
        assert records.cursor_id == order[3]
        await driver.press("u")
        assert records.cursor_id == order[0]
        assert records.scroll_offset.y == 0


async def test_a_second_esc_goes_back_to_the_screen_that_set_the_filter() -> None:
    async with running(backlog(), WIDE, "overview") as driver:
        driver.app.screen.post_message(Go("backlog", query="stage:ready"))
        await driver.press()
        await driver.press()
        await driver.press("escape")
        assert screen(driver).filter == ""
        await driver.press("escape")
        await driver.press()
        assert driver.app.current_mode == "overview"
        await driver.press("g", "b")
        await driver.press()
        await driver.press("escape")
        assert driver.app.current_mode == "backlog"


async def test_columns_have_headings_where_there_is_room_and_leave_where_all_are_empty() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        assert ["Id", "Title", "Stage", "Goals", "Score", "Size", "Owner", "Age"] in [
            line.split() for line in driver.lines
        ]
        await driver.resize(*NARROW)
        assert "Title" not in driver.text
    async with running(a_workspace(an_item(1)), WIDE, "backlog") as driver:
        assert ["Id", "Title", "Stage", "Age"] in [line.split() for line in driver.lines]


async def test_a_title_that_somebody_changed_meanwhile_is_asked_about() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        target = screen(driver).records.cursor_id or 0
        await driver.press("e")
        driver.workbench.do(renamed(driver.workspace, [target], "Theirs", NOW, "li"))
        driver.app.show_work()
        await fill(driver, "Mine", "enter")
        assert "is Theirs now" in driver.text
        await driver.press("n")
        assert item(driver, target).title == "Theirs"
