"""What was lost where both sides imported one thing, and the one merged item of both is not there."""

from datetime import timedelta

import pytest

from store.change import Difference, put_back
from store.disk.git.losses import losses_in, side_of, still_lost
from store.disk.merging.merging import Merged, merge_texts
from store.disk.reading.versions import version_of
from store.models import Horizon, Item, Source, Stamp, Standing, Workspace
from tests.store.benches import START
from tests.store.disk.git.repositories import item, moved
from tests.store.disk.stores import text_of

FIRST, SECOND = 1 << 44, 2 << 44
IMPORTED = Source(system="jira:x", key="P-1")
NOW = START + timedelta(days=9)


def imported(number: int, **fields: object) -> Item:
    """An item that an import made: nobody put it where it stands."""
    return item(number, "Late bills", source=IMPORTED, stage=Standing(stage="inbox", since=START), **fields)


def losses(ours: Item, theirs: Item, *found: Item) -> tuple[Merged, Workspace, tuple[Difference, ...]]:
    """The merge of two sides that each imported an item, what was committed, and what that lacks."""
    base, one, other, result = (text_of({"items": list(items)}) for items in ((), (ours,), (theirs,), found))
    merged = merge_texts(base, one, other, "leadline.json")
    was, should = (version_of(text, "leadline.json", {}).workspace for text in (result, merged.text))
    return merged, was, losses_in(was, should, merged)


OURS = imported(FIRST, owner="bo", tags=frozenset({"keep"}), body="notes")
THEIRS = imported(SECOND, horizon=Horizon.NOW)


def test_of_two_imports_of_one_thing_the_later_id_alone_lacks_what_the_other_had() -> None:
    merged, was, (loss,) = losses(OURS, THEIRS, THEIRS)
    names = {change.name for change in loss.fields}
    assert (loss.record.id, names) == (SECOND, {"owner", "tags", "body", "aliases"})
    assert still_lost(loss, was, was) == loss
    assert side_of(loss, merged) == 0


def test_what_it_lacks_is_put_back_where_it_is_now() -> None:
    _, was, lost = losses(OURS, THEIRS, THEIRS)
    (edit,) = put_back(was, lost, NOW, "ana").edits
    after = edit.after
    assert isinstance(after, Item)
    assert (after.id, after.owner, after.body, after.horizon) == (SECOND, "bo", "notes", Horizon.NOW)
    assert after.tags == {"keep"}
    assert was.with_records({"items": {after.id: after}}).known("items", FIRST) is after


def test_a_move_of_the_one_that_gave_way_is_missed() -> None:
    _, _, (loss,) = losses(moved("doing")(imported(FIRST)), THEIRS, THEIRS)
    assert {"stage", "past_moves"} <= {change.name for change in loss.fields}


@pytest.mark.parametrize(
    "found", [(THEIRS.with_(owner="bo", tags={"keep"}, body="notes"),), (OURS.with_(horizon=Horizon.NOW),)]
)
def test_one_that_has_all_of_both_lacks_nothing_that_people_wrote(found: tuple[Item]) -> None:
    _, _, lost = losses(OURS, THEIRS, *found)
    assert {change.name for loss in lost for change in loss.fields} <= {"aliases"}


def test_where_neither_is_there_the_whole_item_is_missed() -> None:
    _, _, (loss,) = losses(OURS, THEIRS)
    assert (loss.record.id, loss.is_added) == (FIRST, True)


def test_a_value_that_both_have_is_as_a_person_chose() -> None:
    theirs = THEIRS.with_(owner="cleo", archived=Stamp(at=NOW, by="cleo"))
    _, _, (loss,) = losses(OURS, theirs, theirs)
    assert "owner" not in {change.name for change in loss.fields}


def test_an_item_that_one_side_removed_is_gone_or_as_the_other_has_it() -> None:
    before = item(FIRST)
    after = moved("doing")(before).with_(size=3)
    base, theirs = (text_of({"items": [each]}) for each in (before, after))
    merged = merge_texts(base, text_of({"items": []}), theirs, "leadline.json")
    should = version_of(merged.text, "leadline.json", {}).workspace

    def lost(*found: Item) -> list[list[str]]:
        was = version_of(text_of({"items": found}), "leadline.json", {}).workspace
        return [[change.name for change in loss.fields] for loss in losses_in(was, should, merged)]

    assert lost() == lost(after) == []
    assert lost(after.with_(past_moves=())) == [["past_moves"]]
    assert lost(after.with_(size=5)) == [["size"]]
