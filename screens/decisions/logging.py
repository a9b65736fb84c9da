"""A decision logged from wherever the work is: already linked to what was under the cursor."""

from collections.abc import Sequence

from screens.decisions.forms import new_form
from screens.screen import LeadlineScreen
from store.models import Workspace


async def log_decision(where: LeadlineScreen, items: Sequence[int], goals: Sequence[int], title: str = "") -> None:
    """Ask for a new decision in the short form, linked to these items and goals, and do it.

    Goals that the items serve are linked as well, since the decision rests on them.
    """
    workspace = where.workspace
    served = {link.goal for number in items if number in workspace.items for link in workspace.items[number].goals}
    linked_goals = frozenset(number for number in {*goals, *served} if number in workspace.goals)
    linked_items = frozenset(number for number in items if number in workspace.items)
    words = _about(workspace, linked_items, frozenset(goals))
    change = await where.ask(new_form(where, title=title, words=words, items=linked_items, goals=linked_goals))
    if change:
        where.do(change)


def _about(workspace: Workspace, items: frozenset[int], goals: frozenset[int]) -> str:
    if len(items) > 1:
        return f" about {len(items)} items"
    record = next((workspace.items[number] for number in items), None)
    goal = next((workspace.goals[number] for number in goals if number in workspace.goals), None)
    if record is not None:
        return f" about {workspace.name_of(record)}"
    return f" about {workspace.name_of(goal)}" if goal is not None else ""
