"""What a query needs besides the items: today, who asks, scores, and folded text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from store.clock import local_day
from store.models import GoalTree, Item, Workspace, tree_of
from store.models.shelf import glances


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
    _order_before: tuple[Item, ...] = field(default=(), repr=False)
    _standing_in: dict[frozenset[str], tuple[Item, ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def today(self) -> date:
        """The calendar day of `now`."""
        return local_day(self.now)

    @cached_property
    def tree(self) -> GoalTree:
        """The goals."""
        return tree_of(self.workspace.goals)

    @cached_property
    def oldest_first(self) -> tuple[Item, ...]:
        """All items by age, then id: the order of those that the sort of a query calls equal."""
        items = self.workspace.items
        kept = tuple(item for old in self._order_before if (item := items.get(old.id)) and _is_as_old(item, old))
        if len(kept) == len(items):
            return kept
        return tuple(sorted(items.values(), key=_by_age))

    @cached_property
    def oldest_standing_first(self) -> tuple[Item, ...]:
        """The items that are not archived, in the same order."""
        return tuple(item for item in self.oldest_first if item.archived is None)

    @cached_property
    def oldest_open_first(self) -> tuple[Item, ...]:
        """The open items, in the same order."""
        if self._is_asked_once:
            return tuple(sorted(self.workspace.open_items, key=_by_age))
        closed = {stage.name for stage in self.workspace.settings.stages if not stage.kind.is_open}
        return tuple(item for item in self.oldest_standing_first if item.stage.stage not in closed)

    def oldest_in(self, stages: frozenset[str]) -> Iterable[Item]:
        """At least the items that stand in one of these stages and are not archived, in the same order."""
        if not self._is_asked_once:
            return self.oldest_standing_first
        found = self._standing_in.get(stages)
        if found is None:
            items = self.workspace.items
            there = (number for number, stage, archived in glances(items) if stage in stages and not archived)
            found = self._standing_in[stages] = tuple(sorted((items[number] for number in there), key=_by_age))
        return found

    @property
    def _is_asked_once(self) -> bool:
        """Whether nobody needed all items yet: then those that cannot match need not even be made."""
        return "oldest_first" not in self.__dict__ and not self._order_before

    def at(self, workspace: Workspace) -> "Context":
        """These circumstances, if they are those of the workspace already; else the same ones there."""
        return self if workspace is self.workspace else self.following(workspace, self.now)

    def following(
        self, workspace: Workspace, now: datetime, score: Callable[[Item], float | None] | None = None
    ) -> "Context":
        """The same circumstances in the next workspace; folded texts and the order by age are kept."""
        order = self.__dict__.get("oldest_first", self._order_before)
        return replace(self, workspace=workspace, now=now, score=score or self.score, _order_before=order)


def _by_age(item: Item) -> tuple[float, int]:
    return item.created.at.timestamp(), item.id


def _is_as_old(item: Item, old: Item) -> bool:
    return item is old or item.created.at == old.created.at
