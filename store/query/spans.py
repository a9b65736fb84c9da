"""Days ago as spans of time, for fields that count days since something happened."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from store.models import Item
from store.query.tree import Term
from store.query.values import days_of

Span = tuple[datetime, datetime]
"""From a moment up to another, which is not in it."""


def in_spans(term: Term, today: date, of: Callable[[Item], datetime | None]) -> Callable[[Item], bool]:
    """Whether a moment of an item is as many days ago as the term says; `none` is where it has no such moment.

    Days are turned into moments once: asking each item for its calendar day costs five times as much.
    """
    takes_none = "none" in term.texts
    spans: list[Span] = []
    for text in dict.fromkeys(term.texts):
        if text != "none":
            days = days_of(text)
            # `begins` is the first moment of the day that is exactly so many days ago, `ends` the last one's next.
            begins, ends = _midnight(today, days), _midnight(today, days - 1)
            spans.append(_SPANS[term.operator](begins, ends))

    if len(spans) == 1 and not takes_none:
        begin, end = spans[0]
        return lambda item: (moment := of(item)) is not None and begin <= moment < end

    joined = _joined(spans)
    starts = [start for start, _ in joined]

    def test(item: Item) -> bool:
        moment = of(item)
        if moment is None:
            return takes_none
        at = bisect_right(starts, moment) - 1
        return at >= 0 and moment < joined[at][1]

    return test


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in spans that do not touch, in order: one search then answers for all of them."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif begin < end:
            joined.append((begin, end))
    return joined


_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_SPANS: dict[str, Callable[[datetime, datetime], Span]] = {
    ":": lambda begins, ends: (begins, ends),
    "<": lambda _, ends: (ends, _LAST),
    "<=": lambda begins, _: (begins, _LAST),
    ">": lambda begins, _: (_FIRST, begins),
    ">=": lambda _, ends: (_FIRST, ends),
}


def _midnight(today: date, days_ago: int) -> datetime:
    try:
        return datetime.combine(today - timedelta(days=days_ago), time()).astimezone()
    except (OverflowError, ValueError):
        return _FIRST
