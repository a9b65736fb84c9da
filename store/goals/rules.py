"""What goals may not do."""

from collections.abc import Mapping

from store.errors import NotFoundError, RuleError
from store.models import Goal


def can_reparent(goals: Mapping[int, Goal], goal: int, parent: int | None) -> None:
    """Says nothing if the goal may stand below the parent; None makes it a priority.

    Raises:
        NotFoundError: one of them is not there.
        RuleError: the parent is the goal itself, stands below it, or is archived.
    """
    if goal not in goals or (parent is not None and parent not in goals):
        message = "That goal is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    if parent is None:
        return
    if parent == goal:
        message = f"“{goals[goal].title}” cannot stand below itself."
        raise RuleError(message, "Choose another goal, or make it a priority.")
    if goals[parent].archived is not None:
        message = f"“{goals[parent].title}” is archived."
        raise RuleError(message, "Restore it first, or choose another goal.")
    seen: set[int] = set()
    above = goals[parent].parent
    while above is not None and above in goals and above not in seen:
        if above == goal:
            message = f"“{goals[parent].title}” stands below “{goals[goal].title}” itself."
            raise RuleError(message, "Move that one out first.")
        seen.add(above)
        above = goals[above].parent
