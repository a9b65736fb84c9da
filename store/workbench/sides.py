"""Whose the sides of conflicts are, told by the versions of the store that were merged."""

from dataclasses import dataclass

from store.change import Choice, part_of
from store.disk.git.authors import Authors
from store.models import TABLES, Conflict, Json, Workspace
from store.workbench.said import Said


@dataclass(frozen=True, slots=True)
class Origin:
    """One of two lines of work that were merged: the store at its end, and who did what on it."""

    workspace: Workspace
    authors: Authors


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose the sides of a conflict are.

    Args:
        ours: the side of this clone.
        said: who wrote each side, and when.
    """

    ours: Choice
    said: dict[Choice, Said]


def whose_sides(conflict: Conflict, here: Origin, there: Origin) -> Whose | None:
    """Whose the sides are; None where their values do not tell the two lines of work apart."""
    own, other = (_side_of(conflict, origin.workspace) for origin in (here, there))
    if own is None or other is None or own is other:
        return None
    told = {own: _said(conflict, here.authors), other: _said(conflict, there.authors)}
    return Whose(own, {side: said for side, said in told.items() if said is not None})


def _side_of(conflict: Conflict, workspace: Workspace) -> Choice | None:
    """Which side of a conflict says what a version of the store says."""
    if conflict.table not in TABLES:
        return None
    record = workspace.get(conflict.table, conflict.record)
    value = _value(conflict, None if record is None else record.raw())
    for choice, side in zip((Choice.FIRST, Choice.SECOND), conflict.sides, strict=False):
        if (value is None) == (side is None) and (not conflict.field or value == side):
            return choice
    return None


def _said(conflict: Conflict, authors: Authors) -> Said | None:
    """Who changed the disputed field last in some commits."""
    for touch in authors.touches.get((conflict.table, conflict.record), ()):
        before, after = (_value(conflict, fields) for fields in touch.fields())
        if before != after:
            return Said(touch.commit.by, touch.commit.at)
    return None


def _value(conflict: Conflict, fields: Json) -> Json:
    if not conflict.field or fields is None:
        return fields
    return part_of(conflict.table, fields, conflict.field)
