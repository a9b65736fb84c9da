from typing import Any

import pytest

from store.change import ChangeSet, Edit, applied, archived, captured, inverse, owned, read_capture, renamed, sized
from store.errors import OvertakenError
from tests.store.samples import NOW, TODAY, a_workspace, an_item, counting_ids

WORKSPACE = a_workspace(an_item(1, "Copy", owner="ana"), an_item(2, "Paste"))


def test_taking_back_a_change_leaves_what_was_done_to_other_fields_since() -> None:
    first = renamed(WORKSPACE, [1], "Copy all", NOW, "ana")
    after = applied(WORKSPACE, first)
    later = applied(after, sized(after, [1], 3, NOW, "li"))
    back = applied(later, inverse(later, first, NOW, "ana"))
    assert (back.items[1].title, back.items[1].size) == ("Copy", 3)


def test_a_field_that_was_changed_again_is_not_taken_back() -> None:
    first = owned(WORKSPACE, [1], "li", NOW, "ana")
    after = applied(WORKSPACE, first)
    later = applied(after, owned(after, [1], "contoso", NOW, "li"))
    with pytest.raises(OvertakenError, match="owner was changed since"):
        inverse(later, first, NOW, "ana")


def test_a_captured_item_goes_again_unless_somebody_worked_on_it() -> None:
    first = captured(WORKSPACE, [read_capture("New", WORKSPACE, TODAY)], counting_ids(), NOW, "ana")
    after = applied(WORKSPACE, first)
    assert applied(after, inverse(after, first, NOW, "ana")).items == WORKSPACE.items
    later = applied(after, sized(after, [9000], 3, NOW, "li"))
    with pytest.raises(OvertakenError, match="changed since"):
        inverse(later, first, NOW, "ana")


def test_undo_of_an_undo_is_the_change_again() -> None:
    first = archived(WORKSPACE, [1, 2], NOW, "ana")
    after = applied(WORKSPACE, first)
    undo = inverse(after, first, NOW, "ana")
    back = applied(after, undo)
    assert applied(back, inverse(back, undo, NOW, "ana")).items == after.items


@pytest.mark.parametrize(
    ("was", "became"), [({"risk": "high"}, {}), ({}, {"risk": "high"}), ({"risk": 1}, {"risk": 2})]
)
def test_a_field_that_this_version_does_not_know_is_taken_back_beside_what_was_done_since(
    was: dict[str, Any], became: dict[str, Any]
) -> None:
    before, after = an_item(3, "Cut", **was), an_item(3, "Cut", **became)
    first = ChangeSet("Settled the risk", (Edit(before, after),), NOW)
    later = applied(a_workspace(after), owned(a_workspace(after), [3], "li", NOW, "li"))
    undo = inverse(later, first, NOW, "ana")
    back = applied(later, undo)
    assert back.items[3] == before.with_(owner="li")
    assert applied(back, inverse(back, undo, NOW, "ana")).items == later.items


def test_a_field_that_this_version_does_not_know_is_not_taken_back_when_others_changed_it() -> None:
    before, after = an_item(3, "Cut", risk="high"), an_item(3, "Cut")
    later = a_workspace(an_item(3, "Cut", risk="low"))
    with pytest.raises(OvertakenError, match="risk was changed since"):
        inverse(later, ChangeSet("Settled the risk", (Edit(before, after),), NOW), NOW, "ana")


def test_untouched_records_stay_the_same_objects() -> None:
    after = applied(WORKSPACE, sized(WORKSPACE, [1], 3, NOW, "ana"))
    assert after.items[2] is WORKSPACE.items[2]
    assert after.goals is WORKSPACE.goals


def test_an_edit_of_nothing_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="before or after"):
        _ = Edit(None, None).table
    assert not ChangeSet("Nothing", (), NOW)
