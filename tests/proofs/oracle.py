"""What a three-way merge must come to, worked out from the promises alone and not from the code that merges.

Each field of each record is looked at by itself. The answer is what the field may show, and whether a conflict must,
may or must not be recorded for it:

- changed by one side only, or by both to the same: that value, whatever it is (cleared, reopened, earlier);
- a scalar or a unit changed by both: one of the two values, and a conflict;
- a set: a removal by either side counts, and so does an addition;
- a mapping and links: each key as a scalar; a link is known by its first field;
- a log: as a set of whole entries;
- lines: changes of other lines merge, both only appended gives both, changes of the same or of neighbouring lines
  are a conflict; where both put lines between the same two, either is right;
- a record that one side took out and the other changed: as it was changed, and a conflict for the whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from store.models import Json, MergeRule, always_written, rules_of

Fields = Mapping[str, Json]
Tables = Mapping[str, Mapping[str, Fields]]


class Missing(Enum):
    """No value at all, which is not the same as null."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


class Flag(Enum):
    """Whether a conflict is recorded."""

    NEVER = "never"
    MAYBE = "maybe"
    ALWAYS = "always"


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
    sides: tuple[Json, Json, Json] = (None, None, None)


@dataclass(frozen=True)
class Truth:
    """All answers: by table, key and field for records that are there; `gone` are those that must not be.

    A field is named as conflicts name it: `title`, `ratings.urgency`, and empty for a whole record.
    """

    answers: Mapping[tuple[str, str, str], Answer]
    gone: frozenset[tuple[str, str]]
    there: frozenset[tuple[str, str]]

    @property
    def must_flag(self) -> set[tuple[str, str, str]]:
        """Where a conflict must be recorded."""
        return {place for place, answer in self.answers.items() if answer.flag is Flag.ALWAYS}

    @property
    def is_mergeable(self) -> bool:
        """Whether nothing that happened contradicts anything else."""
        return not self.may_flag

    @property
    def may_flag(self) -> set[tuple[str, str, str]]:
        """Where a conflict may be recorded."""
        return {place for place, answer in self.answers.items() if answer.flag is not Flag.NEVER}


def truth(base: Tables, ours: Tables, theirs: Tables) -> Truth:
    """What the merge of two sides must come to. Records that are the same in all three need not be given."""
    answers: dict[tuple[str, str, str], Answer] = {}
    gone: set[tuple[str, str]] = set()
    there: set[tuple[str, str]] = set()
    keys = {(table, key) for side in (base, ours, theirs) for table, records in side.items() for key in records}
    for table, key in sorted(keys):
        old, one, two = (_said(table, side.get(table, {}).get(key)) for side in (base, ours, theirs))
        if one is None and two is None:
            gone.add((table, key))
        elif one is None or two is None:
            kept = two if one is None else one
            if old is not None and kept == old:
                gone.add((table, key))
                continue
            there.add((table, key))
            answers |= {(table, key, name): Answer((value,)) for name, value in (kept or {}).items()}
            if old is not None:
                answers[table, key, ""] = Answer((kept,), Flag.ALWAYS, (old, one, two))
        else:
            there.add((table, key))
            rules = rules_of(table)
            for name in {*(old or {}), *one, *two}:
                three = tuple(side.get(name, MISSING) for side in (old or {}, one, two))
                found = _field(rules.get(name, MergeRule.SCALAR), *three)
                answers |= {(table, key, f"{name}{part}"): answer for part, answer in found}
    return Truth(answers, frozenset(gone), frozenset(there))


def _said(table: str, fields: Fields | None) -> Fields | None:
    """The fields without those that only say that they hold nothing."""
    always = always_written(table)
    if fields is None or not always:
        return fields
    return {name: value for name, value in fields.items() if not _equal(value, always.get(name, MISSING))}


def _field(rule: MergeRule, old: Json, one: Json, two: Json) -> Iterator[tuple[str, Answer]]:
    """The answers for one field and for its parts, `.urgency` for a part."""
    taken = _one_sided(old, one, two)
    if taken is not None:
        yield "", taken
    elif rule in {MergeRule.SET, MergeRule.LOG} and _are(list, old, one, two):
        yield "", Answer((_three_way(old, one, two),))
    elif rule is MergeRule.KEYED and _are(dict, old, one, two):
        yield from _parts(old, one, two)
    elif rule is MergeRule.LINKS and _are(list, old, one, two):
        yield from _parts(*(_by_first(side) for side in (old, one, two)))
    elif rule is MergeRule.LINES and _are(list, old, one, two):
        yield "", _lines(old, one, two)
    else:
        yield "", Answer((one, two), Flag.ALWAYS, (old, one, two))


def _one_sided(old: Json, one: Json, two: Json) -> Answer | None:
    if _equal(one, two) or _equal(two, old):
        return Answer((one,))
    return Answer((two,)) if _equal(one, old) else None


def _equal(one: Json, two: Json) -> bool:
    # In Python true is 1 and 1 is 1.0; in a file they are not.
    return one == two and frozen(one) == frozen(two)


