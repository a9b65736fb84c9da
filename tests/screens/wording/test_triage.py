"""A card and a sitting in words."""

import pytest

from screens.wording.item_facts import Facts
from screens.wording.item_lines import Line
from screens.wording.triage import (
    GoalChoice,
    days_words,
    goal_lines,
    landing_lines,
    short_lines,
    source_words,
    state_words,
    why_words,
)
from screens.wording.triage_end import Rest, end_lines
from screens.wording.triage_progress import after_words, drag_words, left_words, progress_words
from store.models import Horizon, Item, Ruling, Session, SessionRuled, Source, Stamp, Verdict, Workspace
from store.scoring import Scoreboard
from store.triage import Pace, summary
from tests.store.samples import NOW, TODAY, a_goal, a_workspace, ago, an_item


def facts(item: Item, workspace: Workspace) -> Facts:
    return Facts(item, workspace, NOW, Scoreboard(workspace, TODAY))


def text(lines: list[Line]) -> list[str]:
    return ["".join(words for words, _ in line).rstrip() for line in lines]


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (12, "12 days"), (119, "119 days"), (150, "5 months"), (3300, "9 years")]
)
def test_a_long_wait_is_told_in_months_and_years(days: int, said: str) -> None:
    assert days_words(days) == said


@pytest.mark.parametrize(
    ("system", "key", "said"),
    [
        ("github:contoso/grid", "1893", "GitHub #1893"),
        ("jira:ALOY", "ALOY-12", "Jira ALOY-12"),
        ("csv:wishes", "7", "CSV 7"),
        ("other", "7", "other 7"),
    ],
)
def test_a_source_is_called_as_people_call_it(system: str, key: str, said: str) -> None:
    assert source_words(Source(system=system, key=key)) == said


def test_the_state_says_what_is_set_and_leaves_out_what_is_not() -> None:
    bare = an_item(1, stage="inbox", since=NOW)
    assert "".join(words for words, _ in state_words(facts(bare, a_workspace(bare)))) == (
        "▽ feature · in the inbox since today · by @ana"
    )
    full = an_item(
        1, stage="ready", requester="contoso", owner="li", size=3, horizon=Horizon.NEXT, tags=frozenset({"grid"})
    )
    assert "".join(words for words, _ in state_words(facts(full, a_workspace(full)))) == (
        "▷ feature · 10 days in ready · ◐ next · asked by @contoso · @li · size 3 · #grid"
    )


def test_goals_that_are_served_are_shown_first_when_there_are_too_many() -> None:
    choices = [
        GoalChoice(letter, a_goal(100 + place, f"Goal {letter}"), 12.5, 2 if letter == "e" else 0)
        for place, letter in enumerate("abcdef")
    ]
    assert text(goal_lines(choices, 40, 3)) == [
        "a  Goal a                     □□□   12 %",
        "e  Goal e                     ■■□   12 %",
        "   4 more",
    ]


def test_without_a_score_there_is_no_rank() -> None:
    item = an_item(1, stage="inbox")
    workspace = a_workspace(item, an_item(2, horizon=Horizon.NOW))
    assert text(landing_lines(facts(item, workspace), 40)) == [
        "● now     - of 2",
        "◐ next    - of 1",
        "no score: it serves no goal",
    ]


def test_with_a_score_every_term_is_shown_and_what_is_not_known_is_named() -> None:
    item = an_item(1, stage="inbox", serves={100: 3}, size=2)
    workspace = a_workspace(item, a_goal(100), an_item(2, horizon=Horizon.NOW, serves={100: 1}))
    lines = text(landing_lines(facts(item, workspace), 80))
    assert lines[0] == "● now     1 of 2"
    assert lines[2] == "score 40  =  value 100 x urgency 1? x sure 80 %? / size 2"
    assert lines[3] == "not known: urgency, confidence"


