"""The sentences of the overview."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from screens.wording.overview import (
    Sentence,
    ageing_sentence,
    change_sentence,
    closed_sentence,
    day_line,
    decision_sentences,
    goal_sentences,
    inbox_sentence,
    pace_sentence,
    ticks,
    work_sentences,
)
from store.decisions import standings
from store.flow import Week, digest
from tests.store.samples import NOW, TODAY, a_decision, a_goal, a_workspace, ago, an_item


def words(sentences: object) -> list[str]:
    assert hasattr(sentences, "__iter__")
    return [
        f"{each.number} {''.join(text for text, _ in each.words)}" for each in sentences if isinstance(each, Sentence)
    ]


def week(finished: int, *, arrived: int = 0, dropped: int = 0, day: int = 2, is_over: bool = True) -> Week:
    monday = date(2026, 11, day)
    departed = finished + dropped
    return Week(monday=monday, arrived=arrived, departed=departed, finished=finished, inbox=0, is_over=is_over)


@pytest.mark.parametrize(
    ("count", "put_off", "days", "said"),
    [
        (30, 0, 12, "30 wait in the inbox, the oldest 12 days"),
        (1, 2, 1, "1 waits in the inbox, 1 day; 2 put off"),
        (2, 0, 0, "2 wait in the inbox"),
        (1200, 0, 800, "1,200 wait in the inbox, the oldest 2 years"),
    ],
)
def test_the_inbox_says_how_many_wait_and_how_long(count: int, put_off: int, days: int, said: str) -> None:
    assert words(inbox_sentence(count, put_off, days, 10, ())) == [said]


@pytest.mark.parametrize(
    ("count", "accepted", "said"),
    [
        (2, 1, "3 wait for a verdict, 2 in the inbox, the oldest 12 days"),
        (0, 2, "2 wait for a verdict, though they were accepted"),
        (0, 1, "1 waits for a verdict, though it was accepted"),
    ],
)
def test_what_was_accepted_and_waits_again_is_counted_as_triage_counts_it(count: int, accepted: int, said: str) -> None:
    assert words(inbox_sentence(count, 0, 12 if count else 0, 1, (), accepted)) == [said]


def test_an_empty_inbox_is_not_worth_a_line() -> None:
    assert words(inbox_sentence(0, 3, 0, 0, ())) == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "triage, about 1 minute"), (12, "triage, about 12 minutes"), (150, "triage, about 2 hours")],
)
def test_the_inbox_says_how_long_triage_takes(minutes: int, said: str) -> None:
    assert [each.act for each in inbox_sentence(3, 0, 1, minutes, ())] == [said]


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ([("proposed", {"decide_by": ago(2).date()})], ["1 decision is overdue"]),
        (
            [("proposed", {"decide_by": ago(2).date()}), ("proposed", {"decide_by": ago(-3).date()})],
            ["1 decision is overdue, 1 is due within a week"],
        ),
        ([("proposed", {"decide_by": ago(-3).date()})], ["1 decision is due in 3 days"]),
        ([("proposed", {"decide_by": TODAY})], ["1 decision is due today"]),
        ([("proposed", {})] * 2, ["2 decisions wait for somebody to decide"]),
        ([("accepted", {"review_on": ago(1).date()})], ["1 decision asks for a review"]),
        ([("accepted", {})], []),
    ],
)
def test_decisions_name_what_is_most_urgent(decisions: list[tuple[str, dict[str, Any]]], said: list[str]) -> None:
    records = [a_decision(500 + place, status=status, **more) for place, (status, more) in enumerate(decisions)]
    assert words(decision_sentences(standings(a_workspace(*records), TODAY))) == said


def test_work_without_a_goal_names_its_share_and_goals_without_work_their_names() -> None:
    pilot, spain, night = (a_goal(100 + n, title) for n, title in enumerate(("Pilot", "Spain", "Night")))
    assert words(goal_sentences(9, 43, [], {}, has_goals=True)) == ["9 of 43 accepted items serve no goal, 21 %"]
    assert words(goal_sentences(0, 43, [pilot], {100: 42}, has_goals=True)) == [
        "1 goal has had no work for 42 days: “Pilot”"
    ]
    assert words(goal_sentences(0, 43, [pilot, spain, night], {}, has_goals=True)) == [
        "3 goals have no work: “Pilot”, “Spain” and 1 more"
    ]
    assert words(goal_sentences(0, 43, [], {}, has_goals=True)) == []


def test_without_any_goal_one_line_says_where_the_first_is_made() -> None:
    (line,) = goal_sentences(5, 5, [], {}, has_goals=False)
    assert words([line]) == ["no goals yet that say what the work is for"]
    assert (line.key, line.mode) == ("g m", "goals")


def test_work_is_told_by_stage_with_what_is_late_and_blocked_first() -> None:
    assert words(work_sentences({"ready": 12, "doing": 5}, 2, 1)) == [
        "1 item is past its due day",
        "2 items are blocked",
        "17 are accepted and open: 12 ready, 5 doing",
    ]
    assert words(work_sentences({}, 0, 0)) == []


def test_old_work_in_progress_is_found_by_its_ids() -> None:
    workspace = a_workspace(an_item(1, stage="doing"), an_item(2, stage="doing"))
    (line,) = ageing_sentence(tuple(workspace.items.values()), 85, workspace)
    assert words([line]) == ["2 items in progress are older than 85 % of what was finished"]
    assert line.query == "id:LL-0001,LL-0002 sort:-moved"
    assert words(ageing_sentence((), 85, workspace)) == []


def test_pace_is_told_over_the_weeks_that_are_over_and_opens_what_was_finished_in_them() -> None:
    weeks = [week(10, day=9), week(12, day=16), week(3, day=23, is_over=False)]
    (line,) = pace_sentence(11.0, weeks, TODAY, TODAY)
    assert words([line]) == ["11 finished a week over 2 weeks"]
    assert len(line.bar) == 2
    assert line.query == "is:any is:finished closed>=1 closed<=14 sort:closed"
    assert words(pace_sentence(None, weeks[2:], TODAY, TODAY)) == []


def test_pace_tells_what_came_and_what_was_dropped() -> None:
    weeks = [week(1, arrived=27, day=9), week(0, dropped=3, day=16)]
    assert words(pace_sentence(0.5, weeks, TODAY, TODAY)) == ["0.5 finished a week over 2 weeks, 14 came, 1.5 dropped"]
    assert words(pace_sentence(None, weeks, TODAY, TODAY)) == ["0 finished a week over 2 weeks, 14 came, 1.5 dropped"]


def test_where_nothing_moved_for_weeks_the_last_move_is_told() -> None:
    weeks = [week(0, day=9), week(0, day=16)]
    assert words(pace_sentence(None, weeks, date(2025, 3, 3), TODAY)) == [
        "none came or went over 2 weeks; the last moved on 3 Mar 2025"
    ]
    assert words(pace_sentence(None, weeks, None, TODAY)) == []


def test_without_accepted_work_all_stages_are_told() -> None:
    (line,) = closed_sentence({"inbox": 356, "ready": 0, "done": 1817})
    assert words([line]) == ["2,173 items in all: 356 inbox, 1,817 done"]
    assert words(closed_sentence({"inbox": 0})) == []


def test_what_changed_is_counted_since_the_last_working_day() -> None:
    workspace = a_workspace(an_item(1), an_item(2, stage="done", since=ago(1)))
    assert words(change_sentence(digest(workspace, ago(3)), NOW)) == ["1 finished since Friday"]
    (line,) = change_sentence(digest(workspace, ago(1.1)), NOW)
    assert words([line]) == ["1 finished since yesterday"]
    assert line.query == "is:any moved<=1 sort:moved"
    assert words(change_sentence(digest(workspace, ago(0.5)), NOW)) == []


def test_ticks_are_measured_against_the_highest() -> None:
    assert ticks([0, 1, 2, 4]) == "▁▃▅█"
    assert ticks([0, 0]) == ""
    assert ticks([]) == ""


def test_the_day_is_written_out() -> None:
    assert day_line(datetime(2026, 11, 23, 9, tzinfo=UTC)) == "Monday 23 November"
