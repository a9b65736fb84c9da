"""Every reference from one record to another."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.models import Decision, Goal, Item, Record, Session, Standard, Workspace


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: the field it stands in, the table it leads to, the id, and how to say it: `serves a goal`."""

    record: Record
    field: str
    table: str
    to: int
    words: str


def links_in(workspace: Workspace) -> Iterator[Link]:
    """All references of a workspace, table by table."""
    for item in workspace.items.values():
        yield from _of_item(item)
    for goal in workspace.goals.values():
        yield from _of_goal(goal)
    for decision in workspace.decisions.values():
        yield from _of_decision(decision)
    for standard in workspace.standards.values():
        yield from _of_standard(standard)
    for session in workspace.sessions.values():
        yield from _of_session(session)


def _of_item(item: Item) -> Iterator[Link]:
    for served in item.goals:
        yield Link(item, "goals", "goals", served.goal, "serves a goal")
    for needed in item.depends_on:
        yield Link(item, "depends_on", "items", needed, "depends on an item")
    if item.team is not None:
        yield Link(item, "team", "teams", item.team, "belongs to a team")
    if item.verdict is not None and item.verdict.of is not None:
        yield Link(item, "verdict", "items", item.verdict.of, "is called a duplicate of an item")


def _of_goal(goal: Goal) -> Iterator[Link]:
    if goal.parent is not None:
        yield Link(goal, "parent", "goals", goal.parent, "stands below a goal")
    for team in goal.teams:
        yield Link(goal, "teams", "teams", team, "was handed to a team")


def _of_decision(decision: Decision) -> Iterator[Link]:
    for item in decision.items:
        yield Link(decision, "items", "items", item, "names an item")
    for goal in decision.goals:
        yield Link(decision, "goals", "goals", goal, "rests on a goal")
    for standard in decision.standards:
        yield Link(decision, "standards", "standards", standard, "names a standard")
    for older in decision.supersedes:
        yield Link(decision, "supersedes", "decisions", older.decision, "replaces a decision")


def _of_standard(standard: Standard) -> Iterator[Link]:
    for deviation in standard.deviations:
        if deviation.item is not None:
            yield Link(standard, "deviations", "items", deviation.item, "has an exception for an item")


def _of_session(session: Session) -> Iterator[Link]:
    for ruled in session.verdicts:
        yield Link(session, "verdicts", "items", ruled.item, "holds a verdict on an item")
