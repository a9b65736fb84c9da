"""Which records of the two sides are the same one, before anything is merged field by field.

Three things can make a key mean different records, and each is undone by giving records other keys in one of the three
versions, so that afterwards one key is one record:

* **Twins**: both sides gave one new id to two records, which are told apart by when and by whom they were created. The
  one created later (the larger text, if at the same time) gets a new id made of that, the same on every clone.
* **Imports**: both sides imported the same thing. The two items become one under the smaller id, or under the id that
  was in the base.
* **Aliases**: a record that was renumbered or joined in an earlier merge keeps its former ids as `aliases`. A version
  that still has it under a former id is read as if it had it under the present one.

References of the version whose record got another key are changed with it. The former key becomes an alias.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from store.merge.comparing import Fields, Tables, Why, content_of, same
from store.merge.conflicting import CONFLICTS, folded
from store.merge.plan import Decision
from store.merge.references import Names, renamed
from store.merge.sources import identity_of
from store.models import TABLES, Json

ALIASES: Final = "aliases"
_CREATED: Final = ("created", "started")
_ITEMS: Final = "items"


Version = dict[str, dict[str, Json]]
"""The records of the base or of one side, by table and key."""
Moves = dict[str, str]
"""New keys by old ones, in one table of one version."""


@dataclass
class Versions:
    """Base and sides, in which records get the keys under which they are the same.

    Args:
        base: the records both sides started from.
        ours: the records of our side.
        theirs: the records of their side.
        joined: items that both sides imported, by key.
        decisions: what was decided about keys.
        gone: former keys, by table.
    """

    base: Version
    ours: Version
    theirs: Version
    joined: set[str] = field(default_factory=set)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)

    @property
    def sides(self) -> Iterator[tuple[Version, Version]]:
        """Each side with the other one."""
        yield self.ours, self.theirs
        yield self.theirs, self.ours

    def tables(self) -> list[str]:
        """Every table of the three whose records can get another key."""
        known = {*self.base, *self.ours, *self.theirs} & set(TABLES)
        return sorted(known - {CONFLICTS, "settings"})

    def keys(self, table: str) -> set[str]:
        """Every key of a table in the three."""
        return {key for version in (self.base, self.ours, self.theirs) for key in version.get(table, {})}


def identified(base: Tables, ours: Tables, theirs: Tables) -> Versions:
    """The three versions with every record under the key that it has after the merge."""
    versions = Versions(_copied(base), _copied(ours), _copied(theirs))
    _follow_aliases(versions)
    _part_twins(versions)
    _join_imports(versions)
    return versions


def _copied(tables: Tables) -> Version:
    return {table: dict(records) for table, records in tables.items()}


def created_of(record: Json) -> Json:
    """When and by whom a record was created; None where it does not say."""
    if not isinstance(record, Mapping):
        return None
    return next((record[name] for name in _CREATED if record.get(name) is not None), None)


def _follow_aliases(versions: Versions) -> None:
    for table in versions.tables():
        moved: tuple[tuple[Version, Moves], ...] = tuple(
            (version, {}) for version in (versions.base, versions.ours, versions.theirs)
        )
        # In an order in which it does not matter which side says so: one move may be in the way of another.
        for key, former, side in sorted(
            _aliases_of_both(versions, table), key=lambda alias: (*_order(alias[0]), *_order(alias[1]))
        ):
            for version, moves in moved:
                there = version.get(table, {})
                # One record cannot stand for two of one version; the other one stays what it is.
                if version is not side and _is_under(there, key, former, side[table]):
                    there[key] = there.pop(former)
                    moves.update({old: key for old, new in moves.items() if new == former}, **{former: key})
        for version, moves in moved:
            _rename_references(version, table, moves)
            versions.gone.setdefault(table, set()).update(moves)


def _aliases_of_both(versions: Versions, table: str) -> list[tuple[str, str, Version]]:
    """The key and each former key of every record that had another one, and the side that says so."""
    return [(key, former, side) for side, _ in versions.sides for key, former in _aliases(side.get(table, {}))]


def _order(key: str) -> tuple[int, str]:
    return len(key), key


def _aliases(records: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The key and each former key of every record that had another one."""
    for key, record in records.items():
        aliases = record.get(ALIASES) if isinstance(record, Mapping) else None
        if isinstance(aliases, (list, tuple)) and _is_id(key):
            yield from ((key, str(former)) for former in aliases if isinstance(former, int))


def _is_under(records: Mapping[str, Json], key: str, former: str, side: Mapping[str, Json]) -> bool:
    """Whether records still have under a former key what a side has under its present key."""
    if former not in records or key in records or key not in side:
        return False
    if not _is_same_record(records[former], side[key]):
        # The former key is another record's there: the one that was created first kept it.
        return False
    return former not in side or not same(created_of(records[former]), created_of(side[former]))


