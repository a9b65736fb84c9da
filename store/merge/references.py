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
        new = names.get(str(fields.get("table")), {}).get(_number(fields.get("record")))
        return fields if new is None else {**fields, "record": new}
    changed: dict[str, Json] = {}
    for path, target in REFERENCES.get(table, {}).items():
        name, _, part = path.partition(".")
        value = fields.get(name)
        new_value = _renamed(value, part, names.get(target, {}))
        if new_value is not value:
            changed[name] = new_value
    return {**fields, **changed} if changed else fields


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
