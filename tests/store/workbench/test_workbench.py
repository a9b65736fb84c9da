from pathlib import Path

import pytest

from store.disk import create_store
from store.disk.reading.migrating import SCHEMA
from store.errors import NoStoreError, OvertakenError, RuleError, UnreadableStoreError
from store.models import Settings, bucket_of
from store.workbench import SaveKind, Workbench
from tests.store.benches import ANA, START, change, clock, edited, in_memory, opened
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import json_of, of_schema, text_of, written


def test_a_change_is_in_memory_at_once() -> None:
    bench = in_memory(item(5))
    before = bench.workspace
    after = bench.do(edited(bench, 5, title="new"))
    assert after is bench.workspace
    assert after.items[5].title == "new"
    assert before.items[5].title != "new"
    assert bench.pending == 1


def test_a_change_without_edits_is_none() -> None:
    bench = in_memory(item(5))
    before = bench.workspace
    assert bench.do(change("Nothing")) is before
    assert (bench.pending, bench.history.done) == (0, ())


def test_undo_and_redo_name_what_they_do() -> None:
    bench = in_memory(item(5))
    bench.do(edited(bench, 5, "Moved LL-0005 to doing", title="new"))
    assert bench.undo(START).sentence == "Undid: Moved LL-0005 to doing"
    assert bench.workspace.items == {5: item(5)}
    assert bench.redo(START).sentence == "Redid: Moved LL-0005 to doing"
    assert bench.workspace.items[5].title == "new"
    assert bench.undo(START).sentence == "Undid: Moved LL-0005 to doing"


def test_a_story_of_changes_is_undone_and_redone_step_by_step() -> None:
    bench = in_memory(item(5), item(6))
    seen = [bench.workspace.items]
    bench.do(edited(bench, 5, title="a"))
    seen.append(bench.workspace.items)
    bench.do(change("Added", (None, item(7))))
    seen.append(bench.workspace.items)
    bench.do(change("Two at once", (item(6), item(6, "b")), (item(7), item(7, "c"))))
    seen.append(bench.workspace.items)
    bench.do(change("Took out", (item(6, "b"), None)))
    seen.append(bench.workspace.items)
    for expected in reversed(seen[:-1]):
        bench.undo(START)
        assert bench.workspace.items == expected
    for expected in seen[1:]:
        bench.redo(START)
        assert bench.workspace.items == expected


@pytest.mark.parametrize("wish", ["undo", "redo"])
def test_where_there_is_nothing_it_says_so(wish: str) -> None:
    bench = in_memory(item(5))
    with pytest.raises(RuleError, match=rf"^Nothing to {wish}\.$"):
        getattr(bench, wish)(START)


def test_a_new_change_ends_what_could_be_redone() -> None:
    bench = in_memory(item(5))
    bench.do(edited(bench, 5, title="a"))
    bench.undo(START)
    bench.do(edited(bench, 5, title="b"))
    with pytest.raises(RuleError):
        bench.redo(START)


def test_undo_keeps_fields_that_were_changed_since(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(5)]}))
    bench = opened(path)
    bench.do(edited(bench, 5, "Renamed it", title="mine"))
    bench.save()
    theirs = opened(path)
    theirs.do(edited(theirs, 5, owner="bo"))
    theirs.save()
    bench.catch_up(insisting=True)
    bench.undo(START)
    assert bench.workspace.items[5] == item(5).with_(owner="bo")


def test_what_cannot_be_undone_any_more_does_not_block_what_was_done_before(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6)]}))
    bench = opened(path)
    bench.do(edited(bench, 6, "First", title="first"))
    bench.do(edited(bench, 5, "Second", title="second"))
    bench.save()
    theirs = opened(path)
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    bench.catch_up(insisting=True)
    with pytest.raises(OvertakenError, match="Second"):
        bench.undo(START)
    assert bench.undo(START).sentence == "Undid: First"


