"""A change that somebody decided on while others changed the same records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from store.change import ChangeSet, Edit
from store.models import Json, Record, Workspace, made
from store.workbench.replaying import Wish, decided


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A field that was changed by others since the person saw it.

    Args:
        table: the table of the record.
        record: the record as it is now; as the person wants it, where it is gone.
        field: the field as the file names it; empty for the whole record, which is gone.
        seen: the value that the person saw, as the file holds it.
        present: the value now.
        wanted: the value that the person wants.
    """

    table: str
    record: Record
    field: str
    seen: Json
    present: Json
    wanted: Json


@dataclass(frozen=True, slots=True)
class Rebased:
    """A change for the records as they are now.

    Args:
        mine: with what the person wants, wherever they changed something.
        theirs: without the fields that were overtaken, which keep what others made of them.
        overtaken: the fields where the two differ.
        sentence: what was overtaken, in one sentence; empty where nothing was.
    """

    mine: ChangeSet
    theirs: ChangeSet
    overtaken: tuple[Overtaken, ...] = ()
    sentence: str = ""


def rebased(workspace: Workspace, change: ChangeSet, seen: Workspace | None) -> Rebased:
    """The change, made for the present records.

    Fields that only others changed keep what they have now; those that only the person changed get what they want;
    sets, links and long text of both are merged. What is left are fields with two answers.

    Args:
        workspace: the records now.
        change: what the person decided on, perhaps for older records.
        seen: what they saw when they began to decide; None: what the change started from.

    Raises:
        RuleError: the values of both do not go together.
    """
    mine: list[Edit] = []
    theirs: list[Edit] = []
    overtaken: list[Overtaken] = []
    for edit in change.edits:
        base = edit.before if seen is None else seen.get(edit.table, edit.id)
        present = workspace.get(edit.table, edit.id)
        if present is edit.before and (base is present or base == present):
            mine.append(edit)
            theirs.append(edit)
        else:
            _decide(workspace, edit, base, (mine, theirs, overtaken))
    if not overtaken and len(mine) == len(change.edits) and all(map(_is, mine, change.edits)):
        return Rebased(change, change)
    sentence = _sentence(workspace, change, overtaken) if overtaken else ""
    return Rebased(replace(change, edits=tuple(mine)), replace(change, edits=tuple(theirs)), tuple(overtaken), sentence)


def _decide(
    workspace: Workspace,
    edit: Edit,
    base: Record | None,
    into: tuple[list[Edit], list[Edit], list[Overtaken]],
) -> None:
    mine, theirs, overtaken = into
    present = workspace.get(edit.table, edit.id)
    if edit.after == present:
        return
    if base == present:
        both = Edit(present, edit.after)
        mine.append(both)
        theirs.append(both)
        return
    if edit.after is None or present is None:
        # Taken out by one, changed by the other.
        mine.append(Edit(present, edit.after))
        record = present or edit.after
        if record is not None:
            overtaken.append(Overtaken(edit.table, record, "", _raw(base), _raw(present), _raw(edit.after)))
        return
    from store.change.conflict_parts import part_of, with_part

    wanted, there = edit.after.raw(), present.raw()
    plan = decided(workspace, [Wish(edit.table, edit.id, _raw(base), wanted)], ("", ""))
    merged: Mapping[str, Json] = plan.settle()[edit.table][str(edit.id)] or {}
    own, other = merged, merged
    for conflict in plan.conflicts:
        field = conflict.field
        values = [part_of(edit.table, fields, field) for fields in (_raw(base) or {}, there, wanted)]
        overtaken.append(Overtaken(edit.table, present, field, *values))
        own, other = with_part(edit.table, own, field, values[2]), with_part(edit.table, other, field, values[1])
    for fields, edits in ((own, mine), (other, theirs)):
        after = made(type(present), id=edit.id, **fields)
        if after != present:
            edits.append(Edit(present, after))


def _sentence(workspace: Workspace, change: ChangeSet, overtaken: list[Overtaken]) -> str:
    from store.change.conflict_words import field_words  # late, as above

    first = overtaken[0]
    if not first.field:
        return f"“{change.sentence}”: the record was changed or taken out meanwhile."
    words = field_words(workspace, first.table, first.field)
    more = f" and {len(overtaken) - 1} more" if overtaken[1:] else ""
    return f"“{change.sentence}”: the {words}{more} was changed meanwhile."


def _is(one: Edit, other: Edit) -> bool:
    return one is other


def _raw(record: Record | None) -> dict[str, Json] | None:
    return None if record is None else record.raw()
