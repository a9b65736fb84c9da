"""`leadline recover`: what was lost is listed, told and brought back, and nothing is written without a yes."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store.clock import utc_now
from store.disk import create_store
from store.disk.keeping.backups import backups_of, keep_backup
from store.disk.keeping.rescuing import rescue_path
from store.errors import ExitCode, NotSavedError
from store.models import Settings
from store.workbench import Workbench
from tests.store.benches import ANA, change, edited
from tests.store.disk.records import item
from tests.store.disk.stores import read
from tests.tui.cli.conftest import Leadline
from tui.cli.stores import save

Open = Callable[[], Workbench]


@pytest.fixture(name="path")
def _path(folder: Path, leadline: Leadline) -> Path:
    # The fixture of the command line is needed for the state directory it names.
    assert leadline is not None
    items = {number: item(number, f"Wish {number}") for number in (5, 6)}
    return create_store(folder / "leadline.json", Settings(), {"items": items})


def bench_on(path: Path) -> Workbench:
    return Workbench.open(path, now=utc_now, who=ANA)


def killed(path: Path) -> None:
    """A program that ended before it could save."""
    bench = bench_on(path)
    bench.do(edited(bench, 5, "Renamed it", title="lost"))
    bench.do(change("Added one", (None, item(7, "Wish 7"))))
    bench.journal()
    bench.close()


def reset(path: Path) -> None:
    """A change that was saved and thrown away by git."""
    before = path.read_bytes()
    bench = bench_on(path)
    bench.do(edited(bench, 6, "Gave it away", owner="bo"))
    bench.save()
    bench.close()
    path.write_bytes(before)


def items(path: Path) -> dict[int, tuple[str, str]]:
    return {number: (each.title, each.owner) for number, each in read(path.read_bytes()).workspace.items.items()}


def test_where_nothing_was_lost_it_says_so(path: Path, leadline: Leadline) -> None:
    ended = leadline("recover")
    assert (ended.code, ended.out) == (ExitCode.OK, "")
    assert "Nothing can be brought back" in ended.err
    assert path.exists()


def test_what_a_killed_program_left_is_listed_told_and_brought_back_as_one(path: Path, leadline: Leadline) -> None:
    killed(path)
    [line] = leadline("recover").lines
    assert line.split()[:2] == ["1", "unsaved"]
    assert "2 changes: Renamed it; Added one" in line
    before = path.read_bytes()
    ended = leadline("recover", "1")
    assert "Wish 5" in ended.out or "lost" in ended.out
    assert "1 item new, 1 changed" in ended.out or "2 items" in ended.out
    ended = leadline("recover", "1", "--restore")
    assert (ended.code, path.read_bytes()) == (ExitCode.FAILED, before)
    assert "--yes does it" in ended.err
    assert leadline("recover", "1", "--restore", "--yes").code == ExitCode.OK
    assert items(path) == {5: ("lost", ""), 6: ("Wish 6", ""), 7: ("Wish 7", "")}
    assert "unsaved" not in leadline("recover").out
    bench = bench_on(path)
    assert bench.bring_back().steps == ()
    assert bench.undo(utc_now()).sentence == "Undid: Brought back 2 changes"
    assert set(bench.workspace.items) == {5, 6}


def test_what_was_saved_and_is_not_in_the_file_now_is_brought_back(path: Path, leadline: Leadline) -> None:
    reset(path)
    line = leadline("recover").lines[0]
    assert line.split()[:2] == ["1", "missing"]
    assert leadline("recover", "1", "--restore", "--yes").code == ExitCode.OK
    assert items(path)[6] == ("Wish 6", "bo")
    assert "missing" not in leadline("recover").out


def test_changes_go_on_top_of_what_others_did_since(path: Path, leadline: Leadline) -> None:
    killed(path)
    others = bench_on(path)
    others.do(edited(others, 5, owner="li"))
    others.save()
    others.close()
    leadline("recover", "1", "--restore", "--yes")
    assert items(path)[5] == ("lost", "li")


def test_a_copy_takes_the_place_of_the_file_which_is_kept_before(path: Path, leadline: Leadline) -> None:
    old = path.read_bytes()
    keep_backup(path, old, "opened", utc_now())
    bench = bench_on(path)
    bench.do(edited(bench, 5, title="newer"))
    bench.save()
    bench.close()
    newer = path.read_bytes()
    listed = leadline("recover")
    [number] = [line.split()[0] for line in listed.lines if "kept: opened" in line]
    assert "1 item changed" in leadline("recover", number).out
    ended = leadline("recover", number, "--restore", "--yes")
    assert (ended.code, path.read_bytes()) == (ExitCode.OK, old)
    assert "What was there is kept" in ended.err
    assert newer in [backup.content() for backup in backups_of(path)]


@pytest.mark.parametrize("there", [b"", b"<<<<<<< HEAD\n{", None])
def test_a_copy_replaces_a_file_that_is_broken_or_gone(path: Path, leadline: Leadline, there: bytes | None) -> None:
    good = path.read_bytes()
    copy = rescue(path, utc_now())
    copy.write_bytes(good)
    if there is None:
        path.unlink()
    else:
        path.write_bytes(there)
    store = ("--store", str(path))
    [line] = leadline(*store, "recover").lines
    assert "rescued" in line
    assert leadline(*store, "recover", "1", "--restore", "--yes").code == ExitCode.OK
    assert path.read_bytes() == good


def test_mending_can_be_taken_back_as_well(path: Path, leadline: Leadline) -> None:
    broken = path.read_bytes().removesuffix(b"}\n")
    path.write_bytes(broken)
    assert leadline("check", "--fix", "--yes").code == ExitCode.OK
    mended = path.read_bytes()
    (number,) = (line.split()[0] for line in leadline("recover").lines if "before mending" in line)
    said = leadline("recover", number)
    assert said.code == ExitCode.OK
    assert "It is not whole: the copy of leadline.json" in said.out
    assert json.loads(leadline("recover", number, "--json").out)["recoverable"][0]["problem"].startswith("the copy of")
    assert leadline("recover", number, "--restore", "--yes").code == ExitCode.OK
    assert path.read_bytes() == broken
    assert leadline("check", "--fix", "--yes").code == ExitCode.OK
    assert path.read_bytes() == mended


def test_of_a_store_that_never_was_nothing_is_looked_for(leadline: Leadline, folder: Path) -> None:
    ended = leadline("--store", str(folder / "nowhere.json"), "recover")
    assert ended.code == ExitCode.NO_STORE
    assert "there is no such file" in ended.err


def test_of_a_file_that_cannot_be_read_nobody_says_that_it_has_everything(leadline: Leadline, folder: Path) -> None:
    (folder / "leadline.json").write_bytes(b"")
    ended = leadline("recover")
    assert "neither changes nor copies of leadline.json are kept here" in ended.err


def test_a_copy_that_is_no_store_is_refused(path: Path, leadline: Leadline) -> None:
    copy = rescue(path, utc_now())
    copy.write_bytes(b"{}")
    before = path.read_bytes()
    assert leadline("recover", "1", "--restore", "--yes").code == ExitCode.BAD_DATA
    assert path.read_bytes() == before


def test_without_room_for_a_copy_of_the_file_it_is_not_replaced(
    path: Path, leadline: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = rescue(path, utc_now())
    copy.write_bytes(path.read_bytes().replace(b"Wish 5", b"Other 5"))
    before = path.read_bytes()
    monkeypatch.setattr("store.disk.keeping.restoring.keep_backup", lambda *_: None)
    assert leadline("recover", "1", "--restore", "--yes").code == ExitCode.NOT_SAVED
    assert path.read_bytes() == before


def test_scripts_get_it_as_json(path: Path, leadline: Leadline) -> None:
    killed(path)
    document = json.loads(leadline("recover", "--json").out)
    [found] = document["recoverable"]
    assert (found["number"], found["source"], found["path"]) == (1, "unsaved", None)
    assert [each["sentence"] for each in found["changes"]] == ["Renamed it", "Added one"]
    [one] = json.loads(leadline("recover", "1", "--json").out)["recoverable"]
    assert {each["change"] for each in one["differences"]} == {"added", "changed"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("9",), ExitCode.FAILED), (("--restore",), ExitCode.USAGE), (("--forget",), ExitCode.USAGE)],
)
def test_a_number_that_is_none_is_told(
    path: Path, leadline: Leadline, arguments: tuple[str, ...], code: ExitCode
) -> None:
    assert path.exists()
    assert leadline("recover", *arguments).code == code


def rescue(path: Path, moment: datetime) -> Path:
    there = rescue_path(path, moment)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(path.read_bytes())
    return there


def test_only_the_newest_rescued_stores_stay(path: Path) -> None:
    for second in range(12):
        there = rescue(path, utc_now().replace(second=second))
    assert len(list(there.parent.glob("rescued-*"))) == 8


def test_rescued_stores_of_a_clock_that_ran_ahead_do_not_drive_out_newer_ones(path: Path) -> None:
    now = utc_now()
    for day in range(8):
        rescue(path, now + timedelta(days=300 + day))
    mine = rescue(path, now)
    assert rescue(path, now + timedelta(days=1)) != mine
    assert mine.exists()


def test_two_programs_that_rescue_in_one_second_do_not_share_a_name(path: Path) -> None:
    now = utc_now()
    assert rescue(path, now) != rescue(path, now)


def test_a_name_that_is_too_long_is_refused_in_a_sentence(leadline: Leadline) -> None:
    ended = leadline("--store", "x" * 300, "recover")
    assert ended.code == ExitCode.BAD_DATA
    assert "the name is too long" in ended.err


@pytest.fixture(name="gone")
def _gone(path: Path) -> Path:
    """A store in which a record is gone that a killed program had written a text for."""
    bench = bench_on(path)
    bench.do(edited(bench, 5, "Wrote its text", body="what I\nfound out"))
    bench.journal()
    bench.close()
    others = bench_on(path)
    others.do(change("Took it out", (others.workspace.items[5], None)))
    others.save()
    others.close()
    return path


def test_what_was_written_for_a_record_that_is_gone_can_be_read(gone: Path, leadline: Leadline) -> None:
    bench = bench_on(gone)
    assert bench.bring_back().refused == (("items", 5),)
    bench.close()
    assert leadline("recover").lines[0].split()[:2] == ["1", "unsaved"]
    assert "  body: what I\n    found out" in leadline("recover", "1").out
    ended = leadline("recover", "1", "--restore", "--yes")
    assert (ended.code, "is kept here" in ended.err) == (ExitCode.FAILED, True)
    assert leadline("recover").lines[0].split()[:2] == ["1", "unsaved"]


def test_what_is_not_wanted_any_more_is_forgotten(gone: Path, leadline: Leadline) -> None:
    before = gone.read_bytes()
    assert leadline("recover", "1", "--forget").code == ExitCode.FAILED
    assert leadline("recover").lines[0].split()[:2] == ["1", "unsaved"]
    assert leadline("recover", "1", "--forget", "--yes").code == ExitCode.OK
    assert not any("unsaved" in line for line in leadline("recover").lines)
    assert gone.read_bytes() == before


def test_a_copy_is_not_forgotten(path: Path, leadline: Leadline) -> None:
    keep_backup(path, path.read_bytes(), "opened", utc_now())
    bench = bench_on(path)
    bench.do(edited(bench, 5, title="newer"))
    bench.save()
    bench.close()
    ended = leadline("recover", "1", "--forget", "--yes")
    assert (ended.code, "only changes that were never saved" in ended.err) == (ExitCode.FAILED, True)


def test_a_command_says_so_where_its_change_could_not_be_made(path: Path) -> None:
    bench = bench_on(path)
    bench.do(edited(bench, 5, body="mine"))
    path.write_bytes(path.read_bytes().replace(b'"title": "Wish 5"', b'"title": 5'))
    with pytest.raises(NotSavedError, match="1 record is not readable"):
        save(bench)
