"""Changes of decisions, each with its sentence.

Every builder raises `NotFoundError` where an id belongs to no decision, and returns an empty change set where nothing
would change.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store.change.building import quoted
from store.change.edits import ChangeSet, Edit, edits_between
from store.decisions import as_back_in_force, as_superseded, checked_supersession, from_decline, rule, was_accepted
from store.errors import NotFoundError, RuleError
from store.models import (
    Decision,
    DecisionRuled,
    DecisionStatus,
    NewId,
    Stamp,
    Supersedes,
    Workspace,
    made,
)

_SAID = {
    DecisionStatus.PROPOSED: "Reopened",
    DecisionStatus.ACCEPTED: "Accepted",
    DecisionStatus.REJECTED: "Rejected",
    DecisionStatus.DEFERRED: "Deferred",
    DecisionStatus.DEPRECATED: "Deprecated",
}


def decision_logged(workspace: Workspace, new_id: NewId, now: datetime, by: str, **fields: Any) -> ChangeSet:
    """A new decision, proposed, with the given fields; `title` is needed, `items` and `goals` link it at once.

    Raises:
        RuleError: a value is not allowed.
    """
    status = DecisionRuled(status=DecisionStatus.PROPOSED, since=now, by=by)
    decision = made(
        Decision, **{"id": new_id(), "created": Stamp(at=now, by=by), "status": status, "owner": by, **fields}
    )
    del workspace
    return ChangeSet(f"Logged the decision {quoted(decision.title)}", (Edit(None, decision),), now, by)


def decline_logged(workspace: Workspace, item: int, new_id: NewId, now: datetime, by: str) -> ChangeSet:
    """The decline of an item as a decision in force, linked to it.

    Raises:
        NotFoundError: no such item.
        RuleError: the item was not declined.
    """
    if item not in workspace.items:
        message = "That item is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    decision = from_decline(workspace.items[item], new_id, now, by)
    name = workspace.name_of(workspace.items[item])
    return ChangeSet(f"Logged the decline of {name} as a decision", (Edit(None, decision),), now, by)


def decision_edited(workspace: Workspace, decision: int, now: datetime, by: str, **fields: Any) -> ChangeSet:
    """A decision with other fields; its status is changed by `decision_ruled` alone.

    Raises:
        RuleError: a value is not allowed, the status is among the fields, or it may not supersede what it names.
    """
    if "status" in fields:
        message = "The status of a decision is not a field to edit."
        raise RuleError(message, "Accept, reject, defer, deprecate or reopen it.")
    before = _decision(workspace, decision)
    after = before.with_(**fields)
    for link in after.supersedes:
        if link not in before.supersedes and link.decision in workspace.decisions:
            checked_supersession(after, workspace.decisions[link.decision], workspace.decisions)
    what = ", ".join(name.replace("_", " ") for name in fields)
    return _changed(workspace, [after], f"Changed {what} of {quoted(before.title)}", now, by)


def decision_ruled(
    workspace: Workspace, decision: int, status: DecisionStatus, reason: str, now: datetime, by: str
) -> ChangeSet:
    """A decision in another status, and those it supersedes as a whole with it.

    When it is accepted they are superseded; when it is reopened they are back in force. The sentence names them.

    Raises:
        RuleError: the step is not allowed, or something it needs is missing; see `store.decisions.lifecycle`.
    """
    before = _decision(workspace, decision)
    after = rule(before, status, reason, now, by)
    records, said = [after], [f"{_SAID[status]} {quoted(before.title)}"]
    for older in _replaced(workspace, after):
        if status is DecisionStatus.ACCEPTED:
            gone = as_superseded(older, after.title, now, by)
            records.append(gone)
            said += [f"{quoted(older.title)} is superseded now"] if gone is not older else []
        elif status is DecisionStatus.PROPOSED and not _other_successor(workspace, older, decision):
            back = as_back_in_force(older, f"“{after.title}” was reopened", now, by)
            records.append(back)
            said += [f"{quoted(older.title)} is back in force"] if back is not older else []
    if status is DecisionStatus.ACCEPTED:
        said += [
            f"“{part}” of {quoted(older.title)} is replaced now" for older, part in _replaced_parts(workspace, after)
        ]
    return _changed(workspace, records, ", ".join(said), now, by)


def decision_superseded(workspace: Workspace, older: int, newer: int, part: str, now: datetime, by: str) -> ChangeSet:
    """A newer decision in the place of an older one, as one change of both.

    The newer one names the older; while it is only proposed the older one stays in force. An empty part is the whole.

    Raises:
        RuleError: one of them may not; see `store.decisions.checked_supersession`.
    """
    old, new = _decision(workspace, older), _decision(workspace, newer)
    checked_supersession(new, old, workspace.decisions)
    others = tuple(link for link in new.supersedes if link.decision != older)
    link = made(Supersedes, decision=older, part=part)
    records = [new.with_(supersedes=(*others, link))]
    if not link.part and new.status.status is DecisionStatus.ACCEPTED:
        records.append(as_superseded(old, new.title, now, by))
    what = f"“{link.part}” of {quoted(old.title)}" if link.part else quoted(old.title)
    if was_accepted(new):
        return _changed(workspace, records, f"Superseded {what} by {quoted(new.title)}", now, by)
    return _changed(workspace, records, f"{quoted(new.title)} will replace {what} once it is accepted", now, by)


def decision_linked(workspace: Workspace, decision: int, now: datetime, by: str, **links: Iterable[int]) -> ChangeSet:
    """A decision linked to more `items`, `goals` or `standards`; those that are linked already stay.

    Raises:
        NotFoundError: one of the records is not here.
    """
    before = _decision(workspace, decision)
    fields, names = _links(workspace, links)
    after = before.with_(**{field: getattr(before, field) | numbers for field, numbers in fields.items()})
    return _changed(workspace, [after], f"Linked {quoted(before.title)} to {', '.join(names)}", now, by)


def decision_unlinked(workspace: Workspace, decision: int, now: datetime, by: str, **links: Iterable[int]) -> ChangeSet:
    """A decision without links to these `items`, `goals` or `standards`; links to records that are gone go as well."""
    before = _decision(workspace, decision)
    fields = {field: getattr(before, field) - frozenset(numbers) for field, numbers in links.items()}
    return _changed(workspace, [before.with_(**fields)], f"Took links off {quoted(before.title)}", now, by)


def decision_archived(workspace: Workspace, decision: int, now: datetime, by: str) -> ChangeSet:
    """A decision out of sight, but kept; what it superseded stays superseded."""
    before = _decision(workspace, decision)
    after = before if before.archived else before.with_(archived=Stamp(at=now, by=by))
    return _changed(workspace, [after], f"Archived {quoted(before.title)}", now, by)


def decision_restored(workspace: Workspace, decision: int, now: datetime, by: str) -> ChangeSet:
    """A decision out of the archive; its status is the one it had."""
    before = _decision(workspace, decision)
    after = before.with_(archived=None) if before.archived else before
    return _changed(workspace, [after], f"Restored {quoted(before.title)}", now, by)


def _decision(workspace: Workspace, number: int) -> Decision:
    decision = workspace.decisions.get(number)
    if decision is None:
        message = "That decision is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    return decision


def _changed(workspace: Workspace, records: Iterable[Decision], sentence: str, now: datetime, by: str) -> ChangeSet:
    return ChangeSet(sentence, edits_between(workspace.decisions, records), now, by)


def _replaced(workspace: Workspace, newer: Decision) -> list[Decision]:
    """The decisions it supersedes as a whole."""
    return [
        workspace.decisions[link.decision]
        for link in newer.supersedes
        if not link.part and link.decision in workspace.decisions and link.decision != newer.id
    ]


def _replaced_parts(workspace: Workspace, newer: Decision) -> list[tuple[Decision, str]]:
    """The decisions it supersedes in part, with the part."""
    return [
        (workspace.decisions[link.decision], link.part)
        for link in newer.supersedes
        if link.part and link.decision in workspace.decisions and link.decision != newer.id
    ]


def _other_successor(workspace: Workspace, older: Decision, but: int) -> bool:
    return any(
        number != but
        and any(link.decision == older.id and not link.part for link in workspace.decisions[number].supersedes)
        for number in workspace.superseded_by.get(older.id, ())
    )


def _links(workspace: Workspace, links: dict[str, Iterable[int]]) -> tuple[dict[str, frozenset[int]], list[str]]:
    fields: dict[str, frozenset[int]] = {}
    names: list[str] = []
    for field, numbers in links.items():
        fields[field] = frozenset(numbers)
        for number in sorted(fields[field]):
            record = workspace.get(field, number)
            if record is None:
                message = "A record that was to be linked is not here any more."
                raise NotFoundError(message, "It was taken out by an undo or another branch.")
            names.append(workspace.name_of(record))
    return fields, names
