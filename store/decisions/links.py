"""What a decision rests on and what rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.models import Decision, Goal, Item, Standard, Workspace


@dataclass(frozen=True, slots=True)
class Links:
    """The records around a decision; links to records that are gone are left out.

    Args:
        goals: goals it rests on.
        standards: standards it is about.
        items: items that rest on it: while it waits they wait for it, once it is accepted they are done because of it.
        older: decisions it supersedes, with the part; an empty part is the whole.
        newer: decisions that name it as superseded, with the part.
    """

    goals: tuple[Goal, ...]
    standards: tuple[Standard, ...]
    items: tuple[Item, ...]
    older: tuple[tuple[Decision, str], ...]
    newer: tuple[tuple[Decision, str], ...]


def links_of(decision: Decision, workspace: Workspace) -> Links:
    """Everything around one decision, in the order of ids."""
    newer = [
        (workspace.decisions[number], link.part)
        for number in workspace.named_as_older.get(decision.id, ())
        for link in workspace.decisions[number].supersedes
        if link.decision == decision.id
    ]
    older = [
        (workspace.decisions[link.decision], link.part)
        for link in decision.supersedes
        if link.decision in workspace.decisions
    ]
    return Links(
        goals=tuple(workspace.goals[number] for number in sorted(decision.goals) if number in workspace.goals),
        standards=tuple(
            workspace.standards[number] for number in sorted(decision.standards) if number in workspace.standards
        ),
        items=tuple(workspace.items[number] for number in sorted(decision.items) if number in workspace.items),
        older=tuple(older),
        newer=tuple(newer),
    )


def held_up(decision: Decision, workspace: Workspace) -> tuple[Item, ...]:
    """The open items that wait for the decision."""
    is_open = {item.id for item in workspace.open_items}
    return tuple(workspace.items[number] for number in sorted(decision.items) if number in is_open)


def by_item(workspace: Workspace) -> Mapping[int, tuple[Decision, ...]]:
    """The decisions that name each item, newest first, archived ones left out."""
    return _by(workspace, "items")


def by_goal(workspace: Workspace) -> Mapping[int, tuple[Decision, ...]]:
    """The decisions that name each goal, newest first, archived ones left out."""
    return _by(workspace, "goals")


def _by(workspace: Workspace, field: str) -> dict[int, tuple[Decision, ...]]:
    found: dict[int, list[Decision]] = {}
    for decision in sorted(workspace.decisions.values(), key=lambda each: each.created.at, reverse=True):
        if decision.archived is None:
            numbers: frozenset[int] = getattr(decision, field)
            for number in numbers:
                found.setdefault(number, []).append(decision)
    return {number: tuple(decisions) for number, decisions in found.items()}
