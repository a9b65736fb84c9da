"""The goals screen, in the words of somebody who uses it."""

from datetime import UTC, date, datetime

import pytest

from screens.goals.screen import GoalsScreen
from store.exchange.demo import demo_workspace
from store.models import Goal, GoalStatus, Item, KeyResult, Origin, Serves, Stamp, Standing, Workspace
from tests.screens.driver import NARROW, NOW, Driver, running
from tests.screens.typing import write

CREATED = Stamp(at=datetime(2026, 9, 1, 8, tzinfo=UTC), by="ana")


def goal(number: int, title: str, **fields: object) -> Goal:
    return Goal.model_validate({"id": number, "title": title, "created": CREATED, "owner": "ana", **fields})


def item(number: int, title: str, *goals: int, stage: str = "ready") -> Item:
    standing = Standing(stage=stage, since=CREATED.at, by="ana")
    links = tuple(Serves(goal=one, strength=2) for one in goals)
    return Item(id=number, title=title, created=CREATED, stage=standing, goals=links)


SHIP, HOUR, RED, CALM = 1001, 1002, 1003, 1004


@pytest.fixture
def workspace() -> Workspace:
    result = KeyResult(title="Minutes to production", start=190, now=125, target=60, unit="min")
    goals = (
        goal(SHIP, "Ship the same day", weight=3, said_by="leadership"),
        goal(HOUR, "Within an hour", parent=SHIP, weight=2, key_results=(result,), due=date(2026, 12, 31)),
        goal(RED, "A red build is a fault", parent=SHIP, owner=""),
        goal(CALM, "On call stays calm", origin=Origin.TEAM, key_results=(result,)),
    )
    items = (
        item(1, "Warm build machines", HOUR),
        item(2, "Cache shared by branches", HOUR, SHIP),
        item(3, "Tidy the wiki"),
        item(4, "Loud alert at night", CALM),
        item(5, "A new wish", stage="inbox"),
        item(6, "Long finished", RED, stage="done"),
    )
    return Workspace(goals={one.id: one for one in goals}, items={one.id: one for one in items})


def screen(driver: Driver) -> GoalsScreen:
    assert isinstance(driver.app.screen, GoalsScreen)
    return driver.app.screen


async def go_to(driver: Driver, number: int) -> None:
    screen(driver).go_to_goal(number)
    await driver.press()


