"""Records to test with, made up here; the day is Monday 23 November 2026, nine in the morning UTC."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from store.models import (
    Decision,
    DecisionRuled,
    DecisionStatus,
    Goal,
    Item,
    NewId,
    Record,
    Serves,
    Stamp,
    Standing,
    Workspace,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ANA = "ana"


def ago(days: float) -> datetime:
    """So many days before now."""
    return NOW - timedelta(days=days)


def an_item(number: int = 1, title: str = "Copy with headers", stage: str = "ready", **fields: Any) -> Item:
    """An item created and put into its stage ten days ago, unless told otherwise."""
    since = fields.pop("since", ago(10))
    created = fields.pop("created", Stamp(at=ago(10), by=ANA))
    goals = tuple(Serves(goal=goal, strength=strength) for goal, strength in fields.pop("serves", {}).items())
    standing = Standing(stage=stage, since=since, by=ANA)
    return Item(id=number, title=title, created=created, stage=standing, **{"goals": goals, **fields})


def a_goal(number: int = 100, title: str = "Analysts stay in flow", **fields: Any) -> Goal:
    """An active goal."""
    return Goal(id=number, title=title, created=Stamp(at=ago(100), by=ANA), **fields)


def a_decision(number: int = 500, title: str = "One grid widget", status: str = "accepted", **fields: Any) -> Decision:
    """A decision with a status since twenty days ago."""
    since = fields.pop("since", ago(20))
    ruled = DecisionRuled(status=DecisionStatus(status), since=since, by=ANA)
    return Decision(id=number, title=title, created=Stamp(at=ago(30), by=ANA), status=ruled, **fields)


def a_workspace(*records: Record, **more: Any) -> Workspace:
    """A workspace with these records."""
    tables: dict[str, dict[int, Any]] = {}
    for record in records:
        tables.setdefault(type(record).__name__.lower() + "s", {})[record.id] = record
    kept: dict[str, Any] = {**tables, **more}
    return Workspace(**kept)


def counting_ids(start: int = 9000) -> NewId:
    """Ids that count up."""
    numbers = iter(range(start, start + 10**6))
    return lambda: next(numbers)
