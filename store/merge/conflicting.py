"""Conflicts as records: made the same on every clone, and merged so that there is never a conflict about a conflict."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from store.merge.comparing import Fields, content_of, one_sided, text_of
from store.merge.members import Clash, shown
from store.merge.plan import NO_LABELS, Labels
from store.models import Conflict, Json, Stamp
from store.models.fields import MAX_LINE

CONFLICTS: Final = "conflicts"
_LOWEST_ID: Final = 2**44


def folded(content: Json) -> int:
    """An id made of a content: 2**44 up to, not including, 2**45, as other ids are."""
    digest = sha256(content_of(content).encode(errors="surrogatepass")).digest()
    return _LOWEST_ID | int.from_bytes(digest[:8], "big") % _LOWEST_ID


def conflict_of(
    place: tuple[str, int, str], clash: Clash, labels: Labels = NO_LABELS, settled: Stamp | None = None
) -> Conflict:
    """The record of a conflict. Its id is made of table, record, field, base and the two values in order.

    Args:
        place: table, record and field, with the key inside the field after a point.
        clash: the values.
        labels: who wrote them.
        settled: who settled it, where nobody has to.
    """
    table, record, field = place
    pairs = sorted(((clash.ours, labels.ours), (clash.theirs, labels.theirs)), key=lambda pair: text_of(pair[0]))
    sides, words = zip(*pairs, strict=True)
    number = folded([table, record, field, clash.base, list(sides)])
    return Conflict(
        id=number,
        table=table,
        record=record,
        # A name that long is no field a person could look for.
        field=field if len(field) <= MAX_LINE else "",
        base=clash.base,
        sides=sides,
        labels=words if any(words) else (),
        settled=settled,
    )


def merged_conflict(base: Fields | None, ours: Fields | None, theirs: Fields | None) -> Fields | None:
    """One record of the table of conflicts.

    Settled on one side is settled, as far as the conflict alone can say. Two settlements, or labels that differ, are no
    conflict: the smaller text stays.
    Removed on one side: it is gone, unless the other side changed it.
    """
    taken = one_sided(base, ours, theirs)
    if taken is not None:
        value: Fields | None = taken.value
        return value
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    merged: dict[str, Json] = {}
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        values = (base or {}).get(name), ours.get(name), theirs.get(name)
        field = one_sided(*values)
        value = shown(values[1], values[2]) if field is None else field.value
        if value is not None:
            merged[name] = value
    return merged


def is_settled(conflict: Json) -> bool:
    """Whether the raw fields of a conflict say who settled it."""
    return isinstance(conflict, Mapping) and conflict.get("settled") is not None
