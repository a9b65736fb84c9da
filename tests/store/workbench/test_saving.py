import os
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store.disk import Database, FileStorage, create_store
from store.errors import NotSavedError, UnreadableStoreError
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
    assert not bench.catch_up()
    assert not bench.catch_up(insisting=True)
    bench.bring_back()
    bench.journal()
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
    assert not bench.catch_up()
    bench.journal()
    assert (bench.bring_back().steps, bench.arrivals(), bench.journal_trouble) == ((), (), "")
    assert bench.workspace.items[5].title == "a"


def test_changes_made_while_a_save_runs_are_in_the_next_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="first"))
    original = os.fsync
    states: list[object] = []

    def slow(handle: int) -> None:
        if not states and bench.save_state.kind is SaveKind.SAVING:
            states.append(bench.save_state.kind)
            bench.do(edited(bench, 5, title="second"))
            states.append(bench.catch_up())
        original(handle)

    with monkeypatch.context() as machine:
        machine.setattr(os, "fsync", slow)
        bench.save()
    assert states == [SaveKind.SAVING, False]
    assert read(path.read_bytes()).workspace.items[5].title == "first"
    assert (bench.pending, bench.save_state.kind) == (1, SaveKind.UNSAVED)
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "second"


def test_what_is_done_in_the_moment_a_save_ends_is_not_called_saved(path: Path) -> None:
    bench = opened(path)
    real, threads = bench._filing._now, list[threading.Thread]()

    def now() -> datetime:
        if not bench.pending and not threads:
            # Saved, and not yet said.
            threads.append(threading.Thread(target=lambda: bench.do(edited(bench, 5, title="b"))))
            threads[0].start()
            threads[0].join(0.2)
        return real()

    bench.do(edited(bench, 5, title="a"))
    bench._filing._now = now
    bench.save()
    threads[0].join()
    assert (bench.pending, bench.save_state.kind) == (1, SaveKind.UNSAVED)


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
