"""The decisions of a merge in words: what waits for a person first, then the rest, a line for each record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from screens.wording.counting import counted, listed
from screens.wording.field_values import quoted
from store.change import field_words, record_words, rule_of, subject, value_words
from store.change.conflict_parts import link_field
from store.clock import local_day
from store.merge import Decision, Why
from store.models import TABLES, Conflict, Json, MergeRule, Session, Workspace

SIDES: Final[Mapping[Why, str]] = {Why.OURS: "ours", Why.THEIRS: "theirs", Why.SAME: "both"}

_BOTH: Final[Mapping[Why, str]] = {
    Why.MERGED: " with the changes of both",
    Why.AGREED: ", as both say",
    Why.FOLLOWED: " as the tracker says; the next import looks again",
    Why.SETTLED: ", as it was settled before",
}
_WITHOUT_VALUE: Final = {Why.MERGED, Why.FOLLOWED}
_TO_SETTLE: Final = {Why.CONFLICT, Why.KEPT}
_IN_PARTS: Final = {MergeRule.SET, MergeRule.KEYED, MergeRule.LINKS}


def merge_lines(workspace: Workspace, decisions: Iterable[Decision]) -> Iterator[str]:
    """A merge in lines; texts in them are as they came, not yet clean.

    Args:
        workspace: the merged store.
        decisions: what was decided, those about one record behind each other.
    """
    records: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        records.setdefault((decision.table, decision.key), []).append(decision)
    told = [_worth_telling(each) for each in records.values()]
    waiting = [[one for one in each if one.why in _TO_SETTLE] for each in told]
    count = sum(map(len, waiting))
    yield f"{counted(count, 'conflict')} to settle{':' if count else '.'}"
    yield from (_line(workspace, each) for each in waiting if each)
    others = [[one for one in each if one.why not in _TO_SETTLE] for each in told]
    others = [each for each in others if each]
    if others:
        yield f"{counted(len(others), 'record')} merged:"
        yield from (_line(workspace, each) for each in others)


def _worth_telling(decisions: Sequence[Decision]) -> list[Decision]:
    """Without the moves before, where the stage tells them."""
    is_moved = any(decision.field == "stage" for decision in decisions)
    return [
        decision
        for decision in decisions
        if not (is_moved and decision.field == "past_moves" and decision.why not in _TO_SETTLE)
    ]


def _line(workspace: Workspace, decisions: Sequence[Decision]) -> str:
    return f"  {_name(workspace, decisions[0])}: {'; '.join(_said(workspace, decision) for decision in decisions)}"


def _name(workspace: Workspace, decision: Decision) -> str:
    if decision.table not in TABLES or not decision.key.isdecimal():
        return f"{decision.table} {decision.key}"
    number = int(decision.key)
    record = workspace.get(decision.table, number)
    if isinstance(record, Conflict):
        return f"The conflict about {subject(workspace, record)}"
    if isinstance(record, Session):
        by = record.started.by or "somebody"
        return f"{workspace.name_of(record)} triage of {by} on {local_day(record.started.at).isoformat()}"
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
    rule = rule_of(decision.table, decision.field)
    parts = list(_parts(workspace, decision)) if rule in _IN_PARTS and "." not in decision.field else []
    if parts:
        return f"{'; '.join(parts)} ({SIDES.get(decision.why, 'both')})"
    is_text = rule is MergeRule.LINES
    if decision.why not in SIDES:
        value = "" if is_text or decision.why in _WITHOUT_VALUE else f" {words(decision.taken)}"
        return f"{field}{value}{_BOTH[decision.why]}"
    value = "rewritten" if is_text else f"{words(decision.taken)}, was {words(decision.base)}"
    return f"{field} {value} ({SIDES[decision.why]})"


def _parts(workspace: Workspace, decision: Decision) -> Iterator[str]:
    """The members of a field that became others than in the base; nothing where it has another shape."""
    if rule_of(decision.table, decision.field) is MergeRule.SET:
        yield from _members(workspace, decision)
        return
    before, after = (_by_key(decision, value) for value in (decision.base, decision.taken))
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old != new:
            part = f"{decision.field}.{key}"
            words = [value_words(workspace, decision.table, part, value) for value in (new, old)]
            yield f"{field_words(workspace, decision.table, part)} {words[0]}, was {words[1]}"


def _members(workspace: Workspace, decision: Decision) -> Iterator[str]:
    lists = [value if isinstance(value, list | tuple) else () for value in (decision.base, decision.taken)]
    for verb, some, others in (("added", lists[1], lists[0]), ("removed", lists[0], lists[1])):
        members = [_member(workspace, decision, member) for member in some if member not in others]
        if members:
            yield f"{field_words(workspace, decision.table, decision.field)} {listed(members)} {verb}"


def _member(workspace: Workspace, decision: Decision, member: Json) -> str:
    table = "items" if decision.field == "depends_on" else decision.field
    if table in TABLES and isinstance(member, int):
        return record_words(workspace, table, member)
    return value_words(workspace, decision.table, decision.field, [member])


def _by_key(decision: Decision, value: Json) -> Mapping[str, Json]:
    """The parts of a field by what they are known by."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(link, Mapping) for link in value):
        return {}
    known_by = link_field(decision.table, decision.field)
    return {str(link.get(known_by)): link for link in value}


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
    kind = f" {decision.table.removesuffix('s')}" if decision.table in TABLES and decision.table != "settings" else ""
    verb = "removed" if decision.taken is None else "changed" if decision.base is not None else f"new{kind}"
    return f"{verb} ({SIDES.get(decision.why, 'both')})"
