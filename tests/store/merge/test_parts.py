"""Fields that are merged part by part: sets, mappings, links, logs and texts."""

from typing import Any

import pytest

from tests.store.merge.whole import A, conflicts_of, item, items, together

GOALS = 17592186044417, 17592186044418


def merged(field: str, base: Any, ours: Any, theirs: Any) -> tuple[Any, list[tuple[str, Any, list[Any]]]]:
    """A field of an item after the merge, and the conflicts: field, base and sides."""
    result = together(*(items(A=item() if value is None else item(**{field: value})) for value in (base, ours, theirs)))
    return result["items"][A].get(field), [conflict[1:] for conflict in conflicts_of(result)]


def test_a_member_that_one_side_took_out_is_out_whatever_the_other_added() -> None:
    assert merged("tags", ["a", "b"], ["b"], ["a", "b", "c"]) == (["b", "c"], [])
    assert merged("tags", ["a"], None, ["a", "b"]) == (["b"], [])
    assert merged("tags", ["a", "b"], ["b"], ["a"]) == (None, [])


def test_ratings_clash_only_where_both_changed_the_same_one() -> None:
    base = {"confidence": 50, "urgency": 1}
    assert merged("ratings", base, {"confidence": 80, "urgency": 1}, {"confidence": 50, "urgency": 3}) == (
        {"confidence": 80, "urgency": 3},
        [],
    )
    value, conflicts = merged("ratings", base, {"confidence": 80, "urgency": 2}, {"urgency": 3})
    assert conflicts == [
        ("ratings.confidence", 50, [80, None]),
        ("ratings.urgency", 1, [2, 3]),
    ]
    assert value["urgency"] in {2, 3}


def test_links_clash_only_where_both_changed_the_same_one() -> None:
    one, other = GOALS
    base = [{"goal": one}]
    value, conflicts = merged("goals", base, [{"goal": one}, {"goal": other, "strength": 3}], [])
    assert (value, conflicts) == ([{"goal": other, "strength": 3}], [])
    value, conflicts = merged("goals", base, [{"goal": one, "strength": 1}], [{"goal": one, "strength": 3}])
    assert [(field, sides) for field, _, sides in conflicts] == [
        (f"goals.{one}", [{"goal": one, "strength": 1}, {"goal": one, "strength": 3}])
    ]


def test_entries_of_a_log_are_all_there_in_the_order_of_time() -> None:
    first, second, third = ({"is": f"s{day}", "since": f"2026-01-0{day}T08:00:00Z", "by": "ana"} for day in (1, 2, 3))
    assert merged("past_moves", [first], [first, third], [first, second]) == ([first, second, third], [])
    assert merged("past_moves", [first, second], [second], [first, second, third]) == ([second, third], [])


def test_an_entry_that_both_sides_closed_differently_is_there_twice_and_asked_about() -> None:
    spell = {"since": "2026-01-01T08:00:00Z", "reason": "waits", "by": "ana"}
    one, other = ({**spell, "until": f"2026-01-0{day}T08:00:00Z"} for day in (2, 3))
    value, conflicts = merged("blocked", [spell], [one], [other])
    assert value == [one, other]
    assert [sides for _, _, sides in conflicts] == [[[one], [other]]]


def test_an_item_that_both_sides_moved_to_one_stage_has_both_moves_and_asks_nobody() -> None:
    ours, theirs = (
        item(
            stage={"is": "done", "since": f"2026-05-0{day}T08:00:00Z", "by": by},
            past_moves=[item()["stage"]],
        )
        for day, by in ((1, "ana"), (2, "bo"))
    )
    result = together(items(A=item()), items(A=ours), items(A=theirs))
    assert result["items"][A]["stage"] == theirs["stage"]
    assert result["items"][A]["past_moves"] == [item()["stage"], ours["stage"]]
    assert conflicts_of(result) == []


def test_an_item_that_the_sides_moved_to_two_stages_shows_the_less_finished_one_and_asks() -> None:
    ours, theirs = (
        item(stage={"is": stage, "since": f"2026-05-0{day}T08:00:00Z", "by": "ana"})
        for day, stage in ((1, "done"), (2, "ready"))
    )
    result = together(items(A=item()), items(A=ours), items(A=theirs))
    assert result["items"][A]["stage"] == theirs["stage"]
    assert [(field, sides) for _, field, _, sides in conflicts_of(result)] == [
        ("stage", [ours["stage"], theirs["stage"]])
    ]


TEXT = ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        (["ONE", "two", "three", "four"], ["one", "two", "three", "FOUR"], ["ONE", "two", "three", "FOUR"]),
        (["ONE", "two", "three", "four"], ["one", "TWO", "three", "four"], ["ONE", "TWO", "three", "four"]),
        ([*TEXT, "five"], [*TEXT, "cinq"], [*TEXT, "cinq", "five"]),
        ([*TEXT, "five"], [*TEXT, "five", "six"], [*TEXT, "five", "six"]),
        ([*TEXT, "five", "seven"], [*TEXT, "five", "six", "seven"], [*TEXT, "five", "six", "seven"]),
        (TEXT[1:], [*TEXT, "five"], [*TEXT[1:], "five"]),
    ],
)
def test_lines_that_the_sides_changed_at_different_places_are_all_there(
    ours: list[str], theirs: list[str], result: list[str]
) -> None:
    assert merged("body", TEXT, ours, theirs) == (result, [])


def test_lines_that_both_sides_changed_are_a_conflict_of_the_whole_text() -> None:
    ours, theirs = ["ONE", *TEXT[1:]], ["1", *TEXT[1:]]
    value, conflicts = merged("body", TEXT, ours, theirs)
    assert value in (ours, theirs)
    assert conflicts == [("body", TEXT, [theirs, ours])]
