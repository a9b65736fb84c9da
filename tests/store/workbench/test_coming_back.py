"""What outlasts a program: undo and redo, and what never reached the file."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from store.disk.journal.files import journal_folder
from store.disk.journal.journal import read_journals
from store.disk.reading.migrating import SCHEMA
from store.errors import NotSavedError, OvertakenError, RuleError
from store.workbench import SaveKind, Workbench
from store.workbench.arriving import BroughtBack
from tests.store.benches import START, change, edited, in_memory, opened
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import of_schema, read, text_of, written


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6), FULL_ITEM]}))


def come_back(bench: Workbench) -> Workbench:
    """The next sitting on the same file."""
    assert bench.path is not None
    bench.close()
    return opened(bench.path)


def sentences(bench: Workbench) -> tuple[list[str], list[str]]:
    history = bench.history
    return [deed.change.sentence for deed in history.done], [deed.change.sentence for deed in history.undone]


def test_undo_and_redo_go_on_where_the_last_sitting_ended(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.do(change("Two", (None, item(7))))
    first.do(edited(first, 6, "Three", owner="bo"))
    first.undo(START)
    first.save()
    second = come_back(first)
    assert second.redo(START).sentence == "Redid: Three"
    assert [second.undo(START).sentence for _ in range(3)] == ["Undid: Three", "Undid: Two", "Undid: One"]
    second.save()
    assert read(path.read_bytes()).workspace.items == opened_items(
        path, text_of({"items": [item(5), item(6), FULL_ITEM]})
    )
    third = come_back(second)
    assert [third.redo(START).sentence for _ in range(3)] == ["Redid: One", "Redid: Two", "Redid: Three"]
    with pytest.raises(RuleError, match="Nothing to redo"):
        third.redo(START)


def opened_items(path: Path, content: bytes) -> object:
    assert path.exists()
    return read(content).workspace.items


def test_a_new_change_ends_what_could_be_redone_in_the_sitting_before(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.undo(START)
    first.save()
    second = come_back(first)
    second.do(edited(second, 6, "Two", title="b"))
    with pytest.raises(RuleError, match="Nothing to redo"):
        second.redo(START)
    second.undo(START)
    assert second.redo(START).sentence == "Redid: Two"


def test_an_undo_in_a_later_sitting_leaves_what_others_changed_since(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, FULL_ITEM.id, "Edited it", title="a", tags={"x"}))
    first.do(edited(first, 5, "Renamed it", title="b"))
    first.save()
    others = opened(path)
    others.do(edited(others, FULL_ITEM.id, owner="mo", size=13))
    others.do(edited(others, 5, title="theirs"))
    others.save()
    second = come_back(first)
    with pytest.raises(OvertakenError, match="“Renamed it” cannot be taken back: title was changed since"):
        second.undo(START)
    second.undo(START)
    assert second.workspace.items[FULL_ITEM.id] == FULL_ITEM.with_(owner="mo", size=13)


def test_of_two_killed_programs_that_changed_the_same_nothing_is_left_out(path: Path) -> None:
    one, other = opened(path), opened(path)
    for bench, name in ((one, "one"), (other, "other")):
        bench.do(edited(bench, FULL_ITEM.id, body=f"{FULL_ITEM.body}\n{name}"))
        bench.do(edited(bench, 6, owner=name))
        bench.journal()
        bench.close()
    third = opened(path)
    assert len(third.bring_back().steps) == 4
    lines = third.workspace.items[FULL_ITEM.id].body.splitlines()
    assert set(lines) == {*FULL_ITEM.body.splitlines(), "one", "other"}
    third.save()
    kept = read(path.read_bytes()).workspace
    disputed = [conflict for conflict in kept.conflicts.values() if conflict.record == 6]
    assert [set(conflict.sides) for conflict in disputed] == [{"one", "other"}]


def test_what_a_killed_program_did_not_save_comes_back_and_is_told(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.save()
    first.do(edited(first, 5, "Two", title="b", owner="bo"))
    first.do(change("Three", (None, item(7))))
    first.journal()
    second = come_back(first)
    assert (second.pending, second.workspace.items[5].title) == (0, "a")
    brought = second.bring_back()
    assert [step.change.sentence for step in brought.steps] == ["Two", "Three"]
    assert (second.pending, second.save_state.kind) == (2, SaveKind.UNSAVED)
    assert second.workspace.items[5] == item(5, "b").with_(owner="bo")
    assert sentences(second) == (["One", "Two", "Three"], [])
    second.save()
    assert read(path.read_bytes()).workspace.items == second.workspace.items
    third = come_back(second)
    assert third.bring_back().steps == ()
    assert third.undo(START).sentence == "Undid: Three"


def test_it_comes_back_on_top_of_what_others_wrote_meanwhile(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="mine", tags={"a"}))
    first.do(edited(first, 6, "Two", title="mine"))
    first.journal()
    others = opened(path)
    others.do(edited(others, 5, owner="bo", tags={"b"}))
    others.do(edited(others, 6, title="theirs"))
    others.save()
    second = come_back(first)
    second.bring_back()
    second.save()
    there = read(path.read_bytes()).workspace
    assert there.items[5] == item(5, "mine").with_(owner="bo", tags={"a", "b"})
    [conflict] = there.conflicts.values()
    assert set(conflict.sides) == {"mine", "theirs"}


def test_what_reached_the_file_without_its_mark_is_nothing_to_bring_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(path)
    with monkeypatch.context() as machine:
        machine.setattr("store.disk.journal.journal.Journal.mark_saved", lambda *_: None)
        first.do(edited(first, 5, "One", title="a"))
        first.do(change("Two", (None, item(7))))
        first.do(change("Three", (item(6), None)))
        first.save()
    content = path.read_bytes()
    second = come_back(first)
    brought = second.bring_back()
    assert (brought.steps, brought.refused, second.pending) == ((), (), 0)
    assert path.read_bytes() == content
    assert read_journals(path).unsaved() == ()


def test_what_builds_on_a_record_that_came_into_the_file_after_it_was_read_comes_back(path: Path) -> None:
    second, first = opened(path), opened(path)
    first.do(change("Added one", (None, item(7))))
    first.save()
    first.do(edited(first, 7, "Renamed it", title="mine"))
    first.journal()
    first.close()
    brought = second.bring_back()
    assert ([step.change.sentence for step in brought.steps], brought.refused) == (["Renamed it"], ())
    second.save()
    assert read(path.read_bytes()).workspace.items[7].title == "mine"


@pytest.fixture(name="is_killed_before_the_mark")
def _is_killed_before_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each program ended between the writing of the file and the mark in its journal."""
    monkeypatch.setattr("store.workbench.diary.Diary.mark_saved", lambda *_: None)


