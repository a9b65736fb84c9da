"""The goals a card can serve, and the change that maps it to them."""

from collections.abc import Mapping
from datetime import datetime

from screens.wording.triage import LETTERS, GoalChoice
from store.change import ChangeSet, Edit, applied, mapped
from store.goals import rows
from store.models import GoalTree, Item, Workspace


def goal_choices(item: Item, tree: GoalTree) -> tuple[GoalChoice, ...]:
    """The goals that are pursued, in the order of the tree, so that each has the same letter on every card."""
    pursued = [row for row in rows(tree) if tree.is_pursued(row.goal.id)]
    return tuple(
        GoalChoice(
            letter=LETTERS[place] if place < len(LETTERS) else "",
            goal=row.goal,
            share=tree.shares[row.goal.id],
            strength=item.strength(row.goal.id),
            depth=row.depth,
        )
        for place, row in enumerate(pursued)
    )


def mapping_changed(
    workspace: Workspace, item: Item, strengths: Mapping[int, int], now: datetime, by: str
) -> ChangeSet:
    """All the new strengths as one change; those that are as they were stay out of it."""
    steps: list[ChangeSet] = []
    at = workspace
    for goal, strength in strengths.items():
        if strength != item.strength(goal):
            step = mapped(at, [item.id], goal, strength, now=now, by=by)
            steps.append(step)
            at = applied(at, step)
    after = at.items[item.id]
    if len(steps) == 1:
        return steps[0]
    sentence = f"Mapped {workspace.name_of(item)} to {len(after.goals)} goal{'' if len(after.goals) == 1 else 's'}"
    return ChangeSet(sentence, (Edit(item, after),) if steps else (), now, by)
