"""Where effort goes, beside where it was wished to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.models import GoalTree, Item, Origin, StageKind, Workspace, tree_of


@dataclass(frozen=True, slots=True)
class Effort:
    """Effort by goal and by origin, in per cent of all effort that serves a goal.

    Args:
        unit: what was counted: `size` where every item is sized, else `items`.
        by_goal: the part of each goal, with that of the goals below it.
        by_origin: the part of company, customers and team.
        serving_nothing: the part that serves no goal, in per cent of all effort.
        counted: how many items were counted.
    """

    unit: str
    by_goal: Mapping[int, float]
    by_origin: Mapping[Origin, float]
    serving_nothing: float
    counted: int


def share_by_origin(tree: GoalTree) -> dict[Origin, float]:
    """The sum of the shares of the priorities of each origin, in per cent, in the order of `Origin`."""
    sums = dict.fromkeys(Origin, 0.0)
    for goal in tree.roots:
        sums[goal.origin] += tree.shares.get(goal.id, 0.0)
    return {origin: part for origin, part in sums.items() if part}


def effort(workspace: Workspace, tree: GoalTree | None = None, since: datetime | None = None) -> Effort:
    """Where effort goes, over items that are queued or started, and those finished since a moment.

    An item's effort is its size, or 1 for all items where any of them is not sized: sizes and guesses are not mixed. It
    is split over the goals it serves by their strength. A goal has its own part and that of the goals below it.
    """
    forest = tree or tree_of(workspace.goals)
    items = [item for item in workspace.items.values() if item.archived is None and _counts(workspace, item, since)]
    is_sized = bool(items) and all(item.size for item in items)
    lines = {goal: (goal, *forest.above(goal)) for goal in workspace.goals}
    by_goal: dict[int, float] = {}
    by_origin: dict[Origin, float] = {}
    total = unserved = 0.0
    for item in items:
        links = [link for link in item.goals if link.goal in workspace.goals]
        amount = float(item.size or 1) if is_sized else 1.0
        if not links:
            unserved += amount
            continue
        total += amount
        strengths = sum(link.strength for link in links)
        for link in links:
            part = amount * link.strength / strengths
            origin = workspace.goals[lines[link.goal][-1]].origin
            by_origin[origin] = by_origin.get(origin, 0.0) + part
            for number in lines[link.goal]:
                by_goal[number] = by_goal.get(number, 0.0) + part
    return Effort(
        unit="size" if is_sized else "items",
        by_goal={goal: 100 * part / total for goal, part in by_goal.items()},
        by_origin={origin: 100 * part / total for origin, part in by_origin.items()},
        serving_nothing=100 * unserved / (total + unserved) if items else 0.0,
        counted=len(items),
    )


def _counts(workspace: Workspace, item: Item, since: datetime | None) -> bool:
    kind = workspace.kind_of(item)
    if kind is StageKind.FINISHED:
        return since is not None and item.stage.since >= since
    return kind in {StageKind.QUEUED, StageKind.ACTIVE, StageKind.WAITING}
