"""Whether the answer to a conflict still stands after a merge: the value has to be the one that a person chose."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from pydantic import ValidationError

from store.change.conflict_parts import part_of
from store.merge.comparing import Fields, Why, same
from store.merge.conflicting import CONFLICTS
from store.merge.plan import Decision, MergedRecord
from store.merge.shapes import plain
from store.merge.units import said
from store.models import Conflict, Json

_SETTLED: Final = "settled"
_ARCHIVED: Final = "archived"
_GONE: Final = "gone"
_AS_BEFORE: Final = "as before"
_STAYS: Final = "stays"


class Asked(NamedTuple):
    """A record of the table of conflicts after the merge, and the conflict itself where it waits again."""

    record: MergedRecord
    again: Conflict | None = None


Place = tuple[str, str, str]
"""Table, key and field that a conflict is about; no field for a whole record."""


def asked_again(
    records: Iterable[MergedRecord], merged: Iterable[MergedRecord], found: Iterable[Conflict]
) -> list[Asked]:
    """Conflicts after the merge; one waits again where the merge comes to another value than somebody settled it with.

    Who confirms the value that is shown leaves the record as it is. Such an answer would give way to any other, and
    nobody would be asked.

    Args:
        records: the conflicts in the three versions and merged.
        merged: the records that they may be about; those that are the same in all versions are not needed.
        found: the conflicts of this merge; what one of them asks is not asked twice.
    """
    by_place = {(each.table, each.key): each for each in merged}
    waiting = {_place(conflict.raw()) for conflict in found if conflict.settled is None}
    return [_asked(record, by_place, waiting) for record in records]


def _place(conflict: Fields) -> Place:
    return str(conflict.get("table")), str(conflict.get("record")), str(conflict.get("field") or "")


def _asked(record: MergedRecord, merged: Mapping[tuple[str, str], MergedRecord], waiting: Container[Place]) -> Asked:
    taken = record.taken
    if not isinstance(taken, Mapping) or _place(taken) in waiting:
        return Asked(record)
    about = merged.get(_place(taken)[:2])
    if about is None or not _is_overruled(record, about, taken):
        return Asked(record)
    fields = {name: value for name, value in taken.items() if name != _SETTLED}
    try:
        conflict = Conflict.model_validate({**fields, "id": int(record.key)})
    except ValidationError:
        return Asked(record)
    before, ours, theirs = (_stamp(version) for version in (record.base, record.ours, record.theirs))
    decision = Decision(CONFLICTS, record.key, _SETTLED, before, ours, theirs, None, Why.CONFLICT)
    return Asked(replace(record, taken=fields, special=(decision,)), conflict)


def _is_overruled(record: MergedRecord, about: MergedRecord, conflict: Fields) -> bool:
    before, *stamps = (_stamp(version) for version in (record.base, record.ours, record.theirs))
    if None in (record.ours, record.theirs) or same(*stamps):
        return False
    answered = [stamp is not None and not same(stamp, before) for stamp in stamps]
    if any(stamp is not None and not is_new for stamp, is_new in zip(stamps, answered, strict=True)):
        # The other side has an older answer: what was changed since then followed it.
        return False
    if about.taken is None and conflict.get("field"):
        # Nothing is left that could have either value.
        return False
    merged = _answer(conflict, about, about.taken)
    versions = zip((about.ours, about.theirs), answered, strict=True)
    return any(is_new and _answer(conflict, about, version) != merged for version, is_new in versions)


def _stamp(conflict: Json) -> Json:
    return conflict.get(_SETTLED) if isinstance(conflict, Mapping) else None


def _answer(conflict: Fields, about: MergedRecord, version: Json) -> str:
    """What a version of the record says to a conflict, without by whom and when."""
    fields = plain((about.table, about.key), version)
    field = conflict.get("field")
    if field:
        return said(part_of(about.table, fields, field) if isinstance(fields, Mapping) else None)
    if not isinstance(fields, Mapping) or fields.get(_ARCHIVED) is not None:
        return _GONE
    return _AS_BEFORE if same(fields, conflict.get("base")) else _STAYS
