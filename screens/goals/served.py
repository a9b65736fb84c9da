"""The items under a row of the goal tree, sorted once for each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from screens.goals.tree import GAPS, WITHOUT_GOAL
from screens.widgets.record_lines import Group
from screens.wording.goal_facts import GoalFacts
from store.models import Item

Score = Callable[[Item], float | None]


@dataclass(frozen=True, slots=True)
class Under:
    """Ids in order, and headings where some serve the goal only through one below it."""

    ids: Sequence[int]
    groups: tuple[Group, ...] = ()


NOTHING: Final = Under(())


class Served:
    """What serves each goal of one workspace: open items, the best score first, those of equal score oldest first."""

    def __init__(self, facts: GoalFacts, score: Score) -> None:
        self._facts = facts
        self._score = score
        self._known: dict[int, Under] = {}

    def by(self, number: int | None) -> Under:
        """The items under a goal, or under the entry for items without one."""
        if number is None:
            return NOTHING
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._under(number)
        return known

    def _under(self, number: int) -> Under:
        if number == WITHOUT_GOAL:
            return Under([item.id for item in sorted(self._facts.without_goal, key=self._place)])
        if number in GAPS:
            return NOTHING
        direct, below = (sorted(items, key=self._place) for items in self._facts.items(number))
        groups = (Group(0, "directly", f"{len(direct):,}"),) if direct and below else ()
        if below:
            groups = (*groups, Group(len(direct), "through goals below", f"{len(below):,}"))
        return Under([item.id for item in (*direct, *below)], groups)

    def _place(self, item: Item) -> tuple[float, float]:
        score = self._score(item)
        return (1.0 if score is None else -score, item.created.at.timestamp())
