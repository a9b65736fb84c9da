"""Which of the things that were done a snapshot does not have: after a reset, or a checkout of an older branch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from store.change.history import Step
from store.change.remembered import FieldEdit, remembered
from store.models import Json, MergeRule, Workspace, rules_of

_NONE = object()
"""The value of a field that is not there."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a record, one entry of a set, which is there or not, or (without a name) whether the record is."""

    field: str
    entry: Json = _NONE


_WHOLE = _Part("")


@dataclass(slots=True)
class _Trail:
    """What became of one part, oldest first."""

    steps: list[Step] = field(default_factory=list)
    before: list[Json] = field(default_factory=list)
    after: list[Json] = field(default_factory=list)


def lacking(workspace: Workspace, steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps whose effect is not there, though nothing that was done since explains it.

    A field that has the value it had before a step lacks it. One that has a value nobody gave it in these steps was
    changed by somebody else, who knew what was there, also in the other fields that the step had changed in the record:
    who declines an item that was for now takes the horizon out, which is what it was before. A long text that nobody
    gave here, but of which every line is known, is an older one merged with a newer one: its lines are looked at.

    Args:
        workspace: the snapshot.
        steps: what was done, oldest first.
    """
    in_order = tuple(steps)
    trails: dict[tuple[str, int, _Part], _Trail] = {}
    for step in in_order:
        for edit in remembered(step.change).edits:
            for part, before, after in _values(edit):
                trail = trails.setdefault((edit.table, edit.id, part), _Trail())
                trail.steps.append(step)
                trail.before.append(before)
                trail.after.append(after)
    missing: set[tuple[str, str, int]] = set()
    explained: set[tuple[str, str, int]] = set()
    for (table, number, part), trail in trails.items():
        value = _present(workspace, table, number, part)
        if value in trail.after or value in trail.before:
            missing.update((step.name, table, number) for step in _missing(trail, value))
        elif rules_of(table).get(part.field) is MergeRule.LINES and _is_patchwork(trail, value):
            missing.update((step.name, table, number) for step in _missing_lines(trail, value))
        else:
            explained.update((step.name, table, number) for step in trail.steps)
    found = {name for name, _, _ in missing - explained}
    return tuple(step for step in in_order if step.name in found)


def _values(edit: FieldEdit) -> Iterator[tuple[_Part, Json, Json]]:
    """What an edit changed."""
    if edit.before is None or edit.after is None:
        yield _WHOLE, edit.before is not None, edit.after is not None
        return
    rules = rules_of(edit.table)
    for name in edit.touched:
        before, after = edit.before.get(name, _NONE), edit.after.get(name, _NONE)
        if rules.get(name) is MergeRule.SET:
            # Others put their own into a set: what is there is one more value nobody gave it here.
            yield from ((_Part(name, each), False, True) for each in _entries(after) - _entries(before))
            yield from ((_Part(name, each), True, False) for each in _entries(before) - _entries(after))
        else:
            yield _Part(name), before, after


def _entries(values: Json) -> frozenset[Json]:
    return frozenset(values) if isinstance(values, (list, tuple)) else frozenset()


def _missing(trail: _Trail, value: Json) -> list[Step]:
    places = range(len(trail.steps) - 1, -1, -1)
    newest = next((at for at in places if trail.after[at] == value), None)
    if newest is not None:
        return trail.steps[newest + 1 :]
    older = next((at for at in places if trail.before[at] == value), None)
    return [] if older is None else trail.steps[older:]


def _is_patchwork(trail: _Trail, value: Json) -> bool:
    """Whether every line of a text stood in it at some time, so that nobody wrote anything new."""
    return _lines(value) <= frozenset[Json]().union(*map(_lines, (*trail.before, *trail.after)))


def _missing_lines(trail: _Trail, value: Json) -> Iterator[Step]:
    """The steps that added a line which is not there, though no later step took it out."""
    present, taken_out = _lines(value), frozenset[Json]()
    for step, before, after in reversed(tuple(zip(trail.steps, trail.before, trail.after, strict=True))):
        if _lines(after) - _lines(before) - present - taken_out:
            yield step
        taken_out |= _lines(before) - _lines(after)


def _lines(value: Json) -> frozenset[Json]:
    return frozenset(value.split("\n")) if isinstance(value, str) else _entries(value)


def _present(workspace: Workspace, table: str, number: int, part: _Part) -> Json:
    record = workspace.get(table, number)
    if part == _WHOLE:
        return record is not None
    fields: Mapping[str, Json] = {} if record is None else record.raw()
    value = fields.get(part.field, _NONE)
    return value if part.entry is _NONE else part.entry in _entries(value)