def _is_same_record(one: Json, other: Json) -> bool:
    """Whether two are versions of one record, whatever their keys are."""
    return same(created_of(one), created_of(other)) or identity_of(one) == identity_of(other) is not None


def _part_twins(versions: Versions) -> None:
    for table in versions.tables():
        ours, theirs = versions.ours.get(table, {}), versions.theirs.get(table, {})
        moves: tuple[Moves, Moves] = {}, {}
        taken = versions.keys(table)
        for key in sorted((ours.keys() & theirs.keys()) - versions.base.get(table, {}).keys()):
            pair = ours[key], theirs[key]
            created = [created_of(record) for record in pair]
            if table == _ITEMS and identity_of(pair[0]) == identity_of(pair[1]) is not None:
                # They were joined before, and one of them comes in again as it was imported.
                versions.joined.add(key)
                continue
            if None in created or same(*created) or not _is_id(key):
                continue
            is_theirs = _age(pair[1]) > _age(pair[0])
            new = _new_key(table, key, pair[is_theirs], taken)
            taken.add(new)
            moves[is_theirs][key] = new
            versions.decisions[table, new] = Decision(table, new, "", None, *pair, None, Why.RENUMBERED)
        _give(versions, versions.ours, table, moves[0])
        _give(versions, versions.theirs, table, moves[1])


def _age(record: Json) -> tuple[str, str, str]:
    """The order of records: by when they were created, then by content."""
    created = created_of(record)
    at = created.get("at") if isinstance(created, Mapping) else None
    return at if isinstance(at, str) else "", content_of(created), content_of(record)


def _new_key(table: str, key: str, record: Json, taken: set[str]) -> str:
    """The same on every clone, also where the record was edited in between: by what never changes of it."""
    number = folded([table, key, created_of(record)])
    while str(number) in taken:
        number = folded([table, number, created_of(record)])
    return str(number)


def _join_imports(versions: Versions) -> None:
    ours, theirs = (side.get(_ITEMS, {}) for side in (versions.ours, versions.theirs))
    base = versions.base.get(_ITEMS, {})
    of_ours, of_theirs = _only_imports(ours, theirs, base), _only_imports(theirs, ours, base)
    moves: tuple[Moves, Moves] = {}, {}
    for identity in sorted(of_ours.keys() & of_theirs.keys()):
        one, other = of_ours[identity], of_theirs[identity]
        if one in base and other in base:
            continue
        keep = min((one, other), key=lambda key: (key not in base, len(key), key))
        gone = other if keep == one else one
        moves[gone == other][gone] = keep
        versions.joined.add(keep)
        decision = Decision(_ITEMS, keep, "", base.get(keep), ours[one], theirs[other], None, Why.JOINED)
        versions.decisions[_ITEMS, keep] = decision
    for side, given in zip((versions.ours, versions.theirs), moves, strict=True):
        _give(versions, side, _ITEMS, given)
        versions.gone.setdefault(_ITEMS, set()).update(given)


def _only_imports(
    side: Mapping[str, Json], other: Mapping[str, Json], base: Mapping[str, Json]
) -> dict[tuple[str, str], str]:
    """The items that only one side has, by what they were imported from; without those it left as they were.

    What one side has twice is not for a merge to join.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for key, record in side.items():
        identity = identity_of(record)
        if identity is not None and _is_id(key):
            found.setdefault(identity, []).append(key)
    return {
        identity: keys[0]
        for identity, keys in found.items()
        if len(keys) == 1 and keys[0] not in other and not (keys[0] in base and same(base[keys[0]], side[keys[0]]))
    }


def _give(versions: Versions, side: Version, table: str, moves: Moves) -> None:
    """Gives records of one side other keys, in that side only; what it did not change keeps its references."""
    if not moves:
        return
    there = side[table]
    given = {new: _with_alias(there.pop(key), int(key)) for key, new in moves.items()}
    names: Names = {table: _numbers(moves)}
    for name, records in side.items():
        before = versions.base.get(name, {})
        for key, fields in records.items():
            after = renamed(name, fields, names)
            if after is not fields and not (key in before and same(before[key], fields)):
                records[key] = after
    there.update({key: renamed(table, fields, names) for key, fields in given.items()})


def _with_alias(record: Fields, former: int) -> Fields:
    aliases = record.get(ALIASES)
    known = aliases if isinstance(aliases, (list, tuple)) else ()
    return {**record, ALIASES: sorted({former, *known})}


def _rename_references(version: Version, table: str, moves: Moves) -> None:
    """Changes every reference of one version to records that got other keys."""
    if not moves:
        return
    names: Names = {table: _numbers(moves)}
    for name, records in version.items():
        for key, fields in records.items():
            records[key] = renamed(name, fields, names)


def _numbers(moves: Moves) -> dict[int, int]:
    return {int(key): int(new) for key, new in moves.items()}


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdecimal() and key[0] != "0" and 0 < int(key) < 2**53