@pytest.mark.usefixtures("is_killed_before_the_mark")
def test_a_new_record_that_was_saved_without_a_mark_keeps_what_was_done_to_it_afterwards(path: Path) -> None:
    first = opened(path)
    first.do(change("Added one", (None, item(7, "draft"))))
    first.do(edited(first, 7, "Gave it away", owner="bo"))
    first.save()
    first.do(edited(first, 7, "Renamed it", title="final"))
    first.journal()
    others = opened(path)
    others.do(edited(others, 7, size=3))
    others.save()
    second = come_back(first)
    assert second.bring_back().refused == ()
    second.save()
    assert read(path.read_bytes()).workspace.items[7] == item(7, "final").with_(owner="bo", size=3)


@pytest.mark.usefixtures("is_killed_before_the_mark")
def test_what_was_saved_without_a_mark_is_no_other_answer_to_what_was_done_afterwards(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.save()
    first.do(edited(first, 5, "Two", title="b"))
    first.journal()
    second = come_back(first)
    second.bring_back()
    assert (second.workspace.items[5].title, second.workspace.conflicts) == ("b", {})


@pytest.mark.usefixtures("is_killed_before_the_mark")
@pytest.mark.parametrize("is_redone", [False, True])
def test_an_undo_after_a_save_without_a_mark_is_not_forgotten(path: Path, is_redone: bool) -> None:  # noqa: FBT001 - a case
    first = opened(path)
    first.do(change("Added one", (None, item(7))))
    first.do(edited(first, 7, "Renamed it", title="mine"))
    first.save()
    first.undo(START)
    first.undo(START)
    if is_redone:
        first.save()
        first.redo(START)
    first.journal()
    second = come_back(first)
    second.bring_back()
    assert (second.workspace.items.get(7), second.workspace.conflicts) == (item(7) if is_redone else None, {})


def test_what_cannot_be_done_to_a_record_now_is_told_once_and_done_when_it_can_be(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="mine"))
    first.do(edited(first, 6, "Two", title="mine"))
    first.journal()
    title = first.workspace.items[6].raw()["title"]
    good, bad = b'"title": "%b"' % item(5).title.encode(), b'"title": 5'
    path.write_bytes(path.read_bytes().replace(good, bad, 1))
    second = come_back(first)
    assert second.bring_back().refused == (("items", 5),)
    second.save()
    third = come_back(second)
    assert third.bring_back() == BroughtBack()
    path.write_bytes(path.read_bytes().replace(bad, good))
    fourth = come_back(third)
    assert [step.change.sentence for step in fourth.bring_back().steps] == ["One"]
    fourth.save()
    kept = read(path.read_bytes()).workspace.items
    assert (kept[5].title, kept[6].title) == ("mine", title)
    assert fourth.undo(START).sentence == "Undid: Two"
    assert come_back(fourth).bring_back() == BroughtBack()


def test_what_was_typed_about_a_record_that_somebody_broke_meanwhile_is_kept(path: Path) -> None:
    first = opened(path)
    good = path.read_bytes()
    first.do(edited(first, 5, "One", body="mine"))
    path.write_bytes(good.replace(b'"title": "%b"' % item(5).title.encode(), b'"title": 5', 1))
    first.save()
    assert [arrival.refused for arrival in first.arrivals()] == [(("items", 5),)]
    path.write_bytes(good)
    second = come_back(first)
    second.bring_back()
    assert second.workspace.items[5].body == "mine"


