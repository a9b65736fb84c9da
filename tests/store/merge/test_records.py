"""Whole records: new, removed, changed on both sides, and what no model knows."""

from typing import Any

import pytest

from store.errors import UnreadableStoreError
from store.merge import Why, decide
from store.models import always_written
from tests.store.merge.whole import A, Tables, conflicts_of, item, items, together

REMOVED: Tables = {"items": {}}


def test_a_record_that_one_side_added_is_there() -> None:
    assert together({}, items(A=item()), items(B=item("Export"))) == items(A=item(), B=item("Export"))


def test_a_record_that_one_side_removed_and_the_other_left_alone_is_gone() -> None:
    assert together(items(A=item(), B=item()), items(B=item()), items(A=item(), B=item())) == items(B=item())


def test_a_record_that_both_sides_removed_is_gone() -> None:
    assert together(items(A=item()), REMOVED, REMOVED) == {}


def test_a_record_removed_by_one_side_and_changed_by_the_other_stays_as_changed_with_a_conflict() -> None:
    merged = together(items(A=item()), REMOVED, items(A=item(owner="bo")))
    assert merged["items"] == {A: item(owner="bo")}
    assert conflicts_of(merged) == [("items", "", item(), [None, item(owner="bo")])]
    plan = decide(items(A=item()), REMOVED, items(A=item(owner="bo")))
    assert [decision.why for decision in plan.decisions] == [Why.KEPT]


def test_changes_of_different_fields_by_both_sides_are_both_taken() -> None:
    merged = together(items(A=item(size=3)), items(A=item(size=3, owner="bo")), items(A=item(due="2026-08-01")))
    assert merged == items(A=item(owner="bo", due="2026-08-01"))


@pytest.mark.parametrize("table", ["items", "x-risks"])
def test_fields_that_no_model_knows_are_merged_each_as_one_value(table: str) -> None:
    def version(**fields: Any) -> Tables:
        return {table: {A: item(**fields)}}

    base = version(**{"x-risk": "low", "x-cost": 3})
    merged = together(base, version(**{"x-risk": "high", "x-cost": 3}), version(**{"x-risk": "low", "x-gain": [1]}))
    assert merged == version(**{"x-risk": "high", "x-gain": [1]})
    both = together(base, version(**{"x-risk": "high", "x-cost": 3}), version(**{"x-risk": "none", "x-cost": 3}))
    assert conflicts_of(both) == [(table, "x-risk", "low", ["high", "none"])]


@pytest.mark.parametrize("table", ["items", "x-risks"])
@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ({"x": None}, {"x": None}, {"x": None}, {"x": None}),
        ({"x": 1}, {"x": None}, {"x": 1}, {"x": None}),
        ({"x": 1}, {}, {"x": 1}, {}),
        ({"x": None}, {"x": None}, {}, {}),
        ({}, {"x": None}, {}, {"x": None}),
        ({"x": None}, {"x": None}, {"x": 2}, {"x": 2}),
    ],
)
def test_null_in_a_field_that_no_model_knows_is_not_nothing(
    table: str, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], expected: dict[str, Any]
) -> None:
    merged = together(
        {table: {A: item(**base)}},
        {table: {A: item(owner="bo", **ours)}},
        {table: {A: item(due="2026-08-01", **theirs)}},
    )
    assert merged == {table: {A: item(owner="bo", due="2026-08-01", **expected)}}


def test_a_table_that_no_model_knows_is_merged_record_by_record() -> None:
    base: Tables = {"x-risks": {A: {"name": "a"}}}
    merged = together(base, {"x-risks": {}}, {"x-risks": {A: {"name": "a"}, "abc": {"name": "b"}}})
    assert merged == {"x-risks": {"abc": {"name": "b"}}}


def test_both_sides_changed_a_record_whose_key_no_conflict_could_name_so_nothing_is_merged() -> None:
    base: Tables = {"x-risks": {"abc": {"name": "a"}}}
    with pytest.raises(UnreadableStoreError):
        decide(base, {"x-risks": {"abc": {"name": "b"}}}, {"x-risks": {"abc": {"name": "c"}}})


@pytest.mark.parametrize("odd", ["one string", {"a": 1}, 5, [["nested"]]])
@pytest.mark.parametrize("field", ["tags", "ratings", "goals", "past_moves", "body", "stage"])
def test_a_field_of_a_shape_that_its_rule_does_not_expect_loses_nothing(field: str, odd: Any) -> None:
    proper: dict[str, Any] = {
        "tags": ["ux"],
        "ratings": {"urgency": 2},
        "goals": [{"goal": 17592186044417}],
        "past_moves": [{"is": "new", "since": "2026-02-01T08:00:00Z"}],
        "body": ["First.", "Second."],
        "stage": {"is": "done", "since": "2026-05-01T08:00:00Z"},
    }
    merged = together(items(A=item()), items(A=item(**{field: odd})), items(A=item(**{field: proper[field]})))
    kept = repr(merged)
    assert all(repr(part) in kept for part in _parts(odd) + _parts(proper[field]))


def _parts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, dict)) else [value]


def test_what_a_record_cannot_hold_together_is_one_side_as_a_whole_with_a_conflict() -> None:
    ours, theirs = ([f"{side}{number:02}" for number in range(60)] for side in "ab")
    merged = together(items(A=item()), items(A=item(tags=ours)), items(A=item(tags=theirs)))
    assert merged["items"][A]["tags"] == ours
    assert [sides for _, _, _, sides in conflicts_of(merged)] == [[ours, theirs]]


@pytest.mark.parametrize("wrong", [{}, {"stage": 7}], ids=["readable", "not readable"])
def test_a_line_that_only_says_that_a_field_holds_nothing_is_no_change(wrong: dict[str, Any]) -> None:
    def version(**fields: Any) -> Tables:
        return items(A={**item(), **wrong, **fields})

    laid_out = {**always_written("items")}
    assert together(version(), version(**{**laid_out, "due": "2026-08-01"}), version(owner="bo")) == version(
        due="2026-08-01", owner="bo"
    )
    assert together(version(), version(**laid_out), REMOVED) == {}
