"""Changes of goals, each with its sentence.

Every builder raises `NotFoundError` where an id belongs to no goal, and returns an empty change set where nothing would
change.
"""

from datetime import datetime
from typing import Any

from store.change.building import goal_of, quoted
from store.change.edits import ChangeSet, Edit
from store.errors import RuleError
from store.goals import can_reparent
from store.models import Goal, GoalStatus, NewId, Origin, Stamp, Workspace, made, tree_of


def goal_created(workspace: Workspace, new_id: NewId, now: datetime, by: str, **fields: Any) -> ChangeSet:
    """A new goal with the given fields; `title` is needed. Below a parent it takes the origin of its priority.

    Raises:
        RuleError: a value is not allowed.
    """
    parent = fields.get("parent")
    if parent is not None:
        goal_of(workspace, parent)
        fields["origin"] = tree_of(workspace.goals).origin_of(parent)
    goal = made(Goal, id=new_id(), created=Stamp(at=now, by=by), **fields)
    what = "goal" if parent is not None else f"{goal.origin.value} priority"
    return ChangeSet(f"Added the {what} {quoted(goal.title)}", (Edit(None, goal),), now, by)


def goal_edited(workspace: Workspace, goal: int, now: datetime, by: str, **fields: Any) -> ChangeSet:
    """A goal with other fields, such as title, owner, due, share, said_by, guideline, key_results or body.

    Raises:
        RuleError: a value is not allowed, or the parent would be.
    """
    before = goal_of(workspace, goal)
    if "parent" in fields:
        can_reparent(workspace.goals, goal, fields["parent"])
    what = ", ".join(_WORDS.get(name, name.replace("_", " ")) for name in fields)
    return _changed(before, before.with_(**fields), f"Changed {what} of {quoted(before.title)}", now, by)


def goal_reparented(workspace: Workspace, goal: int, parent: int | None, now: datetime, by: str) -> ChangeSet:
    """A goal below another one; None makes it a priority, of the origin it had as part of one.

    Raises:
        RuleError: that would be a circle, or the parent is archived.
    """
    before = goal_of(workspace, goal)
    can_reparent(workspace.goals, goal, parent)
    origin: Origin = tree_of(workspace.goals).origin_of(goal if parent is None else parent)
    where = f"below {quoted(goal_of(workspace, parent).title)}" if parent is not None else "up as a priority"
    return _changed(
        before, before.with_(parent=parent, origin=origin), f"Moved {quoted(before.title)} {where}", now, by
    )


def goal_weighed(workspace: Workspace, goal: int, weight: int, now: datetime, by: str) -> ChangeSet:
    """A goal with another weight among its siblings, 0 to 1000.

    Raises:
        RuleError: the weight is outside its scale.
    """
    before = goal_of(workspace, goal)
    sentence = f"Weighed {quoted(before.title)} at {weight}"
    return _changed(before, before.with_(weight=weight), sentence, now, by)


def goal_status_set(workspace: Workspace, goal: int, status: GoalStatus, now: datetime, by: str) -> ChangeSet:
    """A goal in another status. Goals below keep theirs: they are no longer pursued because the one above is not."""
    before = goal_of(workspace, goal)
    sentence = f"Marked {quoted(before.title)} as {status.value}"
    return _changed(before, before.with_(status=status), sentence, now, by)


def key_result_set(workspace: Workspace, goal: int, position: int, value: float, now: datetime, by: str) -> ChangeSet:
    """A goal with another present value of one key result; positions count from 0.

    Raises:
        RuleError: there is no key result at that position.
    """
    before = goal_of(workspace, goal)
    if not 0 <= position < len(before.key_results):
        message = f"{quoted(before.title)} has no key result number {position + 1}."
        raise RuleError(message, "Add one first.")
    results = list(before.key_results)
    results[position] = results[position].with_(now=value)
    sentence = f"Measured {quoted(results[position].title)} at {value:g}"
    return _changed(before, before.with_(key_results=tuple(results)), sentence, now, by)


def goal_archived(workspace: Workspace, goal: int, now: datetime, by: str) -> ChangeSet:
    """A goal out of sight, with all goals below it, as one change; items keep their links and come up in triage.

    Goals below are archived too, and not moved up: without the goal above nobody has said that they are still wanted.
    """
    before = goal_of(workspace, goal)
    family = [workspace.goals[number] for number in tree_of(workspace.goals).below(goal)]
    stamp = Stamp(at=now, by=by)
    edits = tuple(Edit(each, each.with_(archived=stamp)) for each in family if each.archived is None)
    below = len(edits) - (before.archived is None)
    more = f" and {below} goal{'' if below == 1 else 's'} below it" if below else ""
    return ChangeSet(f"Archived {quoted(before.title)}{more}", edits, now, by)


def goal_restored(workspace: Workspace, goal: int, now: datetime, by: str) -> ChangeSet:
    """A goal out of the archive, with the goals above it, without which nobody would see it."""
    before = goal_of(workspace, goal)
    line = [before, *(workspace.goals[number] for number in tree_of(workspace.goals).above(goal))]
    edits = tuple(Edit(each, each.with_(archived=None)) for each in line if each.archived is not None)
    return ChangeSet(f"Restored {quoted(before.title)}", edits, now, by)


_WORDS = {"due": "the due date", "share": "the wished effort", "body": "the text", "key_results": "the key results"}


def _changed(before: Goal, after: Goal, sentence: str, now: datetime, by: str) -> ChangeSet:
    return ChangeSet(sentence, () if before == after else (Edit(before, after),), now, by)
