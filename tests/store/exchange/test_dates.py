"""Dates of the field: what they say, and what is no date."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from store.exchange.dates import DateReader, is_ambiguous, order_of_day_and_month

READER = DateReader()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10/Jan/26 11:19 AM", (2026, 1, 10, 11, 19)),
        ("10/Jan/26 12:19 AM", (2026, 1, 10, 0, 19)),
        ("10/Jan/26 12:19 PM", (2026, 1, 10, 12, 19)),
        ("01/Dec/99 1:00 PM", (1999, 12, 1, 13, 0)),
        ("25/Sep/2025 16:01", (2025, 9, 25, 16, 1)),
        ("06/août/15 12:00 PM", (2015, 8, 6, 12, 0)),
        ("29/июл/26 09:59", (2026, 7, 29, 9, 59)),
        ("05/мая/26 09:59", (2026, 5, 5, 9, 59)),
        ("03/Mär/26 9:59", (2026, 3, 3, 9, 59)),
        ("Tue Aug 23 2022 13:54:01 GMT+0000 (GMT)", (2022, 8, 23, 13, 54, 1)),
        ("Tue Aug 23 2022 13:54:01 GMT+0200 (Central European Summer Time)", (2022, 8, 23, 11, 54, 1)),
        ("Sat, 02 May 2015 10:00:00 +0200", (2015, 5, 2, 8, 0)),
        ("Aug 23, 2022", (2022, 8, 23, 12, 0)),
        ("3 mayo 2020", (2020, 5, 3, 12, 0)),
        ("2025-07-19T18:57:25Z", (2025, 7, 19, 18, 57, 25)),
        ("2025-07-19T18:57:25.123456+02:00", (2025, 7, 19, 16, 57, 25)),
        ("2020-01-17 10:36:26", (2020, 1, 17, 10, 36, 26)),
        ("2020-01-17 10:36:26 UTC", (2020, 1, 17, 10, 36, 26)),
        ("2020-01-17", (2020, 1, 17, 12, 0)),
        ("2020/01/17 8:05", (2020, 1, 17, 8, 5)),
        ("12.02.2026 11:04", (2026, 2, 12, 11, 4)),
        ("12/02/2026, 11:04", (2026, 2, 12, 11, 4)),
        ("March 3, 2024 at 4:05 p.m.", (2024, 3, 3, 16, 5)),
    ],
)
def test_a_date_says_this_moment(text: str, moment: tuple[int, ...]) -> None:
    assert READER.moment(text).timetuple()[:6] == (*moment, 0, 0)[:6]
    assert READER.moment(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "soon", "Monday", "May 2024", "2024", "31/Feb/26", "2024-13-01", "2024-02-30", "1/1/1", "1/2/3/4",
        "10/Jan/26 25:00", "10/Jan/26 0:30 PM", "10/Jan/26 13:00 PM", "0001-01-01T00:00:00Z", "3024-01-01", "0/0/2024",
        "10/Foo/26", "10/Jan/2x26", "٣/٣/٢٠٢٤", "2020-01-17 10:36:26+99:99", "x" * 10_000, "9999-12-31T23:59:59-23:00",
    ],
)  # fmt: skip
def test_this_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        READER.moment(text)


def test_day_and_month_are_told_apart_by_the_whole_file() -> None:
    assert order_of_day_and_month(["2/12/2026", "13/2/2026"]) is True
    assert order_of_day_and_month(["2/12/2026", "2/13/2026"]) is False
    assert order_of_day_and_month(["2.12.2026"]) is True
    assert order_of_day_and_month(["2/12/2026 11:04:23 AM"]) is False
    assert order_of_day_and_month(["2/12/2026", "2026-02-01", "10/Jan/26"]) is None


def test_a_date_is_read_in_the_order_that_was_found() -> None:
    assert DateReader(day_first=True).day("2/12/2026") == date(2026, 12, 2)
    assert DateReader(day_first=False).day("2/12/2026 11:04:23 PM") == date(2026, 2, 12)


def test_only_numbers_that_could_be_swapped_are_ambiguous() -> None:
    assert is_ambiguous("2/12/2026")
    assert not any(map(is_ambiguous, ["2/2/2026", "13/2/2026", "2/13/2026", "2026-02-12", "2/Dec/26"]))


def test_dates_without_a_zone_are_in_the_zone_of_the_reader() -> None:
    reader = DateReader(ZoneInfo("America/New_York"))

    assert reader.moment("10/Jan/26 11:19 PM") == datetime(2026, 1, 11, 4, 19, tzinfo=UTC)
    assert reader.day("10/Jan/26 11:19 PM") == date(2026, 1, 10)
    assert reader.moment("2026-01-10T23:19:00Z") == datetime(2026, 1, 10, 23, 19, tzinfo=UTC)
