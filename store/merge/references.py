"""Where records name other records, so that a name can be changed everywhere on one side."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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

A conflict names its record by the table it says itself; see `renamed`.
"""

Names = Mapping[str, Mapping[int, int]]
"""New ids by old ones, by table."""


def renamed(table: str, fields: Json, names: Names) -> Json:
    """The raw fields with every reference to a renamed record changed; the same object where there is none."""
    if not isinstance(fields, Mapping):
        return fields
    if table == "conflicts":
        return _renamed_conflict(fields, names)
    changed: dict[str, Json] = {}
    for path, target in REFERENCES.get(table, {}).items():
        name, _, part = path.partition(".")
        value = fields.get(name)
        new_value = _renamed(value, part, names.get(target, {}))
        if new_value is not value:
            changed[name] = new_value
    return {**fields, **changed} if changed else fields


def _renamed_conflict(fields: Fields, names: Names) -> Fields:
    """A conflict with its record, the link that it is about and the values to choose from under their present names."""
    table, path = str(fields.get("table")), str(fields.get("field") or "")
    name, _, key = path.partition(".")
    new: dict[str, Json] = {"record": names.get(table, {}).get(_number(fields.get("record")), fields.get("record"))}
    if key:
        new["field"] = f"{name}.{_renamed_key(table, name, key, names)}"
    if "base" in fields:
        new["base"] = _renamed_value(table, name, fields["base"], names)
    sides = fields.get("sides")
    if isinstance(sides, (list, tuple)):
        new["sides"] = [_renamed_value(table, name, side, names) for side in sides]
    changed = {name: value for name, value in new.items() if value != fields.get(name)}
    return {**fields, **changed} if changed else fields


def _renamed_key(table: str, name: str, key: str, names: Names) -> str:
    """What a link is known by, which is the record that it leads to."""
    for path, target in REFERENCES.get(table, {}).items():
        if path.partition(".")[0] == name and key.isdecimal():
            return str(names.get(target, {}).get(int(key), key))
    return key


def _renamed_value(table: str, name: str, value: Json, names: Names) -> Json:
    """A value of a field, of one link of it, or a whole record where no field is named."""
    if not name:
        return renamed(table, value, names)
    for path, target in REFERENCES.get(table, {}).items():
        of_field, _, part = path.partition(".")
        if of_field == name:
            return _renamed(value, part, names.get(target, {}))
    return value


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
