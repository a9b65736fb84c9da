"""What is different between two snapshots, as data."""

from datetime import timedelta

import pytest

from store.change import FieldChange, difference, differences
from store.models import Blocked, Goal, Item, Json, Serves, Settings, Stamp, Standing, Workspace
from tests.store.benches import START

LATER = START + timedelta(days=1)
GOAL = Goal(id=40, title="Reports in a day", created=Stamp(at=START, by="ana"))
ITEM = Item(
    id=7,
    title="Results grid",
    created=Stamp(at=START, by="ana"),
    stage=Standing(stage="inbox", since=START, by="ana"),
    goals=(Serves(goal=40, strength=2),),
    ratings={"urgency": 2},
    tags=frozenset({"ui"}),
)


def between(before: Item | None, after: Item | None) -> list[tuple[str, Json, Json, str]]:
    found = difference(before, after)
    assert found is not None
    return [(change.name, change.before, change.after, change.by) for change in found.fields]


def test_nothing_is_different_about_the_same_record_or_an_equal_one() -> None:
    assert difference(ITEM, ITEM) is None
    assert difference(ITEM, ITEM.model_copy()) is None
    assert difference(None, None) is None


def test_each_changed_field_has_its_old_and_new_value() -> None:
    assert between(ITEM, ITEM.with_(title="Grid", size=3)) == [
        ("title", "Results grid", "Grid", ""),
        ("size", None, 3, ""),
    ]


def test_a_stamp_says_who_changed_a_field_and_when() -> None:
    found = difference(ITEM, ITEM.moved("ready", LATER, "bo"))
    assert found is not None
    stage = found.fields[0]
    assert (stage.name, stage.by, stage.at) == ("stage", "bo", LATER)


def test_a_new_spell_names_who_said_it() -> None:
    after = ITEM.with_(blocked=(Blocked(since=LATER, reason="no data", by="bo"),))
    assert [(name, by) for name, _, _, by in between(ITEM, after)] == [("blocked", "bo")]


def test_what_is_merged_entry_by_entry_is_told_entry_by_entry() -> None:
    after = ITEM.with_(ratings={"urgency": 3, "confidence": 80}, goals=(Serves(goal=41, strength=1),))
    assert [(name, old, new) for name, old, new, _ in between(ITEM, after)] == [
        ("goals.40", Serves(goal=40, strength=2), None),
        ("goals.41", None, Serves(goal=41, strength=1)),
        ("ratings.urgency", 2, 3),
        ("ratings.confidence", None, 80),
    ]


def test_an_unknown_field_counts_like_any_other() -> None:
    after = Item.model_validate({"id": 7, **ITEM.raw(), "colour": "red"})
    assert between(ITEM, after) == [("colour", None, "red", "")]


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), (1, 1.0)])
def test_values_that_only_python_takes_for_equal_are_different(old: Json, new: Json) -> None:
    before, after = (Item.model_validate({"id": 7, **ITEM.raw(), "odd": value}) for value in (old, new))
    assert difference(before, after) is not None


def test_a_field_of_an_entry_is_named_by_its_field() -> None:
    assert FieldChange("ratings.urgency", 1, 2).field == "ratings"
    assert FieldChange("owner", "", "bo").field == "owner"


def test_snapshots_differ_by_records_added_removed_and_changed_in_the_order_of_the_file() -> None:
    other = ITEM.with_(id=9)
    before = Workspace(items={7: ITEM, 9: other}, goals={40: GOAL})
    after = Workspace(items={7: ITEM.with_(size=1), 8: ITEM.with_(id=8)}, goals={40: GOAL}, settings=Settings(team="A"))
    found = differences(before, after)
    assert [(each.table, each.record.id, each.is_added, each.is_removed) for each in found] == [
        ("settings", 1, False, False),
        ("items", 7, False, False),
        ("items", 8, True, False),
        ("items", 9, False, True),
    ]
    assert [each.by for each in found] == ["", "", "ana", ""]


def test_the_same_snapshot_has_no_differences() -> None:
    workspace = Workspace(items={7: ITEM})
    assert differences(workspace, workspace) == ()
