"""Whether the merge of three small stores keeps every promise, by an oracle that knows only the promises."""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random

from store.disk.canonical import record_text
from store.disk.merging.merging import merge_texts
from store.models import TABLES, MergeRule, rules_of
from tests.proofs.oracle import (
    Fields,
    Tables,
    complaints,
    conflict_complaints,
    frozen,
    losses,
    truth,
    untangled,
)
from tests.proofs.triples import Triple, edit, text_of


def _merged(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    return merge_texts(base, ours, theirs, "leadline.json").text


def broken_promises(triple: Triple, seen: Counter[str]) -> Iterator[str]:
    """What is wrong with the merge of a triple, in sentences.

    Args:
        triple: three versions of a store.
        seen: counts whether there were conflicts.
    """
    base, ours, theirs = (text_of(side) for side in (triple.base, *triple.sides))
    merged = _merged(base, ours, theirs)
    result: Tables = json.loads(merged)
    seen.update(conflicts="conflicts" in result and bool(result["conflicts"]))
    yield from _unlike_the_promises(triple, result)
    if _merged(base, theirs, ours) != merged:
        yield "it depends on which side is ours"


def broken_repeats(triple: Triple) -> Iterator[str]:
    """What changes when what was merged is merged again."""
    base, ours, theirs = (text_of(side) for side in (triple.base, *triple.sides))
    merged = _merged(base, ours, theirs)
    result: Tables = json.loads(merged)
    yield from (f"{place} is not as its model writes it" for place in _odd(result))
    for side in (ours, theirs, merged):
        if _merged(base, side, side) != side:
            yield "a side merged with itself is another one"
    for side in (ours, theirs):
        if not _merged(base, base, side) == _merged(base, side, base) == side:
            yield "a side merged with what it started from is another one"
        if _merged(side, merged, side) != merged:
            yield "it changes when a side comes in again"
        # As after a squash: both start from what was before. Texts may then hold a line twice, or be
        # asked about, as may logs.
        if _without_order(json.loads(_merged(base, merged, side))) != _without_order(result):
            yield "it changes when a side comes in again as if for the first time"


def _odd(tables: Tables) -> Iterator[tuple[str, str]]:
    """Merged records that would be other text once they are read and written."""
    for table, records in tables.items():
        for key, fields in records.items():
            if table in TABLES:
                model = TABLES[table].model_validate({**fields, "id": int(key)})
                if record_text(table, key, model.raw()) != record_text(table, key, fields):
                    yield table, key


def _without_order(tables: Tables) -> Tables:
    """A store without texts and conflicts about texts and logs; entries of one moment may stand in any order."""

    def is_any(table: str, name: str, *rules: MergeRule) -> bool:
        return rules_of(table).get(name) in rules

    return {
        table: {
            key: {name: _shape(table, name, fields) for name in fields if not is_any(table, name, MergeRule.LINES)}
            for key, fields in records.items()
            if table != "conflicts"
            or not is_any(fields["table"], fields.get("field", ""), MergeRule.LINES, MergeRule.LOG)
        }
        for table, records in tables.items()
    }


def _unlike_the_promises(triple: Triple, result: Tables) -> Iterator[str]:
    versions = untangled(triple.base, *triple.sides, result)
    if versions.wrong:
        yield from versions.wrong
        return
    yield from (f"{table} {key} is still there" for table, key in versions.gone if key in result.get(table, {}))
    said = truth(versions.base, versions.ours, versions.theirs, versions.started)
    yield from complaints(said, result)
    yield from conflict_complaints(said, result)
    yield from losses(versions, result)


def broken_chains(triple: Triple, random: Random) -> Iterator[str]:
    """What two orders of merging three sides disagree about, and neither has a conflict for."""
    third = {table: dict(records) for table, records in triple.base.items()}
    edit(random, third, triple.focus, random.choice((1, 2, 3, 5)))
    base, ours, theirs, last = (text_of(side) for side in (triple.base, *triple.sides, third))
    one: Tables = json.loads(_merged(base, _merged(base, ours, theirs), last))
    other: Tables = json.loads(_merged(base, ours, _merged(base, theirs, last)))
    disputed = _disputed(one) | _disputed(other)
    for table in sorted({*one, *other} - {"conflicts"}):
        records = one.get(table, {}), other.get(table, {})
        for key in sorted({*records[0], *records[1]}):
            if (table, key, "") in disputed:
                continue
            fields = [there.get(key) for there in records]
            if fields[0] is None or fields[1] is None:
                yield f"{table} {key} is there in one order only"
                continue
            for name in sorted({*fields[0], *fields[1]}):
                shown = [_shape(table, name, each) for each in fields if each is not None]
                if shown[0] != shown[1] and (table, key, name) not in disputed:
                    yield f"{table} {key} {name}: {shown[0]} or {shown[1]}"


def _disputed(tables: Tables) -> set[tuple[str, str, str]]:
    places = {
        (each["table"], str(each["record"]), each.get("field", "").partition(".")[0])
        for each in tables.get("conflicts", {}).values()
    }
    # Which of three moves gives way, and so is a past move, hangs on the one that is shown.
    return places | {(table, key, "past_moves") for table, key, name in places if name == "stage"}


def _shape(table: str, name: str, fields: Fields) -> str:
    """A field without the order in which the lines and entries of several people stand."""
    value = fields.get(name)
    is_loose = rules_of(table).get(name) in {MergeRule.LINES, MergeRule.LOG, MergeRule.LINKS, MergeRule.SET}
    return frozen(sorted(map(frozen, value)) if is_loose and isinstance(value, list) else value)
