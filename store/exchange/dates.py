"""Dates as other tools write them.

ISO, `10/Jan/26 11:19 AM`, `2/12/2026 11:04:23`, `12.02.2026`, `Tue Aug 23 2022 13:54:01 GMT+0000 (GMT)` and their like.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

OLDEST, NEWEST = 1900, 2999
"""Years; what lies outside is a slip of the pen or an empty value of a database."""

LONGEST: Final = 100
"""Characters; no date is longer, and the patterns below are slow on endless blanks."""

_MONTHS: Final = {
    head: month
    for month, heads in enumerate(
        (
            "jan ene gen янв",
            "feb fev фев",
            "mar maa mrt мар",
            "apr avr abr апр",
            "may mai mag mei маи мая",
            "jun juin giu июн",
            "jul juil lug июл",
            "aug aou ago авг",
            "sep set сен",
            "oct okt ott out окт",
            "nov ноя",
            "dec dez dic дек",
        ),
        start=1,
    )
    for head in heads.split()
}
"""The first three or four letters of the months in English, German, French, Spanish, Italian, Portuguese, Dutch and
Russian, small and without accents: trackers write them in the language of whoever exports."""

_WEEKDAY: Final = re.compile(r"^[^\W\d]{2,10}\.?,?\s+(?=[^\W\d]{3,}|\d)")
_TAIL: Final = re.compile(r"\s*\([^()]*\)\s*$")
_TIME: Final = re.compile(
    r"[T\s,]\s*(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?P<utc>Z|UTC|GMT)?\s*(?P<offset>[+-]\d{2}:?\d{2})?)\s*$",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"[\s/.,-]+")
_NUMBERS: Final = re.compile(r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b(.*)$", re.DOTALL)


def order_of_day_and_month(texts: Iterable[str]) -> bool | None:
    """Whether numeric dates in these cells start with the day; None where nothing tells.

    A first number above 12 is a day, a second one above 12 makes the first a month; dots are only written by those who
    start with the day, and `AM` behind slashes by those who start with the month.
    """
    hint: bool | None = None
    for text in texts:
        found = _NUMBERS.match(text)
        if found is None:
            continue
        if int(found[1]) > 12:
            return True
        if int(found[2]) > 12:
            return False
        if hint is None and "." in found[0][:6]:
            hint = True
        elif hint is None and "/" in found[0][:4] and found[3].rstrip(". ").lower().endswith(("am", "pm")):
            hint = False
    return hint


def is_ambiguous(text: str) -> bool:
    """Whether day and month of this date could be swapped."""
    found = _NUMBERS.match(text)
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one file.

    Args:
        zone: the time zone of dates that name none.
        day_first: whether `2/12/2026` is in December.
    """

    zone: tzinfo = UTC
    day_first: bool = True

    def moment(self, text: str) -> datetime:
        """The moment in UTC and whole seconds.

        A date without a time is taken as noon, so that it is the same day for readers from Honolulu to Sydney.

        Raises:
            ValueError: this is not a date, or not one between `OLDEST` and `NEWEST`.
        """
        return self._read(text).astimezone(UTC).replace(microsecond=0)

    def day(self, text: str) -> date:
        """The calendar day as it is written.

        Raises:
            ValueError: as `moment`.
        """
        return self._read(text).date()

    def _read(self, text: str) -> datetime:
        text = text.strip()
        if len(text) > LONGEST:
            raise ValueError(text[:LONGEST])
        try:
            read = datetime.fromisoformat(text)
            if ":" not in text:
                read = read.replace(hour=12)
        except ValueError:
            read = self._loose(text)
        if not OLDEST <= read.year <= NEWEST:
            raise ValueError(text)
        return read if read.tzinfo is not None else read.replace(tzinfo=self.zone)

    def _loose(self, text: str) -> datetime:
        text = _WEEKDAY.sub("", _TAIL.sub("", text)) if text[:1].isalpha() and not _month_in(text) else text
        text = _TAIL.sub("", text)
        time = _TIME.search(text)
        year, month, day = self._date(text[: time.start()] if time else text)
        if time is None:
            return datetime(year, month, day, 12, tzinfo=self.zone)
        hour = int(time["hour"])
        if time["half"]:
            if not 1 <= hour <= 12:
                raise ValueError(text)
            hour = hour % 12 + (12 if time["half"].lower() == "p" else 0)
        zone = _zone(time["offset"]) if time["offset"] else UTC if time["utc"] else self.zone
        return datetime(year, month, day, hour, int(time["minute"]), int(time["second"] or 0), tzinfo=zone)

    def _date(self, text: str) -> tuple[int, int, int]:
        parts = [part for part in _PARTS.split(text.strip()) if part]
        if len(parts) != 3:
            raise ValueError(text)
        named = [_month(part) for part in parts]
        if sum(month is not None for month in named) == 1:
            at = next(place for place, month in enumerate(named) if month is not None)
            first, second = (part for place, part in enumerate(parts) if place != at)
            day, year = (second, first) if len(first) == 4 else (first, second)
            return _year(year), named[at] or 0, _number(day)
        numbers = [_number(part) for part in parts]
        if len(parts[0]) == 4:
            return numbers[0], numbers[1], numbers[2]
        day_at = 0 if self.day_first else 1
        return _year(parts[2]), numbers[1 - day_at], numbers[day_at]


def _month_in(text: str) -> bool:
    return _month(re.split(r"[\s.,/-]", text, maxsplit=1)[0]) is not None


@lru_cache(maxsize=256)
def _month(word: str) -> int | None:
    if not word.isalpha():
        return None
    letters = "".join(char for char in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(char))
    return _MONTHS.get(letters[:4]) or _MONTHS.get(letters[:3])


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)


def _year(text: str) -> int:
    """Two digits are read as POSIX does: 69 to 99 lie in the last century."""
    number = _number(text)
    if len(text) == 4:
        return number
    if len(text) != 2:
        raise ValueError(text)
    return number + (1900 if number >= 69 else 2000)


def _zone(offset: str) -> timezone:
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
