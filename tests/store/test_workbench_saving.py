import os
import threading
from pathlib import Path
from typing import Any

import pytest

from store.disk import Database, FileStorage, create_store
from store.errors import ChangedOutsideError, NoStoreError, NotSavedError, RuleError, UnreadableStoreError
from store.models import Settings
from store.workbench import SaveKind
from tests.store.benches import START, change, edited, in_memory, opened
from tests.store.disk.records import item
from tests.store.disk.stores import read, text_of, written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6)]}))


def failing_write(monkeypatch: pytest.MonkeyPatch, message: str = "The disk is full.") -> None:
    def write(_self: FileStorage, _data: Any) -> None:
        raise NotSavedError(message)

    monkeypatch.setattr(FileStorage, "write", write)


def test_a_save_puts_all_changes_into_the_file_by_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[Any] = []
    original = FileStorage.write

    def counted(self: FileStorage, data: Any) -> None:
        writes.append(data)
        original(self, data)

    monkeypatch.setattr(FileStorage, "write", counted)
    bench = opened(path)
    bench.do(edited(bench, 5, title="a"))
    bench.do(edited(bench, 5, owner="bo"))
    bench.do(change("Added", (None, item(7))))
    bench.do(change("Took out", (item(6), None)))
    assert (bench.pending, bench.save_state.kind) == (4, SaveKind.UNSAVED)
    bench.save()
    assert len(writes) == 1
    assert (bench.pending, bench.save_state.kind) == (0, SaveKind.SAVED)
    assert path.read_bytes() == text_of({"items": [item(5, "a").with_(owner="bo"), item(7)]})
    bench.save()
    assert len(writes) == 1


def test_what_is_saved_is_there_after_opening_again(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="a"))
    bench.do(change("Renamed the team", (Settings(), Settings(team="Platform"))))
    bench.save()
    again = opened(path)
    assert again.workspace.items == bench.workspace.items
    assert again.workspace.settings.team == "Platform"
    assert (again.findings, again.pending, again.save_state.kind) == ((), 0, SaveKind.SAVED)


def test_done_and_undone_before_the_save_leaves_the_file_alone(path: Path) -> None:
    before = path.stat()
    bench = opened(path)
    bench.do(edited(bench, 5, title="a"))
    bench.undo(START)
    bench.save()
    assert path.stat() == before
    assert bench.save_state.kind is SaveKind.SAVED


def test_opening_looking_and_asking_change_nothing(path: Path) -> None:
    before = path.stat()
    bench = opened(path)
    assert not bench.changed_outside()
    bench.reload(keep_edits=True)
    bench.save()
    assert path.stat() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_state_says_why_a_save_failed_until_one_succeeds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="a"))
    with monkeypatch.context() as machine:
        failing_write(machine)
        with pytest.raises(NotSavedError):
            bench.save()
        assert (bench.save_state.kind, bench.save_state.reason) == (SaveKind.FAILED, "The disk is full.")
        bench.do(edited(bench, 5, owner="bo"))
        assert (bench.save_state.kind, bench.pending) == (SaveKind.FAILED, 2)
    bench.save()
    assert bench.save_state.kind is SaveKind.SAVED
    assert path.read_bytes() == text_of({"items": [item(5, "a").with_(owner="bo"), item(6)]})


