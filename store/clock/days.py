"""Days as people write and read them."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from store.errors import RuleError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
FRIDAY = WEEKDAYS.index("friday")
LONGEST = 40
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""No day of work is outside; what is, is a slip of the pen."""
_STEP = re.compile(r"([+-]?)([0-9]{1,5}) ?(d|w|m|y)", re.ASCII)
_EXAMPLES = "Try fri, +2w or {year}-12-01."


def parse_day(text: str, today: date) -> date:
    """The day that `text` names, seen from `today`; upper and lower case are the same.

    - `today`, `tomorrow`, `yesterday`
    - `fri`, `friday`: the next one after today; `next fri`: the one in the week that starts next Monday
    - `3d`, `+3d`, `2w`, `1m`, `1y` from today, `-3d` back
    - `eow`: Friday of this week (of the coming week on Saturday and Sunday); `eom`, `eoq`, `eoy`: last day of the
      month, quarter, year; `next week`: Monday; `next month`: the first
    - `1 dec`, `dec 1`: this year or next, never in the past; `1 dec 2026`, `dec 1 2026`
    - `2026-12-01`

    Raises:
        RuleError: the text names no day of the years 1900 to 2999; the hint gives two examples.
    """
    words = text.casefold().replace(",", " ").split() if len(text) <= LONGEST else []
    try:
        found = _day(words, today)
    except (OverflowError, ValueError):
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        message = f"“{shown}” is not a day."
        raise RuleError(message, _EXAMPLES.format(year=today.year))
    return found


def age_words(days: int) -> str:
    """An age in at most four characters: `12d`, from 100 days `14w`, from two years `2y`."""
    if days < 100:
        return f"{days}d"
    return f"{days // 7}w" if days < 730 else f"{days // 365}y"


def day_words(day: date, today: date) -> str:
    """A day in words: `today`, `Fri 27 Nov`, and with the year where it is another one."""
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if named:
        return named
    # Names by hand: strftime would follow the locale of the process.
    month = MONTHS[day.month - 1][:3].capitalize()
    if day.year != today.year:
        return f"{day.day} {month} {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day} {month}"


def _day(words: list[str], today: date) -> date | None:
    text = " ".join(words)
    if text in _NAMED:
        return _NAMED[text](today)
    if step := _STEP.fullmatch(text):
        sign, count, unit = step.groups()
        return _stepped(today, -int(count) if sign == "-" else int(count), unit)
    if (weekday := _index(text, WEEKDAYS)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if words[:1] == ["next"] and (weekday := _index(" ".join(words[1:]), WEEKDAYS)) is not None:
        return _next_monday(today) + timedelta(days=weekday)
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    return _in_month(words, today)


def _in_month(words: list[str], today: date) -> date | None:
    if len(words) not in {2, 3}:
        return None
    first, second = words[:2]
    number, name = (first, second) if first[:1].isdigit() else (second, first)
    month = _index(name, MONTHS)
    digits = number.rstrip(".")
    if month is None or not (digits.isascii() and digits.isdigit() and len(digits) <= 2):
        return None
    if len(words) == 3:
        year = words[2]
        return date(int(year), month + 1, int(digits)) if year.isascii() and len(year) == 4 else None
    # 29 February may be up to eight years away.
    for year_number in range(today.year, today.year + 9):
        if int(digits) <= calendar.monthrange(year_number, month + 1)[1]:
            found = date(year_number, month + 1, int(digits))
            if found >= today:
                return found
    return None


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """The position of the one name that starts with a word of at least three letters."""
    if len(word) < 3:
        return None
    return next((position for position, name in enumerate(names) if name.startswith(word)), None)


def _stepped(today: date, count: int, unit: str) -> date:
    if unit == "d":
        return today + timedelta(days=count)
    if unit == "w":
        return today + timedelta(weeks=count)
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _end_of_month(today: date, month: int) -> date:
    return date(today.year, month, calendar.monthrange(today.year, month)[1])


_NAMED: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    "yesterday": lambda today: today - timedelta(days=1),
    "next week": _next_monday,
    "next month": lambda today: _end_of_month(today, today.month) + timedelta(days=1),
    "eow": lambda today: today + timedelta(days=(FRIDAY - today.weekday()) % 7),
    "eom": lambda today: _end_of_month(today, today.month),
    "eoq": lambda today: _end_of_month(today, (today.month + 2) // 3 * 3),
    "eoy": lambda today: date(today.year, 12, 31),
}
