"""Which records of the two sides are the same one, before anything is merged field by field.

Four things can make a key mean different records, and each is undone by giving records other keys in one of the three
versions, so that afterwards one key is one record:

* **Twins**: both sides gave one new id to two records, which are told apart by when and by whom they were created. The
  one created later (the larger text, if at the same time) gets a new id made of its stamp, the same on every clone.
* **Reused ids**: one side removed a record and gave its id to another one, as a database does that counts up from its
  highest id, while the other side went on with the first. The record that was there first keeps the id.
* **Imports**: both sides imported the same thing. The two items become one under the smaller id, or under the id that
  was in the base.
* **Aliases**: a record that was renumbered or joined in an earlier merge keeps its former ids as `aliases`. A version
  that still has it under a former id is read as if it had it under the present one.

References of the version whose record got another key are changed with it. The former key becomes an alias.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from store.merge.aliases import follow_aliases
from store.merge.comparing import Fields, Tables, Why, content_of, same
from store.merge.conflicting import folded
from store.merge.plan import Decision
from store.merge.references import Names, renamed
from store.merge.sources import identity_of
from store.merge.versions import ALIASES, Moves, Version, Versions, created_of, is_id, is_one
from store.models import Json

_ITEMS: Final = "items"


def identified(base: Tables, ours: Tables, theirs: Tables, alike: Mapping[str, Collection[str]]) -> Versions:
    """The three versions with every record under the key that it has after the merge.

    Args:
        base: the records both sides started from.
        ours: the records of our side.
        theirs: the records of their side.
        alike: the keys of records that were left out, which nothing else can get.
    """
    versions = Versions(_copied(base), _copied(ours), _copied(theirs))
    follow_aliases(versions)
    _part_twins(versions, alike)
    _join_imports(versions)
    return versions


def _copied(tables: Tables) -> Version:
    return {table: dict(records) for table, records in tables.items()}


def _part_twins(versions: Versions, alike: Mapping[str, Collection[str]]) -> None:
    for table in versions.tables():
        sides = versions.ours.get(table, {}), versions.theirs.get(table, {})
        moves: tuple[Moves, Moves] = {}, {}
        taken = versions.keys(table).union(alike.get(table, ()))
        for key, is_theirs in [*_reused(versions, table), *_twins(versions, table)]:
            pair = sides[0][key], sides[1][key]
            new = _new_key(table, key, pair[is_theirs], taken)
            taken.add(new)
            moves[is_theirs][key] = new
            versions.decisions[table, new] = Decision(table, new, "", None, *pair, None, Why.RENUMBERED)
        _give(versions, versions.ours, table, moves[0])
        _give(versions, versions.theirs, table, moves[1])


def _reused(versions: Versions, table: str) -> Iterator[tuple[str, bool]]:
    """The ids of the base under which one side has another record now, and whether that is theirs.

    Where nobody went on with the record of the base, it was removed and is no more what the other one started from.
    """
    base, ours, theirs = (version.get(table, {}) for version in (versions.base, versions.ours, versions.theirs))
    for key in sorted(filter(is_id, base)):
        pair = ours.get(key), theirs.get(key)
        is_other = [_is_another(base[key], record) for record in pair]
        if not any(is_other):
            continue
        if all(is_another or record is None for is_another, record in zip(is_other, pair, strict=True)):
            del base[key]
        elif not same(base[key], pair[is_other[0]]):
            yield key, is_other[1]


def _is_another(one: Json, other: Json) -> bool:
    """Whether one id was used again: a stamp of creation alone may have been mended, with the title it is another."""
    created = created_of(one), created_of(other)
    if not isinstance(one, Mapping) or not isinstance(other, Mapping) or None in created:
        return False
    return not is_one(one, other) and not same(one.get("title"), other.get("title"))


def _twins(versions: Versions, table: str) -> Iterator[tuple[str, bool]]:
    """The new ids that both sides gave to two records, and whether theirs is the later one."""
    ours, theirs = versions.ours.get(table, {}), versions.theirs.get(table, {})
    for key in sorted((ours.keys() & theirs.keys()) - versions.base.get(table, {}).keys()):
        pair = ours[key], theirs[key]
        created = [created_of(record) for record in pair]
        if table == _ITEMS and identity_of(pair[0]) == identity_of(pair[1]) is not None:
            # They were joined before, and one of them comes in again as it was imported.
            versions.joined.add(key)
        elif None not in created and not same(*created) and is_id(key):
            yield key, _age(pair[1]) > _age(pair[0])


def _age(record: Json) -> tuple[str, str, str]:
    """The order of records: by when they were created, then by content."""
    created = created_of(record)
    at = created.get("at") if isinstance(created, Mapping) else None
    return at if isinstance(at, str) else "", content_of(created), content_of(record)


def _new_key(table: str, key: str, record: Json, taken: set[str]) -> str:
    """An id made of the former one and of what never changes, so that every edit of the record leads to it."""
    number = folded([table, key, created_of(record)])
    while str(number) in taken:
        number = folded([table, number, record])
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
        if identity is not None and is_id(key):
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
    names: Names = {table: {int(key): int(new) for key, new in moves.items()}}
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