async def test_the_tree_tells_progress_share_work_and_what_has_no_partner(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        text = driver.text
        lines = [line for line in driver.lines if "Within an hour" in line]
    assert "company" in text
    assert "the team" in text
    assert "50 %" in lines[0]
    assert "goals without work: 1" in text
    assert "accepted items that serve nothing: 1 (25 %)   in the inbox: 1 more" in text
    assert "1 item serves no goal" in text
    assert "Nothing serves 1 goal" in text


async def test_the_panes_follow_the_cursor(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("j")
        text = driver.text
    assert "125 now, from 190 to 60 min" in text
    assert "due Thu 31 Dec, in 5 weeks" in text
    assert "Warm build machines" in text
    assert "Tidy the wiki" not in text


async def test_items_below_a_goal_are_told_apart_from_those_that_serve_it_directly(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        text = driver.text
    assert "directly" in text
    assert "through goals below" in text
    assert "Cache shared by branches" in text
    assert "Warm build machines" in text


async def test_items_without_a_goal_are_listed_and_mapped_from_there(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("end", "k")
        assert "Tidy the wiki" in driver.text
        assert "A new wish" not in driver.text
        await driver.press("tab", "m")
        await write(driver, "calm")
        await driver.press("enter", "enter")
        mapped = driver.workspace.items[3].strength(CALM)
        text = driver.text
    assert mapped == 2
    assert "accepted items that serve nothing: 0" in text
    assert "serves no goal" not in text


async def test_a_goal_folds_and_unfolds_and_left_goes_up(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("h")
        assert "Within an hour" not in driver.text
        await driver.press("l")
        assert "Within an hour" in driver.text
        await driver.press("l", "right")
        assert screen(driver).goal == driver.workspace.goals[HOUR]
        await driver.press("left")
        assert screen(driver).goal == driver.workspace.goals[SHIP]


async def test_a_goal_below_the_cursor_is_typed_with_its_measure(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("n")
        await write(driver, "Nobody waits for review")
        await driver.press("enter")
        await write(driver, "days to the first review 4 -> 1")
        await driver.press("ctrl+s")
        made = screen(driver).goal
        text = driver.text
    assert made is not None
    assert (made.title, made.parent, made.origin) == ("Nobody waits for review", SHIP, Origin.COMPANY)
    assert made.key_results == (KeyResult(title="days to the first review", start=4, now=4, target=1),)
    assert "Nobody waits for review" in text


async def test_a_priority_has_origin_weight_and_somebody_who_said_it(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("N")
        await write(driver, "Checkout on a Friday")
        await driver.press("enter", "right", "enter", "backspace", *"4", "enter", *"@mia", "ctrl+s")
        made = screen(driver).goal
    assert made is not None
    assert (made.title, made.origin, made.weight, made.said_by, made.parent) == (
        "Checkout on a Friday",
        Origin.CUSTOMER,
        4,
        "mia",
        None,
    )


async def test_a_measure_that_cannot_be_read_keeps_the_form_open_and_says_why(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("n")
        await write(driver, "Faster")
        await driver.press("enter")
        await write(driver, "much faster")
        await driver.press("ctrl+s")
        text = driver.text
    assert "A key result needs words and two numbers" in text
    assert "much faster" in text


async def test_without_goals_the_screen_shows_an_example_and_takes_the_first(workspace: Workspace) -> None:
    async with running(Workspace(items=workspace.items), mode="goals") as driver:
        text = driver.text
        boxes = text.count("╭")
        await driver.press("n")
        await write(driver, "Analysts stay in flow")
        await driver.press("enter")
        goals = list(driver.workspace.goals.values())
        assert screen(driver).goal == goals[0]
        assert "Serves it" in driver.text
    assert "No goals yet." in text
    assert "n types the first one, a line" in text
    assert boxes == 1
    assert "A grid keeps its state" in text
    assert [one.title for one in goals] == ["Analysts stay in flow"]


async def test_enter_edits_all_fields_of_a_goal_as_one_change(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, HOUR)
        await driver.press("enter", "end")
        await write(driver, "!")
        await driver.press("tab", "tab")
        await write(driver, "30")
        await driver.press("ctrl+s")
        edited = driver.workspace.goals[HOUR]
        await driver.press("u")
        undone = driver.workspace.goals[HOUR]
    assert (edited.title, edited.share) == ("Within an hour!", 30)
    assert undone == workspace.goals[HOUR]


async def test_weight_says_what_it_comes_to_before_it_is_kept(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("W", "backspace", "1")
        text = driver.text
        await driver.press("enter")
        weight = driver.workspace.goals[SHIP].weight
    assert "50 % of what is wanted" in text
    assert weight == 1


async def test_a_goal_moves_but_never_below_itself(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("r")
        offered = driver.text
        await driver.press("escape")
        await go_to(driver, RED)
        await driver.press("r")
        await write(driver, "calm")
        await driver.press("enter")
        moved = driver.workspace.goals[RED]
    dialog = offered[offered.index("is for") :]
    assert "A red build is a fault" not in dialog.partition("type to find")[0].partition("a priority of its own")[2]
    assert "On call stays calm" in dialog
    assert (moved.parent, moved.origin) == (CALM, Origin.TEAM)


async def test_dropping_says_what_loses_its_reason_and_asks(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("s")
        await write(driver, "dropped")
        assert "2 open items would serve nothing" in driver.text
        await driver.press("enter")
        asked = driver.text
        await driver.press("n")
        kept = driver.workspace.goals[SHIP].status
        await driver.press("s")
        await write(driver, "dropped")
        await driver.press("enter", "y")
        dropped = driver.workspace.goals[SHIP].status
    assert "Warm build machines" in asked
    assert "2 goals below would not be pursued" in asked
    assert kept is GoalStatus.ACTIVE
    assert dropped is GoalStatus.DROPPED


async def test_archiving_takes_the_family_along_and_undo_brings_it_back(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("A", "y")
        archived = [one.id for one in driver.workspace.goals.values() if one.archived]
        text = driver.text
        await driver.press("u")
        back = driver.text
    assert archived == [SHIP, HOUR, RED]
    assert "Within an hour" not in text.partition("u undo")[0]
    assert "Within an hour" in back


async def test_key_results_are_added_measured_and_taken_away(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, HOUR)
        await driver.press("plus")
        await write(driver, "services moved 9 -> 40 services")
        await driver.press("enter")
        assert len(driver.workspace.goals[HOUR].key_results) == 2
        await driver.press("equals_sign")
        await write(driver, "services")
        await driver.press("enter", "backspace", *"24", "enter")
        measured = driver.workspace.goals[HOUR].key_results[1]
        await driver.press("full_stop")
        await write(driver, "minutes")
        await driver.press("enter", *["tab"] * 5, "right", "ctrl+s")
        left = driver.workspace.goals[HOUR].key_results
    assert measured == KeyResult(title="services moved", start=9, now=24, target=40, unit="services")
    assert left == (measured,)


async def test_measuring_says_how_far_it_is_and_refuses_what_is_no_number(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, HOUR)
        await driver.press("equals_sign", *["backspace"] * 3, *"60")
        assert "100 % of the way" in driver.text
        await driver.press("x", "enter")
        assert "is not a number" in driver.text
        await driver.press("escape")
    assert driver.workspace.goals[HOUR] == workspace.goals[HOUR]


async def test_without_a_key_result_measuring_says_which_key_adds_one(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, RED)
        await driver.press("equals_sign")
        assert "It has no key result yet; + adds one." in driver.text


async def test_the_same_letter_means_goal_in_the_tree_and_item_in_the_list(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("s")
        assert "Status of" in driver.text
        await driver.press("escape", "tab", "s")
        assert "Move to stage" in driver.text
        await write(driver, "doing")
        await driver.press("enter")
        moved = [one.title for one in driver.workspace.items.values() if one.stage.stage == "doing"]
        await driver.press("escape")
        assert screen(driver).focused is screen(driver).goal_list
    assert len(moved) == 1


async def test_hints_name_the_keys_of_the_pane_in_use(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        tree = driver.lines[-1]
        await driver.press("tab")
        items = driver.lines[-1]
    assert "n new goal" in tree
    assert "s status" in tree
    assert "s stage" in items
    assert "new goal" not in items


async def test_problems_only_shows_what_to_look_at_and_why(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("exclamation_mark")
        lines = [line for line in driver.lines if "nobody owns it" in line]
        text = driver.text
        await driver.press("escape")
        back = driver.text
    assert "A red build is a fault" in lines[0]
    assert "nothing serves it · nobody owns it" in lines[0]
    assert "On call stays calm" not in text
    assert "On call stays calm" in back


async def test_items_are_mapped_to_the_goal_under_the_cursor(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, RED)
        await driver.press("m")
        assert "serves nothing" in driver.text
        await write(driver, "wiki")
        await driver.press("tab", *["backspace"] * 4)
        await write(driver, "loud")
        await driver.press("tab", "enter")
        strengths = [driver.workspace.items[number].strength(RED) for number in (3, 4, 1)]
    assert strengths == [2, 2, 0]


async def test_enter_on_an_item_opens_its_page_and_esc_comes_back(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await driver.press("j", "tab", "enter")
        assert "Item" in driver.lines[1]
        await driver.press("escape")
        assert isinstance(driver.app.screen, GoalsScreen)


async def test_a_decision_is_logged_linked_to_the_goal(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, HOUR)
        await driver.press("L")
        await write(driver, "One pipeline for all")
        await driver.press("ctrl+s")
        decision = next(iter(driver.workspace.decisions.values()))
        text = driver.text
    assert decision.goals == frozenset({HOUR})
    assert "decided   ? One pipeline for all" in text


@pytest.mark.parametrize("size", [NARROW, (56, 20), (140, 45)])
async def test_it_works_at_every_size(size: tuple[int, int]) -> None:
    async with running(demo_workspace(NOW), size=size, mode="goals") as driver:
        assert "Ship a change the same day" in driver.text
        await driver.press("tab")
        assert "LL-" in driver.text or "Deploy straight after" in driver.text
        assert max(len(line) for line in driver.lines) <= size[0]
        await driver.press("escape")
        assert "Ship a change the same day" in driver.text


async def test_titles_are_never_read_as_markup_nor_sent_to_the_terminal() -> None:
    hostile = "[red]boo[/red] \x1b]52;c;aGk=\x07 \u202egnol"
    goals = {SHIP: goal(SHIP, hostile, guideline=hostile, body=hostile, said_by=hostile)}
    async with running(Workspace(goals=goals, items={1: item(1, hostile, SHIP)}), mode="goals") as driver:
        text = driver.text
        await driver.press("s")
        text += driver.text
        await driver.press("escape", "E")
        text += driver.text
    assert "[red]boo[/red]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


async def test_the_cursor_is_on_the_next_goal_after_archiving_and_on_the_restored_one_after_undo(
    workspace: Workspace,
) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, RED)
        await driver.press("A")
        after = screen(driver).goal
        await driver.press("u")
        restored = screen(driver).goal
        await go_to(driver, CALM)
        await driver.press("A", "y")
        last = screen(driver).goal
        await driver.press("u")
        back = screen(driver).goal
        await go_to(driver, SHIP)
        await driver.press("A", "y")
        family = screen(driver).goal
        await driver.press("u")
        family_back = screen(driver).goal
    shown = [one.id if one else None for one in (after, restored, last, back, family, family_back)]
    assert shown == [CALM, RED, RED, CALM, CALM, SHIP]


async def test_shares_have_one_number_and_those_below_a_goal_add_up_to_its_own() -> None:
    goals = (
        goal(SHIP, "Ship", weight=5),
        goal(HOUR, "Hour", parent=SHIP, weight=3, share=30),
        goal(RED, "Red", parent=SHIP, weight=2),
        goal(CALM, "Calm", weight=11),
    )
    book = Workspace(goals={one.id: one for one in goals}, items={1: item(1, "Warm machines", HOUR)})
    async with running(book, mode="goals") as driver:
        await go_to(driver, HOUR)
        row = next(line for line in driver.lines if "▶ Hour" in line)
        above = next(line for line in driver.lines if "▶ Ship" in line)
        text = driver.text
    assert row.split("│")[0].split()[-4:] == ["19", "%", "100/30", "1"]
    assert "31 %" in above
    assert "19 % of what is wanted (weight 3)" in text
    assert "100 % of the work in hand, 30 % wished" in text


async def test_a_value_far_from_start_and_target_is_asked_about(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        await go_to(driver, HOUR)
        await driver.press("equals_sign", *"12560", "enter")
        assert "Is 12,560 right?" in driver.text
        await driver.press("n")
        assert "12560" in driver.text
        await driver.press(*"125", "enter")
        assert driver.workspace.goals[HOUR] == workspace.goals[HOUR]
        await driver.press("equals_sign", *"12560", "enter", "y")
        assert driver.workspace.goals[HOUR].key_results[0].now == 12560


@pytest.mark.parametrize("size", [(100, 30), NARROW])
async def test_progress_share_and_effort_are_there_where_the_tree_is_narrow(size: tuple[int, int]) -> None:
    async with running(demo_workspace(NOW), size=size, mode="goals") as driver:
        await driver.press()
        row = next(line for line in driver.lines if "▾ ▶ Ship a change" in line)
        headings = driver.lines[2] + driver.lines[3]
    assert "Share" in headings
    assert "Effort" in headings
    assert "57 %" in row
    assert "31 %" in row


async def test_only_the_pane_with_the_keys_shows_a_bar(workspace: Workspace) -> None:
    async with running(workspace, mode="goals") as driver:
        tree = driver.text
        await driver.press("tab")
        items = driver.lines
    assert tree.count("▌") == 1
    assert sum(line.count("▌") for line in items) == 1
    assert not any(line.startswith("▌") for line in items)
