"""Moments and the calendar days they fall on."""

from datetime import UTC, date, datetime


def utc_now() -> datetime:
    """The present moment in UTC, in whole seconds as the store keeps it."""
    return datetime.now(UTC).replace(microsecond=0)


def local_day(moment: datetime) -> date:
    """The calendar day of `moment` where the reader sits."""
    return moment.astimezone().date()


def whole_days(since: datetime, until: datetime) -> int:
    """Elapsed calendar days between two moments; never negative."""
    return max(0, (local_day(until) - local_day(since)).days)
