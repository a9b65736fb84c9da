"""Every rule for every field of every table: the promise that no field is forgotten by the merge."""

from typing import Final

import pytest

from store.merge import Why
from store.models import TABLES, Json, MergeRule, rules_of
from tests.store.merge.values import merged, others, record

FIELDS: Final = [(table, field) for table in TABLES for field in rules_of(table)]
NEEDED: Final = {"title", "created", "started", "stage", "table", "record", "status", "aliases"}
"""Fields without which there is no record, or that a plain edit never clears."""
ALONE: Final = {MergeRule.SCALAR, MergeRule.UNIT}


def put(table: str, field: str, value: Json) -> dict[str, Json]:
    fields = record(table)
    if value is None:
        fields.pop(field, None)
    else:
        fields[field] = value
    return fields


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_change_by_one_side_is_taken_whichever_side_it_is(table: str, field: str) -> None:
    base = record(table)
    for value in others(table, field):
        changed = put(table, field, value)
        result, plan = merged(table, base, changed, base)
        assert (result, plan.conflicts) == (changed, ())
        assert [(decision.field, decision.why) for decision in plan.decisions] == [(field, Why.OURS)]


@pytest.mark.parametrize(("table", "field"), [(t, f) for t, f in FIELDS if f not in NEEDED])
def test_a_field_that_one_side_cleared_is_clear(table: str, field: str) -> None:
    base = put(table, field, others(table, field)[0])
    cleared = put(table, field, None)
    result, plan = merged(table, base, base, cleared)
    assert (result, plan.conflicts) == (cleared, ())


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_the_same_change_by_both_sides_is_no_question(table: str, field: str) -> None:
    changed = put(table, field, others(table, field)[0])
    result, plan = merged(table, record(table), changed, changed)
    assert (result, plan.conflicts) == (changed, ())


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_no_value_is_lost_where_both_sides_changed_a_field_differently(table: str, field: str) -> None:
    one, other = others(table, field)
    base = record(table)
    result, plan = merged(table, base, put(table, field, one), put(table, field, other))
    rule = rules_of(table)[field]
    if table == "conflicts":
        assert plan.conflicts == ()
        return
    if rule in ALONE and not plan.conflicts:
        kept = [record for record in plan.records if record.table == "conflicts"]
        assert [record.taken["sides"] for record in kept] == [sorted([one, other], key=str)]
        assert kept[0].taken["settled"]
        return
    if plan.conflicts:
        (conflict,) = plan.conflicts
        assert (conflict.table, conflict.field.partition(".")[0]) == (table, field)
        texts = repr(conflict.sides)
        assert all(part in texts for part in (repr(_last(one)), repr(_last(other))))
        assert result[field] is not None
    else:
        assert rule in {MergeRule.SET, MergeRule.LOG}
        assert {repr(member) for member in (*one, *other)} <= {repr(member) for member in result[field]}


def _last(value: Json) -> Json:
    """A part of a value that tells it from the others."""
    if isinstance(value, list) and value:
        return _last(value[-1])
    return list(value.values())[-1] if isinstance(value, dict) else value
