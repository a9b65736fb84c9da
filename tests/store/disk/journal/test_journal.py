"""The journal keeps what was told to be kept, whoever is killed, and takes harm from nothing it finds."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.change import ChangeSet, Did, Remembered, Step, remembered
from store.disk.journal import journal as module
from store.disk.journal.files import hold, journal_folder
from store.disk.journal.journal import Journal, read_journals
from store.disk.journal.lines import line_of, read_lines, saved_line
from store.errors import NotSavedError
from tests.store.benches import START, change
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item


@pytest.fixture(name="store")
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "leadline.json"


def step(run: str, number: int, text: str = "new") -> Step:
    return Step(run, number, Did.DO, change(f"Renamed it {number}", (item(5), item(5).with_(body=text))))


def names(store: Path) -> list[str]:
    return [each.name for each in read_journals(store).steps]


def test_a_step_of_any_record_reads_back_as_it_was() -> None:
    everything = change("Did “it” \x1b[31m\ud800", *((None, record) for record in ONE_OF_EACH.values()))
    undo = Step("a", 7, Did.UNDO, ChangeSet("Undid", (), START, "bo", note="session 5"), of="a-3")
    content = line_of(Step("a", 6, Did.DO, everything), 1) + line_of(undo, 2) + saved_line("a", 6)
    assert content.isascii()
    lines = read_lines(content)
    done, undone = (each for each, _ in lines.steps.values())
    assert done == Step("a", 6, Did.DO, remembered(everything))
    assert (undone.of, undone.did, undone.change) == (
        "a-3",
        Did.UNDO,
        remembered(undo.change) if isinstance(undo.change, ChangeSet) else undo.change,
    )
    assert isinstance(undone.change, Remembered)
    assert undone.change.note == "session 5"
    assert (lines.saved, lines.is_damaged) == ({"a": 6}, False)
    assert [each.name for each in lines.unsaved()] == ["a-7"]


def test_what_was_appended_is_there_for_others_to_read(store: Path) -> None:
    journal = Journal(store, "a")
    assert not journal_folder(store).exists()
    journal.append([step("a", 1), step("a", 2)])
    journal.append([step("a", 3)])
    journal.mark_saved("a", 2)
    there = read_journals(store)
    assert [each.name for each in there.steps] == ["a-1", "a-2", "a-3"]
    assert there.alive == {"a"}
    assert (there.past(), there.unsaved()) == ((), ())
    journal.close()
    gone = read_journals(store)
    assert gone.alive == frozenset()
    assert [each.name for each in gone.unsaved()] == ["a-3"]


def test_nobody_else_can_look_into_it(store: Path) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1)])
    (file,) = journal.folder.iterdir()
    assert (journal.folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_each_program_has_a_file_of_its_own_and_writes_on_in_one_that_was_left(store: Path) -> None:
    first, second = Journal(store, "a"), Journal(store, "b")
    first.append([step("a", 1)])
    second.append([step("b", 1)])
    assert read_journals(store).alive == {"a", "b"}
    first.close()
    third = Journal(store, "c")
    third.append([step("c", 1)])
    assert sorted(path.name for path in journal_folder(store).iterdir()) == ["1.jsonl", "2.jsonl"]
    there = read_journals(store)
    assert there.alive == {"b", "c"}
    assert [each.name for each in there.past()] == ["a-1"]


@pytest.mark.parametrize("cut", [1, 40, 100])
def test_a_last_line_that_is_not_whole_is_ignored_and_written_over(store: Path, cut: int) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1), step("a", 2)])
    journal.close()
    file = journal_folder(store) / "1.jsonl"
    file.write_bytes(file.read_bytes()[:-cut])
    assert names(store) == ["a-1"]
    again = Journal(store, "b")
    again.append([step("b", 1)])
    there = read_journals(store)
    assert ([each.name for each in there.steps], there.is_damaged) == (["a-1", "b-1"], False)


def test_a_page_that_a_power_cut_left_empty_is_no_damage(store: Path) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1)])
    journal.close()
    file = journal_folder(store) / "1.jsonl"
    file.write_bytes(file.read_bytes() + b"\0" * 4096)
    assert (names(store), read_journals(store).is_damaged) == (["a-1"], False)
    Journal(store, "b").append([step("b", 1)])
    assert (names(store), read_journals(store).is_damaged) == (["a-1", "b-1"], False)


@pytest.mark.parametrize("harm", [b"\xff", b"{", b"Q", b"\n", b"[]\n", b'{"crc":"00000000","n":1}\n'])
def test_a_damaged_line_hides_no_other_and_is_kept_aside(store: Path, harm: bytes) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1), step("a", 2), step("a", 3)])
    file = journal_folder(store) / "1.jsonl"
    opened, *lines = file.read_bytes().splitlines(keepends=True)
    damaged = opened + lines[0] + lines[1][:45] + harm + lines[1][46:] + lines[2]
    with file.open("r+b") as open_file:
        open_file.truncate(0)
        open_file.write(damaged)
    assert (names(store), read_journals(store).is_damaged) == (["a-1", "a-3"], True)
    journal.compact()
    assert (names(store), read_journals(store).is_damaged) == (["a-1", "a-3"], False)
    (aside,) = journal.folder.glob("damaged-*")
    assert aside.read_bytes() == damaged
    journal.append([step("a", 4)])
    assert names(store)[-1] == "a-4"


def test_only_the_newest_damaged_files_are_kept(store: Path) -> None:
    journal = Journal(store, "a")
    for turn in range(module.KEPT_DAMAGED + 3):
        journal.append([step("a", 2 * turn + 1)])
        with (journal.folder / "1.jsonl").open("ab") as file:
            file.write(b"harm\n")
        journal.append([step("a", 2 * turn + 2)])
        journal.compact()
    assert len(list(journal.folder.glob("damaged-*"))) == module.KEPT_DAMAGED


def test_putting_in_order_takes_over_what_was_left_and_keeps_what_is_not_saved(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_STEPS", 5)
    gone, living, own = Journal(store, "a"), Journal(store, "b"), Journal(store, "c")
    gone.append([step("a", number) for number in range(1, 11)])
    gone.mark_saved("a", 8)
    living.append([step("b", 1)])
    own.append([step("c", number) for number in range(1, 9)])
    own.mark_saved("c", 8)
    gone.close()
    own.compact()
    assert sorted(path.name for path in own.folder.iterdir()) == ["2.jsonl", "3.jsonl"]
    own.mark_saved("a", 8)
    there = read_journals(store)
    assert {each.name for each in there.unsaved()} == {"a-9", "a-10"}
    assert {each.name for each in there.steps} == {"a-9", "a-10", "b-1", *(f"c-{number}" for number in range(4, 9))}
    assert there.alive == {"b", "c"}
    own.append([step("c", 9)])
    assert "c-9" in names(store)


def test_it_stays_small(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FULL_BYTES", 40_000)
    monkeypatch.setattr(module, "KEPT_BYTES", 10_000)
    monkeypatch.setattr(module, "LARGEST_BYTES", 5_000)
    journal = Journal(store, "a")
    for number in range(1, 400):
        journal.append([step("a", number, "x" * (8_000 if number == 390 else 200))])
        journal.mark_saved("a", number)
        assert (journal.folder / "1.jsonl").stat().st_size < 50_000
    journal.compact()
    left = names(store)
    assert "a-399" in left
    assert "a-390" not in left
    assert sum(path.stat().st_size for path in journal.folder.iterdir()) < 12_000


def test_a_killed_program_leaves_everything_it_was_told_is_kept(store: Path) -> None:
    program = """
