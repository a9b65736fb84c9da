from datetime import timedelta
from typing import Any

import pytest

from store.models import GoalStatus, Horizon, Item, Ruling, Stamp, Standing, Verdict, Workspace
from store.triage import Card, Rule, decide, inbox_count, queue, waiting
from tests.store.samples import NOW, TODAY, a_goal, a_workspace, ago, an_item


def said(ruling: str, days: float, **fields: Any) -> Verdict:
    return Verdict(ruling=Ruling(ruling), reason="x", at=ago(days), **fields)


def cards(*items: Item, **options: Any) -> list[Card]:
    goals = [a_goal(100), a_goal(101, "Dropped one", status=GoalStatus.DROPPED), a_goal(102, "Below", parent=101)]
    return queue(a_workspace(*goals, *items), NOW, **options)


@pytest.mark.parametrize(
    ("item", "rule", "why"),
    [
        (an_item(1, stage="inbox", since=ago(12)), Rule.NEW, "it is new, 12 days in the inbox"),
        (an_item(1, stage="inbox", since=ago(1)), Rule.NEW, "it is new, 1 day in the inbox"),
        (an_item(1, stage="inbox", since=NOW), Rule.NEW, "it is new, today"),
        (an_item(1, stage="inbox", since=ago(30)), Rule.NEW, "it is new, 30 days in the inbox"),
        (an_item(1, stage="inbox", since=ago(3540)), Rule.NEW, "it waits in the inbox, 3,540 days"),
        (an_item(1, stage="no such stage"), Rule.NEW, "it is new, 10 days in the inbox"),
        (
            an_item(1, stage="inbox", since=ago(2), past_moves=(Standing(stage="ready", since=ago(9)),)),
            Rule.NEW,
            "it came back to the inbox, 2 days in the inbox",
        ),
        (
            an_item(1, stage="inbox", verdict=said("later", 9, until=TODAY), horizon=Horizon.LATER),
            Rule.SNOOZE_OVER,
            "it was put off until today",
        ),
        (an_item(1, stage="inbox", verdict=said("later", 9)), Rule.SNOOZE_OVER, "it was put off without a day"),
        (an_item(1, stage="inbox", verdict=said("ask", 7)), Rule.NO_ANSWER, "the question of 7 days ago has no answer"),
        (an_item(1, stage="ready", verdict=said("ask", 8)), Rule.NO_ANSWER, "the question of 8 days ago has no answer"),
        (an_item(1, serves={101: 2}), Rule.REASON_GONE, "its goal “Dropped one” was dropped"),
        (an_item(1, serves={102: 2}), Rule.REASON_GONE, "its goal “Below” was given up with the goal above it"),
        (an_item(1, serves={777: 2}), Rule.REASON_GONE, "the goal it served is gone"),
        (
            an_item(1, serves={101: 1, 102: 1}),
            Rule.REASON_GONE,
            "its goal “Dropped one”, like all its goals, was dropped",
        ),
        (an_item(1, horizon=Horizon.NOW), Rule.UNMAPPED, "it is accepted, but serves no goal"),
    ],
)
def test_each_card_says_why_it_is_here(item: Item, rule: Rule, why: str) -> None:
    found = cards(item)
    assert [(card.item.id, card.rule, card.why) for card in found] == [(1, rule, why)]


@pytest.mark.parametrize(
    "item",
    [
        an_item(1, stage="inbox", verdict=said("later", 3, until=TODAY + timedelta(days=1))),
        an_item(1, stage="inbox", verdict=said("ask", 6)),
        an_item(1, stage="ready", horizon=Horizon.NOW, verdict=said("ask", 6)),
        an_item(1, stage="ready"),
        an_item(1, serves={100: 1, 101: 3}),
        an_item(1, stage="done", serves={101: 1}),
        an_item(1, stage="inbox", archived=Stamp(at=NOW)),
        an_item(1, since=ago(200)),
    ],
)
def test_what_waits_for_nothing_or_for_its_day_is_not_in_the_queue(item: Item) -> None:
    assert cards(item) == []


def test_without_a_goal_that_is_pursued_nothing_is_unmapped() -> None:
    accepted = an_item(1, horizon=Horizon.NOW)
    assert queue(a_workspace(accepted), NOW) == []
    assert queue(a_workspace(accepted, a_goal(101, status=GoalStatus.DROPPED)), NOW) == []
    assert [card.rule for card in queue(a_workspace(accepted, a_goal(100)), NOW)] == [Rule.UNMAPPED]


