"""What a side said and neither the merged store nor a conflict has any more."""

from collections.abc import Iterable, Iterator

from store.models import Json, MergeRule, rules_of
from tests.proofs.oracle.answers import Fields, Tables, frozen
from tests.proofs.oracle.identities import Untangled
from tests.proofs.oracle.truth import said

_WHOLE = ""


def losses(versions: Untangled, result: Tables) -> list[str]:
    """Values that a side put in, entry by entry of lists and key by key of mappings, and that are nowhere now."""
    disputed: dict[tuple[str, str], list[Fields]] = {}
    for each in result.get("conflicts", {}).values():
        disputed.setdefault((each["table"], str(each["record"])), []).append(each)
    found: list[str] = []
    for side in (versions.ours, versions.theirs):
        for table, records in side.items():
            for key, fields in records.items():
                old = versions.base.get(table, {}).get(key, versions.started.get((table, key), {}))
                if old is not fields:
                    held = _held(result.get(table, {}).get(key), disputed.get((table, key), ()))
                    new = _said_values(table, fields) - _said_values(table, old)
                    found += [f"{table} {key} lost {value}" for value in sorted(new - held)]
    return found


def _held(record: Fields | None, conflicts: Iterable[Fields]) -> set[str]:
    """All values of a record and of the conflicts about it."""
    held = _values(record or {})
    for conflict in conflicts:
        name, _, part = conflict.get("field", _WHOLE).partition(".")
        for side in conflict["sides"]:
            if not name:
                held |= _values(side or {})
            else:
                held.update(_parts(side), [f"{part}={frozen(side)}"])
    return held


def _values(fields: Fields) -> set[str]:
    return {part for value in fields.values() for part in _parts(value)}


def _said_values(table: str, fields: Fields | None) -> set[str]:
    """What a side says, in the parts of which each has to be somewhere; what an importer remembers is nobody's word."""
    found: set[str] = set()
    for name, value in (said(table, fields) or {}).items():
        is_mapping = isinstance(value, dict) and (rules_of(table).get(name) is MergeRule.KEYED or name == "source")
        found.update(_pairs(value) if is_mapping else map(frozen, value if isinstance(value, list) else [value]))
    return found


def _parts(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        yield from map(frozen, value)
        return
    yield frozen(value)
    if isinstance(value, dict):
        yield from _pairs(value)


def _pairs(value: Fields) -> Iterator[str]:
    return (f"{name}={frozen(part)}" for name, part in value.items() if name != "seen")
