"""Where goals stand in the tree, how much they weigh, and which items serve them."""

from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from screens.commands.command import AnyCommand
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.goals.forms import MOST_WEIGHT
from screens.goals.goal_command import GoalCommand
from screens.wording import glyphs
from screens.wording.goal_results import whole
from screens.wording.goal_rows import ORIGIN, SIGN
from store.change import applied, goal_reparented, goal_weighed, mapped
from store.models import Goal, tree_of

if TYPE_CHECKING:
    from screens.goals.screen import GoalsScreen

AT_THE_TOP = "top"
SERVES = 2
"""How strongly an item serves the goal it is mapped to here; `m` on the item says it otherwise."""


class Reparent(GoalCommand):
    """Moves the goal to another place in the tree."""

    id = "goal.parent"
    title = "Move in the tree"
    help = "Puts the goal below another one, or makes it a priority of its own."
    key = "r"
    hint = "move"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the goal above."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        tree, workspace = where.facts.tree, where.workspace
        barred = set(tree.below(goal.id))
        choices = [Choice(AT_THE_TOP, "a priority of its own")]
        choices += [
            Choice(str(each.id), each.title, ORIGIN[tree.origin_of(each.id)], SIGN[each.status][0])
            for each in sorted(workspace.goals.values(), key=lambda each: each.title.casefold())
            if each.archived is None and each.id not in barred
        ]
        present = AT_THE_TOP if goal.parent is None else str(goal.parent)
        for picked in await where.ask(Picker(f"“{goal.title}” is for", choices, current=[present])) or ():
            parent = None if picked == AT_THE_TOP else int(picked)
            change = goal_reparented(workspace, goal.id, parent, now=where.office.now(), by=where.office.me)
            if parent is not None:
                where.folded -= {parent}
            where.do(change)


class Weigh(GoalCommand):
    """Says how much the goal weighs."""

    id = "goal.weight"
    title = "Weight"
    help = "Its part among its siblings, in any unit; what it comes to is said while you type."
    key = "W"
    hint = "weight"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the weight."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        office = where.office

        def reading(text: str) -> str:
            change = goal_weighed(where.workspace, goal.id, whole(text, MOST_WEIGHT), office.now(), office.me)
            shares = tree_of(applied(where.workspace, change).goals).shares
            return (
                f"{shares[goal.id]:.0f} % of what is wanted" if goal.id in shares else "not pursued, so it has no share"
            )

        line = LineDialog(
            f"Weight of “{goal.title}”",
            value=str(goal.weight),
            reading=reading,
            demanded="A whole number from 0 to 1000.",
        )
        text = await where.ask(line)
        if text:
            where.do(goal_weighed(where.workspace, goal.id, whole(text, MOST_WEIGHT), office.now(), office.me))


class MapItems(GoalCommand):
    """Maps items to the goal."""

    id = "goal.items"
    title = "Map items to it"
    help = "Picks open items that serve the goal; tab marks several."
    key = "m"
    hint = "map items"

    def run(self, where: "GoalsScreen") -> Coroutine[Any, Any, None]:
        """Ask for the items."""
        return self._ask(where, self.goal(where))

    @staticmethod
    async def _ask(where: "GoalsScreen", goal: Goal) -> None:
        workspace = where.workspace
        # Work that serves nothing yet is what one looks for here.
        free = sorted(
            (item for item in workspace.open_items if not item.strength(goal.id)),
            key=lambda item: (bool(item.goals), item.title.casefold()),
        )
        folded = [(item, f"{item.title} {workspace.name_of(item)}".casefold()) for item in free]

        def found(text: str) -> Sequence[Choice]:
            words = text.casefold().split()
            return [
                Choice(
                    str(item.id),
                    item.title,
                    workspace.name_of(item) if item.goals else f"{workspace.name_of(item)}, serves nothing",
                    glyphs.state_of(item, workspace)[0],
                )
                for item, text_of_item in folded
                if all(word in text_of_item for word in words)
            ]

        picked = await where.ask(Picker(f"Which items serve “{goal.title}”?", found, many=True))
        if picked:
            numbers = [int(number) for number in picked]
            where.do(mapped(workspace, numbers, goal.id, SERVES, now=where.office.now(), by=where.office.me))


class Fold(GoalCommand):
    """Hides the goals below, or goes up."""

    id = "goal.fold"
    title = "Fold"
    help = "Hides the goals below this one; where there are none, goes to the goal above."
    key = "h,left"

    def run(self, where: "GoalsScreen") -> None:
        """Fold it, else go up."""
        goal, tree = self.goal(where), where.facts.tree
        if tree.children.get(goal.id) and goal.id not in where.folded and not where.only_problems:
            where.fold(goal.id, is_folded=True)
        else:
            above = next(tree.above(goal.id), None)
            if above is not None:
                where.goal_list.move_to(above)


class Unfold(GoalCommand):
    """Shows the goals below, or goes down."""

    id = "goal.unfold"
    title = "Unfold"
    help = "Shows the goals below this one; where they are shown, goes to the first."
    key = "l,right"

    def run(self, where: "GoalsScreen") -> None:
        """Unfold it, else go down."""
        goal, tree = self.goal(where), where.facts.tree
        if goal.id in where.folded:
            where.fold(goal.id, is_folded=False)
        elif below := tree.children.get(goal.id):
            where.goal_list.move_to(below[0].id)


PLACING: tuple[type[AnyCommand], ...] = (MapItems, Weigh, Reparent, Fold, Unfold)
"""Commands on the place of goals, in the order of the hint bar."""