def test_a_verdict_given_with_all_goals_in_sight_settles_what_serves_none_until_there_is_another() -> None:
    ruled = decide(an_item(1, horizon=Horizon.NOW), Verdict(ruling=Ruling.NOW, at=ago(2)), Workspace().settings)
    workspace = a_workspace(ruled, a_goal(100))
    assert queue(workspace, NOW) == []
    newer = a_goal(101, "Launch in Spain").with_(created=Stamp(at=ago(1)))
    assert [card.rule for card in queue(workspace.with_records({"goals": {101: newer}}), NOW)] == [Rule.UNMAPPED]


def test_what_lost_its_reason_is_asked_about_once_a_day() -> None:
    kept = Verdict(ruling=Ruling.NOW, at=NOW)
    assert cards(an_item(1, serves={101: 1}, verdict=kept)) == []
    tomorrow = NOW + timedelta(days=1)
    workspace = a_workspace(a_goal(101, status=GoalStatus.DROPPED), an_item(1, serves={101: 1}, verdict=kept))
    assert [card.rule for card in queue(workspace, tomorrow)] == [Rule.REASON_GONE]


def test_a_verdict_makes_a_stale_item_fresh() -> None:
    old = an_item(1, since=ago(200))
    assert cards(old.with_(verdict=Verdict(ruling=Ruling.NEXT, at=ago(3))), include_stale=True) == []
    looked_at = old.with_(verdict=Verdict(ruling=Ruling.NEXT, at=ago(95)))
    assert [card.why for card in cards(looked_at, include_stale=True)] == ["it has not been looked at for 95 days"]


def test_what_waits_is_what_the_queue_shows() -> None:
    workspace = a_workspace(
        a_goal(100),
        a_goal(101, status=GoalStatus.DROPPED),
        an_item(1, stage="inbox"),
        an_item(2, horizon=Horizon.NOW),
        an_item(3, serves={101: 1}),
        an_item(4, since=ago(300)),
    )
    counted = {(item.id, rule) for item, rule in waiting(workspace, NOW)}
    assert counted == {(card.item.id, card.rule) for card in queue(workspace, NOW)}
    assert len(counted) == 3


def test_stale_items_come_only_if_asked_for() -> None:
    item = an_item(1, since=ago(90))
    assert [card.why for card in cards(item, include_stale=True)] == ["it has not moved for 90 days"]
    assert cards(an_item(1, since=ago(89)), include_stale=True) == []


def test_a_move_ends_a_snooze_and_answers_a_question() -> None:
    for verdict in (said("later", 9, until=TODAY + timedelta(days=9)), said("ask", 1)):
        moved = an_item(1, stage="inbox", verdict=verdict).moved("ready", NOW, "ana").moved("inbox", NOW, "ana")
        assert [card.rule for card in cards(moved)] == [Rule.NEW]


def test_the_queue_goes_rule_by_rule_and_oldest_first() -> None:
    found = cards(
        an_item(1, horizon=Horizon.NOW, since=ago(50)),
        an_item(2, stage="inbox", since=ago(1)),
        an_item(3, stage="inbox", since=ago(5)),
        an_item(4, stage="inbox", since=ago(40), verdict=said("ask", 30)),
        an_item(5, stage="inbox", since=ago(40), verdict=said("later", 30, until=TODAY - timedelta(days=1))),
        an_item(6, stage="inbox", verdict=said("later", 9, until=TODAY - timedelta(days=3))),
        an_item(7, serves={101: 1}),
        an_item(8, since=ago(300)),
        an_item(9, stage="inbox", since=ago(5)),
        include_stale=True,
    )
    assert [card.item.id for card in found] == [3, 9, 2, 6, 5, 4, 7, 1, 8]


def test_what_was_ruled_in_this_session_can_be_left_out() -> None:
    assert [card.item.id for card in cards(an_item(1, stage="inbox"), an_item(2, stage="inbox"), without={1})] == [2]


@pytest.mark.parametrize("ruling", list(Ruling))
def test_no_verdict_leaves_a_card_in_the_inbox_part_of_the_queue(ruling: Ruling) -> None:
    verdict = Verdict(ruling=ruling, reason="x", of=2, at=NOW)
    workspace = Workspace()
    item = decide(an_item(1, stage="inbox", serves={100: 1}), verdict, workspace.settings)
    assert cards(item) == []
    assert inbox_count(a_workspace(a_goal(100), item), NOW) == 0


def test_the_inbox_counts_what_waits_for_a_verdict_and_not_what_is_put_off() -> None:
    workspace = a_workspace(
        an_item(1, stage="inbox"),
        an_item(2, stage="inbox", verdict=said("later", 2, until=TODAY + timedelta(days=9))),
        an_item(3, stage="inbox", verdict=said("ask", 9)),
        an_item(4, horizon=Horizon.NOW),
    )
    assert inbox_count(workspace, NOW) == 2
