"""Which records of three versions are the same one, by the promises alone.

- One id that both sides gave to two records, told apart by who created them and when: the one created first keeps it,
  the other has a new one, and the old one as an alias.
- One thing that both sides imported is one item under the smaller id, with the other id as an alias; what nobody did
  since the import is no decision of anybody.
- One id of the base that one side gave to another record, while the other side went on with the one that had it, stays
  with that; where nobody went on with it, it is the other record's. Another record is one with another title that was
  created by somebody else or at another time.
- A record that was renumbered before is known by its alias in a version that still has it under the old id: it, not
  another one that has that id.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from store.models import TABLES, Json
from tests.proofs.oracle.answers import Fields, Tables, by_time, equal, frozen
from tests.proofs.oracle.truth import said

Side = dict[str, dict[str, Fields]]


@dataclass
class Untangled:
    """Three versions in which one key is one record.

    Args:
        base: what both sides started from.
        ours: one side.
        theirs: the other side.
        started: what two imports of one thing can be said to have started from.
        wrong: what the result lacks, so that the rest cannot be judged.
        gone: table and key of records that have another key now.
    """

    base: Side
    ours: Side
    theirs: Side
    started: dict[tuple[str, str], Fields] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    gone: set[tuple[str, str]] = field(default_factory=set)


def untangled(base: Tables, ours: Tables, theirs: Tables, result: Tables) -> Untangled:
    """The three versions with every record under the key that it has in the result.

    Args:
        base: what both sides started from, whole.
        ours: one side, whole.
        theirs: the other side, whole.
        result: what the merge came to; only the new ids are taken from it.
    """
    found = Untangled(_copied(base), _copied(ours), _copied(theirs))
    _follow(found)
    for table in TABLES:
        if table not in {"settings", "conflicts"}:
            _reuse(found, table, result)
            _part(found, table, result)
    _join(found)
    # An id that one record has no more may be that of another one.
    found.gone -= {(table, key) for side in (found.ours, found.theirs) for table in side for key in side[table]}
    return found


def _copied(side: Tables) -> Side:
    return {table: dict(there) for table, there in side.items()}


def _renumbered(side: Side) -> Iterator[tuple[str, str, str]]:
    for table, records in side.items():
        if table in TABLES:
            for key, fields in records.items():
                yield from ((table, key, str(former)) for former in fields.get("aliases", ()))


def _follow(found: Untangled) -> None:
    """Gives records the keys that they have on the other side, whichever side is ours."""
    sides = found.ours, found.theirs
    known = [(len(key), key, former, table, at) for at in (0, 1) for table, key, former in _renumbered(sides[at])]
    for _, key, former, table, at in sorted(known):
        side = sides[at][table]
        for version in (found.base, sides[1 - at]):
            there = version.get(table, {})
            if former not in there or key in there or key not in side or not _is_one(there[former], side[key]):
                continue
            if former not in side or _created(side[former]) != _created(there[former]):
                _move(version, table, (former, key))
                found.gone.add((table, former))


def _reuse(found: Untangled, table: str, result: Tables) -> None:
    """Parts what one side had first under an id from what the other side gave it to."""
    base, sides = found.base.get(table, {}), (found.ours, found.theirs)
    for key, old in list(base.items()):
        pair = [side.get(table, {}).get(key) for side in sides]
        others = [fields is not None and _is_another(old, fields) for fields in pair]
        if not any(others):
            continue
        if all(is_other or fields is None for is_other, fields in zip(others, pair, strict=True)):
            del base[key]
            continue
        new, kept = (pair[others[1]], pair[others[0]])
        names = _names_of(new or {}, key, result.get(table, {}))
        if len(names) == 1:
            _give(found, sides[others[1]], table, (key, names[0]))
        elif not equal(said(table, kept), said(table, old)):
            found.wrong.append(f"{table} {key} was used again, and of the new one there are {len(names)}")
        else:
            # Nobody went on with it.
            sides[others[0]][table].pop(key)
            base.pop(key)


def _is_another(old: Fields, fields: Fields) -> bool:
    is_one = _is_one(old, fields) or "null" in {_created(old), _created(fields)}
    return not is_one and old.get("title") != fields.get("title")


def _names_of(record: Fields, former: str, records: Mapping[str, Fields]) -> list[str]:
    """The new ids that a record has in the result."""
    return [
        name
        for name, fields in records.items()
        if int(former) in fields.get("aliases", ()) and _created(fields) == _created(record)
    ]


def _part(found: Untangled, table: str, result: Tables) -> None:
    """Gives one of two records with one id the new id that it has in the result."""
    ours, theirs = found.ours.get(table, {}), found.theirs.get(table, {})
    for key in sorted((ours.keys() & theirs.keys()) - found.base.get(table, {}).keys()):
        one, two = ours[key], theirs[key]
        if _created(one) == _created(two):
            continue
        is_theirs = _age(two) > _age(one)
        later = two if is_theirs else one
        new = _names_of(later, key, result.get(table, {}))
        if len(new) != 1:
            found.wrong.append(f"{table} {key} stood for two records, and of one there are {len(new)}")
            continue
        _give(found, found.theirs if is_theirs else found.ours, table, (key, new[0]))


def _created(fields: Fields) -> str:
    return frozen(fields.get("created", fields.get("started")))


def _is_one(one: Fields, two: Fields) -> bool:
    return _created(one) == _created(two) or (bool(_source(one)) and _source(one) == _source(two))


def _age(fields: Fields) -> tuple[str, str, str]:
    created = fields.get("created", fields.get("started"))
    return created["at"], _compact(created), _compact(fields)


def _compact(value: Json) -> str:

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _join(found: Untangled) -> None:
    """Makes one item of two that were imported from the same."""
    ours, theirs = found.ours.get("items", {}), found.theirs.get("items", {})
    new = [
        {_source(fields): key for key, fields in one.items() if key not in two and _source(fields)}
        for one, two in ((ours, theirs), (theirs, ours))
    ]
    base = found.base.get("items", {})
    for source in sorted(new[0].keys() & new[1].keys()):
        keys = new[0][source], new[1][source]
        if keys[0] in base or keys[1] in base:
            continue
        keep, former = sorted(keys, key=int)
        side = found.ours if former == keys[0] else found.theirs
        _give(found, side, "items", (former, keep))
        found.gone.add(("items", former))
        found.started["items", keep] = _start(found.ours["items"][keep], found.theirs["items"][keep])


def _source(fields: Fields) -> str:
    source = fields.get("source")
    return frozen([source["system"], source["key"]]) if source else ""


def _start(one: Fields, two: Fields) -> Fields:
    """The later of two imports, and the stage as a tracker said it: neither is a decision that anybody made."""
    start: dict[str, Json] = {"created": max(one["created"], two["created"], key=by_time)}
    untouched = [each["stage"] for each in (one, two) if not each["stage"].get("by") and not each.get("past_moves")]
    if len(untouched) == 1:
        start["stage"] = untouched[0]
    elif untouched:
        earlier, later = sorted(untouched, key=by_time)
        start["stage"] = later if earlier["is"] == later["is"] else earlier
    return start


def _give(found: Untangled, side: Side, table: str, keys: tuple[str, str]) -> None:
    """Gives a record of one side another key, and changes what that side says about it, not what it took over."""
    former, key = keys
    fields = side[table].pop(former)
    for name in side:
        for each, other in side[name].items():
            before = found.base.get(name, {}).get(each)
            if before is None or frozen(before) != frozen(other):
                side[name][each] = _renamed(other, int(former), int(key))
    side[table][key] = {
        **_renamed(fields, int(former), int(key)),
        "aliases": sorted({int(former), *fields.get("aliases", ())}),
    }


def _move(version: Side, table: str, keys: tuple[str, str]) -> None:
    former, key = keys
    version[table][key] = version[table].pop(former)
    for name, records in version.items():
        version[name] = {each: _renamed(fields, int(former), int(key)) for each, fields in records.items()}


def _renamed(value: Json, former: int, key: int) -> Json:
    """A value with another id in the place of one; ids are so large that no other number is one by chance."""
    if isinstance(value, Mapping):
        return {name: part if name == "aliases" else _renamed(part, former, key) for name, part in value.items()}
    if isinstance(value, str) and value.endswith(f".{former}"):
        # Where a conflict is about one link.
        return value.removesuffix(str(former)) + str(key)
    if isinstance(value, list):
        entries = [_renamed(entry, former, key) for entry in value]
        return list(dict.fromkeys(entries)) if entries and all(isinstance(entry, int) for entry in entries) else entries
    return key if value == former and isinstance(value, int) else value
