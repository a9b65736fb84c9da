"""The inverse of a change: what undo does, and redo with the change turned round."""

from datetime import datetime
from typing import Final

from store.change.edits import ChangeSet, Edit
from store.change.remembered import field_edit, with_fields
from store.errors import OvertakenError
from store.models import Workspace, made

MISSING: Final = object()


def inverse(workspace: Workspace, change: ChangeSet, now: datetime, by: str) -> ChangeSet:
    """The change that takes `change` back in the present workspace, field by field.

    Fields that nobody has touched since get their old value, and those that had none are taken out again; other fields
    of the record keep theirs.

    Raises:
        OvertakenError: one of the fields has another value now than the change gave it.
        RuleError: an old value does not go with what others have made of the record.
    """
    edits = tuple(_taken_back(workspace, edit, change.sentence) for edit in change.edits)
    return ChangeSet(sentence=change.sentence, edits=edits, at=now, by=by, note=change.note)


def _taken_back(workspace: Workspace, edit: Edit, sentence: str) -> Edit:
    present = workspace.get(edit.table, edit.id)
    if present is edit.after or present == edit.after:
        return Edit(before=edit.after, after=edit.before)
    if present is None or edit.before is None or edit.after is None:
        message = f"“{sentence}” cannot be taken back: the record was changed since."
        raise OvertakenError(message, "Undo or change it by hand.")
    # As the file holds them: fields that this version does not know are there in one record and missing in the next.
    was, became, is_now = (record.raw() for record in (edit.before, edit.after, present))
    touched = field_edit(edit.table, edit.id, was, became)
    for name in sorted(touched.touched):
        if is_now.get(name, MISSING) != became.get(name, MISSING):
            message = f"“{sentence}” cannot be taken back: {name.replace('_', ' ')} was changed since."
            raise OvertakenError(message, "Change it by hand if you still want to.")
    fields = with_fields(is_now, touched, touched.before or {})
    return Edit(before=present, after=made(type(present), id=edit.id, **fields))
