"""A workspace with one conflict of each sort, as a merge of two leads leaves it."""

from typing import Final

from store.models import Conflict, Json, Standing, Workspace
from tests.store.samples import NOW, a_decision, a_goal, a_workspace, ago, an_item

LABELS: Final = ("main", "li/triage")
STAGE, VERDICT, TEXT, DELETED, WEIGHT, OWNER = range(11, 17)


def standing(stage: str, days: float, by: str) -> Json:
    return Standing(stage=stage, since=ago(days), by=by).model_dump(mode="json", by_alias=True)


def verdict(ruling: str, days: float, by: str, reason: str) -> Json:
    return {"is": ruling, "reason": reason, "at": ago(days).isoformat(), "by": by}


BASE: Final = ["Steps", "run a query", "widen a column", "run it again", "look"]
MINE: Final = ["Steps", "run a query", "widen two columns", "run it again", "look"]
THEIRS: Final = ["Steps", "run any query", "widen any column", "run it again", "look", "sigh"]


def conflict(number: int, table: str, record: int, field: str, base: Json, sides: tuple[Json, Json]) -> Conflict:
    return Conflict(id=number, table=table, record=record, field=field, base=base, sides=sides, labels=LABELS)


def disputed() -> Workspace:
    """Six conflicts: stage, verdict and text of one item, a deleted one, a goal's weight, a decision's owner."""
    grid = an_item(1, "Results grid", "doing", since=ago(3), body="\n".join(MINE), owner="ana")
    export = an_item(2, "Export to Parquet", owner="ana")
    before = export.raw() | {"owner": "jo"}
    conflicts = (
        conflict(
            STAGE,
            "items",
            1,
            "stage",
            standing("ready", 9, "jo"),
            (standing("doing", 3, "ana"), standing("declined", 0, "li")),
        ),
        conflict(
            VERDICT,
            "items",
            1,
            "verdict",
            None,
            (verdict("now", 3, "ana", "three customers"), verdict("decline", 0, "li", "out of scope")),
        ),
        conflict(TEXT, "items", 1, "body", BASE, (MINE, THEIRS)),
        conflict(DELETED, "items", 2, "", before, (export.raw(), None)),
        conflict(WEIGHT, "goals", 100, "weight", 3, (5, 8)),
        conflict(OWNER, "decisions", 500, "owner", "jo", ("ana", "li")),
    )
    return a_workspace(
        grid,
        export,
        an_item(3, "Cancel a query"),
        a_goal(100, "Analysts stay in flow", weight=5),
        a_decision(500, "One grid widget", owner="ana"),
        conflicts={each.id: each for each in conflicts},
    )


def two_verdicts() -> Workspace:
    """Ana said now and Li declined: verdict and stage are disputed, and the horizon is still that of Ana."""
    declined, now = standing("declined", 0, "li"), standing("ready", 3, "ana")
    said_no, said_now = (
        {"is": "decline", "reason": "out of scope", "at": declined["since"], "by": "li"},
        {"is": "now", "at": now["since"], "by": "ana"},
    )
    conflicts = (
        conflict(STAGE, "items", 1, "stage", standing("inbox", 9, "jo"), (declined, now)),
        conflict(VERDICT, "items", 1, "verdict", None, (said_no, said_now)),
    )
    item = an_item(1, "Results grid", "ready", since=ago(3), horizon="now", verdict=said_now)
    return a_workspace(item, conflicts={each.id: each for each in conflicts})


def decided_twice() -> Workspace:
    """A decision that one side accepted and the other left, with two lists of what drives it."""
    accepted, proposed = (
        {"is": word, "since": ago(days).isoformat(), "by": by}
        for word, days, by in (("accepted", 0, "li"), ("deferred", 3, "ana"))
    )
    conflicts = (
        conflict(11, "decisions", 500, "status", None, (accepted, proposed)),
        conflict(12, "decisions", 500, "drivers", ["cost"], (["cost", "speed"], ["cost", "reach"])),
    )
    return a_workspace(a_decision(500, "One grid widget"), conflicts={each.id: each for each in conflicts})


__all__ = [
    "BASE",
    "DELETED",
    "MINE",
    "NOW",
    "OWNER",
    "STAGE",
    "TEXT",
    "THEIRS",
    "VERDICT",
    "WEIGHT",
    "disputed",
    "two_verdicts",
]
