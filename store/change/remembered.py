"""Changes as they are remembered: the fields they touched, as the file holds them, before and after.

That is all it takes to undo one tomorrow, or to put one on top of a file that others have changed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from store.change.edits import ChangeSet, Edit
from store.errors import OvertakenError
from store.models import TABLES, Json, Record, Workspace

Fields = Mapping[str, Json]
"""Raw fields of one record; one that is missing has the value it has by itself."""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """What was done to one record.

    Args:
        table: the table of the record.
        id: its id.
        before: the touched fields as they were; None for a new record.
        after: the touched fields as they became; None for one that was taken out. Where the other side is None, these
            are all its fields.
    """

    table: str
    id: int
    before: Fields | None
    after: Fields | None

    @property
    def touched(self) -> frozenset[str]:
        """The names of the fields that have another value afterwards."""
        return frozenset({*(self.before or {}), *(self.after or {})})


@dataclass(frozen=True, slots=True)
class Remembered:
    """A change set without its records."""

    sentence: str
    edits: tuple[FieldEdit, ...]
    at: datetime
    by: str = ""
    note: str = ""


def remembered(change: ChangeSet) -> Remembered:
    """What is worth remembering of a change."""
    edits = tuple(field_edit(edit.table, edit.id, _raw(edit.before), _raw(edit.after)) for edit in change.edits)
    return Remembered(change.sentence, edits, change.at, change.by, change.note)


def field_edit(table: str, number: int, before: Fields | None, after: Fields | None) -> FieldEdit:
    """What differs between two states of a record, given by all their fields."""
    if before is None or after is None:
        return FieldEdit(table, number, before, after)
    missing = object()
    differing = {name for name in {*before, *after} if before.get(name, missing) != after.get(name, missing)}
    return FieldEdit(table, number, _only(before, differing), _only(after, differing))


def recalled(workspace: Workspace, known: Remembered) -> ChangeSet:
    """The change set again, so that it can be undone: other fields of its records are as they are now.

    Raises:
        OvertakenError: one of its records is gone, or a value is not allowed any more.
    """
    edits = tuple(_edit(workspace, edit, known.sentence) for edit in known.edits)
    return ChangeSet(known.sentence, edits, known.at, known.by, known.note)


def net(edits: Iterable[FieldEdit]) -> tuple[FieldEdit, ...]:
    """Edits one after the other as one for each record; what was done and undone again leaves nothing."""
    states: dict[tuple[str, int], FieldEdit] = {}
    for edit in edits:
        place = edit.table, edit.id
        states[place] = _joined(states[place], edit) if place in states else edit
    return tuple(edit for edit in states.values() if edit.before != edit.after)


def _joined(first: FieldEdit, then: FieldEdit) -> FieldEdit:
    before = _earlier(first, then)
    after = _later(first, then)
    if before is None or after is None:
        return FieldEdit(first.table, first.id, before, after)
    return field_edit(first.table, first.id, before, after)


def _earlier(first: FieldEdit, then: FieldEdit) -> Fields | None:
    """What the second edit started from, with what the first one changed as it was before."""
    if first.before is None or first.after is None or then.before is None:
        return first.before
    return {**_without(then.before, first.touched), **first.before}


def _later(first: FieldEdit, then: FieldEdit) -> Fields | None:
    """What the first edit led to, with what the second one changed as it became."""
    if first.after is None or then.after is None or then.before is None:
        return then.after
    return {**_without(first.after, then.touched), **then.after}


def with_fields(fields: Fields, edit: FieldEdit, values: Fields) -> dict[str, Json]:
    """The fields of a record with those an edit touched having the given values."""
    return {**_without(fields, edit.touched), **values}


def _edit(workspace: Workspace, edit: FieldEdit, sentence: str) -> Edit:
    before, after = edit.before, edit.after
    if before is not None and after is not None:
        present = workspace.get(edit.table, edit.id)
        if present is None:
            message = f"“{sentence}” cannot be taken back: its record is not here any more."
            raise OvertakenError(message, "It was taken out by an undo or another branch.")
        raw = present.raw()
        before, after = with_fields(raw, edit, before), with_fields(raw, edit, after)
    try:
        return Edit(_record(edit, before), _record(edit, after))
    except ValidationError as error:
        message = f"“{sentence}” cannot be taken back: this leadline does not allow its values."
        raise OvertakenError(message, "Change it by hand if you still want to.") from error


def _record(edit: FieldEdit, fields: Fields | None) -> Record | None:
    return None if fields is None else TABLES[edit.table].model_validate({**fields, "id": edit.id})


def _raw(record: Record | None) -> Fields | None:
    return None if record is None else record.raw()


def _only(fields: Fields, names: Collection[str]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if name in names}


def _without(fields: Fields, names: Collection[str]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if name not in names}
