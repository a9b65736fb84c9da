"""Changes as they are remembered: the fields they touched, as the file holds them, before and after.

That is all it takes to undo one tomorrow, or to put one on top of a file that others have changed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
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


def remembered(change: ChangeSet | Remembered) -> Remembered:
    """What is worth remembering of a change; what is remembered already stays as it is."""
    if isinstance(change, Remembered):
        return change
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


def unmet(edits: Sequence[FieldEdit], present: Fields | None) -> FieldEdit | None:
    """Edits of one record as one, from as much of them as the record has already; None where nothing is left to do.

    A program may end between a save and its mark. The record then has the first of the edits, and what they made of a
    field is nobody else's answer to what became of it afterwards.

    Args:
        edits: what was done to the record, one after the other.
        present: its fields as they are now; None where there is no record.
    """
    table, number = edits[0].table, edits[0].id
    states = tuple(_states(edits))
    known = [state for state in states if state is not None]
    after = states[-1]
    if present is None:
        return None if after is None else FieldEdit(table, number, None if None in states else known[0], after)
    before: dict[str, Json] = {}
    for name in {name for state in known for name in state}:
        value = present.get(name)
        start = value if any(state.get(name) == value for state in known) else known[0].get(name)
        before |= {} if start is None else {name: start}
    left = field_edit(table, number, before, after)
    return left if left.before != left.after else None


def _states(edits: Sequence[FieldEdit]) -> Iterator[Fields | None]:
    """What a record was before and after each of its edits, by the fields that any of them touched."""
    state: Fields | None = None
    for edit in reversed(edits):
        state = _with(state, edit, edit.before)
    yield state
    for edit in edits:
        state = _with(state, edit, edit.after)
        yield state


def _with(state: Fields | None, edit: FieldEdit, values: Fields | None) -> Fields | None:
    return None if values is None else with_fields(state or {}, edit, values)


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
