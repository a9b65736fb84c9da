"""Triage in the words of a lead: keys pressed, words read."""

import re
from datetime import timedelta

import pytest
from textual.widgets import Input

from screens.triage.screen import TriageScreen
from screens.triage.stand import Stand
from store.change import moved
from store.models import Decision, Goal, Horizon, Item, Ruling, Stamp, Workspace
from tests.screens.driver import NARROW, NOW, WIDE, Driver, running
from tests.store.samples import a_decision, a_goal, a_workspace, ago, an_item

GRID, EXPORT, DARK, SIGN_IN, OLD = 1, 2, 3, 4, 5
FLOW, SUPPORT, OVER = 100, 101, 102


@pytest.fixture
def workspace() -> Workspace:
    items = (
        an_item(
            GRID,
            "Results grid loses column widths",
            stage="inbox",
            since=ago(12),
            requester="contoso",
            body="# Steps\n\n1. Run any query\n2. Widen a column <script>\x1b[31m\n" + "more\n" * 90,
        ),
        an_item(EXPORT, "Export to Parquet", stage="inbox", since=ago(9)),
        an_item(DARK, "Dark mode for the start page", stage="inbox", since=ago(3)),
        an_item(SIGN_IN, "Sign-in loses the account", stage="inbox", since=ago(1)),
        an_item(OLD, "Remember grid column widths", stage="ready", horizon=Horizon.NEXT, serves={FLOW: 2}, size=1),
    )
    goals = (
        a_goal(FLOW, "Analysts stay in flow", weight=2, guideline="fix what interrupts first"),
        a_goal(SUPPORT, "Fewer support hours", weight=1),
    )
    return a_workspace(*items, *goals)


def screen(driver: Driver) -> TriageScreen:
    found = next(each for each in driver.app.screen_stack if isinstance(each, TriageScreen))
    assert isinstance(found, TriageScreen)
    return found


def item(driver: Driver, number: int) -> Item:
    return driver.workspace.items[number]


async def fill(driver: Driver, text: str, *keys: str) -> None:
    """Put a text into the line in focus at once, then press keys; typing it letter by letter takes seconds."""
    line = driver.app.focused
    assert isinstance(line, Input)
    line.value = text
    await driver.press(*keys)


def wait(driver: Driver, seconds: int) -> None:
    """Let the clock of the program go on."""
    office = screen(driver).office
    then = office.now() + timedelta(seconds=seconds)
    office.now = lambda: then