def test_short_lines_never_exceed_the_width_and_wide_letters_count_double() -> None:
    item = an_item(1, stage="inbox", serves={100: 3})
    goal = a_goal(100, "分析者が流れを止めずに働けるようにすること")
    workspace = a_workspace(item, goal)
    lines = short_lines((GoalChoice("a", goal, 100, 3),), None, facts(item, workspace), 30)
    assert text(lines)[0] == "serves  分析者が流れを止めず…"


def test_the_guideline_of_the_goal_served_most_is_told() -> None:
    item = an_item(1, stage="inbox", serves={100: 1, 101: 3})
    goals = (a_goal(100, "Flow", guideline="interruptions first"), a_goal(101, "Azure", guideline="one way back"))
    words = why_words("it is new", facts(item, a_workspace(item, *goals)))
    assert "".join(text for text, _ in words) == "here because it is new · guideline of “Azure”: one way back"


def test_progress_counts_the_card_on_the_table_and_fills_the_bar_with_those_before() -> None:
    words = progress_words(7, 30, Pace((20, 20, 20)), 10)
    assert "".join(text for text, _ in words) == "7 of 30  ━━────────  about 8 min left at your pace"
    assert "".join(text for text, _ in progress_words(1, 1, Pace(), 2)) == "1 of 1  about 1 min"


def test_a_pace_is_called_yours_once_there_are_three_cards() -> None:
    assert left_words(Pace((60, 60)), 10) == "about 4 min"
    assert left_words(Pace((60, 60, 60)), 10) == "about 10 min left at your pace"
    assert left_words(Pace((60, 60, 60)), 300) == "about 5 hours left at your pace"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, ""),
        (60, "   1 min on this card"),
        (130, "   2 min on this card · 6 asks, j comes back to it later"),
    ],
)
def test_a_card_that_drags_is_nudged_after_two_minutes(seconds: int, said: str) -> None:
    assert "".join(text for text, _ in drag_words(seconds, Pace((20, 20, 20)))) == said


def test_a_slow_sitting_is_not_nudged_at_every_card() -> None:
    assert "6 asks" not in "".join(text for text, _ in drag_words(130, Pace((90, 90, 90))))


def test_duplicates_are_told_apart_from_what_was_declined() -> None:
    of = Verdict(ruling=Ruling.DUPLICATE, reason="the same", of=9, at=NOW)
    items = [an_item(number, stage="declined", verdict=of) for number in (1, 2)]
    lines = tuple(SessionRuled(item=each.id, ruling=Ruling.DUPLICATE, seconds=9, at=NOW) for each in items)
    workspace = a_workspace(*items, Session(id=7, started=Stamp(at=NOW), verdicts=lines))
    made = summary(workspace.sessions[7], workspace)
    said = "\n".join(text(end_lines(made, workspace, Scoreboard(workspace, TODAY), Rest(), 80)))
    assert "⧉ 2 duplicate" in said
    assert "declined" not in said


def test_an_end_without_a_verdict_says_so() -> None:
    workspace = a_workspace(an_item(1, stage="inbox", since=ago(3)))
    lines = end_lines(None, workspace, Scoreboard(workspace, TODAY), Rest(skipped=1), 60)
    assert text(lines)[:2] == ["That was the last card; 1 card was skipped.", "Nothing was triaged."]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (
            120,
            "✕ LL-7KQ2 declined, “no room for it this year” · L makes it a decision · u undoes · r changes the reason",
        ),
        (95, "✕ LL-7KQ2 declined, “no room for it…” · L makes it a decision · u undoes · r changes the reason"),
        (80, "✕ LL-7KQ2 declined · L makes it a decision · u undoes · r changes the reason"),
        (60, "✕ LL-7KQ2 declined · L makes it a decision · u undoes"),
        (40, "✕ LL-7KQ2 declined, “no room for it th…”"),
        (24, "✕ LL-7KQ2 declined"),
    ],
)
def test_what_was_said_last_is_told_in_whole_parts(width: int, said: str) -> None:
    words = after_words("LL-7KQ2", Ruling.DECLINE, "no room for it this year", width, offers_decision=True)
    assert "".join(text for text, _ in words) == said