def _are(kind: type, *sides: Json) -> bool:
    return all(side is MISSING or isinstance(side, kind) for side in sides)


def _three_way(old: Json, one: Json, two: Json) -> Json:
    o, a, b = ({frozen(entry): entry for entry in _list(side)} for side in (old, one, two))
    kept = (o.keys() & a.keys() & b.keys()) | (a.keys() - o.keys()) | (b.keys() - o.keys())
    return [(o | a | b)[key] for key in sorted(kept)] or MISSING


def _list(side: Json) -> list[Json]:
    return [] if side is MISSING else side


def _parts(old: Json, one: Json, two: Json) -> Iterator[tuple[str, Answer]]:
    three = [{} if side is MISSING else side for side in (old, one, two)]
    for name in sorted({name for side in three for name in side}):
        values = [side.get(name, MISSING) for side in three]
        taken = _one_sided(*values)
        answer = taken or Answer(tuple(values[1:]), Flag.ALWAYS, (values[0], values[1], values[2]))
        yield f".{name}", answer


def _by_first(side: Json) -> Json:
    """Links by their first field, as text."""
    if side is MISSING:
        return MISSING
    return {str(next(iter(link.values()))): link for link in side}


@dataclass(frozen=True)
class _Change:
    """Lines `start` to `end` of the base become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def _lines(old: Json, one: Json, two: Json) -> Answer:
    """What two changes of a text come to; every line of the texts is unlike the others, so that they align in one way.

    Changes of the same lines are a conflict; changes that touch without a line between them may be one.
    """
    base = _list(old)
    ours, theirs = _changes(base, _list(one)), _changes(base, _list(two))
    pairs = [(a, b) for a in ours for b in theirs if a != b]
    sides = (old, one, two)
    if any(max(a.start, b.start) < min(a.end, b.end) for a, b in pairs):
        return Answer((one, two), Flag.ALWAYS, sides)
    touching = [(a, b) for a, b in pairs if a.start <= b.end and b.start <= a.end]
    changes = {*ours, *theirs}
    merged = tuple(_patched(base, changes, order) for order in (ours, theirs))
    if all(a.start == a.end == b.start == b.end == len(base) for a, b in touching):
        return Answer(merged)
    return Answer((*merged, one, two), Flag.MAYBE, sides)


def _changes(base: Sequence[str], side: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(side[c:d])) for kind, a, b, c, d in codes if kind != "equal"]


def _patched(base: Sequence[str], changes: Iterable[_Change], first: Sequence[_Change]) -> Json:
    """The text with all changes; of two insertions at one place that of `first` comes first."""
    lines = list(base)
    for change in sorted(changes, key=lambda change: (change.start, change.end, change not in first), reverse=True):
        lines[change.start : change.end] = change.lines
    return lines or MISSING


def frozen(value: Json) -> str:
    """A value as text, the same for equal values."""
    return "missing" if value is MISSING else json.dumps(value, sort_keys=True, ensure_ascii=False)


def complaints(said: Truth, result: Tables) -> list[str]:
    """What is wrong with the records of a merged store; whether conflicts are recorded is not looked at here."""
    found = [f"{table} {key} is there" for table, key in sorted(said.gone) if key in result.get(table, {})]
    found += [f"{table} {key} is missing" for table, key in sorted(said.there) if key not in result.get(table, {})]
    answered: dict[tuple[str, str], set[str]] = {}
    records = {(table, key): _said(table, result.get(table, {}).get(key)) for table, key in said.there}
    for (table, key, field), answer in said.answers.items():
        record = records.get((table, key))
        if record is None:
            continue
        name, part = _split(table, field)
        answered.setdefault((table, key), set()).add(name)
        if not field:
            continue
        shown = record.get(name, MISSING)
        rule = rules_of(table).get(name, MergeRule.SCALAR)
        if part:
            shown = (_by_first(shown) if rule is MergeRule.LINKS else shown) if shown is not MISSING else {}
            shown = shown.get(part, MISSING)
        if not any(_same(rule, bool(part), shown, value) for value in answer.values):
            may = " or ".join(frozen(value) for value in answer.values)
            found.append(f"{table} {key} {field} shows {frozen(shown)}, not {may}")
    for (table, key), names in answered.items():
        more = set(records.get((table, key)) or ()) - names
        if more:
            found.append(f"{table} {key} has more fields: {sorted(more)}")
    return found


def _split(table: str, field: str) -> tuple[str, str]:
    """A field and the part of it that is meant, as `ratings` and `urgency`."""
    name, _, part = field.partition(".")
    has_parts = rules_of(table).get(name) in {MergeRule.KEYED, MergeRule.LINKS}
    return (name, part) if has_parts else (field, "")


def _same(rule: MergeRule, is_part: bool, shown: Json, value: Json) -> bool:  # noqa: FBT001 - two words would be more
    if shown == value:
        return True
    if is_part or rule not in {MergeRule.SET, MergeRule.LOG, MergeRule.LINKS}:
        return False
    if not isinstance(shown, list) or not isinstance(value, list):
        return False
    return sorted(map(frozen, shown)) == sorted(map(frozen, value))
