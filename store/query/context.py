"""What a query needs besides the items: today, who asks, scores, and folded text."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from store.clock import local_day
from store.models import GoalTree, Item, Workspace, tree_of


class Texts:
    """Titles and bodies of items, folded for searching.

    A text is made at first use and kept while the item is the same object, also from one workspace to the next: an
    edit folds one text, not ten thousand.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Item, str]] = {}

    def of(self, item: Item) -> str:
        """Title and body, case-folded, on lines of their own."""
        kept = self._kept.get(item.id)
        if kept is not None and kept[0] is item:
            return kept[1]
        text = f"{item.title}\n{item.body}".casefold()
        self._kept[item.id] = (item, text)
        return text


def unscored(_item: Item) -> float | None:
    """The score where nobody computes scores."""
    return None


@dataclass(frozen=True, eq=False)
class Context:
    """The circumstances a query is run in.

    Args:
        workspace: where the items are.
        now: the present moment.
        me: the handle that `@me` stands for.
        score: the score of an item; None where it has none.
        texts: folded texts, handed on from context to context.
    """

    workspace: Workspace
    now: datetime
    me: str = ""
    score: Callable[[Item], float | None] = unscored
    texts: Texts = field(default_factory=Texts, repr=False)

    @cached_property
    def today(self) -> date:
        """The calendar day of `now`."""
        return local_day(self.now)

    @cached_property
    def tree(self) -> GoalTree:
        """The goals."""
        return tree_of(self.workspace.goals)

    def following(
        self, workspace: Workspace, now: datetime, score: Callable[[Item], float | None] | None = None
    ) -> "Context":
        """The same circumstances in the next workspace; folded texts are kept."""
        return replace(self, workspace=workspace, now=now, score=score or self.score)
