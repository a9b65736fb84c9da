"""A query that was read: what it looks for, in which order, under which headings."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from store.models import Item, Settings, Workspace
from store.query.context import Context
from store.query.fields import LIFTING_STATES
from store.query.matching import test_of
from store.query.order import Group, grouped, sorted_items
from store.query.parser import Parser
from store.query.tree import And, Everything, Expression, SortKey, Term, terms_in
from store.query.vocabulary import Vocabulary


class Scope(Enum):
    """Which items a query looks at in the first place."""

    OPEN = "open items"
    STANDING = "all but archived items"
    ALL = "all items"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read.

    Only open items are looked at, unless the query speaks of the state itself: `stage:`, `closed:`, `is:open`,
    `is:closed` and `is:finished` let closed items in, `is:any`, `is:archived` and `id:` archived ones too.
    """

    text: str
    tree: Expression
    sort: tuple[SortKey, ...] = ()
    group: str = ""

    @property
    def scope(self) -> Scope:
        """Which items are looked at."""
        scope = Scope.OPEN
        for term in terms_in(self.tree):
            if term.field == "id" or (term.field == "is" and any(LIFTING_STATES.get(text) for text in term.texts)):
                return Scope.ALL
            if term.field in {"stage", "closed"} or (
                term.field == "is" and any(text in LIFTING_STATES for text in term.texts)
            ):
                scope = Scope.STANDING
        return scope

    def looks_at(self, settings: Settings) -> Scope:
        """The scope as it works out: what asks for open stages only, or for what is open, finds open items only."""
        scope = self.scope
        if scope is not Scope.STANDING:
            return scope
        parts = self.tree.parts if isinstance(self.tree, And) else (self.tree,)
        is_for_open = any(isinstance(part, Term) and part.field == "is" and part.texts == ("open",) for part in parts)
        closed = {stage.name for stage in settings.stages if not stage.kind.is_open}
        is_at_open = self._stages is not None and closed.isdisjoint(self._stages)
        return Scope.OPEN if is_for_open or is_at_open else scope

    @property
    def is_plain(self) -> bool:
        """Whether the query looks for nothing in particular."""
        return isinstance(self.tree, Everything)

    def found(self, workspace: Workspace, context: Context) -> list[Item]:
        """The matching items, oldest first."""
        here = context.at(workspace)
        items = self._candidates(here)
        if self.is_plain:
            return list(items)
        test = test_of(self.tree, here)
        return [item for item in items if test(item)]

    def _candidates(self, here: Context) -> Iterable[Item]:
        scope = self.scope
        if scope is Scope.OPEN:
            return here.oldest_open_first
        if scope is Scope.ALL:
            return here.oldest_first
        stages = self._stages
        return here.oldest_standing_first if stages is None else here.oldest_in(stages)

    @property
    def _stages(self) -> frozenset[str] | None:
        """The stages that every match stands in; None where the query does not say."""
        parts = self.tree.parts if isinstance(self.tree, And) else (self.tree,)
        return next((frozenset(part.texts) for part in parts if isinstance(part, Term) and part.field == "stage"), None)

    def select(self, workspace: Workspace, context: Context) -> list[Item]:
        """The matching items, sorted as the query says; without a say by score, then age."""
        here = context.at(workspace)
        return sorted_items(self.found(workspace, here), self.sort, here)

    def count(self, workspace: Workspace, context: Context) -> int:
        """How many items match."""
        return len(self.found(workspace, context))

    def groups(self, workspace: Workspace, context: Context) -> list[Group]:
        """The matching items, sorted, under the headings the query asks for; one group without a label if none."""
        here = context.at(workspace)
        return self.arranged(self.found(workspace, here), here)

    def arranged(self, items: list[Item], context: Context) -> list[Group]:
        """Items that were found before, sorted and under headings as `groups` has them; `items` come oldest first."""
        ordered = sorted_items(items, self.sort, context)
        return grouped(ordered, self.group, context) if self.group else [Group(None, "", tuple(ordered))]


def parse(text: str, vocabulary: Vocabulary) -> Query:
    """Reads a query; time grows with the length of the text.

    Raises:
        QueryError: it cannot be read; the error has the column and, where there is one, the nearest name.
    """
    parser = Parser(text, vocabulary)
    tree = parser.tree()
    return Query(text, tree, tuple(parser.sort), parser.group)
