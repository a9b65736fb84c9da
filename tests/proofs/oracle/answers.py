"""What one field may show after a merge, and whether a conflict must, may or must not be recorded for it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from store.models import Json, MergeRule

Fields = Mapping[str, Json]
Tables = Mapping[str, Mapping[str, Fields]]
Three = tuple[Json, Json, Json]
"""What both sides started from, and what each of them has."""


class Missing(Enum):
    """No value at all, which is not the same as null."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
_sorted_text: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Flag(Enum):
    """Whether a conflict is recorded."""

    NEVER = "never"
    MAYBE = "maybe"
    ALWAYS = "always"
    SETTLED = "settled"
    """Recorded as one that nobody has to settle: both said the same, or one said nothing new."""
    MOVED = "moved"
    """Nobody has to settle it, and no conflict is recorded: the stage that gave way is a past move."""


@dataclass(frozen=True)
class Answer:
    """What one field may show after the merge.

    Args:
        values: what it may show; values of sets, logs and links in any order.
        flag: whether a conflict is recorded.
        sides: what must be found in the conflict.
    """

    values: tuple[Json, ...]
    flag: Flag = Flag.NEVER
    sides: Three = (None, None, None)


def one_sided(old: Json, one: Json, two: Json) -> Answer | None:
    """The answer where one side changed it, or both to the same; None where they differ."""
    if equal(one, two) or equal(two, old):
        return Answer((one,))
    return Answer((two,)) if equal(one, old) else None


def equal(one: Json, two: Json) -> bool:
    """Whether two values are the same in a file."""
    # In Python true is 1 and 1 is 1.0; in a file they are not.
    return one is two or (one == two and (isinstance(one, str) or frozen(one) == frozen(two)))


def unit(old: Json, one: Json, two: Json) -> Answer:
    """One value that both changed: an agreement where they differ only in who said it and when, else a conflict."""
    taken = _agreement(old, one, two)
    if taken is None:
        return Answer((one, two), Flag.ALWAYS, (old, one, two))
    return Answer((taken,), Flag.SETTLED, (old, one, two))


def _agreement(old: Json, one: Json, two: Json) -> Json | None:
    """The earlier of two that say the same, or the one that says something new."""
    if _time(one) is None or _time(two) is None:
        return None
    said = [_content(value) for value in (old, one, two)]
    if said[1] == said[2]:
        return min(one, two, key=by_time)
    if said[0] in said[1:]:
        return two if said[0] == said[1] else one
    return None


def by_time(value: Json) -> tuple[str, str]:
    """The order of stamped values."""
    return _time(value) or "", json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _time(value: Json) -> str | None:
    if not isinstance(value, Mapping):
        return None
    moment = value.get("since", value.get("at"))
    return moment if isinstance(moment, str) and _MOMENT.fullmatch(moment) else None


def _content(value: Json) -> str:
    if not isinstance(value, Mapping):
        return frozen(value)
    return frozen({name: part for name, part in value.items() if name not in {"since", "at", "by"}})


def set_of_both(old: Json, one: Json, two: Json) -> Json:
    """A removal by either side counts, and so does an addition."""
    o, a, b = ({frozen(entry): entry for entry in listed(side)} for side in (old, one, two))
    kept = (o.keys() & a.keys() & b.keys()) | (a.keys() - o.keys()) | (b.keys() - o.keys())
    return [(o | a | b)[key] for key in sorted(kept)] or MISSING


def log_of_both(old: Json, one: Json, two: Json) -> Answer:
    """As a set of whole entries; an entry that both changed, or one changed and one took out, is a conflict as well."""
    value = set_of_both(old, one, two)
    three = [_by_known(side) for side in (old, one, two)]
    known = {name for side in three for name in side}
    clashing = {
        name
        for name in known
        if all(len(side.get(name, ())) <= 1 for side in three)
        and one_sided(*(next(iter(side.get(name, ())), MISSING) for side in three)) is None
    }
    if not clashing:
        return Answer((value,))
    rest = [entry for entry in listed(value) if _known(entry) not in clashing]
    sides = [
        [*rest, *(entry for name in sorted(clashing) for entry in side.get(name, ()))] or MISSING for side in three[1:]
    ]
    return Answer((value,), Flag.ALWAYS, (old, sides[0], sides[1]))


def _by_known(log: Json) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for entry in listed(log):
        found.setdefault(_known(entry), []).append(entry)
    return found


def _known(entry: Json) -> str:
    """What an entry is known by: when, by whom, and about which item."""
    return frozen([entry.get("since", entry.get("at")), entry.get("by"), entry.get("item")])


def listed(side: Json) -> list[Json]:
    """The entries of a list that may be missing."""
    return [] if side is MISSING else side


def parts(old: Json, one: Json, two: Json) -> Iterator[tuple[str, Answer]]:
    """Each key of a mapping as a value of its own."""
    three = [{} if side is MISSING else side for side in (old, one, two)]
    for name in sorted({name for side in three for name in side}):
        values = [side.get(name, MISSING) for side in three]
        taken = one_sided(*values)
        answer = taken or Answer(tuple(values[1:]), Flag.ALWAYS, (values[0], values[1], values[2]))
        yield f".{name}", answer


def by_first(side: Json) -> Json:
    """Links by their first field, as text."""
    if side is MISSING:
        return MISSING
    return {str(next(iter(link.values()))): link for link in side}


def frozen(value: Json) -> str:
    """A value as text, the same for equal values."""
    return "missing" if value is MISSING else _sorted_text(value)


def shows(rule: MergeRule, is_part: bool, shown: Json, value: Json) -> bool:  # noqa: FBT001 - two words would be more
    """Whether a field shows a value; that of a set, a log or links in any order."""
    if shown == value:
        return True
    if is_part or rule not in {MergeRule.SET, MergeRule.LOG, MergeRule.LINKS}:
        return False
    if not isinstance(shown, list) or not isinstance(value, list):
        return False
    return sorted(map(frozen, shown)) == sorted(map(frozen, value))
