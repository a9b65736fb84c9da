"""Others write the file while somebody works on it: what both did is kept, and what came in is told."""

from pathlib import Path

import pytest

from store.disk import Database
from store.disk.files import read_file
from store.disk.reading.migrating import SCHEMA
from store.errors import (
    ChangedOutsideError,
    NoStoreError,
    NotSavedError,
    OvertakenError,
    RuleError,
    UnreadableStoreError,
)
from store.models import Conflict
from store.workbench import Arrival, SaveKind, Workbench
from tests.store.benches import START, change, edited, opened
from tests.store.disk.records import item
from tests.store.disk.stores import of_schema, read, text_of, written


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6)]}))


def arrived(bench: Workbench) -> Arrival:
    [arrival] = bench.arrivals()
    return arrival


def kind_of(bench: Workbench) -> SaveKind:
    return bench.save_state.kind


def told(arrival: Arrival) -> dict[int, list[str]]:
    return {each.record.id: [field.name for field in each.fields] for each in arrival.differences()}


def test_a_save_goes_on_top_of_what_others_wrote(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(edited(theirs, 6, title="theirs"))
    theirs.do(edited(theirs, 5, owner="bo"))
    theirs.save()
    mine.do(edited(mine, 5, title="mine"))
    mine.save()
    assert (mine.pending, mine.save_state.kind) == (0, SaveKind.SAVED)
    assert path.read_bytes() == text_of({"items": [item(5, "mine").with_(owner="bo"), item(6, "theirs")]})
    assert mine.workspace.items == read(path.read_bytes()).workspace.items
    assert told(arrived(mine)) == {5: ["owner"], 6: ["title"]}
    assert mine.arrivals() == ()
    assert mine.undo(START).sentence == "Undid: Changed it"
    assert mine.workspace.items[5] == item(5).with_(owner="bo")


def test_what_others_wrote_is_taken_in_and_what_is_not_saved_stays_on_top(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    mine.do(edited(mine, 5, title="mine"))
    assert not mine.catch_up()
    theirs.do(edited(theirs, 5, owner="bo"))
    theirs.save()
    before = path.read_bytes()
    assert mine.catch_up()
    assert mine.workspace.items[5] == item(5, "mine").with_(owner="bo")
    assert (mine.pending, mine.save_state.kind) == (1, SaveKind.UNSAVED)
    assert path.read_bytes() == before
    assert not mine.catch_up()
    mine.save()
    assert path.read_bytes() == text_of({"items": [item(5, "mine").with_(owner="bo"), item(6)]})


def test_two_answers_to_one_question_are_both_kept_for_a_person_to_settle(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    mine.do(edited(mine, 5, title="mine"))
    mine.save()
    [conflict] = arrived(mine).disputes
    assert (conflict.table, conflict.record, conflict.field) == ("items", 5, "title")
    assert set(conflict.sides) == {"mine", "theirs"}
    assert mine.workspace.items[5].title in conflict.sides
    there = read(path.read_bytes()).workspace
    assert list(there.conflicts.values()) == [conflict]
    theirs.catch_up()
    assert theirs.workspace.conflicts == mine.workspace.conflicts
    mine.do(edited(mine, 5, title="agreed"))
    mine.save()
    assert all(each.settled for each in read(path.read_bytes()).workspace.conflicts.values())
    mine.undo(START)
    assert [each.settled for each in mine.workspace.conflicts.values()] == [None]


def test_what_both_did_alike_is_no_quarrel(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    for bench in (mine, theirs):
        bench.do(edited(bench, 5, title="same"))
        bench.save()
    assert mine.pending == theirs.pending == 0
    assert path.read_bytes() == text_of({"items": [item(5, "same"), item(6)]})


def test_what_both_took_out_is_no_quarrel(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    for bench in (mine, theirs):
        bench.do(change("Took it out", (bench.workspace.items[5], None)))
        bench.save()
    assert path.read_bytes() == text_of({"items": [item(6)]})


def test_an_edit_of_a_record_that_others_took_out_brings_it_back_for_a_person_to_decide(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(change("Took it out", (item(5), None)))
    theirs.save()
    mine.do(edited(mine, 5, title="mine"))
    mine.save()
    assert mine.workspace.items[5].title == "mine"
    [conflict] = arrived(mine).disputes
    assert conflict.field == ""


def test_an_edit_of_a_record_that_cannot_be_read_any_more_is_told_and_left_alone(path: Path) -> None:
    mine = opened(path)
    mine.do(edited(mine, 5, owner="bo"))
    mine.do(edited(mine, 6, owner="bo"))
    broken = path.read_bytes().replace(b'"title": "Move the billing queue"', b'"title": 7', 1)
    path.write_bytes(broken)
    mine.catch_up()
    assert arrived(mine).refused == (("items", 5),)
    assert len(mine.findings) == 1
    assert set(mine.workspace.items) == {6}
    mine.save()
    assert b'"title": 7' in path.read_bytes()
    assert read(path.read_bytes()).workspace.items[6].owner == "bo"


def test_undos_that_were_not_saved_go_on_top_too(path: Path) -> None:
    mine = opened(path)
    mine.do(edited(mine, 5, title="mine"))
    mine.save()
    mine.undo(START)
    theirs = opened(path)
    theirs.do(edited(theirs, 6, title="theirs"))
    theirs.save()
    mine.save()
    assert path.read_bytes() == text_of({"items": [item(5), item(6, "theirs")]})
    mine.redo(START)
    assert mine.workspace.items[5].title == "mine"


@pytest.mark.parametrize("damage", [b"", b"{", b"<<<<<<< HEAD\n"])
def test_a_file_that_is_not_whole_is_looked_at_twice_then_said_and_left_alone(path: Path, damage: bytes) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))
    sound = path.read_bytes()
    path.write_bytes(damage)
    assert not bench.catch_up()
    assert not bench.save_state.reason
    with pytest.raises(UnreadableStoreError) as error:
        bench.catch_up()
    assert kind_of(bench) is SaveKind.READ_ONLY
    assert error.value.message in bench.save_state.reason
    assert not bench.catch_up()
    with pytest.raises(RuleError, match="looked at again"):
        bench.do(edited(bench, 5, title="more"))
    with pytest.raises(NotSavedError):
        bench.save()
    assert (bench.pending, bench.workspace.items[5].title, path.read_bytes()) == (1, "mine", damage)
    path.write_bytes(sound)
    assert bench.catch_up()
    assert kind_of(bench) is SaveKind.UNSAVED
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "mine"


def test_a_file_that_is_gone_is_not_made_anew(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))
    sound = path.read_bytes()
    path.unlink()
    with pytest.raises(ChangedOutsideError, match="not there any more"):
        bench.save()
    with pytest.raises(NoStoreError):
        bench.catch_up(insisting=True)
    assert not path.exists()
    assert bench.pending == 1
    # As a checkout does it, with other records in it.
    path.write_bytes(
        sound.replace(b"Move the billing queue", b"Theirs", 2).replace(b"Theirs", b"Move the billing queue", 1)
    )
    assert bench.catch_up()
    bench.save()
    assert path.read_bytes() == text_of({"items": [item(5, "mine"), item(6, "Theirs")]})


def test_a_file_that_was_whole_between_two_looks_is_not_called_gone(path: Path) -> None:
    bench = opened(path)
    sound = path.read_bytes()
    path.unlink()
    assert not bench.catch_up()
    path.write_bytes(sound)
    bench.do(edited(bench, 5, title="mine"))
    bench.save()
    path.unlink()
    assert not bench.catch_up()
    assert not bench.is_read_only


def test_somebody_who_asks_is_told_at_once(path: Path) -> None:
    bench = opened(path)
    path.write_bytes(b"{")
    with pytest.raises(UnreadableStoreError):
        bench.catch_up(insisting=True)


def test_a_store_that_became_newer_is_not_written(path: Path) -> None:
    idle, busy = opened(path), opened(path)
    busy.do(edited(busy, 5, title="mine"))
    newer = of_schema(path.read_bytes(), SCHEMA + 1)
    path.write_bytes(newer)
    assert idle.catch_up()
    assert "newer leadline" in idle.save_state.reason
    with pytest.raises(UnreadableStoreError, match="newer leadline"):
        busy.catch_up(insisting=True)
    for bench in (idle, busy):
        assert bench.save_state.kind is SaveKind.READ_ONLY
        with pytest.raises(RuleError):
            bench.do(edited(bench, 5, title="more"))
    with pytest.raises(NotSavedError):
        busy.save()
    assert (busy.pending, path.read_bytes()) == (1, newer)


def test_what_was_saved_and_is_not_in_the_new_file_is_told(path: Path) -> None:
    bench = opened(path)
    before = path.read_bytes()
    bench.do(edited(bench, 5, "Renamed it", title="a"))
    bench.do(edited(bench, 6, "Gave it away", owner="bo"))
    bench.do(change("Added one", (None, item(7))))
    bench.save()
    after = path.read_bytes()
    path.write_bytes(before)
    bench.catch_up()
    missing = [step.change.sentence for step in arrived(bench).lacking]
    assert missing == ["Renamed it", "Gave it away", "Added one"]
    assert 7 not in bench.workspace.items
    path.write_bytes(after)
    bench.catch_up()
    assert arrived(bench).lacking == ()
    path.write_bytes(text_of({"items": [item(5, "theirs"), item(6).with_(owner="bo"), item(7)]}))
    bench.catch_up()
    assert arrived(bench).lacking == ()


def test_what_is_missing_is_told_once(path: Path) -> None:
    bench = opened(path)
    old = path.read_bytes()
    bench.do(edited(bench, 5, "Renamed it", title="a"))
    bench.do(edited(bench, 6, "Gave it away", owner="bo"))
    bench.save()
    new = path.read_bytes()
    told = []
    for content in (old, text_of({"items": [item(5), item(6).with_(effort=3)]}), new, old):
        path.write_bytes(content)
        bench.catch_up()
        told.append([step.change.sentence for step in arrived(bench).lacking])
    assert told == [["Renamed it", "Gave it away"], [], [], ["Renamed it", "Gave it away"]]


def test_what_somebody_took_back_at_another_terminal_is_not_missing(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    mine.do(edited(mine, 5, "Renamed it", title="a"))
    mine.save()
    theirs.catch_up()
    theirs.do(edited(theirs, 5, "Named it as before", title=item(5).title))
    theirs.save()
    mine.catch_up()
    assert arrived(mine).lacking == ()


def test_what_somebody_took_further_is_not_missing_where_a_field_is_as_before(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, "For now", owner="ana", horizon="now"))
    bench.do(edited(bench, 6, "Renamed it", title="a"))
    bench.save()
    path.write_bytes(text_of({"items": [item(5).with_(owner="bo"), item(6)]}))
    bench.catch_up()
    assert [step.change.sentence for step in arrived(bench).lacking] == ["Renamed it"]


def test_a_line_is_missed_in_a_text_that_others_put_together_of_known_lines(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, "Wrote one", body="one"))
    bench.do(edited(bench, 5, "Wrote two", body="one\ntwo"))
    bench.do(edited(bench, 5, "Wrote three", body="one\ntwo\nthree"))
    bench.save()
    path.write_bytes(text_of({"items": [item(5).with_(body="one\nthree"), item(6)]}))
    bench.catch_up()
    assert [step.change.sentence for step in arrived(bench).lacking] == ["Wrote two"]
    path.write_bytes(text_of({"items": [item(5).with_(body="one\nsecond\nthree"), item(6)]}))
    bench.catch_up()
    assert arrived(bench).lacking == (), "somebody put it into other words"


def test_one_entry_of_a_set_is_missed_among_those_of_others(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, "Tagged it", tags=frozenset({"mine", "older"})))
    bench.do(edited(bench, 5, "Untagged it", tags=frozenset({"mine"})))
    bench.save()
    with_theirs = path.read_bytes().replace(b'"tags": ["mine"]', b'"tags": ["mine", "theirs"]')
    path.write_bytes(with_theirs)
    bench.catch_up()
    assert arrived(bench).lacking == ()
    path.write_bytes(with_theirs.replace(b'"mine", ', b""))
    bench.catch_up()
    assert [step.change.sentence for step in arrived(bench).lacking] == ["Tagged it"]


def test_another_layout_of_the_same_records_is_nothing_to_tell(path: Path) -> None:
    bench = opened(path)
    path.write_bytes(path.read_bytes().replace(b"\n\n", b"\n"))
    assert bench.catch_up()
    assert arrived(bench).differences() == ()
    bench.do(edited(bench, 5, title="mine"))
    bench.save()
    assert path.read_bytes() == text_of({"items": [item(5, "mine"), item(6)]})


def test_a_change_made_for_an_older_snapshot_leaves_what_others_changed(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    late = edited(mine, 5, title="mine", tags={"a"})
    theirs.do(edited(theirs, 5, owner="bo", tags={"b"}))
    theirs.save()
    mine.catch_up()
    mine.do(late)
    assert mine.workspace.items[5] == item(5, "mine").with_(owner="bo", tags={"a", "b"})
    mine.undo(START)
    assert mine.workspace.items[5] == item(5).with_(owner="bo", tags={"b"})


def test_a_change_of_a_field_that_others_changed_is_not_made_blindly(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    late = edited(mine, 5, "Renamed it", title="mine", owner="ana")
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    mine.catch_up()
    with pytest.raises(OvertakenError, match="“Renamed it”: the title was changed meanwhile"):
        mine.do(late)
    based = mine.rebased(late, mine.arrivals()[0].before)
    [over] = based.overtaken
    assert (over.field, over.seen, over.present, over.wanted) == ("title", item(5).title, "theirs", "mine")
    assert mine.do(based.theirs).items[5] == item(5, "theirs").with_(owner="ana")
    mine.undo(START)
    assert mine.do(based.mine).items[5] == item(5, "mine").with_(owner="ana")


def test_what_was_read_off_a_form_and_not_touched_there_is_no_wish(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    seen = mine.workspace
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    mine.catch_up()
    # The form held the old title all the time, and is asked for all of its fields.
    from_form = change("Edited it", (mine.workspace.items[5], item(5).with_(owner="ana")))
    based = mine.rebased(from_form, seen)
    assert based.overtaken == ()
    assert mine.do(based.mine).items[5] == item(5, "theirs").with_(owner="ana")


def test_a_change_of_a_record_that_others_took_out_is_asked_about(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    late = edited(mine, 5, title="mine")
    theirs.do(change("Took it out", (item(5), None)))
    theirs.save()
    mine.catch_up()
    with pytest.raises(OvertakenError, match="changed or taken out"):
        mine.do(late)
    based = mine.rebased(late, mine.arrivals()[0].before)
    assert not based.theirs
    assert mine.do(based.mine).items[5].title == "mine"


def test_edits_made_while_a_save_merges_are_on_top_as_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(edited(theirs, 5, owner="bo", title="theirs"))
    theirs.save()
    mine.do(edited(mine, 6, title="mine"))
    load = type(Database(path).file).load
    once: list[int] = []

    def meanwhile(self: object, seen: object = None) -> object:
        reading = load(self, seen)  # type: ignore[arg-type]
        if not once:
            once.append(1)
            mine.do(edited(mine, 5, "Sized it", size=3))
            mine.do(edited(mine, 5, "Renamed it", title="mine too"))
        return reading

    with monkeypatch.context() as machine:
        machine.setattr(type(Database(path).file), "load", meanwhile)
        mine.save()
    mine.save()
    there = read(path.read_bytes()).workspace
    assert there.items == mine.workspace.items
    assert (there.items[5].owner, there.items[5].size, there.items[6].title) == ("bo", 3, "mine")
    [conflict] = there.conflicts.values()
    assert isinstance(conflict, Conflict)
    assert set(conflict.sides) == {"theirs", "mine too"}


def test_a_file_that_others_write_all_the_time_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))

    def overtaken(*_: object) -> None:
        message = "It was changed."
        raise ChangedOutsideError(message)

    with monkeypatch.context() as machine:
        machine.setattr(Database, "commit", overtaken)
        with pytest.raises(NotSavedError, match="by others all the time"):
            bench.save()
    assert bench.pending == 1
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "mine"


def test_a_file_of_others_that_is_laid_out_as_ours_is_recognised_and_not_read_again_as_a_whole(path: Path) -> None:
    bench = opened(path)
    before = bench.workspace.items[6]
    waited: list[int] = []
    bench.recognise(lambda: waited.append(1))
    assert waited, "whoever needs the machine is asked now and then"
    path.write_bytes(text_of({"items": [item(5, "Theirs"), item(6)]}))
    bench.catch_up()
    assert bench.workspace.items[5].title == "Theirs"
    assert bench.workspace.items[6] is before
    bench.do(edited(bench, 6, owner="bo"))
    bench.save()
    assert path.read_bytes() == text_of({"items": [item(5, "Theirs"), item(6).with_(owner="bo")]})


def test_a_file_in_another_layout_is_not_taken_for_ours(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b": {", b":  {"))
    bench = opened(path)
    content = path.read_bytes()
    bench.recognise()
    bench.do(edited(bench, 5, title="mine"))
    bench.save()
    assert path.read_bytes() == text_of({"items": [item(5, "mine"), item(6)]})
    assert content != path.read_bytes()


def test_what_came_back_with_a_save_is_told_when_it_is_missing_again(path: Path) -> None:
    old = text_of({"items": [item(5).with_(body="c"), item(6)]})
    written(path, old)
    bench = opened(path)
    bench.do(edited(bench, 5, "Wrote one", body="b"))
    bench.save()
    bench.do(edited(bench, 5, "Wrote two", body="a"))
    path.write_bytes(old)
    # Both sides are in dispute, and what is shown is what came after the first: there is nothing to be done again.
    bench.save()
    assert arrived(bench).lacking == ()
    assert bench.workspace.items[5].body == "a"
    path.write_bytes(old)
    bench.catch_up()
    assert [step.change.sentence for step in arrived(bench).lacking] == ["Wrote one", "Wrote two"]


def test_what_is_not_saved_yet_explains_no_loss_of_what_was(path: Path) -> None:
    bench = opened(path)
    old = path.read_bytes()
    bench.do(edited(bench, 5, "Wrote one", body="one"))
    bench.save()
    bench.do(edited(bench, 5, "Wrote two", body="one\ntwo"))
    path.write_bytes(old)
    bench.save()
    assert bench.workspace.items[5].body == "two"
    assert [step.change.sentence for step in arrived(bench).lacking] == ["Wrote one"]


def test_a_file_that_is_written_again_while_it_is_read_is_merged_with_what_the_edit_started_from(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, owner="ana"))
    first = text_of({"items": [item(5, "theirs"), item(6)]})
    second = text_of({"items": [item(5, "theirs"), item(6, "theirs too")]})
    path.write_bytes(first)
    once = [second]

    def written_again(place: Path) -> object:
        seen = read_file(place)
        if once and seen[0] == first:
            path.write_bytes(once.pop())
        return seen

    monkeypatch.setattr("store.disk.storage.read_file", written_again)
    bench.save()
    there = read(path.read_bytes()).workspace.items
    assert (there[5].title, there[5].owner, there[6].title) == ("theirs", "ana", "theirs too")
