"""What is left of changes that could not be done to the file: its record cannot be read now, or is gone."""

from collections.abc import Collection, Iterable, Iterator

from store.change import Did, FieldEdit, Remembered, Step, remembered
from store.workbench.replaying import Place


def not_waiting(steps: Iterable[Step], places: Collection[Place]) -> tuple[Step, ...]:
    """The steps without those of sittings of which everything was left over before, and still is.

    Args:
        steps: of any sittings.
        places: the records to which nothing can be done now.
    """
    steps = tuple(steps)
    going_on = {step.run for step in steps if step.did is not Did.LEFT or not _touched(step) <= set(places)}
    return tuple(step for step in steps if step.run in going_on)


def leftovers(steps: Iterable[Step], places: Collection[Place], run: str) -> Iterator[Step]:
    """What steps did to some records, as steps of a sitting of its own, so that no mark of theirs is one of these."""
    number = 0
    for step in steps:
        change = remembered(step.change)
        edits = tuple(edit for edit in change.edits if _place(edit) in places)
        if edits:
            number += 1
            part = Remembered(change.sentence, edits, change.at, change.by, change.note)
            yield Step(run, number, Did.LEFT, part, of=step.of if step.did is Did.LEFT else step.name)


def _touched(step: Step) -> set[Place]:
    return {_place(edit) for edit in remembered(step.change).edits}


def _place(edit: FieldEdit) -> Place:
    return edit.table, edit.id
