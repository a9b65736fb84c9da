"""Whole stores of raw fields, merged whichever side is ours."""

from collections.abc import Mapping
from typing import Any, Final

from store.merge import Plan, decide

Fields = dict[str, Any]
Tables = Mapping[str, Mapping[str, Fields]]

A: Final = "17592186050001"
B: Final = "17592186050002"
C: Final = "17592186050003"
START: Final = {"at": "2026-03-01T08:00:00Z", "by": "ana"}


def item(title: str = "Results grid", **fields: Any) -> Fields:
    """The raw fields of an item in the inbox."""
    return {"title": title, "created": START, "stage": {"is": "inbox", "since": START["at"], "by": "ana"}, **fields}


def items(**by_key: Fields) -> Tables:
    """A store of items, by the names A, B and C."""
    names = {"A": A, "B": B, "C": C}
    return {"items": {names[name]: fields for name, fields in by_key.items()}}


def together(base: Tables, ours: Tables, theirs: Tables) -> Tables:
    """The merged store, without tables that hold nothing; the same whichever side is ours, made once or again."""
    merged = _settled(decide(base, ours, theirs))
    assert merged == _settled(decide(base, theirs, ours)), "it depends on which side is ours"
    assert merged == _settled(decide(base, merged, merged)), "it changes when it is made again"
    for side in (ours, theirs):
        assert merged == _settled(decide(side, merged, side)), "it changes when a side comes in again"
    return merged


def _settled(plan: Plan) -> Tables:
    settled = {
        table: {key: dict(fields) for key, fields in records.items() if fields is not None}
        for table, records in plan.settle().items()
    }
    return {table: records for table, records in settled.items() if records}


def conflicts_of(tables: Tables) -> list[tuple[str, str, Any, list[Any]]]:
    """Table, field, base and sides of every conflict that waits in a store."""
    waiting = [each for each in tables.get("conflicts", {}).values() if "settled" not in each]
    return sorted((each["table"], each.get("field", ""), each.get("base"), each["sides"]) for each in waiting)
