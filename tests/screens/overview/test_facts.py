"""What the overview knows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from screens.overview.facts import glance, last_working_day, past
from store.models import (
    Blocked,
    Horizon,
    Item,
    Place,
    Ruling,
    Session,
    SessionRuled,
    Shelf,
    Stamp,
    Unread,
    Verdict,
    Workspace,
)
from store.triage import queue
from tests.store.samples import ANA, NOW, TODAY, a_goal, a_workspace, ago, an_item


def verdict(ruling: Ruling, days_ago: float, until: date | None = None) -> Verdict:
    return Verdict(ruling=ruling, reason="later", at=ago(days_ago), by=ANA, until=until)


def test_what_was_put_off_or_asked_does_not_wait_for_us() -> None:
    seen = glance(
        a_workspace(
            an_item(1, stage="inbox", since=ago(12)),
            an_item(2, stage="inbox", verdict=verdict(Ruling.LATER, 2, until=TODAY + timedelta(days=9))),
            an_item(3, stage="inbox", verdict=verdict(Ruling.LATER, 2, until=TODAY)),
            an_item(4, stage="inbox", verdict=verdict(Ruling.ASK, 2)),
            an_item(5, stage="inbox", verdict=verdict(Ruling.ASK, 8)),
            an_item(6, stage="gone stage", since=ago(3)),
        ),
        NOW,
    )
    assert (seen.inbox, seen.reopened, seen.put_off, seen.oldest_days) == (4, 0, 2, 12)


def test_the_overview_counts_the_queue_that_triage_shows() -> None:
    workspace = a_workspace(
        a_goal(100),
        an_item(1, stage="inbox"),
        an_item(2, horizon=Horizon.NOW),
        an_item(3, serves={777: 1}),
        an_item(4, verdict=verdict(Ruling.ASK, 9)),
    )
    seen = glance(workspace, NOW)
    assert (seen.inbox, seen.reopened) == (1, 3)
    assert seen.inbox + seen.reopened == len(queue(workspace, NOW))


def test_the_best_of_now_comes_first_and_what_has_no_score_last() -> None:
    goal = a_goal(100)
    seen = glance(
        a_workspace(
            goal,
            an_item(1, horizon=Horizon.NOW, serves={100: 1}),
            an_item(2, horizon=Horizon.NOW),
            an_item(3, horizon=Horizon.NOW, serves={100: 3}),
            an_item(4, horizon=Horizon.NEXT, serves={100: 3}),
            an_item(5, stage="done", horizon=Horizon.NOW, serves={100: 3}),
            an_item(6, stage="inbox", horizon=Horizon.NOW, serves={100: 3}),
        ),
        NOW,
    )
    assert [item.id for item in seen.top] == [3, 1, 2]


def test_it_counts_what_is_blocked_late_and_without_a_goal() -> None:
    seen = glance(
        a_workspace(
            a_goal(100),
            an_item(1, blocked=(Blocked(since=ago(2)),)),
            an_item(2, blocked=(Blocked(since=ago(2), until=ago(1)),), due=ago(1).date()),
            an_item(3, serves={100: 1}, stage="doing"),
            an_item(4, stage="inbox"),
        ),
        NOW,
    )
    assert (seen.accepted, seen.unmapped, seen.blocked, seen.overdue) == (3, 2, 1, 1)
    assert dict(seen.stages) == {"ready": 2, "doing": 1}


def test_the_time_for_triage_comes_from_the_last_sitting() -> None:
    lines = tuple(SessionRuled(item=1, ruling=Ruling.NOW, seconds=60, at=ago(7)) for _ in range(3))
    session = Session(id=9, started=Stamp(at=ago(7), by=ANA), verdicts=lines)
    assert glance(a_workspace(an_item(1, stage="inbox"), session), NOW).triage.minutes_left(5) == 5


def test_nothing_that_is_closed_is_read_for_the_first_frame() -> None:
    def read(number: int, place: Place) -> Item:
        pytest.fail(f"item {number} at {place} was read")

    entries: dict[int, Item | Place] = {1: an_item(1, horizon=Horizon.NOW), 2: (10, 20)}
    shelf = Shelf(entries, Unread(read, lambda: {2: ("done", False)}, frozenset))
    seen = glance(Workspace(items=shelf, goals={100: a_goal(100)}), NOW)
    assert seen.accepted == 1


def test_the_past_knows_for_how_long_a_goal_had_no_work() -> None:
    workspace = a_workspace(a_goal(100), a_goal(101, "Never"), an_item(1, stage="done", serves={100: 2}, since=ago(42)))
    assert past(glance(workspace, NOW)).idle_days == {100: 42}


@pytest.mark.parametrize(
    ("day", "before"),
    [(23, 20), (24, 23), (21, 20), (22, 20), (20, 19)],
    ids=["Monday", "Tuesday", "Saturday", "Sunday", "Friday"],
)
def test_the_last_working_day_is_never_a_weekend(day: int, before: int) -> None:
    found = last_working_day(datetime(2026, 11, day, 12, tzinfo=UTC))
    assert (found.day, found.hour, found.minute) == (before, 0, 0)
