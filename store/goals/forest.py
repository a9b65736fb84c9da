"""What serves what: the tree as it is read, items under goals, items and goals without a partner."""

from dataclasses import dataclass
from datetime import datetime

from store.models import Goal, GoalTree, Item, StageKind, Workspace, tree_of


@dataclass(frozen=True, slots=True)
class Row:
    """One goal in the tree as it is read from top to bottom; `depth` 0 is a priority."""

    goal: Goal
    depth: int
    share: float | None
    has_children: bool


def rows(tree: GoalTree, *, folded: frozenset[int] = frozenset(), with_archived: bool = False) -> list[Row]:
    """The tree from top to bottom; goals below a folded one are left out, and archived goals with all below them."""
    found: list[Row] = []
    waiting = [(goal, 0) for goal in reversed(tree.roots)]
    while waiting:
        goal, depth = waiting.pop()
        if goal.archived is not None and not with_archived:
            continue
        children = [child for child in tree.children.get(goal.id, ()) if with_archived or child.archived is None]
        found.append(Row(goal, depth, tree.shares.get(goal.id), bool(children)))
        if goal.id not in folded:
            waiting += [(child, depth + 1) for child in reversed(children)]
    return found


def items_under(workspace: Workspace, goal: int, tree: GoalTree | None = None) -> tuple[list[Item], list[Item]]:
    """The open items that serve the goal directly, and those that serve only a goal below it; each item once."""
    forest = tree or tree_of(workspace.goals)
    is_open = {item.id for item in workspace.open_items}
    direct = [item for item in workspace.items_by_goal.get(goal, ()) if item.id in is_open]
    seen = {item.id for item in direct}
    below: list[Item] = []
    for number in forest.below(goal):
        for item in workspace.items_by_goal.get(number, ()):
            if item.id in is_open and item.id not in seen:
                seen.add(item.id)
                below.append(item)
    return direct, below


def unmapped(workspace: Workspace, *, with_inbox: bool = False) -> list[Item]:
    """Open items that serve no goal; those in the inbox only if asked for, as they still wait for their verdict."""
    return [
        item
        for item in workspace.open_items
        if not item.goals and (with_inbox or workspace.kind_of(item) is not StageKind.INBOX)
    ]


def idle(workspace: Workspace, tree: GoalTree | None = None) -> list[Goal]:
    """Goals that are pursued but that no open item serves, neither they nor a goal below them."""
    forest = tree or tree_of(workspace.goals)
    served: set[int] = set()
    for item in workspace.open_items:
        for link in item.goals:
            if link.goal not in served:
                served.update((link.goal, *forest.above(link.goal)))
    return [row.goal for row in rows(forest) if forest.is_pursued(row.goal.id) and row.goal.id not in served]


def idle_since(workspace: Workspace, goal: int, tree: GoalTree | None = None) -> datetime | None:
    """The last moment something that serves the goal or one below it was moved; None where nothing ever served it."""
    forest = tree or tree_of(workspace.goals)
    return max(
        (item.stage.since for number in forest.below(goal) for item in workspace.items_by_goal.get(number, ())),
        default=None,
    )
