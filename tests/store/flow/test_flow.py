"""Ages, weeks and the digest of a few moves, counted by hand. The day is Monday 23 November 2026 in Berlin."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store.flow import (
    age_days,
    ageing,
    closed_at,
    cycle_days,
    digest,
    finished_at,
    moment_words,
    pace,
    percentile,
    weeks,
)
from store.models import Item, Ruling, Settings, Stamp, Standing, Verdict, Workspace
from tests.store.samples import NOW, a_decision, a_goal, a_workspace, ago, an_item

SETTINGS = Settings()


def walked(number: int, *moves: tuple[str, float], **fields: object) -> Item:
    """An item that came into each stage so many days ago."""
    standings = [Standing(stage=stage, since=ago(days), by="ana") for stage, days in moves]
    first = Stamp(at=standings[0].since, by="ana")
    return an_item(number, stage=moves[-1][0], since=ago(moves[-1][1])).with_(
        created=first, past_moves=tuple(standings[:-1]), **fields
    )


@pytest.mark.parametrize(
    ("item", "cycle", "age"),
    [
        (walked(1, ("inbox", 9)), None, None),
        (walked(1, ("inbox", 9), ("doing", 0)), None, 1),
        (walked(1, ("inbox", 9), ("doing", 4)), None, 5),
        (walked(1, ("inbox", 9), ("doing", 4), ("review", 1)), None, 5),
        (walked(1, ("inbox", 9), ("doing", 4), ("ready", 1)), None, None),
        (walked(1, ("inbox", 9), ("doing", 4), ("done", 4)), 1, None),
        (walked(1, ("inbox", 9), ("doing", 4), ("done", 1)), 4, None),
        (walked(1, ("inbox", 9), ("doing", 8), ("ready", 6), ("doing", 4), ("done", 1)), 8, None),
        (walked(1, ("inbox", 9), ("done", 1)), None, None),
        (walked(1, ("inbox", 9), ("doing", 4), ("declined", 1)), None, None),
    ],
)
def test_cycle_time_and_age_count_days_inclusively(item: Item, cycle: int | None, age: int | None) -> None:
    assert cycle_days(item, SETTINGS) == cycle
    assert age_days(item, SETTINGS, NOW) == age


def test_an_item_that_was_reopened_is_finished_at_its_last_finish() -> None:
    item = walked(1, ("doing", 9), ("done", 8), ("doing", 5), ("done", 2))
    assert finished_at(item, SETTINGS) == ago(2)
    assert cycle_days(item, SETTINGS) == 8
    assert finished_at(walked(1, ("doing", 9), ("done", 8), ("doing", 5)), SETTINGS) is None
    assert closed_at(walked(1, ("inbox", 9), ("done", 8), ("declined", 5)), SETTINGS) == ago(8)


def test_weeks_count_what_came_went_and_lay_in_the_inbox() -> None:
    # Monday nine o'clock in the morning, so two days ago is Saturday of last week.
    workspace = a_workspace(
        walked(1, ("inbox", 20), ("ready", 8), ("doing", 2), ("done", 0)),
        walked(2, ("inbox", 9), ("declined", 2)),
        walked(3, ("inbox", 2)),
        walked(4, ("inbox", 0)),
        walked(5, ("inbox", 90), ("done", 9)),
        walked(6, ("inbox", 60), archived=Stamp(at=ago(9))),
        walked(7, ("inbox", 30), ("ready", 20), ("inbox", 9)),
    )
    found = weeks(workspace, NOW, 4)
    assert [week.monday for week in found] == [date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert [week.arrived for week in found] == [1, 1, 1, 1]
    assert [week.departed for week in found] == [0, 1, 1, 1]
    assert [week.finished for week in found] == [0, 1, 0, 1]
    # In the inbox at the end of each week: 1 5 6; 2 7; 3 7; 3 4 7.
    assert [week.inbox for week in found] == [3, 2, 2, 3]
    assert [week.is_over for week in found] == [True, True, True, False]


def test_a_week_begins_at_midnight_where_the_reader_sits() -> None:
    midnight = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    just_before = an_item(1, created=Stamp(at=midnight - timedelta(seconds=1)))
    just_after = an_item(2, created=Stamp(at=midnight))
    assert [week.arrived for week in weeks(a_workspace(just_before, just_after), NOW, 2)] == [1, 1]


def test_the_inbox_of_the_present_week_is_what_is_there_now() -> None:
    workspace = a_workspace(*(walked(number, ("inbox", number)) for number in range(1, 30)), walked(50, ("ready", 3)))
    assert weeks(workspace, NOW)[-1].inbox == workspace.stage_counts["inbox"] == 29


def test_pace_is_the_mean_of_the_weeks_that_are_over() -> None:
    workspace = a_workspace(
        *(walked(number, ("doing", 30), ("done", days)) for number, days in enumerate([0, 3, 4, 10], 1))
    )
    assert pace(weeks(workspace, NOW, 4)) == pytest.approx(1.0)
    assert pace(weeks(Workspace(), NOW, 4)) is None


def test_the_digest_says_what_happened_since() -> None:
    friday = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)
    workspace = a_workspace(
        walked(1, ("inbox", 1)),
        walked(2, ("inbox", 9), ("done", 2)),
        walked(3, ("inbox", 9), ("done", 5)),
        walked(4, ("inbox", 9), ("doing", 1)),
        walked(5, ("inbox", 9), ("declined", 1)),
        walked(6, ("inbox", 2), ("done", 1)),
        a_decision(500, since=ago(1)),
        a_decision(501, since=ago(10)),
        a_goal(100),
    )
    repeats = Verdict(ruling=Ruling.DUPLICATE, reason="the same", of=1, at=ago(1))
    workspace = workspace.with_records({"items": {7: walked(7, ("inbox", 9), ("declined", 1)).with_(verdict=repeats)}})
    found = digest(workspace, friday)
    assert [item.id for item in found.new] == [6, 1]
    assert (
        found.sentence(NOW) == "since Friday 17:40: 2 new, 1 started, 2 finished, 1 declined, 1 duplicate, 1 decision"
    )
    assert digest(workspace, NOW).sentence(NOW) == "since 10:00: nothing new"
    assert not digest(workspace, NOW)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 7, 5, tzinfo=UTC), "08:05"),
        (datetime(2026, 11, 22, 16, 40, tzinfo=UTC), "yesterday 17:40"),
        (datetime(2026, 11, 17, 16, 40, tzinfo=UTC), "Tuesday 17:40"),
        (datetime(2026, 11, 16, 16, 40, tzinfo=UTC), "Mon 16 Nov"),
        (datetime(2025, 3, 3, 16, 40, tzinfo=UTC), "3 Mar 2025"),
    ],
)
def test_a_moment_is_named_as_people_name_it(moment: datetime, words: str) -> None:
    assert moment_words(moment, NOW) == words


@pytest.mark.parametrize(("percent", "value"), [(1, 1), (50, 5), (85, 9), (90, 9), (91, 10), (100, 10)])
def test_a_percentile_is_the_value_so_many_do_not_exceed(percent: int, value: int) -> None:
    assert percentile(list(range(1, 11)), percent) == value


def test_ageing_names_what_is_older_than_most_of_what_was_finished() -> None:
    done = [walked(number, ("doing", 20), ("done", 20 - number)) for number in range(1, 7)]
    workspace = a_workspace(*done, walked(50, ("doing", 30)), walked(51, ("doing", 6)), walked(52, ("doing", 9)))
    found = ageing(workspace, NOW, 85)
    # Cycle times 2 to 7; the smallest that 85 % of six do not exceed is the sixth.
    assert found.limit_days == 7
    assert [item.id for item in found.items] == [50, 52]


def test_too_few_days_with_a_finish_tell_nothing() -> None:
    done = [walked(number, ("doing", 20), ("done", number % 4)) for number in range(1, 30)]
    found = ageing(a_workspace(*done, walked(50, ("doing", 300))), NOW)
    assert (found.limit_days, found.items) == (None, ())
