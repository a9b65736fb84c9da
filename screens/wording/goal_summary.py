"""The summary line of the goals."""

from collections.abc import Iterator

from rich.cells import cell_len

from screens.wording.goal_facts import GoalFacts
from screens.wording.item_lines import Words

GAP = "   "


def summary_words(facts: GoalFacts, width: int, *, only_problems: bool) -> list[Words]:
    """How many goals are pursued, and what has no partner: goals without work and work without a goal.

    What is not to be looked at leaves a narrow line first.
    """
    parts = list(_parts(facts, only_problems=only_problems))
    while len(parts) > 1 and sum(cell_len(text) + len(GAP) for text, _ in parts) - len(GAP) > width:
        muted = [part for part in parts[1:] if part[1] == "muted"]
        parts.remove(muted[0] if muted else parts[-1])
    spaced: list[Words] = []
    for part in parts:
        spaced += [(GAP, ""), part] if spaced else [part]
    return spaced


def _parts(facts: GoalFacts, *, only_problems: bool) -> Iterator[Words]:
    yield "Goals", "strong"
    if only_problems:
        yield "! problems only", "accent"
    pursued = [goal for goal in facts.workspace.goals.values() if facts.tree.is_pursued(goal.id)]
    if not pursued:
        return
    priorities = sum(1 for goal in pursued if goal.id not in facts.tree.parents)
    yield f"{len(pursued):,} pursued under {priorities} priorit{'y' if priorities == 1 else 'ies'}", "muted"
    idle = len(facts.without_work)
    yield f"goals without work: {idle:,}", "warning" if idle else "muted"
    stray = len(facts.without_goal)
    part = f" ({100 * facts.part_without_goal:.0f} %)" if stray else ""
    yield f"accepted items that serve nothing: {stray:,}{part}", "warning" if stray else "muted"
    if facts.inbox_without_goal:
        yield f"in the inbox: {facts.inbox_without_goal:,} more", "muted"
