"""Three-way merge of values that have members: sets, mappings and links.

A member that one side took out or changed is taken out or changed, whatever the other side still holds. Only a member
that both sides changed differently is a clash: one value is shown, and the conflict keeps all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from store.merge.comparing import one_sided, text_of
from store.models import Json

Pick = Callable[[Json, Json], Json]
"""Which of two values is shown; the same whichever comes first."""


class Clash(NamedTuple):
    """What both sides changed differently.

    Args:
        part: the key inside the field; empty for the whole field.
        base: the value both started from; None where there was none.
        ours: the value of our side; None where there is none.
        theirs: the value of their side.
    """

    part: str
    base: Json
    ours: Json
    theirs: Json


class Merged(NamedTuple):
    """A value made of both sides, None where nothing is left, and what clashes in it."""

    value: Json
    clashes: tuple[Clash, ...] = ()


def shown(ours: Json, theirs: Json) -> Json:
    """The value that is shown of two: one that is there before none, else the one with the smaller JSON text."""
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return min(ours, theirs, key=text_of)


def merged_set(base: Json, ours: Json, theirs: Json) -> Merged | None:
    """Members that all have, and those that either side added; sorted. None where one of the three is no list."""
    if not all(value is None or isinstance(value, (list, tuple)) for value in (base, ours, theirs)):
        return None
    of_base, of_ours, of_theirs = (
        {text_of(member): member for member in value or ()} for value in (base, ours, theirs)
    )
    kept = {text: member for text, member in of_base.items() if text in of_ours and text in of_theirs}
    added = {text: member for text, member in {**of_ours, **of_theirs}.items() if text not in of_base}
    return Merged(in_order((kept | added).values()) or None)


def in_order(members: Iterable[Json]) -> list[Json]:
    """Members of a set as the file has them: texts and numbers by their value, a mixture by JSON text."""
    listed = list(members)
    kinds = {type(member) for member in listed}
    return sorted(listed) if kinds in ({str}, {int}) else sorted(listed, key=text_of)


def merged_mapping(base: Json, ours: Json, theirs: Json) -> Merged | None:
    """Every key by itself, in the order of the keys. None where one of the three is no object."""
    if not all(value is None or isinstance(value, Mapping) for value in (base, ours, theirs)):
        return None
    values, clashes = _by_key(base or {}, ours or {}, theirs or {}, shown)
    return Merged({key: values[key] for key in sorted(values)} or None, clashes)


def merged_links(known_by: str, base: Json, ours: Json, theirs: Json) -> Merged | None:
    """Every link by itself: first those of the base in its order, then new ones by their JSON text.

    Args:
        known_by: the field of a link that says what it leads to.
        base: the list that both sides started from, or None.
        ours: the list of our side, or None.
        theirs: the list of their side, or None.

    Returns:
        None where one of the three is no list of links, or leads to one thing twice.
    """
    sides = [_links(known_by, value) for value in (base, ours, theirs)]
    of_base, of_ours, of_theirs = sides
    if of_base is None or of_ours is None or of_theirs is None:
        return None
    values, clashes = _by_key(of_base, of_ours, of_theirs, shown)
    old = [values[key] for key in of_base if key in values]
    new = sorted((link for key, link in values.items() if key not in of_base), key=text_of)
    return Merged([*old, *new] or None, clashes)


def _links(known_by: str, value: Json) -> dict[str, Json] | None:
    found: dict[str, Json] = {}
    if value is None:
        return found
    if not isinstance(value, (list, tuple)):
        return None
    for link in value:
        if not isinstance(link, Mapping) or known_by not in link:
            return None
        leads_to = link[known_by]
        found[leads_to if isinstance(leads_to, str) else text_of(leads_to)] = link
    return found if len(found) == len(value) else None


def _by_key(
    base: Mapping[str, Json], ours: Mapping[str, Json], theirs: Mapping[str, Json], pick: Pick
) -> tuple[dict[str, Json], tuple[Clash, ...]]:
    values: dict[str, Json] = {}
    clashes: list[Clash] = []
    for key in sorted({*base, *ours, *theirs}):
        three = base.get(key), ours.get(key), theirs.get(key)
        taken = one_sided(*three)
        if taken is None:
            clashes.append(Clash(key, *three))
        value = taken.value if taken is not None else pick(three[1], three[2])
        if value is not None:
            values[key] = value
    return values, tuple(clashes)


def without_doubles(members: Sequence[Json]) -> list[Json]:
    """The members in their order, each once."""
    return list({text_of(member): member for member in members}.values())
