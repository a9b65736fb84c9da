"""The words a query may use, taken from one workspace."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from store.errors import NotFoundError
from store.models import Goal, GoalTree, Horizon, Item, Kind, Ruling, Workspace, tree_of


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Stages, goals, tags and people of a workspace; what is costly is gathered at first use."""

    workspace: Workspace

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The names of the stages, in their order."""
        return tuple(stage.name for stage in self.workspace.settings.stages)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of items."""
        return tuple(Kind)

    @property
    def horizons(self) -> tuple[str, ...]:
        """The horizons."""
        return tuple(Horizon)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """What triage can say."""
        return tuple(Ruling)

    @cached_property
    def tree(self) -> GoalTree:
        """The goals."""
        return tree_of(self.workspace.goals)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Tags in use, the commonest first."""
        return _commonest(tag for item in self._items for tag in item.tags)

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Owners of items, the commonest first."""
        return _commonest(item.owner for item in self._items)

    @cached_property
    def requesters(self) -> tuple[str, ...]:
        """Who asked for items, the commonest first."""
        return _commonest(item.requester for item in self._items)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Trackers that items came from, the commonest first."""
        return _commonest(item.source.system for item in self._items if item.source)

    @property
    def teams(self) -> tuple[str, ...]:
        """The names of the teams."""
        return tuple(team.title for team in self.workspace.teams.values() if team.archived is None)

    def goals_named(self, text: str) -> tuple[Goal, ...]:
        """The goals that a person can mean by an id, a title, or the beginnings of words of a title.

        The closest way of naming that fits any goal decides: id with its letter, whole title, whole words, beginnings
        of words, id without its letter. Where several goals fit, those that are still pursued win.
        """
        wanted = text.casefold().split()
        if not wanted:
            return ()
        if wanted[0].startswith("g-") and (found := self._by_id(text)):
            return found
        title = " ".join(wanted)
        ways: tuple[Callable[[Goal, list[str]], bool], ...] = (
            lambda goal, _: goal.title.casefold() == title,
            lambda _, words: all(word in words for word in wanted),
            lambda _, words: all(any(has.startswith(word) for has in words) for word in wanted),
        )
        for way in ways:
            fitting = tuple(goal for goal, words in self._goal_words if way(goal, words))
            if fitting:
                return tuple(goal for goal in fitting if self.tree.is_pursued(goal.id)) or fitting
        return self._by_id(text)

    def _by_id(self, text: str) -> tuple[Goal, ...]:
        try:
            found = self.workspace.find(text, ("goals",))
        except NotFoundError:
            return ()
        return (found,) if isinstance(found, Goal) else ()

    def goal_word(self, goal: Goal, begun: str = "") -> str:
        """A text that names this goal alone: a word of its title, best one that begins as given, or else its id."""
        folded = begun.casefold()
        words = sorted(goal.title.casefold().split(), key=lambda word: (not word.startswith(folded), -len(word)))
        plain = (word for word in words if word.isalnum() and len(word) >= 3)
        for word in plain:
            if self.goals_named(word) == (goal,):
                return word
        return self.workspace.name_of(goal)

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(self.workspace.items.values())

    @cached_property
    def _goal_words(self) -> tuple[tuple[Goal, list[str]], ...]:
        return tuple(
            (goal, [word.strip("“”\"'.,:;()") for word in goal.title.casefold().split()])
            for goal in self.workspace.goals.values()
        )


def _commonest(words: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(word for word in words if word)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))
