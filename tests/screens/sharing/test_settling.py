"""Conflicts settled on the screen, in the words of a lead."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from screens.backlog.screen import BacklogScreen
from screens.item.screen import ItemScreen
from screens.sharing.screen import SharingScreen
from store.clock import local_day
from store.models import Workspace
from tests.screens.driver import NARROW, WIDE, Driver, running
from tests.screens.sharing.conflicts import (
    DELETED,
    OWNER,
    STAGE,
    TEXT,
    THEIRS,
    VERDICT,
    WEIGHT,
    conflict,
    decided_twice,
    disputed,
    two_verdicts,
)
from tests.store.samples import NOW, a_decision, a_workspace

TINY = (60, 16)


@asynccontextmanager
async def sharing(
    workspace: Workspace | None = None, size: tuple[int, int] = WIDE, at: int | None = None
) -> AsyncIterator[Driver]:
    async with running(workspace or disputed(), size, "sharing") as driver:
        if at is not None:
            screen(driver).arrive(record=at)
            await driver.press()
        yield driver


def screen(driver: Driver) -> SharingScreen:
    assert isinstance(driver.app.screen, SharingScreen)
    return driver.app.screen


def is_settled(driver: Driver, conflict: int) -> bool:
    return driver.workspace.conflicts[conflict].settled is not None


async def test_a_conflict_is_told_as_work_with_all_three_values_beside_each_other() -> None:
    async with sharing(at=STAGE) as driver:
        text = driver.text
        assert "Sharing  6 conflicts to settle" in text
        assert "It was ready; @ana moved it to doing on Fri 20 Nov; @li moved it to declined today." in text
        row = next(line for line in driver.lines if "0 before" in line)
        assert row.index("0 before") < row.index("1 main") < row.index("2 li/triage")
        assert "stands now" in row
        values = driver.lines[driver.lines.index(row) + 1]
        assert [sign in values for sign in ("▷ ready", "▶ doing", "✕ declined")] == [True] * 3


@pytest.mark.parametrize("size", [NARROW, TINY])
async def test_a_narrow_window_has_them_in_turn(size: tuple[int, int]) -> None:
    async with sharing(size=size, at=OWNER) as driver:
        places = [
            next(n for n, line in enumerate(driver.lines) if words in line) for words in ("0 before", "1 main", "2 li")
        ]
        assert places == sorted(places)
        assert len(set(places)) == 3
        assert driver.lines[places[2]].strip("│ ").endswith("li")


async def test_one_key_takes_a_side_and_goes_on_to_the_next() -> None:
    async with sharing(at=STAGE) as driver:
        await driver.press("2")
        assert driver.workspace.items[1].stage.stage == "declined"
        assert is_settled(driver, STAGE)
        assert "Settled the stage of LL-0001: declined, not doing" in driver.text
        assert screen(driver).disputes[0].conflict.id == VERDICT
        await driver.press("u")
        assert driver.workspace.items[1].stage.stage == "doing"
        assert not is_settled(driver, STAGE)


async def test_stage_and_horizon_go_with_the_verdict_that_is_taken() -> None:
    async with sharing(two_verdicts()) as driver:
        assert "Sharing  1 conflict to settle" in driver.text
        assert "The stage goes with the verdict." in driver.text
        await driver.press("1")
        item = driver.workspace.items[1]
        assert (item.stage.stage, item.horizon) == ("declined", None)
        assert "stands in declined" in driver.text
        assert "Nothing to settle" in driver.text
        await driver.press("u")
        assert driver.workspace.items[1].horizon == "now"
        assert "Sharing  1 conflict to settle" in driver.text


async def test_the_first_side_the_one_before_and_both() -> None:
    async with sharing(at=WEIGHT) as driver:
        await driver.press("0")
        assert driver.workspace.goals[100].weight == 3
        screen(driver).arrive(record=TEXT)
        await driver.press("3")
        assert driver.workspace.items[1].body.split("\n") == [
            "Steps",
            "run a query",
            "widen two columns",
            "run any query",
            "widen any column",
            "run it again",
            "look",
            "sigh",
        ]


async def test_both_is_refused_where_there_is_room_for_one() -> None:
    async with sharing(at=OWNER) as driver:
        await driver.press("3")
        assert "There is room for one owner only" in driver.text
        screen(driver).arrive(record=DELETED)
        await driver.press("3")
        assert "One side deleted it" in driver.text


async def test_a_deleted_item_goes_or_stays() -> None:
    async with sharing(at=DELETED) as driver:
        assert "Main changed it; li/triage deleted it." in driver.text
        assert "owner @ana" in driver.text
        await driver.press("2")
        assert driver.workspace.items[2].archived is not None
        assert "Settled LL-0002: archived, as one side had deleted it" in driver.text


async def test_a_text_shows_what_each_side_did_to_it() -> None:
    async with sharing(at=TEXT) as driver:
        text = driver.text
        assert "Main changed the text; li/triage changed the same lines." in text
        for words in ("- widen a column", "+ widen two columns", "+ widen any column", "+ sigh"):
            assert words in text, text


async def test_a_text_of_ones_own_begins_with_both() -> None:
    async with sharing(at=TEXT) as driver:
        await driver.press("e")
        assert "sigh" in driver.text
        await driver.press("ctrl+home")
        await driver.type("Own ")
        await driver.press("ctrl+s")
        assert driver.workspace.items[1].body.startswith("Own Steps\nrun a query\n")
        assert is_settled(driver, TEXT)


async def test_a_value_of_ones_own_is_read_as_it_is_typed() -> None:
    async with sharing(at=WEIGHT) as driver:
        await driver.press("e")
        await driver.type("many")
        assert "is not a whole number" in driver.text
        await driver.press("ctrl+u")
        await driver.type("13")
        assert "13, neither 5 nor 8" in driver.text
        await driver.press("enter")
        assert driver.workspace.goals[100].weight == 13


async def test_a_stage_of_ones_own_is_picked() -> None:
    async with sharing(at=STAGE) as driver:
        await driver.press("e")
        await driver.type("review")
        await driver.press("enter")
        assert driver.workspace.items[1].stage.stage == "review"


async def test_a_verdict_of_ones_own_asks_for_what_it_needs() -> None:
    async with sharing(two_verdicts()) as driver:
        await driver.press("e")
        await driver.type("later")
        await driver.press("enter")
        assert "Later: why, and until when?" in driver.text
        await driver.press("enter")
        assert "A reason is needed" in driver.text
        await driver.type("after the audit")
        await driver.press("tab")
        await driver.type("+2w")
        await driver.press("enter")
        item = driver.workspace.items[1]
        assert item.verdict is not None
        assert (item.verdict.ruling, item.verdict.reason) == ("later", "after the audit")
        assert (item.verdict.at, item.verdict.by) == (NOW, "ana")
        assert item.verdict.until == local_day(NOW) + timedelta(weeks=2)
        assert (item.stage.stage, item.horizon) == ("inbox", "later")
        assert "Nothing to settle" in driver.text


async def test_a_duplicate_of_ones_own_names_the_item_that_it_repeats() -> None:
    async with sharing(at=VERDICT) as driver:
        await driver.press("e")
        await driver.type("dup")
        await driver.press("enter")
        await driver.type("cancel")
        await driver.press("enter")
        assert "Duplicate of LL-0003: why?" in driver.text
        await driver.press("enter")
        verdict = driver.workspace.items[1].verdict
        assert verdict is not None
        assert (verdict.ruling, verdict.of, verdict.reason) == ("duplicate", 3, "the same request")
        assert is_settled(driver, VERDICT)


async def test_a_verdict_can_be_taken_back_by_whoever_settles() -> None:
    async with sharing(two_verdicts()) as driver:
        await driver.press("e")
        await driver.type("none")
        await driver.press("enter")
        item = driver.workspace.items[1]
        assert (item.verdict, item.stage.stage, item.horizon) == (None, "inbox", "now")


async def test_a_status_of_ones_own_is_picked_and_a_list_is_written_line_by_line() -> None:
    async with sharing(decided_twice()) as driver:
        await driver.press("e")
        await driver.type("rejected")
        await driver.press("enter")
        assert driver.workspace.decisions[500].status.status == "rejected"
        await driver.press("e")
        await driver.type("one more")
        await driver.press("enter", "ctrl+s")
        assert driver.workspace.decisions[500].drivers == ("one more", "cost", "speed", "reach")
        assert "Nothing to settle" in driver.text


async def test_what_has_several_parts_is_not_typed() -> None:
    options = conflict(11, "decisions", 500, "options", [], ([{"title": "one"}], [{"title": "two"}]))
    async with sharing(a_workspace(a_decision(500, "One grid widget"), conflicts={11: options})) as driver:
        await driver.press("e")
        assert "The options has several parts" in driver.text


async def test_several_are_settled_at_once() -> None:
    async with sharing() as driver:
        await driver.press("asterisk", "1")
        assert not driver.workspace.disputes
        assert "Settled 6 conflicts" in driver.text
        assert driver.workspace.decisions[500].owner == "ana"
        await driver.press("u")
        assert len(driver.workspace.disputes) == 4


async def test_what_was_settled_is_shown_and_brought_back() -> None:
    async with sharing(at=OWNER) as driver:
        await driver.press("1", "h")
        assert "Settled" in driver.text
        screen(driver).arrive(record=OWNER)
        await driver.press()
        assert "Settled today by @ana. Any of these can be taken instead." in driver.text
        await driver.press("2")
        assert driver.workspace.decisions[500].owner == "li"
        assert "Brought back the owner of D-00FM: li, not ana" in driver.text.replace("D-0", "D-0")


async def test_enter_opens_the_record_and_n_goes_on() -> None:
    async with sharing(at=OWNER) as driver:
        await driver.press("n")
        assert screen(driver).disputes[0].conflict.id == STAGE
        await driver.press("enter")
        assert isinstance(driver.app.screen, ItemScreen)
        assert "≠ disputed" in driver.text
        assert "stage, verdict and text · g s settles it" in driver.text


async def test_without_conflicts_the_screen_says_so() -> None:
    async with sharing(Workspace()) as driver:
        assert "Nothing to settle" in driver.text
        await driver.press("1")
        assert "There is no conflict to settle." in driver.text


async def test_disputed_items_are_marked_wherever_they_are_listed() -> None:
    async with running(disputed()) as driver:
        assert "≠ 6 conflicts" in driver.lines[0]
        assert "6 conflicts wait to be settled" in driver.text
        await driver.press("g", "b")
        assert isinstance(driver.app.screen, BacklogScreen)
        (row,) = (line for line in driver.lines if "Results grid" in line)
        assert "≠ LL-0001" in row
        assert "disputed" in row
        assert "≠" not in next(line for line in driver.lines if "Cancel a query" in line)


async def test_disputed_goals_are_marked_in_the_tree_and_in_the_pane() -> None:
    async with running(disputed()) as driver:
        await driver.press("g", "m")
        (row,) = (line for line in driver.lines if "Analysts stay in flow" in line and "≠ A" in line)
        assert "▶" not in row
        assert "≠ active · ≠ disputed" in driver.text
        assert "weight · g s settles it" in driver.text


async def test_disputed_decisions_are_marked_in_the_list_and_on_their_page() -> None:
    async with running(disputed()) as driver:
        await driver.press("g", "d")
        (row,) = (line for line in driver.lines if "One grid widget" in line)
        assert "≠" in row
        await driver.press("enter")
        assert "≠ disputed" in driver.text
        assert "owner · g s settles it" in driver.text


async def test_a_settled_goal_and_decision_have_their_own_signs_again() -> None:
    async with sharing(at=WEIGHT) as driver:
        await driver.press("1", "g", "m")
        assert "≠ A" not in driver.text
        assert "disputed" not in driver.text
    async with sharing(at=OWNER) as driver:
        await driver.press("1", "g", "d")
        assert "≠" not in next(line for line in driver.lines if "One grid widget" in line)


async def test_an_edit_elsewhere_is_told_by_what_it_says_there() -> None:
    async with sharing(at=TEXT) as driver:
        assert THEIRS[-1] in driver.text
