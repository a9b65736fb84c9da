"""Which items the backlog shows, in which order, under which headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from screens.widgets import Group
from screens.wording import glyphs
from store.models import Horizon, Item, Workspace
from store.query import Context, Query, Scope, Vocabulary, parse

BY_DEFAULT: Final = "score"
REMEMBERED: Final = 4
"""Queries whose items are kept; while one types, the same few come up again and again."""
FEW: Final = 4
"""Where fewer than one in so many items match, they alone are sorted."""


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
    """What is shown: ids in order, headings, and out of how many they were chosen, `among` saying of which."""

    ids: Sequence[int]
    groups: tuple[Group, ...]
    out_of: int
    among: Scope = Scope.OPEN


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    ids: Sequence[int]


class Lister:
    """Sorts once for many filters: a letter typed into the filter tests the items, but seldom sorts any."""

    def __init__(self) -> None:
        self._sorted: dict[tuple[str, bool], tuple[_Section, ...]] = {}
        self._matching: dict[str, Mapping[int, Item]] = {}
        self._of: tuple[Workspace, date] | None = None

    def matching(self, query: Query, context: Context) -> Mapping[int, Item]:
        """The items that match, oldest first; asked again for the same query it costs nothing."""
        self._follow(context)
        found = self._matching.get(query.text)
        if found is None:
            if len(self._matching) >= REMEMBERED:
                del self._matching[next(iter(self._matching))]
            found = self._matching[query.text] = {item.id: item for item in query.found(context.workspace, context)}
        return found

    def listing(self, query: Query, arrangement: Arrangement, context: Context) -> Listing:
        """The items that match, in the order of the query, else of the arrangement."""
        self._follow(context)
        directive, is_open = directives(query, arrangement), query.scope is Scope.OPEN
        among = query.looks_at(context.workspace.settings)
        out_of = _looked_at(among, context.workspace)
        if query.is_plain:
            return _joined(self._whole(directive, context, is_open=True), out_of, among)
        matching = self.matching(query, context)
        if len(matching) * FEW < out_of:
            # To sort years of finished work for the few that were asked for would cost more than all the rest.
            order = parse(directive, Vocabulary(context.workspace))
            return _joined(_sections(order, list(matching.values()), context), out_of, among)
        whole = self._whole(directive, context, is_open=is_open)
        chosen = [
            _Section(section.heading, [number for number in section.ids if number in matching]) for section in whole
        ]
        return _joined(chosen, out_of, among)

    def _follow(self, context: Context) -> None:
        """Forget everything when the items or the day are others."""
        if self._of is None or self._of[0] is not context.workspace or self._of[1] != context.today:
            self._sorted, self._matching = {}, {}
            self._of = (context.workspace, context.today)

    def _whole(self, directive: str, context: Context, *, is_open: bool) -> Sequence[_Section]:
        """All open items, or all there are, in order."""
        sections = self._sorted.get((directive, is_open))
        if sections is None:
            query = parse(f"{'' if is_open else 'is:any '}{directive}", Vocabulary(context.workspace))
            sections = _sections(query, query.found(context.workspace, context), context)
            self._sorted[directive, is_open] = sections
        return sections


def _sections(order: Query, items: list[Item], context: Context) -> tuple[_Section, ...]:
    return tuple(
        _Section(
            heading(order.group, group.key, group.label, context.workspace), tuple(item.id for item in group.items)
        )
        for group in order.arranged(items, context)
    )


def _looked_at(scope: Scope, workspace: Workspace) -> int:
    if scope is Scope.OPEN:
        return len(workspace.open_items)
    return sum(workspace.stage_counts.values()) if scope is Scope.STANDING else len(workspace.items)


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


def _joined(sections: Sequence[_Section], out_of: int, among: Scope) -> Listing:
    ids: list[int] = []
    groups: list[Group] = []
    for section in sections:
        if section.ids:
            if section.heading:
                groups.append(Group(len(ids), section.heading, f"{len(section.ids):,}"))
            ids += section.ids
    return Listing(ids, tuple(groups), out_of, among)