def test_after_a_change_from_outside_the_edits_stay_and_go_on_top(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(edited(theirs, 6, title="theirs"))
    theirs.do(edited(theirs, 5, owner="bo"))
    theirs.save()
    mine.do(edited(mine, 5, title="mine"))
    assert mine.changed_outside()
    with pytest.raises(ChangedOutsideError):
        mine.save()
    assert (mine.pending, mine.save_state.kind) == (1, SaveKind.FAILED)
    assert mine.workspace.items[5].title == "mine"
    outcome = mine.reload(keep_edits=True)
    assert ([kept.sentence for kept in outcome.kept], outcome.refused) == (["Changed it"], ())
    assert (mine.pending, mine.save_state.kind) == (1, SaveKind.UNSAVED)
    mine.save()
    assert path.read_bytes() == text_of({"items": [item(5, "mine").with_(owner="bo"), item(6, "theirs")]})
    assert mine.undo(START).sentence == "Undid: Changed it"
    assert mine.workspace.items[5] == item(5).with_(owner="bo")


def test_an_edit_of_the_same_field_is_refused_and_told(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(edited(theirs, 5, title="theirs"))
    theirs.save()
    mine.do(edited(mine, 5, "Renamed it", title="mine"))
    mine.do(edited(mine, 6, "Gave it away", owner="bo"))
    outcome = mine.reload(keep_edits=True)
    assert [kept.sentence for kept in outcome.kept] == ["Gave it away"]
    assert [(refusal.change.sentence, refusal.reason) for refusal in outcome.refused] == [
        ("Renamed it", "“Renamed it” cannot be done again: it was changed since.")
    ]
    assert mine.workspace.items[5].title == "theirs"
    assert mine.pending == 1
    assert mine.undo(START).sentence == "Undid: Gave it away"
    with pytest.raises(RuleError):
        mine.undo(START)


def test_what_both_did_alike_is_no_quarrel(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    for bench in (mine, theirs):
        bench.do(edited(bench, 5, title="same"))
    theirs.save()
    outcome = mine.reload(keep_edits=True)
    assert (len(outcome.kept), outcome.refused, mine.pending) == (1, (), 0)
    mine.save()
    assert not mine.changed_outside()


def test_an_edit_of_a_record_that_is_gone_is_refused(path: Path) -> None:
    mine, theirs = opened(path), opened(path)
    theirs.do(change("Took out", (item(5), None)))
    theirs.save()
    mine.do(edited(mine, 5, title="mine"))
    outcome = mine.reload(keep_edits=True)
    assert len(outcome.refused) == 1
    assert 5 not in mine.workspace.items


def test_an_edit_of_a_record_that_is_broken_now_is_refused(path: Path) -> None:
    mine = opened(path)
    mine.do(edited(mine, 5, title="mine"))
    path.write_bytes(path.read_bytes().replace(b'"title": "Move the billing queue"', b'"title": 7', 1))
    outcome = mine.reload(keep_edits=True)
    assert len(outcome.refused) == 1
    assert "cannot be read" in outcome.refused[0].reason
    assert len(mine.findings) == 1
    assert set(mine.workspace.items) == {6}


def test_what_both_took_out_is_no_quarrel(path: Path) -> None:
    bench, other = opened(path), opened(path)
    for each in (bench, other):
        each.do(change("Took it out", (each.workspace.items[5], None)))
    other.save()
    outcome = bench.reload(keep_edits=True)
    assert (outcome.refused, bench.pending) == ((), 0)
    assert 5 not in bench.workspace.items


def test_edits_that_do_not_go_together_are_refused_and_told(path: Path) -> None:
    bench, other = opened(path), opened(path)
    here, there = bench.workspace.settings, other.workspace.settings
    other.do(change("Other stages", (there, there.with_(stages=[*there.stages, {"name": "x", "kind": "queued"}]))))
    other.save()
    strange = change("Strange", (here, here.model_copy(update={"prefix": "no prefix"})))
    bench.do(strange)
    [refusal] = bench.reload(keep_edits=True).refused
    assert "cannot be done again: prefix" in refusal.reason
    assert bench.workspace.settings.stages[-1].name == "x"


def test_a_record_that_cannot_be_written_fails_the_save_until_it_is_undone(path: Path) -> None:
    bench = opened(path)
    before = path.read_bytes()
    five = bench.workspace.items[5]
    bench.do(change("Broke it", (five, five.model_copy(update={"size": 99999}))))
    with pytest.raises(NotSavedError, match="Record 5 of items cannot be written: size"):
        bench.save()
    assert (bench.save_state.kind, bench.pending) == (SaveKind.FAILED, 1)
    assert path.read_bytes() == before
    bench.undo(START)
    bench.save()
    assert bench.save_state.kind is SaveKind.SAVED


def test_a_save_that_cannot_read_the_file_is_not_saved(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="new"))

    def broken(*_: object) -> None:
        message = "It cannot be read."
        raise UnreadableStoreError(message, "Mend it.")

    monkeypatch.setattr(Database, "commit", broken)
    with pytest.raises(NotSavedError, match=r"It cannot be read\. Mend it\."):
        bench.save()
    assert bench.save_state.kind is SaveKind.FAILED


@pytest.mark.parametrize("name", ["a\0b", "no such folder/deep/x", "x" * 300])
def test_a_copy_under_a_name_that_is_none_is_told(name: str, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSavedError):
        opened(path).save_copy(tmp_path / name)


def test_the_hint_after_a_change_from_outside_fits_every_way_to_work(path: Path) -> None:
    bench, other = opened(path), opened(path)
    other.do(edited(other, 5, title="theirs"))
    other.save()
    bench.do(edited(bench, 5, size=3))
    with pytest.raises(ChangedOutsideError) as error:
        bench.save()
    assert error.value.hint == "Read the store again and your edits are put on top."


def test_edits_may_be_dropped_on_reload(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, "Saved", title="saved"))
    bench.save()
    bench.do(edited(bench, 5, "Dropped", title="dropped"))
    bench.reload(keep_edits=False)
    assert bench.workspace.items[5].title == "saved"
    assert (bench.pending, bench.save_state.kind) == (0, SaveKind.SAVED)
    assert [done.change.sentence for done in bench.history.done] == ["Saved"]


def test_undos_that_were_not_saved_are_put_on_top_too(path: Path) -> None:
    mine = opened(path)
    mine.do(edited(mine, 5, title="mine"))
    mine.save()
    mine.undo(START)
    theirs = opened(path)
    theirs.do(edited(theirs, 6, title="theirs"))
    theirs.save()
    mine.reload(keep_edits=True)
    mine.save()
    assert path.read_bytes() == text_of({"items": [item(5), item(6, "theirs")]})
    mine.redo(START)
    assert mine.workspace.items[5].title == "mine"


@pytest.mark.parametrize("damage", [None, b"", b"{", b"<<<<<<< HEAD\n"])
def test_a_reload_of_a_broken_file_changes_nothing_here(path: Path, damage: bytes | None) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    before = bench.workspace
    with pytest.raises((NoStoreError, UnreadableStoreError)):
        bench.reload(keep_edits=True)
    with pytest.raises(ChangedOutsideError):
        bench.save()
    assert bench.workspace is before
    assert bench.pending == 1


def test_a_store_that_became_newer_is_not_written(path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))
    newer = path.read_bytes().replace(b'"schema": 1', b'"schema": 2')
    path.write_bytes(newer)
    bench.reload(keep_edits=True)
    assert bench.pending == 1
    assert bench.save_state.kind is SaveKind.READ_ONLY
    with pytest.raises(NotSavedError, match="newer leadline"):
        bench.save()
    assert path.read_bytes() == newer


