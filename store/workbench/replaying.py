"""Changes put on top of records that somebody else has changed: three-way, so that neither side loses anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import ValidationError

from store.change import ChangeSet, Edit, FieldEdit, inverse, with_fields
from store.errors import OvertakenError, RuleError
from store.models import SETTINGS_ID, TABLES, Conflict, Json, Record, Workspace

if TYPE_CHECKING:
    from store.merge import Plan

Fields = Mapping[str, Json]
Place = tuple[str, int]
"""Table and id of a record."""


def done_again(workspace: Workspace, change: ChangeSet, now: datetime, by: str) -> ChangeSet:
    """The same change, made for the present workspace: other fields of its records keep what they have now.

    Records that are already as the change would make them, or gone already, are left out.

    Raises:
        OvertakenError: one of its fields has another value now than the change started from, or does not go with the
            values that others have now.
    """
    backwards = tuple(
        Edit(before=edit.after, after=edit.before)
        for edit in change.edits
        if workspace.get(edit.table, edit.id) != edit.after
    )
    try:
        return inverse(workspace, replace(change, edits=backwards), now, by)
    except OvertakenError as error:
        message = f"“{change.sentence}” cannot be done again: it was changed since."
        raise OvertakenError(message, error.hint) from error
    except RuleError as error:
        message = f"“{change.sentence}” cannot be done again: {error.message}"
        raise OvertakenError(message, error.hint) from error


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody made of one record, by its raw fields; None where there is none.

    Args:
        table: the table of the record.
        id: its id.
        base: what they started from.
        wanted: what they made of it.
    """

    table: str
    id: int
    base: Fields | None
    wanted: Fields | None

    @property
    def place(self) -> Place:
        """Where the record is."""
        return self.table, self.id


@dataclass(frozen=True, slots=True)
class OnTop:
    """What wishes come to.

    Args:
        edits: what has to be done to the present records, conflicts among them.
        refused: the records whose wishes cannot be met: they cannot be read, or are not there any more.
    """

    edits: tuple[Edit, ...] = ()
    refused: tuple[Place, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to settle."""
        after = (edit.after for edit in self.edits)
        return tuple(record for record in after if isinstance(record, Conflict) and record.settled is None)


def wish_of(edit: Edit) -> Wish:
    """What an edit of a change set wants."""
    return Wish(edit.table, edit.id, _raw(edit.before), _raw(edit.after))


def wish_between(place: Place, before: Workspace, after: Workspace) -> Wish:
    """What was made of a record between two snapshots."""
    return Wish(*place, _raw(before.get(*place)), _raw(after.get(*place)))


def wishes_of(workspace: Workspace, edits: Iterable[FieldEdit]) -> Iterator[Wish | Place]:
    """What remembered edits want of the present records; only the place where that cannot be said any more."""
    for edit in edits:
        present = _raw(workspace.get(edit.table, edit.id))
        if edit.before is None or edit.after is None:
            is_met = (present is None) == (edit.after is None)
            # A new record that is there already may have been changed since, and that is no other wish.
            yield (
                Wish(edit.table, edit.id, present, present)
                if is_met
                else Wish(edit.table, edit.id, edit.before, edit.after)
            )
        elif present is None or edit.table not in TABLES:
            yield edit.table, edit.id
        else:
            base, wanted = with_fields(present, edit, edit.before), with_fields(present, edit, edit.after)
            yield Wish(edit.table, edit.id, base, wanted)


def put_on_top(
    workspace: Workspace, wishes: Iterable[Wish | Place], set_aside: frozenset[Place], labels: tuple[str, str]
) -> OnTop:
    """What has to be done so that the present records hold the wishes and what others made of them.

    Args:
        workspace: the present records.
        wishes: what was made of some of them; a place for one that cannot be said any more.
        set_aside: records of the file that cannot be used and must not be written over.
        labels: who wishes, and who wrote what is there, for conflicts.
    """
    edits: list[Edit] = []
    refused: list[Place] = []
    disputed: list[Wish] = []
    for wish in wishes:
        if not isinstance(wish, Wish) or wish.place in set_aside:
            refused.append(wish.place if isinstance(wish, Wish) else wish)
            continue
        present = workspace.get(*wish.place)
        raw = _raw(present)
        if wish.wanted in (wish.base, raw):
            continue
        if wish.base != raw:
            disputed.append(wish)
            continue
        try:
            edits.append(Edit(present, _record(wish.place, wish.wanted)))
        except ValidationError:
            refused.append(wish.place)
    if disputed:
        merged = _merged(workspace, disputed, labels)
        edits += merged.edits
        refused += merged.refused
    return OnTop(tuple(edits), tuple(refused))


def decided(workspace: Workspace, wishes: Iterable[Wish], labels: tuple[str, str]) -> "Plan":
    """What becomes of wishes and of what is there instead of what they started from.

    Args:
        workspace: the present records.
        wishes: what was made of some of them.
        labels: who wishes, and who wrote what is there, for conflicts.
    """
    from store.merge import Labels, decide  # late: most sittings never have two answers to one question

    base: dict[str, dict[str, Fields]] = {}
    ours: dict[str, dict[str, Fields]] = {}
    theirs: dict[str, dict[str, Fields]] = {}
    for wish in wishes:
        for side, fields in ((base, wish.base), (ours, wish.wanted), (theirs, _raw(workspace.get(*wish.place)))):
            if fields is not None:
                side.setdefault(wish.table, {})[str(wish.id)] = fields
    # The same on all sides: in what order the stages are, and what was in dispute before.
    settings = {str(SETTINGS_ID): workspace.settings.raw()}
    disputes = {str(conflict.id): conflict.raw() for conflict in workspace.conflicts.values()}
    for side in (base, ours, theirs):
        side["settings"] = settings | side.get("settings", {})
        side["conflicts"] = disputes | side.get("conflicts", {})
    return decide(base, ours, theirs, Labels(*labels))


def _merged(workspace: Workspace, wishes: Iterable[Wish], labels: tuple[str, str]) -> OnTop:
    edits: list[Edit] = []
    refused: list[Place] = []
    for table, records in decided(workspace, wishes, labels).settle().items():
        for key, fields in records.items():
            place = table, int(key)
            present = workspace.get(*place)
            try:
                after = _record(place, fields)
            except ValidationError:
                refused.append(place)
                continue
            if after != present:
                edits.append(Edit(present, after))
    return OnTop(tuple(edits), tuple(refused))


def _record(place: Place, fields: Fields | None) -> Record | None:
    return None if fields is None else TABLES[place[0]].model_validate({**fields, "id": place[1]})


def _raw(record: Record | None) -> Fields | None:
    return None if record is None else record.raw()
