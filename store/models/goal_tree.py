"""The goals as a tree, and the part of the whole that each of them has.

Weights say a goal's part among its siblings. The share of a priority is its weight over the weights of all priorities,
times 100; the share of a goal below is its parent's share times its weight over the weights of all its siblings. Only
goals that are pursued have a share: active, not archived, and so are all goals above them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from store.models.goal import Goal, GoalStatus, Origin


@dataclass(frozen=True, slots=True, eq=False)
class GoalTree:
    """Goals by their place. A goal whose parent is missing, or that stands in a circle, counts as a priority.

    Args:
        goals: all goals by id.
        parents: the parent of each goal that has one.
        children: the goals directly below each goal; heavier ones first, then by title. Priorities are under None.
        shares: the share of the whole in per cent, 0 to 100, of each goal that is pursued.
    """

    goals: Mapping[int, Goal]
    parents: Mapping[int, int]
    children: Mapping[int | None, tuple[Goal, ...]]
    shares: Mapping[int, float]

    @property
    def roots(self) -> tuple[Goal, ...]:
        """The priorities."""
        return self.children.get(None, ())

    def above(self, goal: int) -> Iterator[int]:
        """The ids of the goals above, nearest first."""
        at = self.parents.get(goal)
        while at is not None:
            yield at
            at = self.parents.get(at)

    def below(self, goal: int) -> Iterator[int]:
        """The id of the goal itself and of all goals below it, each before those below it."""
        waiting = [goal]
        while waiting:
            at = waiting.pop()
            yield at
            waiting += [child.id for child in reversed(self.children.get(at, ()))]

    def root_of(self, goal: int) -> int:
        """The id of the priority that a goal belongs to."""
        return [goal, *self.above(goal)][-1]

    def origin_of(self, goal: int) -> Origin:
        """Where the priority that a goal belongs to comes from."""
        return self.goals[self.root_of(goal)].origin

    def is_pursued(self, goal: int) -> bool:
        """Whether the goal and all above it are active and not archived; False for a goal that is missing."""
        return goal in self.shares

    def is_over(self, goal: int) -> bool:
        """Whether the goal or one above it is achieved, dropped or archived, or the goal is missing."""
        return goal not in self.goals or any(_is_over(self.goals[at]) for at in (goal, *self.above(goal)))


def tree_of(goals: Mapping[int, Goal]) -> GoalTree:
    """The tree of these goals, in time linear in their number."""
    parents = _parents(goals)
    below: dict[int | None, list[Goal]] = {}
    for goal in goals.values():
        below.setdefault(parents.get(goal.id), []).append(goal)
    children = {
        parent: tuple(sorted(siblings, key=lambda goal: (-goal.weight, goal.title.casefold(), goal.id)))
        for parent, siblings in below.items()
    }
    return GoalTree(goals=goals, parents=parents, children=children, shares=_shares(children))


def _is_over(goal: Goal) -> bool:
    return goal.archived is not None or goal.status in {GoalStatus.ACHIEVED, GoalStatus.DROPPED}


def _parents(goals: Mapping[int, Goal]) -> dict[int, int]:
    """The parent of each goal; the link that closes a circle is left out, at the goal with the smallest id in it."""
    parents = {goal.id: goal.parent for goal in goals.values() if goal.parent is not None and goal.parent in goals}
    settled: set[int] = set()
    for start in goals:
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = None
            at = parents.get(at)
        if at is not None and at in path:
            walked = list(path)
            del parents[min(walked[walked.index(at) :])]
        settled.update(path)
    return parents


def _shares(children: Mapping[int | None, tuple[Goal, ...]]) -> dict[int, float]:
    shares: dict[int, float] = {}
    waiting: list[tuple[int | None, float]] = [(None, 100.0)]
    while waiting:
        parent, whole = waiting.pop()
        siblings = [
            goal for goal in children.get(parent, ()) if goal.status is GoalStatus.ACTIVE and goal.archived is None
        ]
        total = sum(goal.weight for goal in siblings)
        for goal in siblings:
            shares[goal.id] = whole * goal.weight / total if total else 0.0
            waiting.append((goal.id, shares[goal.id]))
    return shares
