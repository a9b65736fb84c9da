"""The scores of all open items, kept from one workspace to the next."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from store.models import GoalTree, Horizon, Item, Workspace, tree_of
from store.scoring.alignment import alignment, alignment_value
from store.scoring.inherit import inherited
from store.scoring.score import Score, Term, figure


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands, or would stand: `#7 of 43 in next`. `of` counts the item itself."""

    horizon: Horizon | None
    position: int
    of: int
    is_there: bool

    @property
    def words(self) -> str:
        """The place as people say it."""
        return f"#{self.position} of {self.of} in {self.horizon.value if self.horizon else 'no horizon'}"


_Kept = tuple[Item, float | None]


class Scoreboard:
    """The scores of the open items of one workspace on one day.

    A score depends on the item, the goals and the day alone, and on what the item blocks. So `following` keeps the
    score of every item that is the same object as before, as long as goals, settings and day are the same.
    """

    def __init__(self, workspace: Workspace, today: date, before: "Scoreboard | None" = None) -> None:
        self.workspace = workspace
        self.today = today
        self.tree: GoalTree = tree_of(workspace.goals) if before is None else before.tree_for(workspace)
        known: Mapping[int, _Kept] = {} if before is None else before.kept_for(workspace, today)
        own: dict[int, _Kept] = {}
        for item in workspace.open_items:
            kept = known.get(item.id)
            own[item.id] = kept if kept is not None and kept[0] is item else (item, self._value(item))
        self._own = own
        self._inherited: Mapping[int, tuple[float, int]] = inherited(own)
        self._ranks: dict[Horizon | None, tuple[list[float], int]] = {}

    def following(self, workspace: Workspace, today: date | None = None) -> "Scoreboard":
        """The scores in the next workspace; only what changed is scored again."""
        day = self.today if today is None else today
        if workspace is self.workspace and day == self.today:
            return self
        return Scoreboard(workspace, day, before=self)

    def tree_for(self, workspace: Workspace) -> GoalTree:
        """The goals of another workspace; the same tree where they are the same goals."""
        return self.tree if workspace.goals is self.workspace.goals else tree_of(workspace.goals)

    def kept_for(self, workspace: Workspace, today: date) -> Mapping[int, _Kept]:
        """The scores that are still right in another workspace for items that are the same objects."""
        are_same = (
            today == self.today
            and workspace.goals is self.workspace.goals
            and workspace.settings is self.workspace.settings
        )
        return self._own if are_same else {}

    def value(self, item: Item) -> float | None:
        """The score of an item as a number, also of one that is closed or not saved yet."""
        kept = self._own.get(item.id)
        own = kept[1] if kept is not None and kept[0] is item else self._value(item)
        more = self._inherited.get(item.id)
        return own if more is None or (own is not None and own >= more[0]) else more[0]

    def score(self, item: Item) -> Score:
        """The score of an item with every step."""
        score = alignment(item, self.tree, self.today)
        more = self._inherited.get(item.id)
        if more is None or (score.value is not None and score.value >= more[0]):
            return score
        value, source = more
        name = self.workspace.name_of(self.workspace.items[source])
        sentence = f"It blocks {name}, which scores {figure(value)}, and is worth as much as what it holds up."
        term = Term("blocks", value, 1.0, value, sentence)
        return replace(score, value=value, terms=(*score.terms, term), reason="", inherited_from=source)

    def place(self, item: Item, horizon: Horizon | None) -> Place:
        """Where the item stands among the open items of a horizon, or would stand if it were put there.

        Items with a higher score are before it; one without a score comes after all that have one.
        """
        scores, unscored = self._rank(horizon)
        value = self.value(item)
        kept = self._own.get(item.id)
        is_there = kept is not None and kept[0].horizon is horizon
        others = len(scores) + unscored - is_there
        if value is None:
            was_scored = is_there and kept is not None and self.value(kept[0]) is not None
            return Place(horizon, len(scores) - was_scored + 1, others + 1, is_there)
        higher = bisect_left(scores, -value)
        if is_there and kept is not None:
            before = self.value(kept[0])
            higher -= before is not None and before > value
        return Place(horizon, higher + 1, others + 1, is_there)

    def _rank(self, horizon: Horizon | None) -> tuple[list[float], int]:
        """Scores turned negative, so that the best comes first; and how many items have none."""
        if horizon not in self._ranks:
            values = [self.value(item) for item, _ in self._own.values() if item.horizon is horizon]
            scores = sorted(-value for value in values if value is not None)
            self._ranks[horizon] = (scores, len(values) - len(scores))
        return self._ranks[horizon]

    def _value(self, item: Item) -> float | None:
        return alignment_value(item, self.tree, self.today)