def test_what_cannot_be_kept_for_later_stays_unsaved(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="mine"))
    first.do(edited(first, 6, "Two", title="mine"))
    first.journal()
    path.write_bytes(text_of({"items": [item(6)]}))
    second = come_back(first)

    def refuse(*_: object) -> None:
        message = "No journal is kept: no space."
        raise NotSavedError(message)

    with monkeypatch.context() as machine:
        machine.setattr("store.disk.journal.journal.Journal.append", refuse)
        assert second.bring_back().steps == ()
    assert [step.change.sentence for step in read_journals(path).unsaved()] == ["One", "Two"]


def test_what_is_about_a_record_that_is_gone_is_told_and_left_out(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="mine"))
    first.do(edited(first, 6, "Two", title="mine"))
    first.journal()
    path.write_bytes(text_of({"items": [item(6)]}))
    second = come_back(first)
    brought = second.bring_back()
    assert brought.refused == (("items", 5),)
    assert second.workspace.items == {6: item(6, "mine")}


def test_a_program_that_still_runs_keeps_its_own(path: Path) -> None:
    first, second = opened(path), opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.journal()
    assert second.bring_back().steps == ()
    assert second.history.done == ()
    with pytest.raises(RuleError, match="Nothing to undo"):
        second.undo(START)


def test_the_past_of_another_store_in_the_same_place_is_no_past(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.save()
    path.write_bytes(text_of({"items": [item(9)]}))
    second = come_back(first)
    second.bring_back()
    assert second.history.done == ()


def test_the_order_is_right_when_the_clock_goes_back(path: Path) -> None:
    first = opened(path)
    for hours, name in ((0, "One"), (-5, "Two"), (-9, "Three")):
        done = edited(first, 5, name, title=name)
        first.do(type(done)(name, done.edits, START + timedelta(hours=hours), "ana"))
    first.save()
    second = come_back(first)
    second.bring_back()
    assert sentences(second)[0] == ["One", "Two", "Three"]


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_without_a_journal_the_work_goes_on_and_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    bench = opened(path)
    bench.do(edited(bench, 5, title="a"))
    make = os.mkdir

    def refuse(target: str, mode: int = 0o777) -> None:
        if "journal" in str(target):
            raise OSError(reason, os.strerror(reason))
        make(target, mode)

    with monkeypatch.context() as machine:
        machine.setattr(os, "mkdir", refuse)
        bench.journal()
        assert bench.journal_trouble.startswith("No journal is kept: ")
        bench.save()
        assert bench.save_state.kind is SaveKind.SAVED
        bench.do(edited(bench, 6, title="b"))
        bench.journal()
    assert not journal_folder(path).exists()
    bench.journal()
    assert bench.journal_trouble == ""
    bench.save()
    again = come_back(bench)
    again.bring_back()
    assert len(again.history.done) == 2
    assert again.pending == 0


def test_a_damaged_journal_is_told_and_what_can_be_read_is_used(path: Path) -> None:
    first = opened(path)
    for name in ("One", "Two", "Three"):
        first.do(edited(first, 5, name, title=name))
        first.journal()
    first.close()
    file = journal_folder(path) / "1.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Two", b"Twu", 1))
    second = opened(path)
    brought = second.bring_back()
    assert brought.is_damaged
    assert [step.change.sentence for step in brought.steps] == ["One", "Three"]
    assert second.workspace.items[5].title == "Three"
    second.save()
    third = come_back(second)
    assert not third.bring_back().is_damaged
    assert len(list(journal_folder(path).glob("damaged-*"))) == 1


def test_a_store_that_may_only_be_read_takes_nothing_back_until_it_may_be_written(path: Path) -> None:
    first = opened(path)
    first.do(edited(first, 5, "One", title="a"))
    first.journal()
    content = path.read_bytes()
    path.write_bytes(of_schema(content, SCHEMA + 1))
    second = come_back(first)
    assert second.bring_back().steps == ()
    path.write_bytes(content)
    third = come_back(second)
    assert len(third.bring_back().steps) == 1


def test_large_changes_do_not_keep_a_save_waiting_for_the_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.workbench.filing.LARGE", 1)
    bench = opened(path)
    bench.do(change("Two at once", (item(5), item(5, "a")), (item(6), item(6, "b"))))
    bench.save()
    assert read_journals(path).steps == ()
    bench.journal()
    journals = read_journals(path)
    assert [step.change.sentence for step in journals.steps] == ["Two at once"]
    bench.close()
    assert read_journals(path).unsaved() == ()


def test_nothing_is_kept_of_a_store_in_memory() -> None:
    bench = in_memory(item(5))
    bench.do(edited(bench, 5, title="a"))
    bench.journal()
    assert bench.bring_back().steps == ()
    bench.close()
