"""The filter of the backlog: what is typed, what is proposed, what is wrong, and the way back."""

from tests.screens.backlog.journey import (
    CANCEL,
    COPY,
    DARK,
    DONE,
    OLD,
    PARQUET,
    RUNNER,
    WIDTHS,
    backlog,
    fill,
    filter_by,
    screen,
    shown,
)
from tests.screens.driver import NARROW, WIDE, running

FOUND = {
    "stage:ready goal:flow": [WIDTHS, CANCEL],
    "goal:none": [RUNNER, DARK],
    "tag:grid -owner:@me": [WIDTHS],
    "kind:feature horizon:next": [PARQUET],
    "runner or parquet": [PARQUET, RUNNER],
    '"run the query"': [WIDTHS],
    "stage:done": [DONE],
    "is:archived": [OLD],
}


async def test_a_filter_shows_what_it_finds() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        for text, found in FOUND.items():
            await filter_by(driver, text, "enter")
            assert shown(driver) == found, text
            assert f"Backlog  / {text}" in driver.lines[1]


async def test_the_count_follows_every_letter() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("slash")
        assert driver.lines[1].endswith("6 open items")
        for letter, count in zip("gri", ("5 of 6 open", "3 of 6 open", "2 of 6 open"), strict=True):
            await driver.press(letter)
            assert driver.lines[1].endswith(count)


async def test_enter_keeps_the_filter_and_esc_in_the_list_clears_it_then_the_selection() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "tag:grid", "enter")
        await driver.press("asterisk")
        assert "2 of 6 open   by score   grouped by horizon   2 selected" in driver.lines[1]
        await driver.press("escape")
        assert "6 open items   by score   grouped by horizon   2 selected" in driver.lines[1]
        await driver.press("escape")
        assert "selected" not in driver.lines[1]
        await driver.press("escape")
        assert len(shown(driver)) == 6


async def test_esc_while_typing_brings_back_the_whole_list_and_the_place_in_it() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("j", "j", "j")
        assert screen(driver).records.cursor_id == PARQUET
        await filter_by(driver, "dark ")
        await driver.press("escape")
        assert len(shown(driver)) == 6
        assert screen(driver).records.cursor_id == PARQUET


async def test_tab_completes_the_field_and_then_its_value() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await driver.press("slash", *"stag")
        assert "stage:" in driver.lines[2]
        await driver.press("tab", *"rea")
        assert "ready" in driver.lines[2]
        await driver.press("tab", "enter")
        assert "Backlog  / stage:ready" in driver.lines[1]
        assert shown(driver) == [WIDTHS, CANCEL, PARQUET, RUNNER]


async def test_down_chooses_another_proposal_which_enter_takes() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "horizon:n", "down", "enter", "enter")
        assert "Backlog  / horizon:next" in driver.lines[1]


async def test_enter_on_a_value_that_is_half_typed_takes_the_proposal() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "stage:do", "enter", "enter")
        assert shown(driver) == [COPY]


async def test_esc_closes_the_proposals_before_it_clears_the_filter() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "tag:grid sta")
        assert "stage:" in driver.lines[2]
        await driver.press("escape")
        assert "stage:" not in driver.lines[2]
        assert "tag:grid sta" in driver.lines[1]
        await driver.press("escape")
        assert "tag:grid" not in driver.text


async def test_a_word_that_is_not_finished_leaves_the_list_as_it_is() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "tag:grid ")
        for text in ("tag:grid stag", "tag:grid stage:", "tag:grid stage:re"):
            await fill(driver, text)
            await driver.pilot.pause()
            assert shown(driver) == [COPY, WIDTHS], text
        await fill(driver, "tag:grid stage:ready")
        await driver.pilot.pause()
        assert shown(driver) == [WIDTHS]


COMPLAINTS = {
    "stagee:ready": ("stagee:", "There is no field “stagee”. Did you mean stage:?"),
    "goal:flwo": ("flwo", "No goal is called “flwo”. Did you mean flow, as in “Analysts stay in flow”?"),
    "size<x": ("x ", "“x” is not a number. For example size<=3."),
}


async def test_what_cannot_be_read_is_named_at_its_place_and_leaves_the_last_result() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "tag:grid ")
        for text, (place, complaint) in COMPLAINTS.items():
            await fill(driver, f"tag:grid {text}", "enter")
            assert complaint in driver.lines[2]
            assert driver.lines[1][driver.lines[2].index("↑") :].startswith(place)
            assert shown(driver) == [COPY, WIDTHS]
            assert screen(driver).focused is not screen(driver).records


async def test_the_last_filter_comes_back_with_up() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "tag:data ", "enter", "escape", "slash", "up", "enter")
        assert shown(driver) == [PARQUET]


async def test_nothing_found_says_so_in_words_and_names_the_keys() -> None:
    async with running(backlog(), NARROW, "backlog") as driver:
        await filter_by(driver, "stage:ready size<=3 goal:data owner:@me ", "enter")
        assert "Nothing is ready, of size at most 3, for" in driver.text
        assert "esc clears the filter · c captures an item" in driver.text


async def test_the_order_of_the_filter_goes_before_the_order_of_the_screen() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, "sort:title group:stage ", "enter")
        assert "by title   grouped by stage" in driver.lines[1]
        assert shown(driver) == [DARK, CANCEL, PARQUET, WIDTHS, RUNNER, COPY]
        await driver.press("o")
        assert "The filter says how to sort" in driver.text


async def test_a_filter_of_markup_and_control_characters_is_shown_and_does_nothing() -> None:
    async with running(backlog(), WIDE, "backlog") as driver:
        await filter_by(driver, '"[red]x[/red] \x1b]0;x\x07"', "enter")
        assert "[red]x[/red]" in driver.lines[1]
        assert "\x1b" not in driver.text
