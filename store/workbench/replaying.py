"""Doing changes again: after an undo, or on top of a file that somebody else changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from store.change import ChangeSet, Edit, applied, inverse
from store.errors import OvertakenError, RuleError
from store.models import Workspace


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that could not be put on top of the new file, and one sentence why."""

    change: ChangeSet
    reason: str


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What became of the changes that were not saved when the file was read again."""

    kept: tuple[ChangeSet, ...] = ()
    refused: tuple[Refusal, ...] = ()


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
class OnTop:
    """A workspace with changes put on top: those that are not in the file yet, and what became of all."""

    workspace: Workspace
    unsaved: tuple[ChangeSet, ...]
    outcome: Reloaded


def put_on_top(
    workspace: Workspace, changes: Iterable[ChangeSet], set_aside: frozenset[tuple[str, int]], now: datetime
) -> OnTop:
    """The workspace with as many of the changes as it can take, each made for what is there now.

    Args:
        workspace: what the file holds now.
        changes: what was done here and is not in the file, oldest first.
        set_aside: records of the file that cannot be used and must not be written over.
        now: the moment they are done again.
    """
    kept: list[ChangeSet] = []
    unsaved: list[ChangeSet] = []
    refused: list[Refusal] = []
    for change in changes:
        if any((edit.table, edit.id) in set_aside for edit in change.edits):
            refused.append(Refusal(change, f"“{change.sentence}”: its record cannot be read in the new file."))
            continue
        try:
            again = done_again(workspace, change, now, change.by)
        except OvertakenError as error:
            refused.append(Refusal(change, error.message))
        else:
            # The change itself is kept, not the one made for this file: it is what the history knows.
            kept.append(change)
            if again:
                workspace = applied(workspace, again)
                unsaved.append(change)
    return OnTop(workspace, tuple(unsaved), Reloaded(tuple(kept), tuple(refused)))
