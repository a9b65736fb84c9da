"""Conflicts of merges, settled by a person: what was chosen is in the record, what was not stays in the conflict."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from store.change.building import original_is_here, quoted
from store.change.conflict_parts import joined, part_of, rule_of, with_part
from store.change.conflict_words import field_words, record_words, value_words
from store.change.edits import ChangeSet, Edit
from store.change.verdict_conflicts import followed, put_in
from store.errors import NotFoundError, RuleError
from store.goals import can_reparent
from store.models import (
    TABLE_OF,
    TABLES,
    Conflict,
    Goal,
    Item,
    Json,
    MergeRule,
    Record,
    Stamp,
    Workspace,
    going_along,
    made,
)
from store.triage import completed


class Choice(StrEnum):
    """What a person takes of a conflict."""

    FIRST = "first"
    SECOND = "second"
    BASE = "base"
    BOTH = "both"
    OWN = "own"


_STAMPED: Final = {("items", "stage"): "since", ("items", "verdict"): "at", ("decisions", "status"): "since"}
"""Values that say who gave them and when."""
_PLACES: Final = {Choice.FIRST: 0, Choice.SECOND: 1}
_TEXTS: Final = {
    Choice.FIRST: "the first text, not the second",
    Choice.SECOND: "the second text, not the first",
    Choice.BASE: "the text as it was before both",
    Choice.OWN: "rewritten from both",
}


def settled(
    workspace: Workspace, conflict: Conflict, choice: Choice, now: datetime, by: str, value: Json = None
) -> ChangeSet:
    """A conflict settled: the record holds what was chosen, the conflict keeps both sides and says who settled it.

    Args:
        workspace: where the record and the conflict are.
        conflict: the conflict, open or settled before.
        choice: one of the sides, what was there before, what both say (long text, sets, links, lists), or `OWN`.
        now: when it is settled.
        by: who settles it.
        value: the value for `OWN`, as the file holds it; a stage, a verdict and a status need not say by whom and when,
            and may be one word.

    Raises:
        NotFoundError: the conflict is not in the workspace any more.
        RuleError: the choice is not possible here, the value is not allowed any more, or a verdict lacks what it needs.
    """
    return _decided(workspace, conflict, choice, made(Stamp, at=now, by=by), value, said="Settled")


def restored(workspace: Workspace, conflict: Conflict, choice: Choice, now: datetime, by: str) -> ChangeSet:
    """A settled conflict decided anew, such as with the side that lost.

    Raises:
        NotFoundError: the conflict is not in the workspace any more.
        RuleError: it was never settled, or the side cannot be used any more.
    """
    if conflict.settled is None:
        message = "This conflict is still open, so there is nothing to bring back."
        raise RuleError(message, "Settle it instead.")
    return _decided(workspace, conflict, choice, made(Stamp, at=now, by=by), None, said="Brought back")


def reopened(workspace: Workspace, conflict: Conflict, now: datetime, by: str) -> ChangeSet:
    """A settled conflict waits again; the record stays as it is. Empty where it is open already."""
    edits = (Edit(conflict, conflict.with_(settled=None)),) if conflict.settled is not None else ()
    return ChangeSet(f"Reopened the conflict about {subject(workspace, conflict)}", edits, now, by)


def settling(workspace: Workspace, change: ChangeSet) -> ChangeSet:
    """The change, with every open conflict settled whose field it gives another value.

    A record that one side deleted counts as settled when it is archived, restored or taken out; other edits of it leave
    the question open. The same change where nothing is to be settled.
    """
    disputes = workspace.disputes
    if not disputes:
        return change
    # What a change decides itself is not decided for it; another conflict about the same field stays open, too.
    decided = {_about(edit.after) for edit in change.edits if isinstance(edit.after, Conflict)}
    over: dict[int, Conflict] = {}
    for edit in change.edits:
        waiting = [each for each in disputes.get((edit.table, edit.id), ()) if _about(each) not in decided]
        touched = [conflict for conflict in waiting if _touches(edit, conflict)]
        along = (other for conflict in touched for other in going_along(conflict, waiting))
        over.update({conflict.id: conflict for conflict in (*touched, *along)})
    stamp = Stamp(at=change.at, by=change.by)
    edits = [Edit(conflict, conflict.with_(settled=stamp)) for conflict in over.values()]
    return replace(change, edits=(*change.edits, *edits)) if edits else change


def subject(workspace: Workspace, conflict: Conflict) -> str:
    """What a conflict is about, such as `the owner of LL-7KQ2`."""
    name = record_words(workspace, conflict.table, conflict.record)
    return f"the {field_words(workspace, conflict.table, conflict.field)} of {name}" if conflict.field else name


def _about(conflict: Conflict) -> tuple[str, int, str]:
    return conflict.table, conflict.record, conflict.field


def _touches(edit: Edit, conflict: Conflict) -> bool:
    if edit.before is None or edit.after is None:
        return True
    field = conflict.field or "archived"
    before, after = edit.before.raw(), edit.after.raw()
    return bool(part_of(conflict.table, before, field) != part_of(conflict.table, after, field))


def _decided(
    workspace: Workspace, conflict: Conflict, choice: Choice, stamp: Stamp, value: Json, said: str
) -> ChangeSet:
    stored = workspace.conflicts.get(conflict.id)
    if stored is None:
        message = "That conflict is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    if stored.table not in TABLES:
        message = f"The conflict is about {stored.table}, which this version of leadline does not know."
        raise RuleError(message, "A newer leadline settles it.")
    record = workspace.get(stored.table, stored.record)
    along: tuple[Conflict, ...] = ()
    if not stored.field:
        after, words = _whole(workspace, stored, record, choice, stamp)
    elif record is None:
        # Nothing is left that could hold a value; both stay in the conflict.
        after, words = None, f"{said} {subject(workspace, stored)}"
    else:
        chosen = _chosen(stored, choice, value, stamp)
        after = _with_value(workspace, record, stored.field, chosen, stamp)
        words = f"{said} {subject(workspace, stored)}: {_outcome(workspace, stored, choice, chosen)}"
        if isinstance(after, Item) and isinstance(record, Item) and stored.field == "verdict":
            after = _with_verdict_completed(workspace, after) if choice is Choice.OWN else after
            after, along = followed(after, stored, workspace.conflicts, workspace.settings, stamp)
            words += "" if after.stage.stage == record.stage.stage else f"; it stands in {after.stage.stage}"
    edits = () if after == record else (Edit(record, after),)
    over = (Edit(each, each.with_(settled=stamp)) for each in (stored, *along))
    return ChangeSet(words, (*edits, *over), stamp.at, stamp.by)


def _chosen(conflict: Conflict, choice: Choice, value: Json, stamp: Stamp) -> Json:
    """The value of the field.

    Raises:
        RuleError: the side is not there, or there can be only one value.
    """
    if choice is Choice.OWN:
        at = _STAMPED.get((conflict.table, conflict.field))
        if at is None or value is None:
            return value
        return {**(value if isinstance(value, Mapping) else {"is": value}), at: stamp.at, "by": stamp.by}
    if choice is Choice.BASE:
        return conflict.base
    if choice is Choice.BOTH:
        first, second = _side(conflict, Choice.FIRST), _side(conflict, Choice.SECOND)
        both = joined(conflict.table, conflict.field, conflict.base, first, second)
        if both is None:
            message = "Both cannot stand here: there is room for one value."
            raise RuleError(message, "Take one of the sides, or give another value.")
        return both
    return _side(conflict, choice)


def _side(conflict: Conflict, choice: Choice) -> Json:
    place = _PLACES[choice]
    if place >= len(conflict.sides):
        message = f"The conflict has no {choice.value} side."
        raise RuleError(message, "Take the other side, or give another value.")
    return conflict.sides[place]


def _with_value(workspace: Workspace, record: Record, field: str, value: Json, stamp: Stamp) -> Record:
    """The record with another value of one part, as far as the rules of its table allow it."""
    table = TABLE_OF[type(record)]
    after = made(type(record), id=record.id, **with_part(table, record.raw(), field, value))
    if isinstance(record, Item) and isinstance(after, Item) and field == "stage":
        return put_in(record, after.stage, stamp)
    if isinstance(after, Goal) and field == "parent":
        can_reparent(workspace.goals, after.id, after.parent)
    return after


def _with_verdict_completed(workspace: Workspace, item: Item) -> Item:
    """The item with what its own verdict needs.

    Raises:
        NotFoundError: it repeats an item that is not here.
        RuleError: a reason, a day in the future or the other item is missing.
    """
    if item.verdict is None:
        return item
    original_is_here(workspace, item.verdict)
    return item.with_(verdict=completed(item, item.verdict))


def _whole(
    workspace: Workspace, conflict: Conflict, record: Record | None, choice: Choice, stamp: Stamp
) -> tuple[Record | None, str]:
    """The record after a choice between its deletion and its edit, and the sentence.

    Raises:
        RuleError: the choice is neither a side nor what was there before.
    """
    if choice in {Choice.OWN, Choice.BOTH}:
        message = "One side deleted the record and the other changed it: it can go or stay."
        raise RuleError(message, "Take one of the sides.")
    fields = conflict.base if choice is Choice.BASE else _side(conflict, choice)
    name = record_words(workspace, conflict.table, conflict.record)
    if fields is None:
        return _gone(record, stamp), f"Settled {name}: archived, as one side had deleted it"
    model = TABLES[conflict.table]
    if not isinstance(fields, Mapping):
        message = "What the conflict keeps of the record is no record."
        raise RuleError(message, "Take the other side.")
    if choice is Choice.BASE:
        return made(model, **fields, id=conflict.record), f"Settled {name}: as it was before both"
    if record is None:
        back = made(model, **fields, id=conflict.record)
        return back, f"Settled {_title_of(back)}: brought back, though one side had deleted it"
    kept = record.with_(archived=None) if getattr(record, "archived", None) is not None else record
    return kept, f"Settled {name}: it stays, though one side had deleted it"


def _gone(record: Record | None, stamp: Stamp) -> Record | None:
    """A record after its deletion was agreed on: archived where its kind can be, else taken out."""
    if record is None or "archived" not in type(record).model_fields:
        return None
    return record if dict(record)["archived"] is not None else record.with_(archived=stamp)


def _title_of(record: Record) -> str:
    return quoted(str(getattr(record, "title", ""))) if getattr(record, "title", "") else "the record"


def _outcome(workspace: Workspace, conflict: Conflict, choice: Choice, chosen: Json) -> str:
    def words(value: Json) -> str:
        return value_words(workspace, conflict.table, conflict.field, value)

    sides = [words(side) for side in conflict.sides]
    if choice is Choice.BOTH:
        return "both"
    if rule_of(conflict.table, conflict.field) is MergeRule.LINES:
        return _TEXTS[choice]
    taken = words(chosen)
    others = [side for side in dict.fromkeys(sides) if side != taken]
    before = "as before, " if choice is Choice.BASE else ""
    joined_others = " nor ".join(others)
    against = {0: "", 1: f", not {joined_others}"}.get(len(others), f", neither {joined_others}")
    return f"{before}{taken}{against}"
