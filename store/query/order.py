"""Sorting and grouping of the items a query found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from store.models import Horizon, Item, Kind, Ruling
from store.query.context import Context
from store.query.tree import SortKey

DEFAULT_SORT = (SortKey("score", is_descending=True),)
"""Best score first; items of equal score, and those without one, oldest first."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading. `key` is the stored value, such as a goal's id; None where there is no value."""

    key: str | int | None
    label: str
    items: tuple[Item, ...]


Key = Callable[[Item], Any]
T = TypeVar("T")


def sorted_items(items: list[Item], keys: Sequence[SortKey], context: Context) -> list[Item]:
    """The items in order; equal ones stay in the order they come in, which is oldest first."""
    ordered = items
    for sort in reversed(keys or DEFAULT_SORT):
        value_of = _KEYS[sort.field](context)
        valued, without = [], []
        for item in ordered:
            value = value_of(item)
            if value is None:
                without.append(item)
            else:
                valued.append((value, item))
        valued.sort(key=lambda pair: pair[0], reverse=sort.is_descending)
        ordered = [item for _, item in valued] + without
    return ordered


def grouped(items: Sequence[Item], field: str, context: Context) -> list[Group]:
    """The items under headings; the headings in the field's own order, the items in theirs.

    An item that serves several goals stands under the one it serves most.
    """
    key_of = _GROUPS[field](context)
    found: dict[Any, list[Item]] = {}
    for item in items:
        found.setdefault(key_of(item), []).append(item)
    place_of = _PLACES.get(field, _by_name)(context)
    keys = sorted(found, key=lambda key: (key is None, place_of(key) if key is not None else 0))
    label_of = _label(field, context)
    return [Group(key, label_of(key), tuple(found[key])) for key in keys]


def _label(field: str, context: Context) -> Callable[[Any], str]:
    none = _NOTHING.get(field, f"no {field}")
    goals, teams = context.workspace.goals, context.workspace.teams

    def label(key: Any) -> str:
        if key is None:
            return none
        if field == "goal":
            return goals[key].title if key in goals else "a goal that is gone"
        if field == "team":
            return teams[key].title if key in teams else "a team that is gone"
        return f"@{key}" if field in {"owner", "requester"} else str(key)

    return label


_NOTHING = {
    "goal": "serves nothing",
    "owner": "nobody",
    "requester": "nobody asked",
    "horizon": "no horizon",
    "verdict": "no verdict",
    "source": "captured here",
}


def _main_goal(context: Context) -> Key:
    shares = context.tree.shares

    def goal_of(item: Item) -> int | None:
        if len(item.goals) < 2:
            return item.goals[0].goal if item.goals else None
        best = max(item.goals, key=lambda link: (link.strength * shares.get(link.goal, 0.0), link.strength, -link.goal))
        return best.goal

    return goal_of


def _goal_title(context: Context) -> Key:
    goal_of, goals = _main_goal(context), context.workspace.goals

    def title_of(item: Item) -> str | None:
        number = goal_of(item)
        goal = None if number is None else goals.get(number)
        return goal.title.casefold() if goal else None

    return title_of


def _closed_days(context: Context) -> Key:
    closed = {stage.name for stage in context.workspace.settings.stages if not stage.kind.is_open}

    def key(item: Item) -> float | None:
        since = item.standing_since(closed)
        return None if since is None else -since.timestamp()

    return key


def _score(context: Context) -> Key:
    return context.score


def _position(names: Sequence[T]) -> dict[T, int]:
    return {name: place for place, name in enumerate(names)}


def _stages(context: Context) -> dict[str, int]:
    return _position([stage.name for stage in context.workspace.settings.stages])


def _stage_place(context: Context) -> Key:
    places = _stages(context)
    return lambda item: places.get(item.stage.stage, -1)


def _team_title(context: Context) -> Key:
    titles = {team.id: team.title.casefold() for team in context.workspace.teams.values()}
    return lambda item: None if item.team is None else titles.get(item.team)


_HORIZONS = _position(list(Horizon))
_KINDS = _position(list(Kind))
_RULINGS = _position(list(Ruling))

_KEYS: dict[str, Callable[[Context], Key]] = {
    "stage": _stage_place,
    "goal": _goal_title,
    "tag": lambda _: lambda item: min((tag.casefold() for tag in item.tags), default=None),
    "owner": lambda _: lambda item: item.owner.casefold() or None,
    "kind": lambda _: lambda item: _KINDS[item.kind],
    "horizon": lambda _: lambda item: _HORIZONS[item.horizon] if item.horizon else None,
    "size": lambda _: lambda item: item.size,
    # A younger age is a later moment; turned round here, so that sort:age means youngest first.
    "age": lambda _: lambda item: -item.created.at.timestamp(),
    "moved": lambda _: lambda item: -item.stage.since.timestamp(),
    "closed": _closed_days,
    "due": lambda _: lambda item: item.due,
    "score": _score,
    "id": lambda _: lambda item: item.id,
    "source": lambda _: (
        lambda item: (item.source.system, len(item.source.key), item.source.key) if item.source else None
    ),
    "requester": lambda _: lambda item: item.requester.casefold() or None,
    "team": _team_title,
    "verdict": lambda _: lambda item: _RULINGS[item.verdict.ruling] if item.verdict else None,
    "title": lambda _: lambda item: item.title.casefold(),
}

_GROUPS: dict[str, Callable[[Context], Key]] = {
    "stage": lambda _: lambda item: item.stage.stage,
    "goal": _main_goal,
    "owner": lambda _: lambda item: item.owner or None,
    "kind": lambda _: lambda item: item.kind.value,
    "horizon": lambda _: lambda item: item.horizon.value if item.horizon else None,
    "source": lambda _: lambda item: item.source.system if item.source else None,
    "requester": lambda _: lambda item: item.requester or None,
    "team": lambda _: lambda item: item.team,
    "verdict": lambda _: lambda item: item.verdict.ruling.value if item.verdict else None,
}


def _by_name(_: Context) -> Callable[[Any], Any]:
    return lambda key: str(key).casefold()


def _by_tree(context: Context) -> Callable[[Any], Any]:
    tree = context.tree
    places = _position([number for root in tree.roots for number in tree.below(root.id)])
    return lambda key: places.get(key, len(places))


def _by_team(context: Context) -> Callable[[Any], Any]:
    teams = context.workspace.teams
    return lambda key: (teams[key].title.casefold() if key in teams else "", key)


_PLACES: dict[str, Callable[[Context], Callable[[Any], Any]]] = {
    "stage": lambda context: lambda key: _stages(context).get(key, -1),
    "goal": _by_tree,
    "kind": lambda _: lambda key: _KINDS[key],
    "horizon": lambda _: lambda key: _HORIZONS[key],
    "team": _by_team,
    "verdict": lambda _: lambda key: _RULINGS[key],
}
