"""Items as rows: the words of each column, the same in every list that shows items."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Final

from screens.wording import glyphs
from screens.wording.clean import clean, fit
from screens.wording.item_lines import Words
from store.clock import age_words, whole_days
from store.models import Goal, Horizon, Item, Serves, StageKind, Workspace, tree_of
from store.query import Vocabulary

GOAL_WORD: Final = 9
"""Cells for the short name of a goal, so that the squares behind it stand in one column."""

NO_FIGURE: Final = "-"


class RowWords:
    """The words of items in one workspace at one moment.

    Args:
        workspace: where the items are.
        now: the moment ages are seen from.
        score: the score of an item; None where it has none.
    """

    def __init__(self, workspace: Workspace, now: datetime, score: Callable[[Item], float | None]) -> None:
        self._workspace = workspace
        self._now = now
        self._score = score
        self._goal_words: dict[int, str] = {}

    def of(self, item: Item) -> Mapping[str, Words | tuple[Words, ...]]:
        """All columns of a row by their key."""
        kind = self._workspace.kind_of(item)
        glyph, tone = glyphs.state_of(item, self._workspace)
        is_over = not kind.is_open or item.archived is not None
        return {
            "state": (glyph, tone),
            "id": (self._workspace.name_of(item), "muted"),
            "title": (item.title, "muted" if is_over else ""),
            "stage": self.stage(item),
            "horizon": self.horizon(item),
            "goals": self.goals(item),
            "score": self.score(item),
            "size": (str(item.size) if item.size else NO_FIGURE, "" if item.size else "muted"),
            "age": (self.age(item), "muted"),
            "owner": (f"@{item.owner}" if item.owner else "", "muted"),
        }

    def stage(self, item: Item) -> Words:
        """The stage, or that it is disputed, archived or blocked, which says more; work under way stands out."""
        if ("items", item.id) in self._workspace.disputes:
            return "disputed", "warning"
        if item.archived is not None:
            return "archived", "muted"
        kind = self._workspace.kind_of(item)
        if item.is_blocked and kind.is_open:
            return "blocked", "warning"
        return item.stage.stage, "" if kind in {StageKind.ACTIVE, StageKind.WAITING} else "muted"

    @staticmethod
    def horizon(item: Item) -> Words:
        """When it is meant to happen: sign and word."""
        if item.horizon is None:
            return "", ""
        return f"{glyphs.HORIZON[item.horizon]} {item.horizon.value}", "" if item.horizon is Horizon.NOW else "muted"

    def goals(self, item: Item) -> tuple[Words, ...]:
        """The goal it serves most, how strongly, and a sign where it serves more."""
        links = self.links(item)
        if not links:
            return ()
        best = links[0]
        name = fit(clean(self.goal_word(best.goal)), GOAL_WORD, pad=True)
        return (f"{name} ", "muted"), (glyphs.strength(best.strength), ""), ("+" if len(links) > 1 else "", "muted")

    def links(self, item: Item) -> list[Serves]:
        """The goals it serves, the one that matters most first."""
        if len(item.goals) < 2:
            return list(item.goals)
        shares = self._shares
        return sorted(
            item.goals, key=lambda link: (-link.strength * shares.get(link.goal, 0.0), -link.strength, link.goal)
        )

    def score(self, item: Item) -> Words:
        """The score in figures."""
        value = self._score(item)
        return (NO_FIGURE, "muted") if value is None else (f"{value:.1f}", "")

    def age(self, item: Item) -> str:
        """How long ago it was created."""
        return age_words(whole_days(item.created.at, self._now))

    def goal_word(self, number: int) -> str:
        """One word for a goal, which the query language takes too."""
        word = self._goal_words.get(number)
        if word is None:
            goal = self._workspace.goals.get(number)
            word = self._goal_words[number] = "gone" if goal is None else self._short_name(goal)
        return word

    def _short_name(self, goal: Goal) -> str:
        return self._vocabulary.goal_word(goal)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._workspace)

    @cached_property
    def _shares(self) -> Mapping[int, float]:
        return tree_of(self._workspace.goals).shares


def id_width(workspace: Workspace) -> int:
    """Cells that an id needs: among thousands of items some need one letter more than four."""
    letters = 4 if len(workspace.items) < 1_000 else 5
    return len(workspace.settings.prefix) + 1 + letters
