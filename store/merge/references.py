"""Where records name other records, so that a name can be changed everywhere on one side."""

from collections.abc import Mapping
from operator import is_
from types import MappingProxyType
from typing import Final

from store.change.conflict_parts import split_name
from store.merge.comparing import Fields
from store.models import Json

REFERENCES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "items": MappingProxyType({
        "goals.goal": "goals",
        "team": "teams",
        "depends_on": "items",
        "verdict.of": "items",
    }),
    "goals": MappingProxyType({"parent": "goals", "teams": "teams"}),
    "decisions": MappingProxyType({
        "items": "items",
        "goals": "goals",
        "standards": "standards",
        "supersedes.decision": "decisions",
    }),
    "standards": MappingProxyType({"deviations.item": "items"}),
    "sessions": MappingProxyType({"verdicts.item": "items"}),
})
"""The fields that name records, and the table of those, by table; `field.part` for a part of a unit or of each entry.

A conflict names its record by the table it says itself, and holds values of that record; see `renamed`.
"""

_REFERRING: Final = {
    table: {path.partition(".")[0]: (path.partition(".")[2], target) for path, target in paths.items()}
    for table, paths in REFERENCES.items()
}
"""By table and field, the part of it that names a record, and the table of that."""

Names = Mapping[str, Mapping[int, int]]
"""New ids by old ones, by table."""


def renamed(table: str, fields: Json, names: Names) -> Json:
    """The raw fields with every reference to a renamed record changed; the same object where there is none."""
    if not isinstance(fields, Mapping):
        return fields
    if table == "conflicts":
        return _changed(fields, _of_conflict(fields, names))
    return _changed(
        fields, {name: _of_field(table, name, fields.get(name), names) for name in _REFERRING.get(table, ())}
    )


def _changed(fields: Fields, values: Fields) -> Fields:
    changed = {name: value for name, value in values.items() if value is not fields.get(name)}
    return {**fields, **changed} if changed else fields


def _of_field(table: str, name: str, value: Json, names: Names) -> Json:
    """The value of a field, or of one key of it, with its references changed."""
    part, target = _REFERRING.get(table, {}).get(name, ("", ""))
    return _renamed(value, part, names.get(target, {}))


def _of_conflict(fields: Fields, names: Names) -> Fields:
    """Every part of a conflict that names a record. Its own id stays, whatever it was made of."""
    table, place, sides = str(fields.get("table")), fields.get("field"), fields.get("sides")
    name, key = split_name(table, place if isinstance(place, str) else "")

    def value_of(value: Json) -> Json:
        # Settling takes a value as it stands here, so that it must lead where the record's own does.
        return _of_field(table, name, value, names) if name else renamed(table, value, names)

    changed = {"record": _renamed(fields.get("record"), "", names.get(table, {})), "base": value_of(fields.get("base"))}
    if isinstance(sides, (list, tuple)):
        new = [value_of(side) for side in sides]
        changed["sides"] = sides if all(map(is_, new, sides)) else new
    target = names.get(_REFERRING.get(table, {}).get(name, ("", ""))[1], {})
    if key.isdecimal() and int(key) in target:
        changed["field"] = f"{name}.{target[int(key)]}"
    return changed


def _renamed(value: Json, part: str, names: Mapping[int, int]) -> Json:
    if not names or value is None:
        return value
    if isinstance(value, (list, tuple)):
        entries = [_renamed(entry, part, names) for entry in value]
        if all(new is old for new, old in zip(entries, value, strict=True)):
            return value
        # A set of ids is sorted in the file, and two names of one record are one member.
        return entries if part else sorted(set(entries))
    if not part:
        return names.get(_number(value), value)
    if not isinstance(value, Mapping) or _number(value.get(part)) not in names:
        return value
    fields: Fields = {**value, part: names[value[part]]}
    return fields


def _number(value: Json) -> int:
    """The id that a value is; 0, which is none, for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
