"""Records that were renumbered or joined in earlier merges, found in a version that has them under a former id."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from store.merge.comparing import same
from store.merge.references import renamed
from store.merge.versions import ALIASES, Moves, Version, Versions, created_of, is_id, is_one
from store.models import Json


class _Alias(NamedTuple):
    """A former key of a record, beside its present one. Their order is the order in which they are followed."""

    digits: int
    key: str
    former: str
    of_theirs: bool


def follow_aliases(versions: Versions) -> None:
    """Gives records of the base and of each side the keys that they have on the other side.

    What both sides know is collected first and followed by key: a record that has two present keys, as when two clones
    each joined it with another one, gets the smaller one, whichever side is ours.
    """
    for table in versions.tables():
        aliases = sorted(
            _Alias(len(key), key, former, of_theirs)
            for of_theirs, side in ((False, versions.ours), (True, versions.theirs))
            for key, former in _aliases(side.get(table, {}))
        )
        if aliases:
            _follow(versions, table, aliases)


def _follow(versions: Versions, table: str, aliases: list[_Alias]) -> None:
    sides = list(versions.sides)
    of_base: Moves = {}
    of_sides: tuple[Moves, Moves] = {}, {}
    for alias in aliases:
        side, other = sides[alias.of_theirs]
        # The record may just have got another key itself.
        key = of_sides[alias.of_theirs].get(alias.key, alias.key)
        for version, moves in ((versions.base, of_base), (other, of_sides[not alias.of_theirs])):
            there = version.get(table, {})
            # One record cannot stand for two of one version; the other one stays what it is.
            if _is_under(there, key, alias.former, side[table]):
                there[key] = _turned(there.pop(alias.former), alias.former, key)
                _add(moves, alias.former, key)
    for version, moves in ((versions.base, of_base), *zip((versions.ours, versions.theirs), of_sides, strict=True)):
        _rename(version, table, moves)
        versions.gone.setdefault(table, set()).update(moves)


def _aliases(records: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The key and each former key of every record that had another one."""
    for key, record in records.items():
        aliases = record.get(ALIASES) if isinstance(record, Mapping) else None
        if isinstance(aliases, (list, tuple)) and is_id(key):
            yield from ((key, str(former)) for former in aliases if isinstance(former, int))


def _is_under(records: Mapping[str, Json], key: str, former: str, side: Mapping[str, Json]) -> bool:
    """Whether records still have under a former key what a side has under its present key."""
    if former not in records or key in records or key not in side or not is_one(records[former], side[key]):
        return False
    # The former key may be another record's on that side: the one that was created first kept it.
    return former not in side or not same(created_of(records[former]), created_of(side[former]))


def _turned(record: Json, former: str, key: str) -> Json:
    """A record that was known by its new key before, known by its former one instead: no id is an alias of itself."""
    aliases = record.get(ALIASES) if isinstance(record, Mapping) else None
    if (
        not isinstance(aliases, (list, tuple))
        or int(key) not in aliases
        or not all(isinstance(alias, int) for alias in aliases)
    ):
        return record
    return {**record, ALIASES: sorted({int(former), *aliases} - {int(key)})}


def _add(moves: Moves, former: str, key: str) -> None:
    """One more move; what came to the former key goes on to the new one."""
    moves.update({old: key for old, new in moves.items() if new == former})
    moves[former] = key


def _rename(version: Version, table: str, moves: Moves) -> None:
    """Changes every reference of a version to what has another key now."""
    if not moves:
        return
    names = {table: {int(key): int(new) for key, new in moves.items()}}
    for name, records in version.items():
        for key, fields in records.items():
            records[key] = renamed(name, fields, names)
