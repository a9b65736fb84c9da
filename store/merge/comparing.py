"""When two values are the same, and what a change by one side only comes to.

Values are compared by their JSON text, so that 1, 1.0 and true are three values. A field that is absent and one that
holds null are the same: both mean the default.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from store.models import Json

Fields = Mapping[str, Json]
"""The raw fields of one record, as the file holds them."""

Tables = Mapping[str, Mapping[str, Json]]
"""Records by table and key. A key that is absent is a record that is not there."""

_one_line: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_sorted_line: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types whose equal values have the same text; of numbers with a fraction, 0.0 and -0.0 have not."""


class Why(StrEnum):
    """Why a value was taken."""

    OURS = "ours"
    """Only our side changed it."""
    THEIRS = "theirs"
    """Only their side changed it."""
    SAME = "same"
    """Both sides made the same change."""
    MERGED = "merged"
    """Both sides changed different parts of it."""
    AGREED = "agreed"
    """Both sides say the same, or one says nothing new; only who and when differ."""
    FOLLOWED = "followed"
    """Both sides took over what a tracker said at different times; the next import looks again."""
    SETTLED = "settled"
    """A person has settled this very conflict before."""
    CONFLICT = "conflict"
    """Both sides changed it differently; one value is shown and a conflict keeps all of them."""
    KEPT = "kept"
    """One side removed the record and the other changed it; it stays and a conflict says so."""
    RENUMBERED = "renumbered"
    """Both sides gave one id to two records; one of them got a new id."""
    JOINED = "joined"
    """Both sides imported the same thing; the two records became one."""


class Taken(NamedTuple):
    """A value and why it was taken."""

    value: Json
    why: Why


def text_of(value: Json) -> str:
    """The JSON text of a value on one line; smaller texts are picked where nothing better decides."""
    return _one_line(value)


def content_of(value: Json) -> str:
    """The JSON text of a value with the names of objects sorted: the same for the same content."""
    return _sorted_line(value)


def same(one: Json, other: Json) -> bool:
    """Whether two values have the same JSON text."""
    if one is other:
        return True
    # Python's own look comes first: it is quick, and for it 1, 1.0 and True are one value, never two.
    if one != other or type(one) is not type(other):
        return False
    # Nearly all values hold nothing, or words: their texts need not be made.
    if not one or type(one) in _PLAIN or (type(one) is list and all(type(part) is str for part in one)):
        return True
    if type(one) is dict and all(type(part) is str for part in one.values()):
        return [*one] == [*other]
    return text_of(one) == text_of(other)


def one_sided(base: Json, ours: Json, theirs: Json) -> Taken | None:
    """The value where at most one side changed it, or both in the same way; None where they differ.

    A change of the order of names inside an object counts as a change only where nothing else changed.
    """
    if same(ours, theirs):
        return Taken(ours, Why.SAME)
    if same(theirs, base):
        return Taken(ours, Why.OURS)
    if same(ours, base):
        return Taken(theirs, Why.THEIRS)
    if ours == theirs or base in (ours, theirs):
        return _one_sided_content(base, ours, theirs)
    return None


def _one_sided_content(base: Json, ours: Json, theirs: Json) -> Taken | None:
    """The same for values that differ only in the order of names inside, or in how a number is written."""
    of_base, of_ours, of_theirs = content_of(base), content_of(ours), content_of(theirs)
    if of_ours == of_theirs:
        return Taken(min(ours, theirs, key=text_of), Why.SAME)
    if of_theirs == of_base:
        return Taken(ours, Why.OURS)
    return Taken(theirs, Why.THEIRS) if of_ours == of_base else None
