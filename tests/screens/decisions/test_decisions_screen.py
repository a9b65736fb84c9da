"""The decision log, in the words of somebody who uses it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from screens.decisions.page import DecisionScreen
from screens.decisions.screen import DecisionsScreen
from store.exchange.demo import demo_workspace
from store.models import (
    Decision,
    DecisionRuled,
    DecisionStatus,
    Expectation,
    Goal,
    Item,
    Option,
    Serves,
    Stamp,
    Standing,
    Supersedes,
    Workspace,
)
from tests.screens.driver import NARROW, NOW, Driver, running
from tests.screens.typing import write

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
CREATED = Stamp(at=AT, by="ana")
DIALOG, WIDGET, TELEMETRY, SCRIPTS = 2001, 2002, 2003, 2004
FLOW, GRID = 1001, 1


def decision(number: int, title: str, status: DecisionStatus = DecisionStatus.PROPOSED, **fields: object) -> Decision:
    ruled = DecisionRuled(status=status, since=AT, by="ana")
    return Decision.model_validate({
        "id": number,
        "title": title,
        "created": CREATED,
        "status": ruled,
        "owner": "ana",
        **fields,
    })


@pytest.fixture
def workspace() -> Workspace:
    decisions = (
        decision(
            DIALOG,
            "Keep the old dialog until June?",
            decide_by=date(2026, 11, 20),
            default="It goes",
            items=frozenset({GRID}),
            goals=frozenset({FLOW}),
            drivers=("Nobody is cut off",),
            options=(
                Option(title="Keep it", good=("No hurry",), bad=("Upkeep",)),
                Option(title="Remove it", neutral=("Costs the same",)),
            ),
            context="Three teams still open it.",
        ),
        decision(
            WIDGET,
            "Results are one widget",
            DecisionStatus.ACCEPTED,
            review_on=date(2026, 12, 1),
            goals=frozenset({FLOW}),
            chosen="One widget",
            because="Less to keep alive.",
            expectation=Expectation(text="Half the faults", confidence=70),
        ),
        decision(TELEMETRY, "Telemetry by default", DecisionStatus.REJECTED, options=(Option(title="Opt out"),)),
        decision(SCRIPTS, "Own scripts", DecisionStatus.DEFERRED, trigger="A second customer asks"),
    )
    goal = Goal(id=FLOW, title="Analysts stay in flow", created=CREATED)
    items = (item(GRID, "Grid loses widths", FLOW), item(2, "Export to Parquet"))
    return Workspace(
        decisions={one.id: one for one in decisions},
        goals={goal.id: goal},
        items={one.id: one for one in items},
    )


def item(number: int, title: str, *goals: int) -> Item:
    links = tuple(Serves(goal=one) for one in goals)
    return Item(id=number, title=title, created=CREATED, stage=Standing(stage="ready", since=AT, by="ana"), goals=links)


def statuses(driver: Driver) -> Mapping[int, DecisionStatus]:
    return {one.id: one.status.status for one in driver.workspace.decisions.values()}


async def go_to(driver: Driver, number: int) -> None:
    screen = driver.app.screen
    assert isinstance(screen, DecisionsScreen)
    screen.go_to_decision(number)
    await driver.press()


async def say(driver: Driver, word: str) -> None:
    await driver.press("s")
    await write(driver, word)
    await driver.press("enter")


async def test_what_waits_stands_first_then_what_is_in_force_and_the_past_is_counted(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        text = driver.text
        await driver.press("f")
        everything = driver.text
    places = [text.index(words) for words in ("Keep the old dialog", "Results are one widget", "Own scripts")]
    assert places == sorted(places)
    assert "to decide 1 (1 overdue)   in force 1   put off 1" in text
    assert "3 days overdue" in text
    assert "blocks 1 item" in text
    assert "since 1 Sep, review 1 Dec" in text
    assert "for Analysts stay in flow" in text
    assert "A second customer asks" in text
    assert "1 more   f shows them" in text
    assert "Telemetry by default" not in text
    assert "✕ D-" in everything
    assert "Telemetry by default" in everything


async def test_words_find_decisions_also_by_a_rejected_option(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("slash")
        await write(driver, "opt out")
        found = driver.text
        await driver.press("enter", "escape")
        text = driver.text
    assert "Telemetry by default" in found
    assert "Results are one widget" not in found
    assert "1 of 4" in found
    assert "Results are one widget" in text


async def test_a_filter_that_finds_nothing_says_how_to_go_back(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("slash")
        await write(driver, "zeppelin")
        assert "No decision has these words" in driver.text
        await driver.press("escape")
        assert "Results are one widget" in driver.text


async def test_an_empty_log_says_what_a_decision_is_good_for_and_takes_the_first() -> None:
    async with running(Workspace(), mode="decisions") as driver:
        assert "n logs the first one" in driver.text
        await driver.press("n")
        await write(driver, "One pipeline for all?")
        await driver.press("ctrl+s")
        text = driver.text
    assert "One pipeline for all?" in text
    assert "no day to decide by" in text


async def test_a_decision_logged_as_accepted_is_in_force_with_its_reason(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("n")
        await write(driver, "Ship on Fridays")
        await driver.press("enter", "right", "tab", "tab")
        await write(driver, "Yes")
        await driver.press("tab")
        await write(driver, "The way back is quick.")
        await driver.press("tab")
        await write(driver, "nonsense")
        await driver.press("ctrl+s")
        refused = driver.text
        await driver.press(*["backspace"] * 8, "ctrl+s")
        made = next(one for one in driver.workspace.decisions.values() if one.title == "Ship on Fridays")
    assert "“nonsense” is not a day." in refused
    assert "The way back is quick." in refused
    assert (made.status.status, made.chosen, made.because) == (
        DecisionStatus.ACCEPTED,
        "Yes",
        "The way back is quick.",
    )
    assert made.deciders == frozenset({"ana"})


async def test_the_page_reads_like_a_letter_and_leads_to_what_it_rests_on(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("enter")
        text = driver.text
        await driver.press("tab", "j", "enter")
        item_page = driver.lines[1]
        await driver.press("escape", "escape")
        assert isinstance(driver.app.screen, DecisionsScreen)
    order = [
        "Three teams still open it.",
        "Nobody is cut off",
        "○ Keep it",
        "+ No hurry",
        "- Upkeep",
        "~ Costs the same",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "3 days overdue" in text
    assert "otherwise It goes" in text
    assert "rests on" in text
    assert "Analysts stay in flow" in text
    assert "waits for it" in text
    assert item_page.startswith(" Item  LL-")


async def test_a_link_to_a_goal_leads_to_the_tree(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("enter", "tab", "enter")
        await driver.pilot.pause()
        assert driver.lines[1].startswith(" Goals")


async def test_accepting_keeps_the_outcome_and_one_undo_takes_it_all_back(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await say(driver, "accept")
        await write(driver, "Keep it")
        await driver.press("tab")
        await write(driver, "Three teams need it.")
        await driver.press("ctrl+s")
        accepted = driver.workspace.decisions[DIALOG]
        await driver.press("u")
        undone = driver.workspace.decisions[DIALOG]
    assert (accepted.status.status, accepted.chosen, accepted.because) == (
        DecisionStatus.ACCEPTED,
        "Keep it",
        "Three teams need it.",
    )
    assert undone == workspace.decisions[DIALOG]


async def test_rejecting_demands_a_reason(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await say(driver, "reject")
        await driver.press("enter")
        still = statuses(driver)[DIALOG]
        await write(driver, "Too dear")
        await driver.press("enter")
        ruled = driver.workspace.decisions[DIALOG].status
    assert still is DecisionStatus.PROPOSED
    assert (ruled.status, ruled.reason) == (DecisionStatus.REJECTED, "Too dear")


async def test_putting_off_demands_somebody_and_a_trigger_or_a_day(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await say(driver, "put off")
        await write(driver, "Not enough known")
        await driver.press("ctrl+s")
        refused = driver.text
        still = statuses(driver)[DIALOG]
        await driver.press("tab", "tab")
        await write(driver, "A fourth team asks")
        await driver.press("ctrl+s")
        deferred = driver.workspace.decisions[DIALOG]
    assert "needs a trigger, or a day in the future" in refused
    assert still is DecisionStatus.PROPOSED
    assert (deferred.status.status, deferred.trigger, deferred.status.reason) == (
        DecisionStatus.DEFERRED,
        "A fourth team asks",
        "Not enough known",
    )


async def test_what_cannot_be_said_now_is_shown_with_the_reason_and_says_it_again(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("s")
        text = driver.text
        await write(driver, "supersede")
        await driver.press("enter")
        told = driver.text
    assert "only what is in force can be replaced; it is proposed" in text
    assert "it is proposed already" in text
    assert "Only what is in force can be replaced" in told


async def test_superseding_is_told_on_both_pages_and_undone_as_one(workspace: Workspace) -> None:
    newer = decision(2005, "Results are two widgets", DecisionStatus.ACCEPTED)
    both = Workspace(decisions={**workspace.decisions, newer.id: newer})
    async with running(both, mode="decisions") as driver:
        await go_to(driver, WIDGET)
        await say(driver, "supersede")
        await write(driver, "two widgets")
        await driver.press("enter", "enter")
        after = statuses(driver)
        links = driver.workspace.decisions[newer.id].supersedes
        await driver.press("f")
        await go_to(driver, WIDGET)
        await driver.press("enter")
        old_page = driver.text
        await driver.press("tab", "enter")
        new_page = driver.text
        await driver.press("escape", "escape", "u")
        undone = driver.workspace.decisions
    assert after[WIDGET] is DecisionStatus.SUPERSEDED
    assert links == (Supersedes(decision=WIDGET),)
    assert "replaced by D-" in old_page
    assert "superseded" in old_page
    assert "Results are two widgets" in old_page
    assert "replaces" in new_page
    assert "Results are one widget" in new_page
    assert undone == both.decisions


async def test_a_part_can_be_replaced_and_the_rest_stays_in_force(workspace: Workspace) -> None:
    newer = decision(2005, "Icons are drawn", DecisionStatus.ACCEPTED)
    both = Workspace(decisions={**workspace.decisions, newer.id: newer})
    async with running(both, mode="decisions") as driver:
        await go_to(driver, newer.id)
        await driver.press("r")
        await write(driver, "one widget")
        await driver.press("enter")
        await write(driver, "the icons")
        await driver.press("enter")
        after = statuses(driver)
        text = driver.text
    assert after[WIDGET] is DecisionStatus.ACCEPTED
    assert "in part replaced" in text


async def test_reopening_says_what_has_changed(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await go_to(driver, TELEMETRY)
        await say(driver, "reopen")
        await write(driver, "The law has changed")
        await driver.press("enter")
        ruled = driver.workspace.decisions[TELEMETRY].status
    assert (ruled.status, ruled.reason) == (DecisionStatus.PROPOSED, "The law has changed")


async def test_options_are_edited_as_text_and_a_line_that_cannot_be_read_is_named(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("E", "tab", "tab", "tab", *["down"] * 8, "end")
        await write(driver, "\n+ \nThird way\n+ It is new")
        await driver.press("ctrl+s")
        refused = driver.text
        await driver.press("up", "up", "backspace", "backspace", "ctrl+s")
        options = driver.workspace.decisions[DIALOG].options
    assert "has a “+” and nothing behind it" in refused
    assert "Third way" in refused
    assert options == (
        *workspace.decisions[DIALOG].options,
        Option(title="Third way", good=("It is new",)),
    )


async def test_esc_asks_only_if_something_was_typed(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("E", "escape")
        assert isinstance(driver.app.screen, DecisionsScreen)
        await driver.press("E")
        await write(driver, "x")
        await driver.press("escape")
        assert "Throw away what you typed?" in driver.text
        await driver.press("n")
        assert "Keep the old dialog until June?x" in driver.text
        await driver.press("escape", "y")
        assert isinstance(driver.app.screen, DecisionsScreen)
    assert driver.workspace.decisions == workspace.decisions


async def test_items_and_goals_are_linked_and_taken_off(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("l")
        await write(driver, "parquet")
        await driver.press("tab", "enter")
        linked = driver.workspace.decisions[DIALOG].items
        await driver.press("m", "tab", "enter")
        goals = driver.workspace.decisions[DIALOG].goals
    assert linked == frozenset({GRID, 2})
    assert goals == frozenset()


async def test_days_and_owner_have_the_keys_they_have_everywhere(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("D", *["backspace"] * 10)
        await write(driver, "+2w")
        await driver.press("enter", "V")
        await write(driver, "2027-03-01")
        await driver.press("enter", "a")
        await write(driver, "mia")
        await driver.press("enter")
        changed = driver.workspace.decisions[DIALOG]
    assert (changed.decide_by, changed.review_on, changed.owner) == (date(2026, 12, 7), date(2027, 3, 1), "mia")


async def test_copying_gives_a_markdown_record(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("y")
        copied = driver.app.clipboard
    assert copied.startswith("---\nstatus:")
    assert "# Keep the old dialog until June?" in copied


async def test_the_peek_pane_follows_the_cursor(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("space")
        first = driver.text
        await driver.press("j")
        second = driver.text
        await driver.press("escape")
        closed = driver.text
    assert "Three teams still open it." in first
    assert "Less to keep alive." in second
    assert "Half the faults (70 % sure)" in second
    assert "Less to keep alive." not in closed


async def test_the_page_turns_to_the_next_decision_of_the_list(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("enter", "right_square_bracket")
        text = driver.text
        screen = driver.app.screen
        assert isinstance(screen, DecisionScreen)
        assert screen.decision_id == WIDGET
    assert "2 of 3" in text


async def test_a_decision_logged_from_an_item_is_linked_to_it_and_to_its_goals(workspace: Workspace) -> None:
    async with running(workspace, mode="backlog") as driver:
        await driver.press("slash")
        await driver.type("grid")
        await driver.press("enter", "L")
        asked = driver.text
        await write(driver, "Widths are kept")
        await driver.press("ctrl+s")
        made = next(one for one in driver.workspace.decisions.values() if one.title == "Widths are kept")
    assert "New decision about LL-" in asked
    assert (made.items, made.goals) == (frozenset({GRID}), frozenset({FLOW}))


@pytest.mark.parametrize("size", [NARROW, (56, 20), (140, 45)])
async def test_it_works_at_every_size(size: tuple[int, int]) -> None:
    async with running(demo_workspace(NOW), size=size, mode="decisions") as driver:
        assert "Do we keep the old deployment" in driver.text
        await driver.press("enter")
        page = driver.text
        widest = max(len(line) for line in driver.lines)
    assert "The question" in page
    assert "rests on" in page
    assert widest <= size[0]


async def test_text_is_never_read_as_markup_nor_sent_to_the_terminal() -> None:
    hostile = "[red]boo[/red] \x1b]52;c;aGk=\x07 \u202egnol"
    fields = dict.fromkeys(("chosen", "because", "context", "consequences", "trigger", "default", "more"), hostile)
    bad = decision(DIALOG, hostile).with_(
        drivers=(hostile,), options=(Option(title=hostile, good=(hostile,)),), **fields
    )
    async with running(Workspace(decisions={DIALOG: bad}), mode="decisions") as driver:
        text = driver.text
        for keys in (["enter"], ["s"], ["escape", "E"]):
            await driver.press(*keys)
            text += driver.text
    assert "[red]boo[/red]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


async def test_a_proposal_replaces_nothing_until_it_is_accepted_and_all_places_say_so(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("r")
        await write(driver, "one widget")
        await driver.press("enter", "enter")
        linked = driver.text
        before = statuses(driver)[WIDGET]
        await driver.press("enter")
        proposal = driver.text
        await driver.press("escape")
        await go_to(driver, WIDGET)
        await driver.press("enter")
        held = driver.text
        await driver.press("escape")
        await go_to(driver, DIALOG)
        await say(driver, "accept")
        await driver.press("ctrl+s")
        accepted = driver.text
        after = statuses(driver)[WIDGET]
        await driver.press("enter")
        new_page = driver.text
        await driver.press("tab")
        await driver.press("escape", "f")
        await go_to(driver, WIDGET)
        await driver.press("enter")
        old_page = driver.text
    assert before is DecisionStatus.ACCEPTED
    assert "once it is accepted" in " ".join(linked.split())
    assert "Superseded" not in linked
    assert "in force 1" in linked
    assert "will replace D-" in proposal
    assert "will replace, once it is accepted" in proposal
    assert "would be replaced, once it is accepted, by" in held
    assert "would replace it" in held
    assert after is DecisionStatus.SUPERSEDED
    assert "is superseded now" in " ".join(accepted.split())
    assert "in force 1" in accepted
    assert "to decide" not in accepted.splitlines()[1]
    assert "· replaces D-" in new_page
    assert "superseded" in old_page
    assert "replaced by D-" in old_page


async def test_only_what_is_in_force_is_offered_to_be_replaced(workspace: Workspace) -> None:
    gone = decision(2005, "Results are a table", DecisionStatus.ACCEPTED)
    widget = workspace.decisions[WIDGET].with_(supersedes=(Supersedes(decision=gone.id),))
    book = Workspace(decisions={**workspace.decisions, WIDGET: widget, gone.id: gone})
    async with running(book, mode="decisions") as driver:
        await driver.press("r")
        offered = driver.text.partition("replaces")[2]
    assert "Results are one widget" in offered
    assert "Results are a table" not in offered


async def test_replacing_says_why_it_cannot_be_done(workspace: Workspace) -> None:
    alone = Workspace(decisions={DIALOG: workspace.decisions[DIALOG], TELEMETRY: workspace.decisions[TELEMETRY]})
    async with running(alone, mode="decisions") as driver:
        await driver.press("r")
        nothing = driver.text
        await driver.press("f")
        await go_to(driver, TELEMETRY)
        await driver.press("r")
        rejected = driver.text
    assert "There is no other decision in force to replace." in nothing
    assert "What is rejected replaces nothing." in rejected


async def test_the_cursor_is_on_the_next_decision_after_archiving_and_on_the_restored_one_after_undo(
    workspace: Workspace,
) -> None:
    async with running(workspace, mode="decisions") as driver:
        screen = driver.app.screen
        assert isinstance(screen, DecisionsScreen)
        shown: list[int | None] = []
        for number in (WIDGET, SCRIPTS):
            await go_to(driver, number)
            await driver.press("A")
            shown.append(screen.decision.id if screen.decision else None)
            await driver.press("u")
            shown.append(screen.decision.id if screen.decision else None)
    assert shown == [SCRIPTS, WIDGET, WIDGET, SCRIPTS]


async def test_ids_and_days_stay_beside_the_pane_and_the_title_gives_way(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("space")
        row = next(line for line in driver.lines if line.startswith("▌")).split("│")[0]
    assert "D-" in row
    assert "3 days overdue" in row
    assert "Keep the old dialog" in row


async def test_the_help_names_the_key_that_opens_a_decision(workspace: Workspace) -> None:
    async with running(workspace, mode="decisions") as driver:
        await driver.press("question_mark")
        await write(driver, "read it")
        row = next(line for line in driver.lines if "Read it" in line)
    assert "enter" in row