def test_what_cannot_be_redone_any_more_leaves_the_history(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(5)]}))
    bench = opened(path)
    bench.do(edited(bench, 5, "Mine", title="mine"))
    bench.undo(START)
    theirs = opened(path)
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    bench.catch_up(insisting=True)
    with pytest.raises(OvertakenError, match="“Mine” cannot be done again"):
        bench.redo(START)
    with pytest.raises(RuleError, match="Nothing to redo"):
        bench.redo(START)


def test_settings_are_changed_and_undone_like_records() -> None:
    bench = in_memory()
    bench.do(change("Renamed the team", (Settings(), Settings(team="Platform"))))
    assert bench.workspace.settings.team == "Platform"
    bench.undo(START)
    assert bench.workspace.settings == Settings()


def test_new_ids_are_of_the_author_and_never_taken(tmp_path: Path) -> None:
    block = bucket_of("ana@example.com") << 32
    bad = {str(block | 2): {"title": 7}}
    path = written(tmp_path / "leadline.json", json_of({"items": {str(block | 1): item(1).raw(), **bad}}))
    bench = opened(path)
    assert len(bench.findings) == 1
    assert [bench.new_id(), bench.new_id()] == [block | 3, block | 4]


def test_a_record_that_was_set_aside_cannot_be_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", json_of({"items": {"5": item(5).raw(), "6": {"title": 7}}}))
    bench = opened(path)
    with pytest.raises(RuleError, match="Record 6 of items was set aside"):
        bench.do(change("Added", (item(5), item(5, "new")), (None, item(6))))
    assert bench.workspace.items == {5: item(5)}
    assert bench.pending == 0


def test_settings_that_were_set_aside_cannot_be_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", json_of({"settings": {"1": {"stages": []}}}))
    bench = opened(path)
    with pytest.raises(RuleError):
        bench.do(change("Renamed", (bench.workspace.settings, Settings(team="x"))))


def test_a_newer_store_is_opened_for_reading_only(tmp_path: Path) -> None:
    content = of_schema(text_of({"items": [item(5)]}), SCHEMA + 1)
    bench = opened(written(tmp_path / "leadline.json", content))
    assert bench.is_read_only
    assert (bench.save_state.kind, bench.save_state.reason[:16]) == (SaveKind.READ_ONLY, "A newer leadline")
    with pytest.raises(RuleError, match="newer leadline"):
        bench.do(edited(bench, 5, title="new"))
    bench.save()
    assert bench.path is not None
    assert bench.path.read_bytes() == content


def test_a_file_without_the_right_to_write_is_opened_for_reading_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(5)]}))
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    bench = opened(path)
    assert bench.is_read_only
    assert bench.save_state.reason == "The store file is read-only."
    with pytest.raises(RuleError):
        bench.undo(START) if bench.history.done else bench.do(edited(bench, 5, title="new"))


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        opened(tmp_path / "none.json")
    with pytest.raises(UnreadableStoreError):
        opened(written(tmp_path / "leadline.json", b"{"))
    circle = tmp_path / "circle.json"
    circle.symlink_to(circle)
    with pytest.raises(UnreadableStoreError):
        opened(circle)


def test_everything_a_store_holds_is_on_the_bench(tmp_path: Path) -> None:
    path = create_store(
        tmp_path / "leadline.json",
        Settings(team="Platform"),
        {table: {record.id: record} for table, record in ONE_OF_EACH.items() if table != "settings"},
    )
    for _ in range(3):
        bench = opened(path)
        for table, record in ONE_OF_EACH.items():
            expected = Settings(team="Platform") if table == "settings" else record
            assert bench.workspace.get(table, record.id) == expected
        bench.do(edited(bench, FULL_ITEM.id, owner="mo"))
        bench.do(edited(bench, FULL_ITEM.id, owner=FULL_ITEM.owner))
        bench.save()


def test_who_is_at_the_keyboard_is_asked_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = create_store(tmp_path / "leadline.json", Settings())
    monkeypatch.setenv("LEADLINE_USER", "li")
    assert Workbench.open(path, now=clock()).by == "li"
    assert Workbench.open(path, now=clock(), who=ANA).by == "ana"
