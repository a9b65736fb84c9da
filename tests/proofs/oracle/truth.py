"""What a three-way merge must come to, worked out from the promises alone and not from the code that merges.

Each field of each record is looked at by itself. The answer is what the field may show, and whether a conflict must,
may or must not be recorded for it:

- changed by one side only, or by both to the same: that value, whatever it is (cleared, reopened, earlier);
- a scalar or a unit changed by both: one of the two values, and a conflict; but where both say the same beside who and
  when, or one says nothing new, it is an agreement, which is kept as a conflict that nobody has to settle;
- a stage that gave way in an agreement is a past move instead;
- a set: a removal by either side counts, and so does an addition;
- a mapping and links: each key as a scalar; a link is known by its first field;
- a log: as a set of whole entries, and a conflict for one that both changed;
- lines: changes of other lines merge, both only appended gives both, changes of the same or of neighbouring lines
  are a conflict; where both put lines between the same two, either is right;
- what an importer remembers is never a conflict;
- a record that one side took out and the other changed: as it was changed, and a conflict for the whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from store.models import Json, MergeRule, always_written, rules_of
from tests.proofs.oracle.answers import (
    MISSING,
    Answer,
    Fields,
    Flag,
    Tables,
    by_first,
    by_time,
    equal,
    frozen,
    listed,
    log_of_both,
    one_sided,
    parts,
    set_of_both,
    unit,
)
from tests.proofs.oracle.texts import lines_of_both, new_lines_of_both


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
        """Where a conflict must be recorded, settled or not."""
        return {place for place, answer in self.answers.items() if answer.flag in {Flag.ALWAYS, Flag.SETTLED}}

    @property
    def is_mergeable(self) -> bool:
        """Whether nothing that happened contradicts anything else."""
        return not self.may_flag

    @property
    def may_flag(self) -> set[tuple[str, str, str]]:
        """Where a conflict may be recorded."""
        return {place for place, answer in self.answers.items() if answer.flag is not Flag.NEVER}


def truth(base: Tables, ours: Tables, theirs: Tables, started: Mapping[tuple[str, str], Fields] | None = None) -> Truth:
    """What the merge of two sides must come to. Records that are the same in all three need not be given.

    Args:
        base: what both sides started from.
        ours: one side.
        theirs: the other side.
        started: for new records of both sides, by table and key, what they can be said to have started from.
    """
    answers: dict[tuple[str, str, str], Answer] = {}
    gone: set[tuple[str, str]] = set()
    there: set[tuple[str, str]] = set()
    keys = {(table, key) for side in (base, ours, theirs) for table, records in side.items() for key in records}
    for table, key in sorted(keys):
        old, one, two = (said(table, side.get(table, {}).get(key)) for side in (base, ours, theirs))
        if one is None and two is None:
            gone.add((table, key))
        elif one is None or two is None:
            kept = two if one is None else one
            if old is not None and equal(kept, old):
                gone.add((table, key))
                continue
            there.add((table, key))
            answers |= {(table, key, name): Answer((value,)) for name, value in (kept or {}).items()}
            if old is not None:
                answers[table, key, ""] = Answer((kept,), Flag.ALWAYS, (old, one, two))
        else:
            there.add((table, key))
            start = old if old is not None else (started or {}).get((table, key), {})
            found = _record(table, (start, one, two), is_new=old is None)
            answers |= {(table, key, name): answer for name, answer in found.items()}
    return Truth(answers, frozenset(gone), frozenset(there))


def said(table: str, fields: Fields | None) -> Fields | None:
    """The fields without those that only say that they hold nothing."""
    if fields is None:
        return None
    always = always_written(table)
    return {
        name: value
        for name, value in fields.items()
        if value is not None and not (name in always and equal(value, always[name]))
    }


def _record(table: str, three: tuple[Fields, Fields, Fields], *, is_new: bool) -> dict[str, Answer]:
    """The answers for one record that both sides have, by field."""
    rules = rules_of(table)
    answers: dict[str, Answer] = {}
    for name in {name for side in three for name in side}:
        old, one, two = (side.get(name, MISSING) for side in three)
        found = _field(rules.get(name, MergeRule.SCALAR), old, one, two, is_new=is_new)
        answers |= {f"{name}{part}": answer for part, answer in found}
    if table == "items":
        if answers["stage"].flag is Flag.SETTLED:
            answers |= _moves(answers, three)
        if "source" in answers and answers["source"].flag is Flag.ALWAYS:
            answers["source"] = _source(answers["source"])
    return answers


def _field(rule: MergeRule, old: Json, one: Json, two: Json, *, is_new: bool) -> Iterator[tuple[str, Answer]]:
    """The answers for one field and for its parts, `.urgency` for a part."""
    taken = one_sided(old, one, two)
    if taken is not None:
        yield "", taken
    elif rule is MergeRule.SET and _are(list, old, one, two):
        yield "", Answer((set_of_both(old, one, two),))
    elif rule is MergeRule.LOG and _are(list, old, one, two):
        yield "", log_of_both(old, one, two)
    elif rule is MergeRule.KEYED and _are(dict, old, one, two):
        yield from parts(old, one, two)
    elif rule is MergeRule.LINKS and _are(list, old, one, two):
        yield from parts(*(by_first(side) for side in (old, one, two)))
    elif rule is MergeRule.LINES and _are(list, old, one, two):
        yield "", new_lines_of_both(one, two) if is_new else lines_of_both(old, one, two)
    else:
        yield "", unit(old, one, two)


def _are(kind: type, *sides: Json) -> bool:
    return all(side is MISSING or isinstance(side, kind) for side in sides)


def _moves(answers: Mapping[str, Answer], three: tuple[Fields, Fields, Fields]) -> dict[str, Answer]:
    """The stage and the past moves where both moved it and nobody has to decide: the one that gave way is a past move.

    Of two moves to one stage the later is where it stands.
    """
    stage = answers["stage"]
    _, one, two = stage.sides
    taken = max(one, two, key=by_time) if one["is"] == two["is"] else stage.values[0]
    passed = two if taken == one else one
    moves = log_of_both(*(side.get("past_moves", MISSING) for side in three))

    def with_passed(log: Json) -> Json:
        return list({frozen(entry): entry for entry in (*listed(log), passed)}.values())

    old, *sides = moves.sides
    values = tuple(with_passed(value) for value in moves.values)
    ours, theirs = (with_passed(side) if moves.flag is Flag.ALWAYS else side for side in sides)
    return {
        "stage": Answer((taken,), Flag.MOVED, stage.sides),
        "past_moves": Answer(values, moves.flag, (old, ours, theirs)),
    }


def _source(answer: Answer) -> Answer:
    """Where an item came from: what the importer remembers may come from either side, word by word."""
    old, one, two = ({} if side is MISSING else dict(side) for side in answer.sides)
    memories = [_words(side.pop("seen", "")) for side in (one, two)]
    old.pop("seen", None)
    if any(one.get(name) != two.get(name) for name in ("system", "key")):
        return answer
    taken: dict[str, Json] = {}
    for part in sorted({*old, *one, *two}):
        found = one_sided(*(side.get(part, MISSING) for side in (old, one, two)))
        if found is None:
            return answer
        taken |= {} if found.values[0] is MISSING else {part: found.values[0]}
    names = sorted({*memories[0], *memories[1]})
    choices = product(*(sorted({words.get(name, "") for words in memories}) for name in names))
    seen = [" ".join(f"{name}:{word}" for name, word in zip(names, words, strict=True) if word) for words in choices]
    return Answer(tuple({**taken, **({"seen": words} if words else {})} for words in seen))


def _words(seen: str) -> dict[str, str]:
    return dict(word.split(":", 1) for word in seen.split())
