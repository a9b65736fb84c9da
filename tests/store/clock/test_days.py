from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import FIRST_DAY, LAST_DAY, age_words, day_words, parse_day
from store.errors import RuleError

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", date(2026, 11, 23)),
        ("Tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("next mon", date(2026, 11, 30)),
        ("next fri", date(2026, 12, 4)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("+3d", date(2026, 11, 26)),
        ("3d", date(2026, 11, 26)),
        ("-3d", date(2026, 11, 20)),
        ("2w", date(2026, 12, 7)),
        ("+2 w", date(2026, 12, 7)),
        ("3m", date(2027, 2, 23)),
        ("1y", date(2027, 11, 23)),
        ("eow", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("eoq", date(2026, 12, 31)),
        ("eoy", date(2026, 12, 31)),
        ("1 dec", date(2026, 12, 1)),
        ("dec 1", date(2026, 12, 1)),
        ("1. December", date(2026, 12, 1)),
        ("1 nov", date(2027, 11, 1)),
        ("23 nov", date(2026, 11, 23)),
        ("dec 1, 2030", date(2030, 12, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, expected: date) -> None:
    assert parse_day(text, MONDAY) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (date(2026, 11, 28), "eow", date(2026, 12, 4)),
        (date(2026, 11, 27), "eow", date(2026, 11, 27)),
        (date(2026, 11, 27), "fri", date(2026, 12, 4)),
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2024, 2, 29), "1y", date(2025, 2, 28)),
        (date(2026, 12, 10), "eom", date(2026, 12, 31)),
        (date(2026, 12, 10), "next month", date(2027, 1, 1)),
        (date(2026, 12, 10), "1m", date(2027, 1, 10)),
        (date(2026, 3, 1), "-1m", date(2026, 2, 1)),
        (date(2096, 3, 1), "29 feb", date(2104, 2, 29)),
    ],
)
def test_edges_of_weeks_months_and_years_are_right(today: date, text: str, expected: date) -> None:
    assert parse_day(text, today) == expected


@pytest.mark.parametrize(
    "text",
    ["", "nonsnese", "32 dec", "2026-13-01", "99999y", "٣d", "1 2 3", "dec", "next", "next dec", "d", "+", "x" * 1000],
)
def test_what_names_no_day_is_refused_with_two_examples(text: str) -> None:
    with pytest.raises(RuleError, match="is not a day") as caught:
        parse_day(text, MONDAY)
    assert caught.value.hint == "Try fri, +2w or 2026-12-01."
    assert len(caught.value.message) < 70
    for example in ("fri", "+2w", "2026-12-01"):
        parse_day(example, MONDAY)


@given(st.text(max_size=60), st.dates())
def test_reading_a_day_fails_only_with_its_own_error(text: str, today: date) -> None:
    with suppress(RuleError):
        parse_day(text, today)


@given(st.dates(min_value=FIRST_DAY, max_value=LAST_DAY))
def test_an_iso_day_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat(), MONDAY) == day


@pytest.mark.parametrize("text", ["1899-12-31", "3000-01-01", "9999-12-31", "-999y", "+7999y", "1 jan 0999"])
def test_a_day_no_work_is_done_on_is_no_day(text: str) -> None:
    with pytest.raises(RuleError, match="is not a day"):
        parse_day(text, MONDAY)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(["mon", "thu", "sun"]))
def test_a_weekday_is_one_to_seven_days_ahead(today: date, name: str) -> None:
    found = parse_day(name, today)
    assert 1 <= (found - today).days <= 7
    assert f"{found:%a}".lower() == name


@pytest.mark.parametrize(
    ("days", "words"), [(0, "0d"), (12, "12d"), (99, "99d"), (100, "14w"), (729, "104w"), (730, "2y"), (4000, "10y")]
)
def test_an_age_takes_at_most_four_characters(days: int, words: str) -> None:
    assert age_words(days) == words
    assert len(words) <= 4


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 27), "Fri 27 Nov"),
        (date(2027, 1, 3), "3 Jan 2027"),
    ],
)
def test_a_day_is_said_in_words(day: date, words: str) -> None:
    assert day_words(day, MONDAY) == words
