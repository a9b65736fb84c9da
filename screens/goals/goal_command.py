"""What commands on goals share."""

from typing import TYPE_CHECKING

from screens.commands.command import Command
from store.models import Goal

if TYPE_CHECKING:
    from screens.goals.screen import GoalsScreen

NO_GOAL = "No goal is under the cursor."
"""Why a command on a goal cannot be used."""


class GoalCommand(Command["GoalsScreen"]):
    """A command on the goal under the cursor of the tree; its key rests while the items have the keys."""

    group = "Goal"

    def unavailable(self, where: "GoalsScreen") -> str | None:
        """Needs a goal."""
        return None if where.goal is not None else NO_GOAL

    @staticmethod
    def goal(where: "GoalsScreen") -> Goal:
        """The goal under the cursor.

        Raises:
            LookupError: there is none; `unavailable` has said so before.
        """
        if where.goal is None:
            raise LookupError(NO_GOAL)
        return where.goal
