"""Three-way merge of logs: entries that are added over time, such as moves and blocked spells.

An entry is known by its time (`since` or `at`) and, where it has them, by who made it and the item it is about. An
entry that one side took out or changed is taken out or changed. Where both sides changed one entry differently, or one
changed what the other took out, every version stays in the log, and the conflict holds the log as each side would have
it. Entries that share their time, author and item are members of a set: nothing can clash among them.

Entries come in the order of time; at one moment first those of the base, then those each side added, in its order.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final, NamedTuple

from store.merge.comparing import one_sided, text_of
from store.merge.members import Clash, Merged, without_doubles
from store.models import Json

_TIMES: Final = ("since", "at")
_MORE: Final = ("by", "item")

Known = str
"""What an entry is known by, as text."""


class _Versions(NamedTuple):
    """The entries that share what they are known by, in the base and on both sides."""

    base: list[Json]
    ours: list[Json]
    theirs: list[Json]


class _Outcome(NamedTuple):
    """Which of them are in the log, and which would be if one side alone decided."""

    shown: list[Json]
    ours: list[Json]
    theirs: list[Json]
    clashes: bool = False


def merged_log(base: Json, ours: Json, theirs: Json, more: Iterable[Json] = ()) -> Merged | None:
    """The entries of both sides; None where one of the three is no list of entries with a time.

    Args:
        base: the list that both sides started from, or None.
        ours: the list of our side, or None.
        theirs: the list of their side, or None.
        more: entries that must be there whatever the sides say.
    """
    if not all(_is_log(log) for log in (base, ours, theirs)):
        return None
    three: tuple[list[Json], list[Json], list[Json]] = (list(base or ()), list(ours or ()), list(theirs or ()))
    by_known = [_by_known(log) for log in three]
    outcomes = [
        _merged_entry(_Versions(*(there.get(known, []) for there in by_known)))
        for known in sorted(set().union(*by_known))
    ]
    extra = list(more)

    def put(logs: Iterable[list[Json]]) -> list[Json] | None:
        return _in_order([*chain.from_iterable(logs), *extra], three) or None

    value = put(outcome.shown for outcome in outcomes)
    if not any(outcome.clashes for outcome in outcomes):
        return Merged(value)
    sides = put(outcome.ours for outcome in outcomes), put(outcome.theirs for outcome in outcomes)
    return Merged(value, (Clash("", base, *sides),))


def _is_log(value: Json) -> bool:
    if value is None:
        return True
    return isinstance(value, (list, tuple)) and all(time_of(entry) is not None for entry in value)


def time_of(entry: Json) -> str | None:
    """The time of an entry or a stamped unit, as text; None where it has none."""
    if not isinstance(entry, Mapping):
        return None
    return next((entry[name] for name in _TIMES if isinstance(entry.get(name), str)), None)


def _by_known(log: Iterable[Json]) -> dict[Known, list[Json]]:
    found: dict[Known, list[Json]] = {}
    for entry in log:
        known = text_of([time_of(entry), *(entry.get(name) for name in _MORE)])
        found.setdefault(known, []).append(entry)
    return found


def _merged_entry(there: _Versions) -> _Outcome:
    if max(map(len, there)) > 1:
        texts = [{text_of(entry): entry for entry in side} for side in there]
        kept = {text: entry for text, entry in texts[0].items() if text in texts[1] and text in texts[2]}
        added = {text: entry for text, entry in {**texts[1], **texts[2]}.items() if text not in texts[0]}
        both = [*kept.values(), *added.values()]
        return _Outcome(both, both, both)
    base, ours, theirs = (side[0] if side else None for side in there)
    taken = one_sided(base, ours, theirs)
    if taken is None:
        return _Outcome([*there.ours, *there.theirs], there.ours, there.theirs, clashes=True)
    value = [] if taken.value is None else [taken.value]
    return _Outcome(value, value, value)


def _in_order(entries: Iterable[Json], three: tuple[Iterable[Json], Iterable[Json], Iterable[Json]]) -> list[Json]:
    """The entries by time. At one moment: as the base has them, then the additions of each side in its order."""
    places: dict[str, tuple[int, int]] = {}
    # What a side added comes as one block; the block with the smaller text is first, whichever side it is from.
    base, *sides = ([text_of(entry) for entry in log] for log in three)
    for rank, log in enumerate([base, *sorted(sides)]):
        for place, text in enumerate(log):
            places.setdefault(text, (rank, place))
    last = len(three), 0

    def key(entry: Json) -> tuple[str, tuple[int, int], str]:
        text = text_of(entry)
        return time_of(entry) or "", places.get(text, last), text

    return sorted(without_doubles(list(entries)), key=key)
