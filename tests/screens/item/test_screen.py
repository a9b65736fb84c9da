"""The page of an item: everything about it, and what can be done from there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from screens.commands.everywhere import GoSharing
from screens.commands.item_links import LogDecision, SetGoals
from screens.commands.item_texts import EditBody
from screens.decisions.page import DecisionScreen
from screens.item.screen import ItemScreen
from screens.wording.item_facts import Keys
from screens.wording.keys import shown
from store.models import Workspace
from tests.screens.backlog.journey import CANCEL, COPY, FLOW, WIDTHS, backlog, fill, item, screen
from tests.screens.driver import NARROW, WIDE, Driver, running
from tests.store.samples import a_decision, a_goal, a_workspace, an_item


@asynccontextmanager
async def page_of(
    workspace: Workspace | None = None, size: tuple[int, int] = WIDE, *steps: str
) -> AsyncIterator[Driver]:
    """The page of the item under the cursor of the backlog after these keys."""
    async with running(workspace or backlog(), size, "backlog") as driver:
        await driver.press(*steps, "enter")
        assert isinstance(driver.app.screen, ItemScreen)
        yield driver


def with_links() -> Workspace:
    return a_workspace(
        an_item(1, "Grid", depends_on=frozenset({2}), serves={FLOW: 2}, body="Long\n" * 80),
        an_item(2, "Licence"),
        an_item(3, "Layouts", depends_on=frozenset({1})),
        a_goal(FLOW, "Analysts stay in flow"),
        a_decision(500, "One grid widget", items=frozenset({1})),
    )


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_everything_about_the_item_is_on_the_page(size: tuple[int, int]) -> None:
    async with page_of(None, size, "j") as driver:
        seen = driver.text
        await driver.press("end")
        seen += driver.text
        for words in (
            "Item  LL-0002",
            "Results grid loses column widths",
            "▷ ready since Fri 13 Nov, 10 days · ● now · feature · due Fri 27 Nov",
            "Every time I run the query again.",
            "• drag again",
            "Serves",
            "a company priority",
            "Its size is 2.",
            "None yet · triage gives one",
            "None names it · L logs one",
            "▷ ready  10 days  since Fri 13 Nov by @ana",
        ):
            assert words in seen, words


async def test_the_keys_of_items_work_on_the_page_and_it_shows_the_change() -> None:
    async with page_of(None, WIDE, "j") as driver:
        await driver.press("s")
        await fill(driver, "doing", "enter")
        assert item(driver, WIDTHS).stage.stage == "doing"
        assert "▶ doing since today" in driver.text
        await driver.press("e")
        await fill(driver, "Grid keeps its widths", "enter")
        assert "Grid keeps its widths" in driver.lines[3]
        await driver.press("u", "u")
        assert "Results grid loses column widths" in driver.lines[3]
        assert "▷ ready since" in driver.text


async def test_brackets_turn_the_pages_of_the_list_below() -> None:
    async with page_of() as driver:
        assert "1 of 6   [ previous   ] next" in driver.lines[1]
        await driver.press("left_square_bracket")
        assert "There is no further item in the list." in driver.text
        await driver.press("right_square_bracket", "right_square_bracket")
        assert "LL-0003" in driver.lines[1]
        assert "Cancel a running query" in driver.text
        await driver.press("escape")
        assert screen(driver).records.cursor_id == CANCEL


async def test_f_follows_what_the_item_is_tied_to() -> None:
    async with page_of(with_links()) as driver:
        await driver.press("f")
        for words in ("it serves this goal", "names it", "it waits for this", "waits for it"):
            assert words in driver.text
        await fill(driver, "one grid", "enter")
        assert isinstance(driver.app.screen, DecisionScreen)


async def test_without_links_f_says_so() -> None:
    async with page_of(a_workspace(an_item(1))) as driver:
        await driver.press("f")
        assert "It is tied to nothing yet" in driver.text


async def test_a_page_on_a_page_goes_back_one_at_a_time() -> None:
    async with page_of(with_links()) as driver:
        await driver.press("f")
        await fill(driver, "layouts", "enter")
        assert "Item  LL-0003" in driver.lines[1]
        await driver.press("escape")
        assert "Item  LL-0001" in driver.lines[1]
        await driver.press("escape")
        assert driver.app.screen is screen(driver)


async def test_it_scrolls_with_j_and_stays_where_it_is_when_something_changes() -> None:
    async with page_of(with_links()) as driver:
        assert driver.lines[3].lstrip().startswith("Grid")
        await driver.press(*"jjjjjjjj")
        assert driver.lines[3].lstrip().startswith("Long")
        await driver.press("b")
        await fill(driver, "no test data", "enter")
        assert item(driver, COPY).is_blocked
        assert driver.lines[3].lstrip().startswith("Long")


def test_the_words_name_the_keys_that_the_commands_have() -> None:
    assert Keys() == Keys(*(shown(command.key) for command in (SetGoals, EditBody, LogDecision, GoSharing)))


async def test_a_key_of_ones_own_is_named_on_the_page() -> None:
    async with page_of(a_workspace(an_item(1))) as driver:
        page = driver.app.screen
        assert isinstance(page, ItemScreen)
        page.office.keys = {SetGoals.id: "ctrl+g"}
        page.show_work()
        await driver.pilot.pause()
        assert "Nothing yet · ctrl+g maps it to a goal" in driver.text


async def test_an_item_that_is_gone_says_so() -> None:
    async with page_of() as driver:
        page = driver.app.screen
        assert isinstance(page, ItemScreen)
        page.workspace = a_workspace(an_item(99))
        await driver.pilot.pause()
        assert "This item is gone. esc goes back." in driver.text
        await driver.press("s")
        assert "No item is under the cursor." in driver.text
