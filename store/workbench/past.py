"""What earlier sittings did, as the journal has it."""

from collections.abc import Iterable, Iterator

from store.change import ChangeSet, Deed, FieldEdit, History, Remembered, Step, history_of, recalled, remembered
from store.models import TABLES, Workspace


def past_of(workspace: Workspace, steps: Iterable[Step]) -> History:
    """What earlier sittings left to be undone and redone in a workspace.

    Changes of which no record is left are no part of it, such as those of another store in the same place.

    Args:
        workspace: what is there now.
        steps: what was done, oldest first.
    """
    past = history_of(steps)
    done, undone = (tuple(deed for deed in deeds if _is_here(workspace, deed)) for deeds in (past.done, past.undone))
    return History(done, undone)


def change_of(workspace: Workspace, deed: Deed) -> ChangeSet:
    """The change that is to be undone or done again.

    Raises:
        OvertakenError: one of its records is gone, or a value is not allowed any more.
    """
    return recalled(workspace, deed.change) if isinstance(deed.change, Remembered) else deed.change


def edits_of(steps: Iterable[Step]) -> Iterator[FieldEdit]:
    """What steps did to records, one after the other."""
    for step in steps:
        yield from remembered(step.change).edits


def _is_here(workspace: Workspace, deed: Deed) -> bool:
    if not isinstance(deed.change, Remembered):
        return True
    edits = deed.change.edits
    places = [(edit.table, edit.id) for edit in edits if edit.before is not None and edit.after is not None]
    return not places or any(table in TABLES and workspace.get(table, number) is not None for table, number in places)
