"""Which items the backlog shows, in which order, under which headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from screens.widgets import Group
from screens.wording import glyphs
from store.models import Horizon, Workspace
from store.query import Context, Query, Scope, Vocabulary, parse

BY_DEFAULT: Final = "score"
REMEMBERED: Final = 16
"""Queries whose items are kept; while one types, the same few come up again and again."""


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort: its name, what comes first, and the query that says it."""

    name: str
    first: str
    directive: str


ORDERS: Final = {
    order.name: order
    for order in (
        Order("score", "the best score first", "sort:-score,-age"),
        Order("age", "the oldest first", "sort:-age"),
        Order("due", "what is due soonest first", "sort:due,-score,-age"),
        Order("title", "from a to z", "sort:title"),
        Order("size", "the smallest first", "sort:size,-score,-age"),
        Order("stage", "in the order of the stages", "sort:stage,-score,-age"),
    )
}
"""What `o` offers; items without a value always come last."""

GROUPINGS: Final = {
    "horizon": "now, next, later",
    "stage": "in the order of the stages",
    "goal": "the goal each serves most, the weightiest first",
    "owner": "by name",
    "kind": "feature, improvement, bug …",
    "": "one list without headings",
}
"""What `O` offers."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the list is sorted and grouped unless the filter itself says how; `group` is empty for no headings."""

    sort: str = BY_DEFAULT
    group: str = "horizon"


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown: ids in order, headings, and out of how many they were chosen."""

    ids: Sequence[int]
    groups: tuple[Group, ...]
    out_of: int


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    ids: tuple[int, ...]


class Lister:
    """Sorts once for many filters: a letter typed into the filter tests the items, but sorts none."""

    def __init__(self) -> None:
        self._sorted: dict[tuple[str, bool], tuple[_Section, ...]] = {}
        self._matching: dict[str, frozenset[int]] = {}
        self._of: tuple[Workspace, date] | None = None

    def matching(self, query: Query, context: Context) -> frozenset[int]:
        """The items that match, whatever their order; asked again for the same query it costs nothing."""
        self._follow(context)
        found = self._matching.get(query.text)
        if found is None:
            if len(self._matching) >= REMEMBERED:
                del self._matching[next(iter(self._matching))]
            found = frozenset(item.id for item in query.found(context.workspace, context))
            self._matching[query.text] = found
        return found

    def listing(self, query: Query, arrangement: Arrangement, context: Context) -> Listing:
        """The items that match, in the order of the query, else of the arrangement."""
        self._follow(context)
        sections = self._sections(directives(query, arrangement), context, is_open=query.scope is Scope.OPEN)
        if query.is_plain:
            return _joined([(section.heading, section.ids) for section in sections])
        matching = self.matching(query, context)
        listing = _joined([
            (section.heading, [number for number in section.ids if number in matching]) for section in sections
        ])
        return Listing(listing.ids, listing.groups, sum(len(section.ids) for section in sections))

    def _follow(self, context: Context) -> None:
        """Forget everything when the items or the day are others."""
        if self._of is None or self._of[0] is not context.workspace or self._of[1] != context.today:
            self._sorted, self._matching = {}, {}
            self._of = (context.workspace, context.today)

    def _sections(self, directive: str, context: Context, *, is_open: bool) -> tuple[_Section, ...]:
        sections = self._sorted.get((directive, is_open))
        if sections is None:
            scope = "" if is_open else "is:any "
            query = parse(scope + directive, Vocabulary(context.workspace))
            sections = tuple(
                _Section(
                    heading(query.group, group.key, group.label, context.workspace), tuple(i.id for i in group.items)
                )
                for group in query.groups(context.workspace, context)
            )
            self._sorted[directive, is_open] = sections
        return sections


def directives(query: Query, arrangement: Arrangement) -> str:
    """The order and the grouping that hold, as the query language says them."""
    if query.sort:
        sort = "sort:" + ",".join(f"-{key.field}" if key.is_descending else key.field for key in query.sort)
    else:
        sort = ORDERS[arrangement.sort].directive
    group = query.group or arrangement.group
    return f"{sort} group:{group}" if group else sort


def heading(field: str, key: str | int | None, label: str, workspace: Workspace) -> str:
    """The heading of a group, with the sign its rows would have."""
    if field == "horizon" and isinstance(key, str):
        return f"{glyphs.HORIZON[Horizon(key)]} {label}"
    kind = workspace.settings.kind_of(key) if field == "stage" and isinstance(key, str) else None
    return label if kind is None else f"{glyphs.STAGE[kind]} {label}"


def _joined(sections: Sequence[tuple[str, Sequence[int]]]) -> Listing:
    ids: list[int] = []
    groups: list[Group] = []
    for words, numbers in sections:
        if not numbers:
            continue
        if words:
            groups.append(Group(len(ids), words, f"{len(numbers):,}"))
        ids += numbers
    return Listing(ids, tuple(groups), len(ids))