async def test_a_card_tells_what_it_is_why_it_is_here_and_where_it_would_land(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.pilot.pause(0.2)
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        text = driver.text
        assert "1 of 4" in text
        assert "Results grid loses column widths" in text
        assert "▽ feature · 12 days in the inbox · asked by @contoso" in text
        assert "here because it is new, 12 days in the inbox" in text
        assert re.search(r"a +Analysts stay in flow +□□□ +67 %", text)
        assert re.search(r"● now +- of 1", text)
        assert re.search(r"◐ next +- of 2", text)
        assert "no score: it serves no goal" in text
        assert re.search(r"▷ LL-\w+ +Remember grid column widths +\d+ %", text)
        assert "column width" in text


async def test_nothing_hostile_in_a_body_reaches_the_terminal(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        assert "<script>␛[31m" in driver.text
        assert "\x1b" not in driver.text


async def test_a_digit_is_a_verdict_and_the_next_card_comes(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        wait(driver, 20)
        await driver.press("1")
        assert item(driver, GRID).horizon is Horizon.NOW
        assert item(driver, GRID).stage.stage == "ready"
        assert "Export to Parquet" in driver.text
        assert "2 of 4" in driver.text
        assert re.search(r"● LL-\w+ now · u undoes · r adds a reason", driver.text)
        (session,) = driver.workspace.sessions.values()
        assert [(line.item, line.ruling, line.seconds) for line in session.verdicts] == [(GRID, Ruling.NOW, 20)]
        await driver.press("2")
        assert item(driver, EXPORT).horizon is Horizon.NEXT


async def test_undo_returns_to_the_card_it_undoes(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "2")
        assert "3 of 4" in driver.text
        await driver.press("u")
        assert "2 of 4" in driver.text
        assert item(driver, EXPORT).verdict is None
        await driver.press("u")
        assert "1 of 4" in driver.text
        assert not driver.workspace.sessions
        await driver.press("ctrl+r")
        assert "2 of 4" in driver.text
        assert item(driver, GRID).horizon is Horizon.NOW


async def test_goals_are_mapped_by_letter_and_number_and_undone_on_the_card(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("m", "a", "a", "2", "enter")
        assert {link.goal: link.strength for link in item(driver, GRID).goals} == {FLOW: 2, SUPPORT: 1}
        assert "1 of 4" in driver.text
        assert "■■□" in driver.text
        assert re.search(r"◐ next +2 of 2", driver.text)
        assert "guideline of “Analysts stay in flow”: fix what interrupts first" in driver.text
        assert "not known: urgency, confidence, size" in driver.text
        await driver.press("m", "a", "a", "enter")
        assert item(driver, GRID).strength(FLOW) == 0
        await driver.press("u", "u")
        assert item(driver, GRID).goals == ()
        assert "1 of 4" in driver.text


async def test_a_goal_is_found_by_typing_and_esc_maps_nothing(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("m", "slash", "h", "o", "u", "r", "enter", "enter")
        assert item(driver, GRID).strength(SUPPORT) == 1
        await driver.press("m", "a", "escape")
        assert item(driver, GRID).strength(FLOW) == 0


async def test_without_goals_m_says_where_the_first_is_made(workspace: Workspace) -> None:
    bare = a_workspace(*workspace.items.values())
    async with running(bare, WIDE, "triage") as driver:
        assert "No goals yet; g m makes the first." in driver.text
        await driver.press("m")
        assert "There are no goals yet" in driver.text


async def test_later_wants_a_reason_and_comes_back_in_four_weeks_unless_told(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("3")
        assert "comes back Mon 21 Dec" in driver.text
        await driver.press("enter")
        assert "A reason is needed" in driver.text
        await fill(driver, "after the release", "tab")
        await fill(driver, "nonsense", "enter")
        assert "“nonsense” is not a day" in driver.text
        await fill(driver, "yesterday", "enter")
        assert "is not later" in driver.text
        await fill(driver, "fri", "enter")
        verdict = item(driver, GRID).verdict
        assert verdict is not None
        assert (verdict.ruling, verdict.reason, str(verdict.until)) == (
            Ruling.LATER,
            "after the release",
            "2026-11-27",
        )
        assert "2 of 4" in driver.text


async def test_declining_wants_a_reason_and_becomes_a_decision_with_one_key(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("4", "enter")
        assert "A reason is needed" in driver.text
        await fill(driver, "nobody asked twice", "enter")
        assert item(driver, GRID).stage.stage == "declined"
        assert "L makes it a decision" in driver.text
        await driver.press("L")
        (decision,) = driver.workspace.decisions.values()
        assert isinstance(decision, Decision)
        assert decision.items == {GRID}
        assert decision.because == "nobody asked twice"
        assert "L makes it a decision" not in driver.text


async def test_esc_in_a_question_gives_no_verdict(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        for key in ("3", "4", "5", "6"):
            await driver.press(key, "escape")
        assert "1 of 4" in driver.text
        assert item(driver, GRID).verdict is None


async def test_a_duplicate_offers_what_is_alike_first_and_finds_any_title(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("5", "enter", "enter")
        verdict = item(driver, GRID).verdict
        assert verdict is not None
        assert (verdict.ruling, verdict.of, verdict.reason) == (Ruling.DUPLICATE, OLD, "the same request")
        await driver.press("5")
        await fill(driver, "dark mode", "enter", "enter")
        verdict = item(driver, EXPORT).verdict
        assert verdict is not None
        assert verdict.of == DARK


async def test_a_question_keeps_the_card_in_the_inbox(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("6")
        assert "Ask @contoso" in driver.text
        await fill(driver, "which version?", "enter")
        verdict = item(driver, GRID).verdict
        assert verdict is not None
        assert (verdict.ruling, verdict.reason) == (Ruling.ASK, "which version?")
        assert item(driver, GRID).stage.stage == "inbox"
        assert "2 of 4" in driver.text


async def test_a_full_stop_says_the_same_again(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("full_stop")
        assert "No verdict was given yet" in driver.text
        await driver.press("4")
        await fill(driver, "out of scope", "enter", "full_stop", "full_stop")
        reasons = [each.verdict.reason for each in driver.workspace.items.values() if each.verdict is not None]
        assert reasons == ["out of scope"] * 3


async def test_r_adds_a_reason_to_the_verdict_before(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "r")
        await fill(driver, "three customers in a week", "enter")
        verdict = item(driver, GRID).verdict
        assert verdict is not None
        assert verdict.reason == "three customers in a week"
        assert "“three customers in a week”" in driver.text
        assert "2 of 4" in driver.text


async def test_skipped_cards_are_counted_at_the_end_and_can_be_gone_back_to(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("j", "1", "1", "1")
        assert "That was the last card; 1 card was skipped." in driver.text
        await driver.press("k")
        assert "1 of 4" in driver.text
        await driver.press("2")
        assert "Triage is done." in driver.text
        (session,) = driver.workspace.sessions.values()
        assert session.ended == NOW


async def test_stepping_back_shows_what_was_said_and_another_digit_replaces_it(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "k")
        assert "you said ● now · another digit says something else" in driver.text
        await driver.press("2")
        assert item(driver, GRID).horizon is Horizon.NEXT
        assert "2 of 4" in driver.text


async def test_attribute_keys_work_on_the_card_without_leaving_it(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("S", "5", "enter")
        assert item(driver, GRID).size == 5
        assert "1 of 4" in driver.text
        assert "size 5" in driver.text
        await driver.press("w")
        assert "Why LL-" in driver.text
        await driver.press("escape")
        assert screen(driver).stand is Stand.CARD


async def test_a_card_that_is_archived_makes_room_for_the_next(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("A")
        assert item(driver, GRID).archived is not None
        assert "Export to Parquet" in driver.text


async def test_a_pause_keeps_place_and_clock_and_coming_back_says_so(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        wait(driver, 10)
        await driver.press("1")
        wait(driver, 5)
        await driver.press("escape")
        assert "Paused at card 2 of 4." in driver.text
        wait(driver, 3000)
        await driver.press("escape", "g", "t")
        assert "Back at card 2 of 4, 1 has a verdict" in driver.text
        await driver.press("p", "p")
        assert "Goes on at card 2 of 4, 1 has a verdict" in driver.text
        wait(driver, 7)
        await driver.press("2")
        (session,) = driver.workspace.sessions.values()
        assert [line.seconds for line in session.verdicts] == [10, 12]


async def test_a_paused_sitting_goes_on_after_a_restart(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "2")
        kept = driver.workspace
    async with running(kept, WIDE, "triage") as driver:
        assert "Goes on at card 3 of 4, 2 have a verdict" in driver.text
        await driver.press("1", "1")
        assert "4 cards in" in driver.text
        assert len(driver.workspace.sessions) == 1


async def test_from_the_pause_enter_shows_the_summary_and_ends_the_sitting(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "escape", "enter")
        assert "Enough for now; 3 cards were left." in driver.text
        await driver.press("k")
        assert "2 of 4" in driver.text
        await driver.press("escape", "enter")
        await driver.press("enter")
        await driver.press()
        (session,) = driver.workspace.sessions.values()
        assert session.ended is not None
        assert "horizon:now" in driver.text


async def test_the_end_counts_verdicts_places_time_and_reasons_and_copies_the_minutes(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("m", "a", "enter")
        wait(driver, 100)
        await driver.press("1", "2", "4")
        await fill(driver, "nobody asked", "enter", "1")
        text = driver.text
        assert "Triage is done." in text
        assert "4 cards in 2 minutes, 25 seconds a card." in text
        assert re.search(r"● now +2 ", text)
        assert re.search(r"✕ declined +1 ", text)
        assert "▷ 3 ready · ✕ 1 declined" in text
        assert re.search(r"Results grid loses column widths +1 of 2 in now", text)
        assert "“nobody asked”" in text
        await driver.press("y")
        assert driver.app.clipboard.startswith("# Triage, 2026-11-23")
        assert "nobody asked" in driver.app.clipboard
        await driver.press("L")
        assert [each.items for each in driver.workspace.decisions.values()] == [{DARK}]


async def test_a_card_that_drags_gets_a_gentle_nudge(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        wait(driver, 70)
        await driver.press("p", "p")
        assert "1 min on this card" in driver.text
        assert "j comes back to it later" not in driver.text
        wait(driver, 60)
        screen(driver)._tick()
        await driver.press()
        assert "2 min on this card · 6 asks, j comes back to it later" in driver.text


async def test_an_empty_inbox_is_good_news_and_names_keys() -> None:
    async with running(a_workspace(an_item(1)), WIDE, "triage") as driver:
        assert "The inbox is empty: everything has had its answer." in driver.text
        assert "captures something new" in driver.text
        assert "leadline import FILE" in driver.text
        await driver.press("1")
        assert "No card is on the table." in driver.text


async def test_an_empty_store_does_not_claim_that_anything_was_answered() -> None:
    async with running(Workspace(), WIDE, "triage") as driver:
        assert "Nothing waits here yet." in driver.text


async def test_what_is_stale_can_be_gone_through_at_the_end() -> None:
    stale = an_item(1, "Upgrade the runner", serves={FLOW: 1}, since=ago(200))
    async with running(a_workspace(stale, a_goal(FLOW)), WIDE, "triage") as driver:
        assert "goes through 1 that have not moved for long" in driver.text
        await driver.press("o")
        assert "here because it has not moved for 200 days" in driver.text


async def test_an_item_captured_meanwhile_becomes_the_last_card(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("c")
        await fill(driver, "A new wish", "enter", "escape")
        assert "1 of 5" in driver.text


async def test_the_end_names_decisions_that_are_overdue() -> None:
    overdue = a_decision(500, "Keep the dialog?", "proposed", decide_by=ago(3).date())
    async with running(a_workspace(an_item(1, stage="inbox"), overdue), WIDE, "triage") as driver:
        await driver.press("1")
        assert "1 decision is overdue · g d decides" in driver.text


async def test_two_keys_faster_than_the_program_judge_two_cards(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        table = screen(driver)
        table.action_command("triage.now")
        table.action_command("triage.next")
        await driver.press()
        assert item(driver, GRID).horizon is Horizon.NOW
        assert item(driver, EXPORT).horizon is Horizon.NEXT
        (session,) = driver.workspace.sessions.values()
        assert [line.item for line in session.verdicts] == [GRID, EXPORT]


async def test_a_verdict_the_program_refuses_leaves_the_card_on_the_table(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        driver.workbench._filing._why_closed = "The store may only be read."
        await driver.press("1")
        await driver.press()
        assert "The store may only be read." in driver.text
        assert "1 of 4" in driver.text
        assert item(driver, GRID).verdict is None


async def test_a_long_body_scrolls_and_says_its_page(workspace: Workspace) -> None:
    async with running(workspace, NARROW, "triage") as driver:
        pages = re.search(r"1 / (\d+)", driver.text)
        assert pages is not None
        assert "Run any query" in driver.text
        await driver.press("end")
        assert f"{pages[1]} / {pages[1]}" in driver.text
        assert "Run any query" not in driver.text
        assert "Results grid loses column widths" in driver.text
        await driver.press("home")
        assert "Run any query" in driver.text


async def test_in_a_narrow_window_the_panes_are_three_lines(workspace: Workspace) -> None:
    async with running(workspace, NARROW, "triage") as driver:
        await driver.pilot.pause(0.2)
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        text = driver.text
        assert "serves  nothing yet · m maps it to a goal" in text
        assert "lands   ● now - of 1 · ◐ next - of 2 · no score" in text
        assert re.search(r"like +\d+ % ▷ LL-\w+ Remember grid column widths", text)
        assert "1 now   2 next   3 later…   4 decline…   5 duplicate…   6 ask…" in text
        await driver.resize(140, 45)
        assert "Where it would land" in driver.text


@pytest.mark.parametrize("size", [(50, 20), (100, 24), (200, 60)])
async def test_card_pause_and_end_fit_every_window(workspace: Workspace, size: tuple[int, int]) -> None:
    async with running(workspace, size, "triage") as driver:
        assert "Results grid" in driver.text
        assert "1 now" in driver.text
        await driver.press("p")
        assert "Paused at card 1 of 4" in driver.text
        await driver.press("p", "1", "1", "1", "1")
        assert "Triage is done." in driver.text


async def test_a_goal_that_is_over_brings_its_items_back() -> None:
    goal = a_goal(OVER, "Launch in Spain").with_(status="dropped")
    assert isinstance(goal, Goal)
    served = an_item(1, "Spanish texts", serves={OVER: 2}, created=Stamp(at=ago(40), by="ana"))
    async with running(a_workspace(served, goal), WIDE, "triage") as driver:
        assert "here because its goal “Launch in Spain” was dropped" in driver.text


async def test_after_an_early_end_the_way_back_goes_on_with_what_is_left(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "p", "enter")
        assert "3 cards were left" in driver.text
        await driver.press("escape", "g", "t")
        await driver.press()
        assert screen(driver).stand is Stand.CARD
        assert "card 2 of 4, 1 has a verdict" in driver.text
        await driver.press("p", "enter", "enter")
        await driver.press("g", "t")
        await driver.press()
        assert screen(driver).stand is Stand.CARD
        assert "1 of 3" in driver.text


async def test_on_the_summary_g_t_goes_on_at_once(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "p", "enter", "g", "t")
        await driver.press()
        assert screen(driver).stand is Stand.CARD


async def test_undoing_the_end_takes_the_summary_away(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("1", "p", "enter")
        screen(driver).close()
        await driver.press()
        assert "3 cards were left" in driver.text
        await driver.press("u")
        assert screen(driver).stand is Stand.CARD
        assert "Goes on at card 2 of 4" in driver.text


async def test_verdicts_on_all_cards_end_triage_for_good() -> None:
    two = a_workspace(an_item(1, stage="inbox"), an_item(2, "Export", stage="inbox"))
    async with running(two, WIDE, "triage") as driver:
        await driver.press("1", "2")
        assert "Triage is done." in driver.text
        await driver.press("g", "o")
        await driver.press()
        assert "wait for a verdict" not in driver.text
        await driver.press("g", "t")
        await driver.press()
        assert "The inbox is empty" in driver.text


@pytest.mark.parametrize("width", [60, 72, 76, 80])
async def test_the_digits_stay_in_narrow_windows_and_so_does_the_answer_of_m(workspace: Workspace, width: int) -> None:
    async with running(workspace, (width, 16), "triage") as driver:
        hints = driver.lines[-1]
        assert [digit for digit in "123456" if f" {digit} " in f" {hints}"] == list("123456"), hints
        await driver.press("m", "a", "a")
        assert re.search(r"a +1 +Analysts .*■■□ +67 %", driver.text), driver.text


async def test_a_reason_for_a_card_that_left_the_table_is_told_and_not_said_of_the_next(workspace: Workspace) -> None:
    async with running(workspace, WIDE, "triage") as driver:
        await driver.press("4")
        driver.workbench.do(moved(driver.workspace, [GRID], "declined", NOW, "li"))
        driver.app.show_work()
        await fill(driver, "Nobody asked", "enter")
        assert "has left the table; “Nobody asked”" in driver.text
        assert (item(driver, GRID).verdict, item(driver, EXPORT).verdict) == (None, None)