def test_a_copy_takes_along_what_is_not_saved(path: Path, tmp_path: Path) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="mine"))
    bench.save_copy(tmp_path / "copy.json")
    assert read((tmp_path / "copy.json").read_bytes()).workspace.items[5].title == "mine"
    assert (bench.pending, path.read_bytes()) == (1, text_of({"items": [item(5), item(6)]}))
    memory = in_memory(item(5))
    memory.save_copy(tmp_path / "memory.json")
    assert (tmp_path / "memory.json").read_bytes() == text_of({"items": [item(5)]})


def test_a_bench_in_memory_has_no_file_and_saves_all_the_same() -> None:
    bench = in_memory(item(5))
    bench.do(edited(bench, 5, title="a"))
    bench.save()
    assert (bench.path, bench.pending, bench.save_state.kind) == (None, 0, SaveKind.SAVED)
    assert not bench.changed_outside()
    assert bench.reload(keep_edits=False).kept == ()
    assert bench.workspace.items[5].title == "a"


def test_changes_made_while_a_save_runs_are_in_the_next_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="first"))
    original = os.fsync
    states: list[object] = []

    def slow(handle: int) -> None:
        if not states:
            states.append(bench.save_state.kind)
            bench.do(edited(bench, 5, title="second"))
            states.append(bench.changed_outside())
        original(handle)

    with monkeypatch.context() as machine:
        machine.setattr(os, "fsync", slow)
        bench.save()
    assert states == [SaveKind.SAVING, False]
    assert read(path.read_bytes()).workspace.items[5].title == "first"
    assert (bench.pending, bench.save_state.kind) == (1, SaveKind.UNSAVED)
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "second"


def test_many_threads_may_save_while_one_changes(path: Path) -> None:
    bench = opened(path)
    failures: list[BaseException] = []
    ready = threading.Event()

    def save_on() -> None:
        try:
            while not ready.is_set():
                bench.save()
        except NotSavedError as error:
            failures.append(error)

    threads = [threading.Thread(target=save_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for step in range(200):
        bench.do(edited(bench, 5 + step % 2, title=f"step {step}"))
        if step % 7 == 0:
            bench.undo(START)
    ready.set()
    for thread in threads:
        thread.join()
    bench.save()
    assert failures == []
    assert read(path.read_bytes()).workspace.items == bench.workspace.items


def test_a_store_that_was_just_made_is_saved_into(tmp_path: Path) -> None:
    path = create_store(tmp_path / "leadline.json", Settings())
    bench = opened(path)
    bench.do(change("Added", (None, item(7))))
    bench.save()
    assert path.read_bytes() == text_of({"items": [item(7)]})
