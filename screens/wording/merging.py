"""The decisions of a merge as sentences: `LL-7KQ2 “Results grid”: owner ana, was nobody (ours)`."""

from collections.abc import Mapping
from typing import Final

from screens.wording.field_values import quoted
from store.change import field_words, record_words, rule_of, subject, value_words
from store.merge import Decision, Why
from store.models import TABLES, Conflict, Json, MergeRule, Workspace

SIDES: Final[Mapping[Why, str]] = {Why.OURS: "ours", Why.THEIRS: "theirs", Why.SAME: "both"}

_BOTH: Final[Mapping[Why, str]] = {
    Why.MERGED: " with the changes of both",
    Why.AGREED: ", as both say",
    Why.FOLLOWED: " as the tracker says; the next import looks again",
    Why.SETTLED: ", as it was settled before",
}
_WITHOUT_VALUE: Final = {Why.MERGED, Why.FOLLOWED}


def decision_sentence(workspace: Workspace, decision: Decision) -> str:
    """One decision in words; texts in it are as they came, not yet clean.

    Args:
        workspace: the merged store.
        decision: what was decided.
    """
    return f"{_name(workspace, decision)}: {_said(workspace, decision)}"


def _name(workspace: Workspace, decision: Decision) -> str:
    if decision.table not in TABLES or not decision.key.isdecimal():
        return f"{decision.table} {decision.key}"
    number = int(decision.key)
    record = workspace.get(decision.table, number)
    if isinstance(record, Conflict):
        return f"The conflict about {subject(workspace, record)}"
    name = record_words(workspace, decision.table, number)
    if record is None:
        kept = (side for side in (decision.base, decision.ours, decision.theirs) if isinstance(side, Mapping))
        title = next((str(side["title"]) for side in kept if side.get("title")), "")
        return quoted(title) if title else name
    title = getattr(record, "title", "")
    return f"{name} {quoted(title)}" if title and decision.table in {"items", "decisions"} else name


def _said(workspace: Workspace, decision: Decision) -> str:
    if not decision.field:
        return _of_record(decision)
    field = field_words(workspace, decision.table, decision.field)

    def words(value: Json) -> str:
        return value_words(workspace, decision.table, decision.field, value)

    if decision.why is Why.CONFLICT:
        before = f", before {words(decision.base)}" if decision.base is not None else ""
        return f"{field} in conflict: {words(decision.ours)} (ours), {words(decision.theirs)} (theirs){before}"
    is_text = rule_of(decision.table, decision.field) is MergeRule.LINES
    if decision.why not in SIDES:
        value = "" if is_text or decision.why in _WITHOUT_VALUE else f" {words(decision.taken)}"
        return f"{field}{value}{_BOTH[decision.why]}"
    value = "rewritten" if is_text else f"{words(decision.taken)}, was {words(decision.base)}"
    return f"{field} {value} ({SIDES[decision.why]})"


def _of_record(decision: Decision) -> str:
    match decision.why:
        case Why.KEPT:
            side, other = ("ours", "theirs") if decision.ours is None else ("theirs", "ours")
            return f"stays, in conflict: {side} removed it, {other} changed it"
        case Why.CONFLICT:
            return "in conflict: each side has another record here"
        case Why.SETTLED:
            return "removed, as it was settled before" if decision.taken is None else "stays, as it was settled before"
        case Why.RENUMBERED:
            return "has a new id: both sides gave one id to two records"
        case Why.JOINED:
            return "one record now: both sides imported it"
    verb = "removed" if decision.taken is None else "changed" if decision.base is not None else "new"
    return f"{verb} ({SIDES.get(decision.why, 'both')})"
