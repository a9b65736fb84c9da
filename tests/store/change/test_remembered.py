import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.change import FieldEdit, applied, field_edit, inverse, recalled, remembered, unmet, with_fields
from store.errors import OvertakenError
from store.models import Json, Workspace
from tests.store.benches import START, change
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item

FIELDS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))
STATES = st.lists(st.none() | FIELDS, min_size=2, max_size=8)


def test_only_what_a_change_touched_is_remembered() -> None:
    known = remembered(change("Renamed it", (item(5), item(5, "new").with_(owner="bo"))))
    assert known.edits == (FieldEdit("items", 5, {"title": item(5).title}, {"title": "new", "owner": "bo"}),)
    assert (known.sentence, known.at, known.by) == ("Renamed it", START, "ana")


@pytest.mark.parametrize("table", ONE_OF_EACH)
def test_a_record_of_any_table_is_made_and_taken_out_again(table: str) -> None:
    record = ONE_OF_EACH[table]
    for edit in ((None, record), (record, None)):
        done = change("It", edit)
        assert recalled(Workspace(), remembered(done)) == done


def test_what_is_recalled_is_undone_with_other_fields_as_they_are_now() -> None:
    known = remembered(change("Renamed it", (FULL_ITEM, FULL_ITEM.with_(title="new", owner=""))))
    now = Workspace(items={FULL_ITEM.id: FULL_ITEM.with_(title="new", owner="", size=13)})
    back = inverse(now, recalled(now, known), START, "ana")
    assert applied(now, back).items == {FULL_ITEM.id: FULL_ITEM.with_(size=13)}


def test_what_was_changed_since_is_not_undone() -> None:
    known = remembered(change("Renamed it", (item(5), item(5, "new"))))
    now = Workspace(items={5: item(5, "theirs")})
    with pytest.raises(OvertakenError, match="title was changed since"):
        inverse(now, recalled(now, known), START, "ana")


def test_a_record_that_is_gone_cannot_be_recalled() -> None:
    known = remembered(change("Renamed it", (item(5), item(5, "new"))))
    with pytest.raises(OvertakenError, match="not here any more"):
        recalled(Workspace(), known)


def test_a_value_that_is_not_allowed_any_more_cannot_be_recalled() -> None:
    known = remembered(change("Renamed it", (item(5), item(5, "new"))))
    broken = type(known)(known.sentence, (FieldEdit("items", 5, {"size": -1}, {"size": 1}),), known.at)
    with pytest.raises(OvertakenError, match="does not allow"):
        recalled(Workspace(items={5: item(5)}), broken)


@given(STATES)
def test_edits_go_on_from_whatever_of_them_a_record_has(states: list[dict[str, Json] | None]) -> None:
    edits = [
        field_edit("items", 5, before, after)
        for before, after in itertools.pairwise(states)
        if (before, after) != (None, None)
    ]
    last = states[-1]
    for present in states if edits else ():
        left = unmet(edits, present)
        if left is None:
            assert present == last
        elif left.before is None or left.after is None:
            assert (left.before, left.after) == (present, last)
        else:
            assert present is not None
            assert with_fields(present, left, left.before) == present
            assert with_fields(present, left, left.after) == last


def test_fields_that_others_gave_a_value_are_no_state_of_ones_own() -> None:
    edits = [
        FieldEdit("items", 5, {"title": "a"}, {"title": "b"}),
        FieldEdit("items", 5, {"title": "b"}, {"title": "c"}),
    ]
    assert unmet(edits, {"title": "theirs", "owner": "bo"}) == FieldEdit("items", 5, {"title": "a"}, {"title": "c"})
    assert unmet(edits, {"title": "b", "owner": "bo"}) == FieldEdit("items", 5, {"title": "b"}, {"title": "c"})
