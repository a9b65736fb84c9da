"""What a merge made elsewhere has lost: where it is not what a merge of records comes to, and nobody chose so."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from store.change import Difference, FieldChange, differences
from store.change.conflict_parts import part_of
from store.change.differences import difference
from store.disk.merging.merging import Merged
from store.merge import MergedRecord, Why
from store.merge.sources import base_of_imports
from store.models import Conflict, Json, MergeRule, Record, Workspace, always_written, rules_of

_MANY: Final = frozenset({MergeRule.SET, MergeRule.LOG, MergeRule.LINES})
_CONFLICTS: Final = "conflicts"
_ALIASES: Final = "aliases"

Disputes = Mapping[tuple[str, str, str], Conflict]
"""What a person has to choose in a merge, by table, key and field."""


def losses_in(found: Workspace, expected: Workspace, merged: Merged) -> tuple[Difference, ...]:
    """Every record in which a merge is not what it should be: as before what it has, as after what it should have.

    Where both sides changed one value to different ones, a person may have chosen either, or something else; that is
    no loss. Everything that only one side changed has to be there.

    Args:
        found: what was committed.
        expected: what the merge of records comes to.
        merged: that merge.
    """
    records = {(record.table, record.key): record for record in merged.plan.records}
    disputes = {(conflict.table, str(conflict.record), conflict.field): conflict for conflict in merged.conflicts}
    places = ((each, records.get((each.table, str(each.record.id)))) for each in differences(found, expected))
    return tuple(
        loss
        for difference, record in places
        if not _is_new_conflict(record) and (loss := _loss(difference, record, merged, found, disputes)) is not None
    )


def still_lost(loss: Difference, present: Workspace, found: Workspace) -> Difference | None:
    """What of a loss nobody has changed since the merge; None where it was all changed."""
    there, then = (workspace.get(loss.table, loss.record.id) for workspace in (present, found))
    if not loss.fields:
        return loss if (there is None) == (then is None) else None
    if there is None or then is None:
        return None
    now, before = there.raw(), then.raw()
    fields = tuple(
        change
        for change in loss.fields
        if part_of(loss.table, now, change.name) == part_of(loss.table, before, change.name)
    )
    return replace(loss, fields=fields) if fields else None


def side_of(loss: Difference, merged: Merged) -> int | None:
    """The parent whose change was lost, by its number; None where that was neither or both."""
    records = {each.key: each for each in merged.plan.records if each.table == loss.table}
    keys = map(str, (loss.record.id, *sorted(_aliases(loss.record))))
    record = next((records[key] for key in keys if key in records), None)
    if record is None:
        return None
    # Which ids a record had is nobody's change.
    names = [change.name for change in loss.fields if change.name != _ALIASES] or [""]
    changed = {
        number
        for number, side in enumerate((record.ours, record.theirs))
        for name in names
        if _part(loss.table, side, name) != _part(loss.table, record.base, name)
    }
    return changed.pop() if len(changed) == 1 else None


def _is_new_conflict(record: MergedRecord | None) -> bool:
    """Whether it is the merge of records itself that notes a conflict, which other merges do not."""
    return record is not None and record.table == _CONFLICTS and record.ours is None and record.theirs is None


def _loss(
    difference: Difference, record: MergedRecord | None, merged: Merged, found: Workspace, disputes: Disputes
) -> Difference | None:
    if difference.is_added:
        return None if _was_chosen(record) else _lost_under_former_id(difference, record, merged, found, disputes)
    if difference.is_removed:
        # What stands in no version before is new from whoever merged; what should have gone has come back.
        return difference if record is not None and record.base is not None and not _was_chosen(record) else None
    fields = tuple(change for change in difference.fields if _is_lost(difference, change, record, disputes))
    return replace(difference, fields=fields) if fields else None


def _was_chosen(record: MergedRecord | None) -> bool:
    """Whether one side removed the record and the other changed it, so that a person had to choose."""
    if record is None or record.base is None:
        return False
    sides = record.ours, record.theirs
    return None in sides and any(side not in (None, record.base) for side in sides)


def _lost_under_former_id(
    difference: Difference, record: MergedRecord | None, merged: Merged, found: Workspace, disputes: Disputes
) -> Difference | None:
    """What a record lacks that is there under an id which the merge of records took from it, alone or beside others.

    Somebody may go on with that one, so it should get what it lacks, and the present id as a former one.
    """
    should = difference.record
    gone = merged.plan.gone.get(difference.table, frozenset())
    former = [number for number in sorted(_aliases(should)) if str(number) in gone]
    there = [each for number in former if (each := found.get(difference.table, number)) is not None]
    if not there:
        return difference
    lacking = [_lacking(each, should, record, disputes) for each in there]
    return min(lacking, key=lambda loss: len(loss.fields) if loss else 0)


def _lacking(there: Record, should: Record, record: MergedRecord | None, disputes: Disputes) -> Difference | None:
    names = _aliases(there) | _aliases(should) | {should.id}
    told = difference(there, should.model_copy(update={"id": there.id, _ALIASES: names - {there.id}}))
    fields = tuple(change for change in told.fields if _is_lost(told, change, record, disputes)) if told else ()
    # Another id by itself is no loss: everything that people wrote is there.
    return replace(told, fields=fields) if told and any(change.name != _ALIASES for change in fields) else None


def _aliases(record: Record) -> frozenset[int]:
    return frozenset(getattr(record, _ALIASES, ()))


def _is_lost(difference: Difference, change: FieldChange, record: MergedRecord | None, disputes: Disputes) -> bool:
    if record is None:
        return True
    table = difference.table
    base, ours, theirs = (_part(table, side, change.name) for side in (_start(record), record.ours, record.theirs))
    both_changed = _both_have(record) and ours not in (base, theirs) and theirs != base
    rule = rules_of(table).get(change.field)
    dispute = disputes.get((table, record.key, change.name))
    is_free = change.name == "past_moves" and _both_moved(record)
    if rule in _MANY and dispute is None:
        return not is_free and not _is_same_but_for_order(rule, change)
    if not both_changed and dispute is None:
        return True
    there = _part(table, _raw(difference.before), change.name)
    # Chosen by a person, unless what both sides had changed is there as if neither had.
    if there == base:
        return True
    return rule is MergeRule.LOG and dispute is not None and not is_free and _lacks_entries(there, dispute)


def _lacks_entries(log: Json, dispute: Conflict) -> bool:
    """Whether a log lacks an entry that nobody disputed; the conflict holds the log as each side would have it."""
    first, second = dispute.raw()["sides"]
    return any(entry in (second or ()) and entry not in (log or ()) for entry in first or ())


def _start(record: MergedRecord) -> Json:
    """What both sides started from; two imports of one thing from the stage in which nobody has moved it."""
    if record.base is not None or not any(decision.why is Why.JOINED for decision in record.special):
        return record.base
    return {"stage": base_of_imports(record.ours, record.theirs).get("stage")}


def _both_moved(record: MergedRecord) -> bool:
    base, ours, theirs = (_part(record.table, side, "stage") for side in (_start(record), record.ours, record.theirs))
    return _both_have(record) and base not in (ours, theirs) and ours != theirs


def _both_have(record: MergedRecord) -> bool:
    """Whether the record is on both sides; where one removed it, it may be gone or as the other has it."""
    return record.ours is not None and record.theirs is not None


def _is_same_but_for_order(rule: MergeRule | None, change: FieldChange) -> bool:
    """Whether both hold the same members, lines or entries; a text that both added to has no one order."""
    if rule is MergeRule.SET:
        return False
    if rule is MergeRule.LINES:
        return Counter(str(change.before or "").split("\n")) == Counter(str(change.after or "").split("\n"))
    was, should = list(change.before or ()), list(change.after or ())
    return len(was) == len(should) and all(entry in should for entry in was)


def _part(table: str, raw: Json, name: str) -> Json:
    if not isinstance(raw, Mapping):
        return None
    if not name:
        return raw
    value = part_of(table, raw, name)
    nothing = always_written(table)
    # A file may say that a field holds nothing, or not: that is one and the same.
    return None if name in nothing and value == nothing[name] else value


def _raw(record: Record | None) -> Json:
    return None if record is None else record.raw()
