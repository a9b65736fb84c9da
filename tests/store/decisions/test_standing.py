from datetime import timedelta
from typing import Any

import pytest

from store.decisions import (
    Band,
    by_goal,
    by_item,
    held_up,
    in_force,
    links_of,
    standing,
    standings,
    to_decide,
)
from store.models import Decision, DecisionStatus, Stamp, Supersedes, Workspace
from tests.store.samples import NOW, TODAY, a_decision, a_goal, a_workspace, ago, an_item


def replacing(old: int, part: str = "") -> tuple[Supersedes, ...]:
    return (Supersedes(decision=old, part=part),)


def status_of(number: int, *decisions: Decision) -> DecisionStatus:
    workspace = a_workspace(*decisions)
    return standing(workspace.decisions[number], workspace, TODAY).status


@pytest.mark.parametrize(
    ("newer", "stored", "expected"),
    [
        ("accepted", "accepted", "superseded"),
        ("deprecated", "accepted", "superseded"),
        ("superseded", "accepted", "superseded"),
        ("proposed", "accepted", "accepted"),
        ("rejected", "accepted", "accepted"),
        ("deferred", "accepted", "accepted"),
        ("accepted", "superseded", "superseded"),
        ("proposed", "superseded", "accepted"),
    ],
)
def test_a_decision_is_superseded_while_the_newer_one_is_or_was_in_force(
    newer: str, stored: str, expected: str
) -> None:
    old, new = a_decision(1, status=stored), a_decision(2, status=newer, supersedes=replacing(1))
    assert status_of(1, old, new) == expected


def test_superseded_without_a_link_stays_superseded_as_it_was_imported() -> None:
    assert status_of(1, a_decision(1, status="superseded")) is DecisionStatus.SUPERSEDED


def test_a_part_that_is_replaced_leaves_the_rest_in_force() -> None:
    workspace = a_workspace(a_decision(1), a_decision(2, supersedes=replacing(1, "the export")))
    found = standing(workspace.decisions[1], workspace, TODAY)
    assert found.is_in_force
    assert found.partly == ((2, "the export"),)
    assert found.superseded_by == ()


def test_decisions_that_name_themselves_or_each_other_do_no_harm() -> None:
    assert status_of(1, a_decision(1, supersedes=replacing(1))) is DecisionStatus.ACCEPTED
    pair = (a_decision(1, supersedes=replacing(2)), a_decision(2, supersedes=replacing(1)))
    assert status_of(1, *pair) is DecisionStatus.SUPERSEDED


def test_archiving_the_newer_one_does_not_bring_the_older_one_back() -> None:
    new = a_decision(2, supersedes=replacing(1), archived=Stamp(at=NOW))
    assert status_of(1, a_decision(1), new) is DecisionStatus.SUPERSEDED


def day(days: int) -> dict[str, Any]:
    return {"decide_by": TODAY + timedelta(days=days)}


def review(days: int) -> dict[str, Any]:
    return {"review_on": TODAY + timedelta(days=days)}


@pytest.mark.parametrize(
    ("decision", "band"),
    [
        (a_decision(status="proposed", **day(-1)), Band.OVERDUE),
        (a_decision(status="deferred", **day(-1)), Band.OVERDUE),
        (a_decision(status="proposed", **day(0)), Band.TO_DECIDE),
        (a_decision(status="proposed"), Band.TO_DECIDE),
        (a_decision(status="deferred", **day(7)), Band.TO_DECIDE),
        (a_decision(status="deferred", **day(8)), Band.DEFERRED),
        (a_decision(status="deferred"), Band.DEFERRED),
        (a_decision(**review(0)), Band.TO_REVIEW),
        (a_decision(**review(1)), Band.IN_FORCE),
        (a_decision(**day(-9)), Band.IN_FORCE),
        (a_decision(status="rejected", **day(-9)), Band.PAST),
        (a_decision(status="deprecated", **review(-9)), Band.PAST),
        (a_decision(archived=Stamp(at=NOW)), Band.PAST),
    ],
)
def test_a_decision_is_in_the_band_its_days_put_it_in(decision: Decision, band: Band) -> None:
    assert standing(decision, Workspace(), TODAY).band is band


def test_days_are_counted_only_where_something_waits_for_them() -> None:
    found = standing(a_decision(status="proposed", **day(3)), Workspace(), TODAY)
    assert (found.decide_in_days, found.is_due_soon, found.is_overdue) == (3, True, False)
    found = standing(a_decision(**day(3), **review(-2)), Workspace(), TODAY)
    assert (found.decide_in_days, found.review_in_days, found.is_review_due) == (None, -2, True)


def test_the_list_has_what_waits_on_top_and_the_newest_in_force_below() -> None:
    workspace = a_workspace(
        a_decision(1, since=ago(9)),
        a_decision(2, since=ago(3)),
        a_decision(3, status="proposed"),
        a_decision(4, status="proposed", **day(2)),
        a_decision(5, status="proposed", **day(-2)),
        a_decision(6, status="proposed", **day(-5)),
        a_decision(7, status="rejected"),
        a_decision(8, status="deferred"),
        a_decision(9, **review(-1)),
        a_decision(10, archived=Stamp(at=NOW)),
    )
    found = standings(workspace, TODAY)
    assert [each.decision.id for each in found] == [6, 5, 4, 3, 9, 2, 1, 8, 7]
    assert [each.decision.id for each in in_force(workspace, TODAY)] == [2, 1, 9]
    assert [each.decision.id for each in to_decide(found)] == [6, 5, 4, 3]
    assert [each.decision.id for each in standings(workspace, TODAY, with_archived=True)][-2:] == [7, 10]


def test_what_it_rests_on_and_what_rests_on_it_are_found_both_ways() -> None:
    workspace = a_workspace(
        a_goal(100),
        an_item(1),
        an_item(2, stage="done"),
        a_decision(5, items={1, 2, 77}, goals={100, 77}, supersedes=replacing(6, "the grid")),
        a_decision(6, items={1}),
    )
    links = links_of(workspace.decisions[5], workspace)
    assert [goal.id for goal in links.goals] == [100]
    assert [item.id for item in links.items] == [1, 2]
    assert [(each.id, part) for each, part in links.older] == [(6, "the grid")]
    assert [(each.id, part) for each, part in links_of(workspace.decisions[6], workspace).newer] == [(5, "the grid")]
    assert [item.id for item in held_up(workspace.decisions[5], workspace)] == [1]
    assert {item: [each.id for each in found] for item, found in by_item(workspace).items()} == {
        1: [5, 6],
        2: [5],
        77: [5],
    }
    assert [each.id for each in by_goal(workspace)[100]] == [5]
