"""Doing a change again: after an undo, or on top of a file that somebody else changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from store.change import ChangeSet, Edit, inverse
from store.errors import OvertakenError
from store.models import Workspace


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that could not be put on top of the new file, and one sentence why."""

    change: ChangeSet
    reason: str


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What became of the edits that were not saved when the file was read again."""

    kept: tuple[ChangeSet, ...] = ()
    refused: tuple[Refusal, ...] = ()


def done_again(workspace: Workspace, change: ChangeSet, now: datetime, by: str) -> ChangeSet:
    """The same change, made for the present workspace: other fields of its records keep what they have now.

    Raises:
        OvertakenError: one of its fields has another value now than the change started from.
    """
    backwards = replace(change, edits=tuple(Edit(before=edit.after, after=edit.before) for edit in change.edits))
    try:
        return inverse(workspace, backwards, now, by)
    except OvertakenError as error:
        message = f"“{change.sentence}” cannot be done again: it was changed since."
        raise OvertakenError(message, error.hint) from error
