"""The keys for items do what they say, on one item and on many."""

import pytest

from store.exchange.demo import demo_workspace
from store.models import Horizon, Item, Workspace
from tests.screens.driver import NOW, Driver, running


@pytest.fixture(name="workspace")
def _workspace() -> Workspace:
    return demo_workspace(NOW)


async def on_top(driver: Driver) -> Item:
    """The item under the cursor when the backlog opens."""
    line = next(line for line in driver.lines if line.startswith("▌"))
    found = driver.workspace.find(line.split()[2])
    assert isinstance(found, Item)
    return found


def now(driver: Driver, item: Item) -> Item:
    return driver.workspace.items[item.id]


async def test_h_sets_the_horizon(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("h")
        await driver.type("later")
        await driver.press("enter")
        assert now(driver, item).horizon is Horizon.LATER


async def test_m_asks_for_the_goal_and_takes_the_strength_as_a_digit(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("m")
        await driver.type("calm")
        await driver.press("enter", "1")
        goal = next(goal for goal in workspace.goals.values() if "calm" in goal.title)
        assert now(driver, item).strength(goal.id) == 1


async def test_t_makes_a_new_tag(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("t")
        await driver.type("brandnew")
        await driver.press("enter")
        assert now(driver, item).tags == item.tags | {"brandnew"}


async def test_a_gives_it_to_somebody_new(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("a")
        await driver.type("zoe")
        await driver.press("enter")
        assert now(driver, item).owner == "zoe"


async def test_a_size_that_is_no_number_is_refused_with_an_example(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("S")
        await driver.type("huge")
        await driver.press("enter")
        assert "“huge” is not a size." in driver.text
        assert now(driver, item).size == item.size


async def test_typing_replaces_the_present_due_day(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        for text, day in (("2026-12-01", 1), ("2026-12-24", 24)):
            await driver.press("D")
            await driver.type(text)
            await driver.press("enter")
            due = now(driver, item).due
            assert due is not None
            assert due.day == day


async def test_i_rates_the_urgency(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("i")
        await driver.type("urgency 5")
        await driver.press("enter")
        assert now(driver, item).ratings["urgency"] == 5


async def test_b_blocks_with_a_reason_and_frees_again(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("b")
        await driver.type("the vendor")
        await driver.press("enter")
        assert now(driver, item).blocked[-1].reason == "the vendor"
        await driver.press("b")
        assert not now(driver, item).is_blocked


async def test_long_text_is_not_lost_by_esc_without_a_question(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("E")
        await driver.type("new words")
        await driver.press("escape")
        assert "Throw away what you typed?" in driver.text
        await driver.press("n", "ctrl+s")
        assert "new words" in now(driver, item).body


async def test_one_key_changes_the_whole_selection_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        await driver.press("x", "x", "x", "s")
        await driver.type("declined")
        await driver.press("enter")
        assert "Moved 3 items to declined" in driver.text
        await driver.press("u")
        assert driver.workspace.stage_counts == workspace.stage_counts


async def test_what_was_archived_can_be_brought_back(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        item = await on_top(driver)
        await driver.press("A")
        assert now(driver, item).archived
        await driver.press("slash")
        await driver.type("is:archived")
        await driver.press("enter", "A")
        assert not now(driver, item).archived


async def test_open_by_id_keeps_a_wrong_id_and_says_why(workspace: Workspace) -> None:
    async with running(workspace) as driver:
        await driver.press("g", "i")
        await driver.type("zzzz")
        await driver.press("enter")
        assert "No record has an id that ends with ZZZZ" in driver.text
        await driver.press("escape")


async def test_the_palette_finds_a_command_by_what_it_does(workspace: Workspace) -> None:
    async with running(workspace) as driver:
        await driver.press("colon")
        await driver.type("theme")
        await driver.pilot.pause(0.5)
        assert "Switch between dark and light" in driver.text
