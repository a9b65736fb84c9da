"""The scores of all open items, kept from one workspace to the next."""

from bisect import bisect_left
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


_Known = dict[int, tuple[Item, float | None]]


class Scoreboard:
    """The scores of the items of one workspace on one day, each worked out when it is first asked for.

    A score depends on the item, the goals and the day alone, and on what the item blocks. So `following` keeps the
    score of every item that is the same object as before, as long as goals, settings and day are the same.
    """

    def __init__(self, workspace: Workspace, today: date, before: "Scoreboard | None" = None) -> None:
        self.workspace = workspace
        self.today = today
        self.tree: GoalTree = tree_of(workspace.goals) if before is None else before.tree_for(workspace)
        self._known: _Known = {} if before is None else before.known_for(workspace, today)
        self._inherited = inherited(((item, self._own(item)) for item in workspace.depending_items), self._open)
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

    def known_for(self, workspace: Workspace, today: date) -> _Known:
        """The scores that are still right in another workspace for items that are the same objects."""
        are_same = (
            today == self.today
            and workspace.goals is self.workspace.goals
            and workspace.settings is self.workspace.settings
        )
        return self._known if are_same else {}

    def value(self, item: Item) -> float | None:
        """The score of an item as a number, also of one that is closed or not saved yet."""
        own = self._own(item)
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
        stored = self._open(item.id)
        if stored is None or stored.horizon is not horizon:
            higher = len(scores) if value is None else bisect_left(scores, -value)
            return Place(horizon, higher + 1, len(scores) + unscored + 1, is_there=False)
        others = len(scores) + unscored - 1
        before = self.value(stored)
        if value is None:
            return Place(horizon, len(scores) - (before is not None) + 1, others + 1, is_there=True)
        higher = bisect_left(scores, -value) - (before is not None and before > value)
        return Place(horizon, higher + 1, others + 1, is_there=True)

    def _rank(self, horizon: Horizon | None) -> tuple[list[float], int]:
        """Scores turned negative, so that the best comes first; and how many items have none."""
        if horizon not in self._ranks:
            values = [self.value(item) for item in self.workspace.open_items if item.horizon is horizon]
            scores = sorted(-value for value in values if value is not None)
            self._ranks[horizon] = (scores, len(values) - len(scores))
        return self._ranks[horizon]

    def _open(self, number: int) -> Item | None:
        """The open item with this id, as it is in the workspace."""
        item = self.workspace.items.get(number)
        is_open = item is not None and item.archived is None and self.workspace.kind_of(item).is_open
        return item if is_open else None

    def _own(self, item: Item) -> float | None:
        """The score of an item by itself."""
        known = self._known.get(item.id)
        if known is not None and known[0] is item:
            return known[1]
        value = alignment_value(item, self.tree, self.today)
        self._known[item.id] = (item, value)
        return value
