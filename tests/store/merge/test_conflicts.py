"""The table of conflicts: found again the same, settled once, never a conflict about a conflict."""

from typing import Any

from store.merge import decide
from tests.store.merge.whole import A, Tables, conflicts_of, item, items, together

BASE, OURS, THEIRS = items(A=item(owner="li")), items(A=item(owner="ana")), items(A=item(owner="bo"))
SETTLED = {"at": "2026-06-01T08:00:00Z", "by": "cleo"}


def settled(tables: Tables, **fields: Any) -> Tables:
    """A store in which somebody has settled the one conflict, and given the item other fields."""
    ((key, conflict),) = tables["conflicts"].items()
    return {"items": {A: item(**fields)}, "conflicts": {key: {**conflict, "settled": SETTLED}}}


def test_a_conflict_keeps_base_and_both_sides_and_one_value_is_shown() -> None:
    merged = together(BASE, OURS, THEIRS)
    assert conflicts_of(merged) == [("items", "owner", "li", ["ana", "bo"])]
    assert merged["items"][A]["owner"] in {"ana", "bo"}


def test_a_conflict_that_was_settled_is_settled_when_the_sides_meet_again() -> None:
    choice = settled(together(BASE, OURS, THEIRS), owner="bo")
    for side in (OURS, THEIRS, together(BASE, OURS, THEIRS)):
        merged = together(BASE, choice, side)
        assert merged["items"][A]["owner"] == "bo"
        assert conflicts_of(merged) == []


def test_a_conflict_settled_on_one_clone_is_settled_on_the_other() -> None:
    waiting = together(BASE, OURS, THEIRS)
    choice = settled(waiting, owner="cleo")
    assert together(waiting, waiting, choice) == choice


def test_two_who_settled_one_conflict_differently_have_a_new_one_that_says_so() -> None:
    waiting = together(BASE, OURS, THEIRS)
    shown = waiting["items"][A]["owner"]
    merged = together(waiting, settled(waiting, owner="cleo"), settled(waiting, owner="dan"))
    assert conflicts_of(merged) == [("items", "owner", shown, ["cleo", "dan"])]


def test_conflicts_of_both_sides_stay_beside_each_other() -> None:
    one, other = together(BASE, OURS, THEIRS), together(BASE, items(A=item(owner="cleo")), OURS)
    merged = together(BASE, one, other)
    sides = [sides for _, _, _, sides in conflicts_of(merged)]
    assert ["ana", "bo"] in sides
    assert ["ana", "cleo"] in sides


def test_a_merge_of_merges_that_crossed_is_the_same_on_both_clones() -> None:
    again, other = items(A=item(owner="ana", size=3)), items(A=item(owner="bo", tags=["ux"]))
    left, right = together(BASE, again, THEIRS), together(BASE, OURS, other)
    for base in (OURS, THEIRS):
        merged = together(base, left, right)
        assert merged["items"][A]["size"] == 3
        assert merged["items"][A]["tags"] == ["ux"]
        assert ("items", "owner", "li", ["ana", "bo"]) in conflicts_of(merged)


def test_no_conflict_is_about_a_conflict() -> None:
    waiting = together(BASE, OURS, THEIRS)
    ((key, conflict),) = waiting["conflicts"].items()
    one, other = ({"conflicts": {key: {**conflict, "labels": [label, label]}}} for label in ("main", "topic"))
    assert decide({"conflicts": waiting["conflicts"]}, one, other).conflicts == ()
