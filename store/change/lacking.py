"""Which of the things that were done a snapshot does not have: after a reset, or a checkout of an older branch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from store.change.history import Step
from store.change.remembered import FieldEdit, Remembered, remembered
from store.models import Json, Workspace

_NONE = object()
"""The value of a field that is not there."""


@dataclass(slots=True)
class _Trail:
    """What became of one field, oldest first."""

    steps: list[Step] = field(default_factory=list)
    before: list[Json] = field(default_factory=list)
    after: list[Json] = field(default_factory=list)


def lacking(workspace: Workspace, steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps whose effect is not there, though nothing that was done since explains it.

    A field that has the value it had before a step lacks it. One that has a value nobody gave it in these steps was
    changed by somebody else, who knew what was there.

    Args:
        workspace: the snapshot.
        steps: what was done, oldest first.
    """
    in_order = tuple(steps)
    trails: dict[tuple[str, int, str], _Trail] = {}
    for step in in_order:
        change = step.change if isinstance(step.change, Remembered) else remembered(step.change)
        for edit in change.edits:
            for name, before, after in _values(edit):
                trail = trails.setdefault((edit.table, edit.id, name), _Trail())
                trail.steps.append(step)
                trail.before.append(before)
                trail.after.append(after)
    found = {step.name for place, trail in trails.items() for step in _missing(trail, _present(workspace, *place))}
    return tuple(step for step in in_order if step.name in found)


def _values(edit: FieldEdit) -> Iterator[tuple[str, Json, Json]]:
    """What an edit changed; the field without a name is whether the record is there."""
    if edit.before is None or edit.after is None:
        yield "", edit.before is not None, edit.after is not None
        return
    for name in edit.touched:
        yield name, edit.before.get(name, _NONE), edit.after.get(name, _NONE)


def _missing(trail: _Trail, value: Json) -> list[Step]:
    places = range(len(trail.steps) - 1, -1, -1)
    newest = next((at for at in places if trail.after[at] == value), None)
    if newest is not None:
        return trail.steps[newest + 1 :]
    older = next((at for at in places if trail.before[at] == value), None)
    return [] if older is None else trail.steps[older:]


def _present(workspace: Workspace, table: str, number: int, name: str) -> Json:
    record = workspace.get(table, number)
    if not name:
        return record is not None
    fields: Mapping[str, Json] = {} if record is None else record.raw()
    return fields.get(name, _NONE)