import sys
from pathlib import Path
from store.disk.journal.journal import Journal
from tests.store.disk.journal.test_journal import step
journal = Journal(Path(sys.argv[1]), sys.argv[2])
number = 0
while True:
    number += 1
    journal.append([step(sys.argv[2], number, "x" * (number * 997 % 20_000))])
    print(number, flush=True)
"""
    for turn in range(5):
        run = f"run{turn}"
        process = subprocess.Popen([sys.executable, "-c", program, str(store), run], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(0.02 * turn)
        process.kill()
        told = [int(line) for line in (first, *process.stdout) if line.endswith("\n")][-1]
        process.wait()
        process.stdout.close()
        there = read_journals(store)
        assert {each.number for each in there.past() if each.run == run} >= set(range(1, told + 1))
        assert not there.is_damaged
        assert there.alive == frozenset()


@pytest.mark.parametrize("call", ["open", "write", "fsync", "mkdir"])
def test_what_the_system_refuses_is_told_and_the_next_try_may_succeed(
    store: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    journal = Journal(store, "a")

    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, call, refuse)
        with pytest.raises(NotSavedError, match="No journal is kept: the disk is full"):
            journal.append([step("a", 1)])
        journal.mark_saved("a", 1)
    journal.append([step("a", 1)])
    there = read_journals(store)
    assert ([each.name for each in there.steps], there.is_damaged) == (["a-1"], False)


def test_a_write_that_ends_in_the_middle_leaves_no_half_line(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1)])
    write = os.write
    calls = 0

    def half(handle: int, content: bytes | memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, bytes(content)[:100])

    with monkeypatch.context() as full:
        full.setattr(os, "write", half)
        with pytest.raises(NotSavedError):
            journal.append([step("a", 2)])
    journal.append([step("a", 3)])
    assert (names(store), read_journals(store).is_damaged) == (["a-1", "a-3"], False)


def test_a_folder_that_was_thrown_away_is_made_again(store: Path) -> None:
    journal = Journal(store, "a")
    journal.append([step("a", 1)])
    for file in journal.folder.iterdir():
        file.unlink()
    journal.folder.rmdir()
    journal.append([step("a", 2)])
    assert names(store) == ["a-2"]


def test_a_link_or_a_folder_in_the_place_of_a_journal_is_not_followed(store: Path, tmp_path: Path) -> None:
    folder = journal_folder(store)
    folder.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"theirs")
    (folder / "1.jsonl").symlink_to(elsewhere)
    with pytest.raises(NotSavedError):
        Journal(store, "a").append([step("a", 1)])
    assert elsewhere.read_bytes() == b"theirs"
    assert names(store) == []


def test_a_file_somebody_holds_is_left_alone(store: Path) -> None:
    folder = journal_folder(store)
    folder.mkdir(parents=True)
    held = hold(folder / "1.jsonl", making=True)
    assert held is not None
    assert hold(folder / "1.jsonl") is None
    held.close()
    (folder / "2.jsonl").mkdir()
    assert hold(folder / "3.jsonl") is None
    again = hold(folder / "1.jsonl")
    assert again is not None
    again.close()


def test_where_too_many_programs_run_it_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.disk.journal.files.SLOTS", 2)
    journals = [Journal(store, f"r{number}") for number in range(3)]
    for number, journal in enumerate(journals[:2]):
        journal.append([step(f"r{number}", 1)])
    with pytest.raises(NotSavedError, match="too many programs"):
        journals[2].append([step("r2", 1)])


def test_a_full_item_costs_about_as_much_as_its_touched_fields() -> None:
    done = change("Renamed it", (FULL_ITEM, FULL_ITEM.with_(title="x")))
    assert len(line_of(Step("a", 1, Did.DO, done), time.time_ns())) < 400
