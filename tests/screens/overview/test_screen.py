"""The overview in the words of a lead."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from screens.backlog.screen import BacklogScreen
from screens.goals.screen import GoalsScreen
from screens.overview.screen import OverviewScreen
from screens.triage.screen import TriageScreen
from store.exchange.demo import demo_workspace
from store.models import Horizon, Item, Stamp, Workspace
from tests.screens.driver import NARROW, NOW, WIDE, Driver, running
from tests.store.samples import a_decision, a_goal, a_workspace, ago, an_item


@asynccontextmanager
async def overview(workspace: Workspace, size: tuple[int, int] = WIDE) -> AsyncIterator[Driver]:
    async with running(workspace, size) as driver:
        await settled(driver)
        yield driver


async def settled(driver: Driver) -> None:
    """Wait until all work was looked at."""
    await driver.pilot.pause(0.1)
    await driver.app.workers.wait_for_complete()
    await driver.press()


@pytest.fixture
def workspace() -> Workspace:
    return a_workspace(
        a_goal(100, "Analysts stay in flow"),
        a_goal(101, "Launch in Spain"),
        an_item(1, "Results grid", stage="inbox", since=ago(12)),
        an_item(2, "Export", stage="inbox", since=ago(2)),
        an_item(3, "Copy with headers", stage="doing", horizon=Horizon.NOW, serves={100: 3}),
        an_item(4, "Cancel a query", horizon=Horizon.NOW),
        a_decision(500, "Keep the dialog?", "proposed", decide_by=ago(1).date()),
    )


async def test_a_busy_morning_is_a_page_of_sentences(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        text = driver.text
        assert "Monday 23 November" in text
        for words in (
            "3 wait for a verdict, 2 in the inbox, the oldest 12 days",
            "1 decision is overdue",
            "1 of 2 accepted items serves no goal, 50 %",
            "1 goal has no work: “Launch in Spain”",
            "2 are accepted and open: 1 ready, 1 doing",
            "On top now  2",
        ):
            assert words in text, text
        assert text.index("Copy with headers") < text.index("Cancel a query")


async def test_quiet_lines_disappear() -> None:
    async with overview(a_workspace(a_goal(100), an_item(1, serves={100: 2}))) as driver:
        text = driver.text
        for words in ("wait", "decision", "serve no goal", "no work", "blocked", "past"):
            assert words not in text
        assert "1 is accepted and open: 1 ready" in text
        assert "Nothing is for now yet. g t says what comes first" in text


async def test_an_empty_store_says_what_to_do_first() -> None:
    async with overview(Workspace()) as driver:
        for words in ("Nothing is here yet", "c     captures", "g m   names a goal", "leadline import FILE"):
            assert words in driver.text


async def test_enter_goes_where_the_sentence_leads(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        assert "enter triage, about 1 minute" in driver.text
        await driver.press("enter")
        await driver.press()
        assert isinstance(driver.app.screen, TriageScreen)
        await driver.press("g", "o", "j", "j", "enter")
        await driver.press()
        assert isinstance(driver.app.screen, BacklogScreen)
        assert driver.app.screen.filter == "goal:none -is:inbox"


async def test_every_sentence_leads_to_a_screen_that_takes_its_filter() -> None:
    async with overview(demo_workspace(NOW)) as driver:
        screen = driver.app.screen
        assert isinstance(screen, OverviewScreen)
        sentences = list(screen._sentences())
        assert len(sentences) >= 9
        for sentence in sentences:
            if sentence.query is not None:
                backlog = "backlog"
                assert sentence.mode == backlog
                await driver.app.switch_mode(backlog)
                await driver.press()
                shown = driver.app.screen
                assert isinstance(shown, BacklogScreen)
                shown.arrive(query=sentence.query)
                await driver.press()
                assert shown.filter == sentence.query
                assert shown.records.ids, sentence


async def test_the_cursor_goes_on_from_the_sentences_to_the_items_and_back(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        await driver.press("G", "j")
        assert "opens the item" in driver.text
        await driver.press("s")
        assert "Move to stage" in driver.text
        await driver.press("escape", "j", "j", "k", "k")
        await driver.press("k")
        assert "opens the item" not in driver.text


async def test_item_keys_say_why_they_do_nothing_on_a_sentence(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        await driver.press("s")
        assert "No item is under the cursor." in driver.text


async def test_enter_on_an_item_opens_its_page(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        await driver.press("G", "j", "enter")
        await driver.press()
        assert not isinstance(driver.app.screen, OverviewScreen)
        assert "Copy with headers" in driver.text


async def test_what_is_captured_is_counted_at_once(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        item: Item = an_item(9, "New wish", stage="inbox", since=NOW)
        driver.app.workspace = workspace.with_records({"items": {9: item}})
        await settled(driver)
        assert "4 wait for a verdict, 3 in the inbox" in driver.text


async def test_the_pace_opens_exactly_what_it_counts() -> None:
    async with overview(demo_workspace(NOW)) as driver:
        screen = driver.app.screen
        assert isinstance(screen, OverviewScreen)
        assert screen._past is not None
        counted = sum(week.finished for week in screen._past.weeks if week.is_over)
        places = [place for place, each in enumerate(screen._sentences()) if each.act == "see what is done"]
        await driver.press(*["j"] * places[0], "enter")
        await driver.press()
        assert isinstance(driver.app.screen, BacklogScreen)
        assert len(driver.app.screen.records.ids) == counted > 0


async def test_a_goal_without_work_is_the_one_that_opens(workspace: Workspace) -> None:
    async with overview(workspace) as driver:
        await driver.press("j", "j", "j", "enter")
        await driver.press()
        assert isinstance(driver.app.screen, GoalsScreen)
        record = driver.app.screen.target_record()
        assert record is not None
        assert record.id == 101


async def test_a_backlog_that_was_only_imported_says_where_it_stands() -> None:
    old = [an_item(number, stage="inbox", since=ago(400)) for number in range(1, 4)]
    closed = [an_item(number, stage="done", since=ago(300)) for number in range(4, 9)]
    imported = a_workspace(*(item.with_(created=Stamp(at=ago(500))) for item in (*old, *closed)))
    async with overview(imported, NARROW) as driver:
        for words in (
            "3 wait in the inbox, the oldest 57 weeks",
            "no goals yet that say what the work is for",
            "8 items in all: 3 inbox, 5 done",
            "none came or went over 8 weeks",
            "g m make the first",
            "see the stages",
        ):
            assert words in driver.text, driver.text


@pytest.mark.parametrize("size", [(50, 20), NARROW, (200, 60)])
async def test_the_sentences_fit_every_window(size: tuple[int, int]) -> None:
    async with overview(demo_workspace(NOW), size) as driver:
        assert "wait for a verdict, " in driver.text
        assert "On top now" in driver.text


async def test_markup_in_a_goal_is_text() -> None:
    hostile = a_goal(100, "[red]Launch[/red] \x1b[31m")
    async with overview(a_workspace(hostile, an_item(1))) as driver:
        assert "“[red]Launch[/red] ␛[31m”" in driver.text
