"""Real merges of real backlogs, made again by leadline: nothing of either side is lost, whichever side is ours."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from store.disk.merging.merging import merge_texts
from tests.proofs.figures import Report
from tests.proofs.real_merges import Fields, RealMerge, Tables, real_merges

MERGES = tuple(real_merges())
NOTHING: tuple[Any, ...] = (None, "", [], {})
SETS = {"tags", "depends_on", "aliases"}
NO_MERGES = "the merges of other backlogs are not here"

needs_merges = pytest.mark.skipif(not MERGES, reason=NO_MERGES)


@needs_merges
def test_no_record_and_no_value_of_either_side_is_lost(report: Report) -> None:
    lost: dict[str, list[str]] = {}
    figures: dict[str, Counter[str]] = {}
    for merge in MERGES:
        result = tables_of(merge_texts(merge.base, merge.ours, merge.theirs, "x").text)
        base, ours, theirs = (tables_of(text) for text in (merge.base, merge.ours, merge.theirs))
        lost[merge.name] = [
            *losses(base, ours, result),
            *losses(base, theirs, result),
            *made_up(base, ours, theirs, result),
        ]
        figures.setdefault(merge.category, Counter()).update(
            merges=1,
            edits=edits(base, ours) + edits(base, theirs),
            conflicts=len(result.get("conflicts", {})),
            lost=len(lost[merge.name]),
        )
    for category, counts in sorted(figures.items()):
        report(f"Real merges, {category}", counts)
    assert {name: found for name, found in lost.items() if found} == {}


@needs_merges
def test_real_merges_do_not_depend_on_the_side_nor_on_being_made_twice(report: Report) -> None:
    for merge in MERGES:
        base, ours, theirs = merge.base, merge.ours, merge.theirs
        result = merge_texts(base, ours, theirs, "x").text
        assert merge_texts(base, theirs, ours, "x").text == result, merge.name
        for side in (result, ours, theirs):
            assert merge_texts(base, result, side, "x").text == result, merge.name
            assert merge_texts(base, side, result, "x").text == result, merge.name
    report("Real merges, again and crosswise", {"merges": len(MERGES), "other bytes": 0})


@needs_merges
def test_where_people_merged_right_the_result_is_theirs(report: Report) -> None:
    counts: Counter[str] = Counter()
    other: dict[str, list[str]] = {}
    for merge in MERGES:
        if not is_right(merge):
            counts["of people lost or made up something"] += 1
            continue
        counts["of people did not"] += 1
        merged = merge_texts(merge.base, merge.ours, merge.theirs, "x")
        told = {(str(conflict.table), str(conflict.record)) for conflict in merged.conflicts}
        result, right = tables_of(merged.text), tables_of(merge.merged or b"")
        differing = [
            f"{table} {key}"
            for table in right.keys() - {"conflicts"}
            for key in right[table].keys() | result[table].keys()
            if right[table].get(key) != result[table].get(key) and (table, key) not in told
        ]
        counts["records not as people left them"] += len(differing)
        other[merge.name] = differing
    report("Real merges, beside what people made", counts)
    assert {name: found for name, found in other.items() if found} == {}


def is_right(merge: RealMerge) -> bool:
    """Whether what people made of both sides lacks nothing; what they had to choose between counts as lost."""
    if merge.merged is None:
        return False
    base, ours, theirs, result = (tables_of(text) for text in (merge.base, merge.ours, merge.theirs, merge.merged))
    return not (*losses(base, ours, result), *losses(base, theirs, result), *made_up(base, ours, theirs, result))


def tables_of(text: bytes) -> Tables:
    """The tables of a store, or none, without the fields that say that they hold nothing."""
    tables: Tables = json.loads(text) if text.strip() else {}
    return {
        table: {
            key: {name: each for name, each in fields.items() if each not in NOTHING} for key, fields in there.items()
        }
        for table, there in tables.items()
    }


def edits(base: Tables, side: Tables) -> int:
    """How many fields a side changed."""
    return sum(1 for _ in changes(base, side))


def changes(base: Tables, side: Tables) -> Iterator[tuple[str, str, str, Any, Any]]:
    """Every field that a side changed: table, key, field, former and new value; a removed record has no field."""
    for table in (base.keys() | side.keys()) - {"meta", "settings", "conflicts"}:
        before, after = base.get(table, {}), side.get(table, {})
        for key in before.keys() | after.keys():
            if key not in after:
                yield table, key, "", before[key], None
                continue
            was, now = before.get(key, {}), after[key]
            for field in was.keys() | now.keys():
                if was.get(field) != now.get(field):
                    yield table, key, field, was.get(field), now.get(field)


def losses(base: Tables, side: Tables, result: Tables) -> Iterator[str]:
    """What a side changed, and neither the result nor a conflict in it tells."""
    conflicts = list(result.get("conflicts", {}).values())
    for table, key, field, was, now in changes(base, side):
        there = result.get(table, {})
        record, number = found(there, key, side.get(table, {}).get(key))
        told = [each for each in conflicts if (each["table"], each["record"]) == (table, number)]
        if field == "":
            if key in there and not any(each.get("field", "") == "" for each in told):
                yield f"{table} {key} is back"
        elif record is None:
            yield f"{table} {key} is gone"
        elif field == "stage" and now in record.get("past_moves", ()):
            continue
        elif not holds(field, was, now, record.get(field)) and not is_told(told, field, was, now):
            yield f"{table} {key}: {field} is {record.get(field)!r}, not {now!r}"


def found(there: dict[str, Fields], key: str, fields: Fields | None) -> tuple[Fields | None, int]:
    """A record under its key, or under the one it was given, and the number of that."""
    if fields is not None:
        for number, record in there.items():
            if int(key) in record.get("aliases", ()) and record.get("created") == fields.get("created"):
                return record, int(number)
    return there.get(key), int(key)


def holds(field: str, was: Any, now: Any, value: Any) -> bool:
    """Whether a value holds a change, beside what the other side may have done to it."""
    if field in SETS:
        before, after, there = (set(each or ()) for each in (was, now, value))
        return after - before <= there and not (before - after) & there
    if field == "body":
        added = Counter(now or ()) - Counter(was or ())
        return not added - Counter(value or ())
    if field == "ratings":
        parts, new, shown = (dict(each or {}) for each in (was, now, value))
        return all(shown.get(name) == new.get(name) for name in {*new, *parts} if parts.get(name) != new.get(name))
    return bool(value == now)


def is_told(told: list[Fields], field: str, was: Any, now: Any) -> bool:
    """Whether a conflict keeps what a side made of a field."""
    for each in told:
        name, _, part = each.get("field", "").partition(".")
        if name != field:
            continue
        values = each["sides"]
        if part and isinstance(now, dict):
            return now.get(part) in values
        if now in values or (field == "body" and any(holds(field, was, now, value) for value in values)):
            return True
    return False


def made_up(base: Tables, ours: Tables, theirs: Tables, result: Tables) -> Iterator[str]:
    """What is in the result, though neither side has it."""
    for table, key, field, was, now in changes(base, result):
        former = [key, *map(str, result[table].get(key, {}).get("aliases", ()))]
        sides = [side.get(table, {}).get(name) for name in former for side in (ours, theirs)]
        if field in {*SETS, "body", "past_moves", "ratings"}:
            continue
        if field == "":
            if None not in sides[:2]:
                yield f"{table} {key} is gone, and nobody removed it"
        elif not any(now == (side or {}).get(field) for side in sides):
            yield f"{table} {key}: {field} became {now!r} from {was!r}"
