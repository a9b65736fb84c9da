"""Values put back that a merge made elsewhere has lost, each into its record as it is now."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import ValidationError

from store.change.building import subject_of
from store.change.conflict_parts import part_of, with_part
from store.change.differences import Difference
from store.change.edits import ChangeSet, Edit
from store.errors import RuleError
from store.models import TABLES, Record, Workspace, sentence_of


def put_back(workspace: Workspace, lost: Iterable[Difference], now: datetime, by: str) -> ChangeSet:
    """A change that gives records the values they should have; other fields of them keep what they have.

    Args:
        workspace: what is there now.
        lost: for each record what is there now as before, and what should be there as after.
        now: when it is done.
        by: who does it.

    Raises:
        RuleError: a value does not go with the others that the record has by now.
    """
    afters: dict[tuple[str, int], Record | None] = {}
    for difference in lost:
        place = difference.table, difference.record.id
        present = afters.get(place, workspace.get(*place))
        afters[place] = difference.after if not difference.fields or present is None else _with(present, difference)
    edits = tuple(
        Edit(before, after)
        for (table, number), after in afters.items()
        if (before := workspace.get(table, number)) != after
    )
    records = [edit.after or edit.before for edit in edits]
    subject = subject_of(workspace, [record for record in records if record is not None], "record")
    return ChangeSet(f"Put back what a merge lost of {subject}", edits, now, by)


def _with(present: Record, difference: Difference) -> Record:
    """A record with the values that it should have in some fields."""
    wanted = difference.record.raw()
    raw = present.raw()
    for change in difference.fields:
        raw = with_part(difference.table, raw, change.name, part_of(difference.table, wanted, change.name))
    try:
        return TABLES[difference.table].model_validate({**raw, "id": present.id})
    except ValidationError as error:
        message = f"What a merge lost cannot be put back: {sentence_of(error)}"
        raise RuleError(message, "Change it by hand.") from error
