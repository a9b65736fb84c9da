"""Two other values for every field of every table, to be put in on two sides, and records that hold them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from store.merge import Plan, decide
from store.models import TABLES, Json, MergeRule, rules_of
from tests.store.disk.records import ONE_OF_EACH

KEY: Final = "17592186049999"
ONE, OTHER = "2026-05-01T08:00:00Z", "2026-05-02T09:30:00Z"

UNITS: Final[Mapping[tuple[str, str], tuple[Json, Json]]] = {
    ("settings", "stages"): (
        [
            {"name": "inbox", "kind": "inbox"},
            {"name": "next", "kind": "queued"},
            {"name": "done", "kind": "finished"},
            {"name": "declined", "kind": "dropped"},
        ],
        [
            {"name": "new", "kind": "inbox"},
            {"name": "ready", "kind": "queued"},
            {"name": "done", "kind": "finished"},
            {"name": "declined", "kind": "dropped"},
        ],
    ),
    ("conflicts", "base"): ("x", "y"),
    ("conflicts", "sides"): (["x", "y"], ["x", "z"]),
    ("conflicts", "labels"): (["x", "y"], ["x", "z"]),
    ("goals", "key_results"): ([{"title": "late bills", "now": 3.0}], [{"title": "late bills", "now": 4.0}]),
    ("decisions", "status"): (
        {"is": "rejected", "since": ONE, "by": "ana"},
        {"is": "deferred", "since": OTHER, "by": "bo"},
    ),
    ("decisions", "options"): ([{"title": "Three"}], [{"title": "Four"}]),
    ("decisions", "expectation"): ({"text": "less", "confidence": 10}, {"text": "more", "confidence": 20}),
    ("items", "stage"): ({"is": "ready", "since": ONE, "by": "ana"}, {"is": "done", "since": OTHER, "by": "bo"}),
    ("items", "source"): ({"system": "jira:x", "key": "1"}, {"system": "jira:x", "key": "2"}),
    ("items", "verdict"): (
        {"is": "later", "until": "2027-01-01", "at": ONE, "by": "ana"},
        {"is": "ask", "reason": "why?", "at": OTHER, "by": "bo"},
    ),
    ("items", "goals"): (
        [{"goal": 17592186044417, "strength": 1}],
        [{"goal": 17592186044417}],
    ),
    ("decisions", "supersedes"): (
        [{"decision": 17592186044423, "part": "x"}],
        [{"decision": 17592186044423, "part": "y"}],
    ),
    ("items", "blocked"): (
        [{"since": "2026-03-02T12:00:00Z", "until": ONE, "reason": "waits for a contract", "by": "bo"}],
        [{"since": "2026-03-02T12:00:00Z", "until": OTHER, "reason": "waits for a contract", "by": "bo"}],
    ),
    ("items", "past_moves"): ([{"is": "inbox", "since": ONE, "by": "x"}], [{"is": "inbox", "since": OTHER, "by": "x"}]),
    ("standards", "deviations"): ([{"reason": "r", "at": ONE, "by": "x"}], [{"reason": "r", "at": OTHER, "by": "x"}]),
    ("sessions", "verdicts"): ([{"item": 5, "is": "now", "at": ONE}], [{"item": 6, "is": "now", "at": ONE}]),
    ("items", "ratings"): ({"confidence": 80, "urgency": 1}, {"confidence": 80, "urgency": 2}),
}


def others(table: str, field: str) -> tuple[Json, Json]:
    """Two values of a field that differ from each other and from what the full record holds."""
    if (table, field) in UNITS:
        return UNITS[table, field]
    if field in {"archived", "created", "started", "settled"}:
        return {"at": ONE, "by": "ana"}, {"at": OTHER, "by": "bo", "x-where": "at home"}
    known = next(info for name, info in TABLES[table].model_fields.items() if (info.alias or name) == field)
    kinds = _kinds(known.annotation)
    match rules_of(table)[field]:
        case MergeRule.LINES:
            return ["other line"], ["another line"]
        case MergeRule.SET if int in kinds:
            return [17592186048001], [17592186048002]
        case MergeRule.SET | MergeRule.UNIT:
            return ["one"], ["other"]
        case _:
            return _plain(field, kinds, {ONE_OF_EACH[table].raw().get(field), known.default})


def _plain(field: str, kinds: set[Any], held: set[Json]) -> tuple[Json, Json]:
    enum = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)), None)
    if enum is not None:
        first, second, *_ = (str(member) for member in enum if member not in held)
        return first, second
    if field == "prefix":
        return "ONE", "OTHER"
    if bool in kinds:
        return True, "true, for a newer version"
    if datetime in kinds:
        return ONE, OTHER
    if date in kinds:
        return "2026-08-01", "2026-08-02"
    return (17, 18) if int in kinds else ("one", "other")


def _kinds(annotation: Any) -> set[Any]:
    found = {annotation}
    for part in getattr(annotation, "__args__", ()):
        found |= _kinds(part)
    return found


def record(table: str) -> dict[str, Json]:
    """The raw fields of a record of the table with every field filled."""
    return ONE_OF_EACH[table].raw()


def merged(table: str, base: Json, ours: Json, theirs: Json) -> tuple[Json, Plan]:
    """One record merged, as the store holds it afterwards, and the plan."""
    key = "1" if table == "settings" else KEY
    before, one, other = ({table: {} if fields is None else {key: fields}} for fields in (base, ours, theirs))
    plan = decide(before, one, other)
    settled = plan.settle()
    assert settled == decide(before, other, one).settle(), "the sides are not alike"
    return settled[table][key], plan
