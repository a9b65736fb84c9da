"""Three-way merge of values that are one: single values, and units whose parts change together.

A unit with a stamp says something, and who said it when: a stage with `since` and `by`, a verdict with `at` and `by`.
Where both sides say the same, or one side says nothing new, nobody has to decide: that is an agreement, not a conflict.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from store.merge.comparing import Why, content_of, one_sided, text_of
from store.merge.logs import time_of
from store.merge.picks import Picks
from store.models import Json

_STAMP: Final = frozenset({"since", "at", "by"})
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Unit(NamedTuple):
    """A value that was taken as a whole.

    Args:
        value: what is shown.
        why: why it was taken.
        passed_over: for an agreement, the value that gave way.
    """

    value: Json
    why: Why
    passed_over: Json = None


def merged_unit(base: Json, ours: Json, theirs: Json, picks: Picks, place: tuple[str, str]) -> Unit:
    """One value of three, whichever side is ours.

    * Changed by one side, or by both in the same way: that.
    * Both have a stamp and say the same beside it: the earlier one; the other is passed over.
    * Both have a stamp, and one says the same as the base beside it: the other one; this one is passed over.
    * Otherwise it is a conflict, and `picks` say which value is shown.

    Args:
        base: the value that both sides started from, or None.
        ours: the value of our side, or None.
        theirs: the value of their side, or None.
        picks: which of two values is shown.
        place: table and field.
    """
    taken = one_sided(base, ours, theirs)
    if taken is not None:
        return Unit(*taken)
    if is_stamped(ours) and is_stamped(theirs):
        of_base, of_ours, of_theirs = (said(value) for value in (base, ours, theirs))
        if of_ours == of_theirs:
            first, second = sorted((ours, theirs), key=in_time)
            return Unit(first, Why.AGREED, second)
        if of_base == of_ours:
            return Unit(theirs, Why.AGREED, ours)
        if of_base == of_theirs:
            return Unit(ours, Why.AGREED, theirs)
    return Unit(picks.of(place, ours, theirs), Why.CONFLICT)


def is_stamped(value: Json) -> bool:
    """Whether a value says when it was said."""
    moment = time_of(value)
    return moment is not None and _MOMENT.fullmatch(moment) is not None


def in_time(value: Json) -> tuple[str, str]:
    """The order of stamped units: by time, then by JSON text."""
    return time_of(value) or "", text_of(value)


def said(value: Json) -> str:
    """What a stamped unit says, without who and when; another text for anything else."""
    if not isinstance(value, Mapping):
        return text_of(value)
    return content_of({name: part for name, part in value.items() if name not in _STAMP})
