"""What is true of the goals of one workspace, counted once for tree and pane alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from store.decisions import by_goal
from store.goals import Effort, effort, idle, unmapped
from store.models import Decision, Goal, GoalStatus, GoalTree, Item, StageKind, Workspace, tree_of


@dataclass(frozen=True, eq=False)
class GoalFacts:
    """The goals of a workspace as they are seen on one day."""

    workspace: Workspace
    today: date

    @cached_property
    def tree(self) -> GoalTree:
        """The goals by their place."""
        return tree_of(self.workspace.goals)

    @cached_property
    def effort(self) -> Effort:
        """Where the work in hand goes: what is queued or started."""
        return effort(self.workspace, self.tree)

    @cached_property
    def open_counts(self) -> Mapping[int, int]:
        """How many open items serve each goal or one below it; goals without any are missing."""
        above: dict[int, tuple[int, ...]] = {}
        counts: dict[int, int] = {}
        for item in self.workspace.open_items:
            served: set[int] = set()
            for link in item.goals:
                if link.goal not in above:
                    above[link.goal] = (link.goal, *self.tree.above(link.goal))
                served.update(above[link.goal])
            for goal in served:
                counts[goal] = counts.get(goal, 0) + 1
        return counts

    @cached_property
    def without_work(self) -> tuple[Goal, ...]:
        """Goals that are pursued and that no open item serves."""
        return tuple(idle(self.workspace, self.tree))

    @cached_property
    def without_goal(self) -> tuple[Item, ...]:
        """Open items that serve no goal; those in the inbox still wait for their verdict and do not count."""
        return tuple(unmapped(self.workspace))

    @cached_property
    def inbox_without_goal(self) -> int:
        """How many items in the inbox serve no goal: they wait for their verdict first."""
        return sum(1 for item in self.workspace.open_items if not item.goals) - len(self.without_goal)

    @cached_property
    def part_without_goal(self) -> float:
        """The part of the accepted open items that serves no goal, 0 to 1."""
        counts = self.workspace.stage_counts
        accepted = sum(
            counts.get(stage.name, 0)
            for stage in self.workspace.settings.stages
            if stage.kind.is_open and stage.kind is not StageKind.INBOX
        )
        return len(self.without_goal) / accepted if accepted else 0.0

    @cached_property
    def decisions(self) -> Mapping[int, tuple[Decision, ...]]:
        """The decisions that name each goal, newest first; archived ones left out."""
        return by_goal(self.workspace)

    def items(self, goal: int) -> tuple[list[Item], list[Item]]:
        """The open items that serve the goal directly, and those that serve only a goal below it; each item once."""
        direct = list(self.serving.get(goal, ()))
        seen = {item.id for item in direct}
        below: list[Item] = []
        for number in self.tree.below(goal):
            for item in self.serving.get(number, ()):
                if item.id not in seen:
                    seen.add(item.id)
                    below.append(item)
        return direct, below

    @cached_property
    def serving(self) -> Mapping[int, tuple[Item, ...]]:
        """The open items that serve each goal directly."""
        found: dict[int, list[Item]] = {}
        for item in self.workspace.open_items:
            for link in item.goals:
                found.setdefault(link.goal, []).append(item)
        return {goal: tuple(items) for goal, items in found.items()}

    def share(self, goal: int) -> float | None:
        """The goal's part of the whole in per cent, from the weights; None where it is not pursued."""
        return self.tree.shares.get(goal)

    def actual(self, goal: int) -> float:
        """The share of the work in hand that serves the goal or one below it, in per cent."""
        return self.effort.by_goal.get(goal, 0.0)

    def problems(self, goal: Goal) -> tuple[str, ...]:
        """What somebody should look at, each in a few words; nothing for goals that are not pursued."""
        if not self.tree.is_pursued(goal.id):
            return ()
        found = []
        if goal.id not in self.open_counts:
            found.append("nothing serves it")
        if goal.due is not None and goal.due < self.today:
            found.append(f"{days((self.today - goal.due).days)} overdue")
        if not goal.owner:
            found.append("nobody owns it")
        if not goal.key_results and not self.tree.children.get(goal.id):
            found.append("no key result")
        return tuple(found)

    def would_lose(self, goal: int) -> "Loss":
        """What has no reason any more once the goal is dropped or archived, and with it those below it."""
        family = tuple(self.tree.below(goal))
        gone = set(family)
        served = {item.id: item for number in family for item in self.serving.get(number, ())}
        rested = {one.id: one for number in family for one in self.decisions.get(number, ())}
        return Loss(
            items=tuple(item for item in served.values() if not self._serves_another(item, gone)),
            goals=tuple(self.workspace.goals[number] for number in family[1:] if self.tree.is_pursued(number)),
            decisions=tuple(rested.values()),
        )

    def _serves_another(self, item: Item, gone: set[int]) -> bool:
        return any(link.goal not in gone and self.tree.is_pursued(link.goal) for link in item.goals)


@dataclass(frozen=True, slots=True)
class Loss:
    """What loses its reason: open items that would serve nothing, goals below, decisions that name one of them."""

    items: tuple[Item, ...]
    goals: tuple[Goal, ...]
    decisions: tuple[Decision, ...]

    def __bool__(self) -> bool:
        return bool(self.items or self.goals)


def days(count: int) -> str:
    """A number of days in words."""
    return "1 day" if count == 1 else f"{count:,} days"


def is_over(goal: Goal) -> bool:
    """Whether nothing more is expected of the goal itself."""
    return goal.archived is not None or goal.status in {GoalStatus.ACHIEVED, GoalStatus.DROPPED}
