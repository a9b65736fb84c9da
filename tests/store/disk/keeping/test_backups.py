import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.disk.database import Database
from store.disk.keeping import backups
from store.disk.keeping.backups import Backup, backups_directory, backups_of, keep_backup, superfluous
from store.errors import StoreError
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, text_of, written

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
OLD = text_of({"items": [item(5)]})


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return written(tmp_path / "work" / "leadline.json", OLD)


def clocked(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("store.disk.storage.utc_now", lambda: moment)


def test_copies_are_listed_newest_first_and_read_back(path: Path) -> None:
    for number, why in enumerate(("opened", "import", "left over")):
        keep_backup(path, b"text %d" % number, why, NOW + timedelta(hours=number))
    assert [(each.why, each.at, each.content()) for each in backups_of(path)] == [
        ("left over", NOW + timedelta(hours=2), b"text 2"),
        ("import", NOW + timedelta(hours=1), b"text 1"),
        ("opened", NOW, b"text 0"),
    ]


def test_a_text_is_kept_once_and_gets_the_new_moment(path: Path) -> None:
    keep_backup(path, b"text", "import", NOW)
    keep_backup(path, b"other", "saving", NOW + timedelta(hours=1))
    keep_backup(path, b"text", "saving", NOW + timedelta(hours=2))
    assert [(each.why, each.at) for each in backups_of(path)] == [
        ("import", NOW + timedelta(hours=2)),
        ("saving", NOW + timedelta(hours=1)),
    ]


def test_copies_are_for_their_owner_alone(path: Path) -> None:
    kept = keep_backup(path, b"text", "opened", NOW)
    assert kept is not None
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def test_the_newest_stay_and_of_older_ones_the_last_of_each_day(path: Path) -> None:
    for step in range(8 * 45):
        keep_backup(path, b"%d" % step, "saving", NOW + timedelta(hours=3 * step))
    there = backups_of(path)
    last = NOW + timedelta(hours=3 * (8 * 45 - 1))
    newest, older = there[: backups.NEWEST], there[backups.NEWEST :]
    assert [each.at for each in newest] == [last - timedelta(hours=3 * step) for step in range(backups.NEWEST)]
    assert {each.at.hour for each in older} == {21}
    assert len({each.at.date() for each in there}) == backups.DAYS


def test_all_copies_together_stay_within_bounds() -> None:
    third = backups.MAX_TOTAL_BYTES // 3 + 1
    there = [Backup(Path(f"{number}"), NOW, "saving", third, "") for number in range(5)]
    assert superfluous(there, third) == there[1:]
    assert superfluous(there, backups.MAX_TOTAL_BYTES) == there[1:]


def test_copies_of_a_clock_that_ran_ahead_do_not_push_out_new_ones(path: Path) -> None:
    for day in range(60):
        keep_backup(path, b"%d" % day, "saving", NOW + timedelta(days=400 + day))
    for day in range(60):
        keep_backup(path, b"now %d" % day, "saving", NOW + timedelta(days=day))
    assert sum(each.content().startswith(b"now") for each in backups_of(path)) >= backups.NEWEST


def test_a_copy_that_is_not_what_its_name_says_is_not_believed(path: Path) -> None:
    kept = keep_backup(path, b"text", "opened", NOW)
    assert kept is not None
    kept.path.write_bytes(b"tent")
    with pytest.raises(StoreError):
        backups_of(path)[0].content()
    written(kept.path.with_name("20260304T090000Z-short-x.json"), b"")
    written(kept.path.with_name("29990230T090000Z-" + 32 * "0" + "-x.json"), b"")
    assert [each.path for each in backups_of(path)] == [kept.path]


def test_a_state_directory_that_cannot_be_written_keeps_nothing_and_stops_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(written(tmp_path / "file", b"")))
    assert keep_backup(path, b"text", "opened", NOW) is None
    assert backups_of(path) == ()
    Database(path).commit({"items": {5: item(5, "new")}})
    assert path.read_bytes() == text_of({"items": [item(5, "new")]})


def test_the_first_save_over_a_text_of_others_keeps_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clocked(monkeypatch, NOW)
    database = Database(path)
    database.file.load()
    assert backups_of(path) == ()
    database.commit({"items": {5: item(5, "new")}})
    database.commit({"items": {5: item(5, "newer")}})
    assert [(each.why, each.content()) for each in backups_of(path)] == [("opened", OLD)]
    path.write_bytes(text_of({"items": [item(5, "theirs")]}))
    database.file.load()
    database.commit({"items": {5: item(5, "mine")}})
    assert {each.content() for each in backups_of(path)} == {OLD, text_of({"items": [item(5, "theirs")]})}


def test_while_saving_a_copy_is_kept_every_ten_minutes_whoever_saves(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(35):
        clocked(monkeypatch, NOW + timedelta(minutes=minute))
        # Another program each time, as when somebody captures from the command line.
        Database(path).commit({"items": {5: item(5, f"minute {minute}")}})
    assert [(each.at.minute, each.why) for each in backups_of(path)] == [
        (30, "saving"),
        (20, "saving"),
        (10, "saving"),
        (0, "opened"),
    ]


def test_a_clock_that_was_set_back_stops_no_copies(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clocked(monkeypatch, NOW)
    database = Database(path)
    database.commit({"items": {5: item(5, "new")}})
    clocked(monkeypatch, NOW - timedelta(days=3))
    database.commit({"items": {5: item(5, "newer")}})
    assert {each.at for each in backups_of(path)} == {NOW, NOW - timedelta(days=3)}


def test_what_was_written_here_and_replaced_by_others_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clocked(monkeypatch, NOW)
    database = Database(path)
    database.commit({"items": {5: item(5, "new")}})
    mine = path.read_bytes()
    clocked(monkeypatch, NOW + timedelta(minutes=2))
    path.write_bytes(OLD)
    database.file.load()
    assert [(each.why, each.content()) for each in backups_of(path)] == [("replaced", mine), ("opened", OLD)]


def dead_process() -> int:
    program = subprocess.Popen([sys.executable, "-c", ""])
    program.wait()
    return program.pid


def aged(file: Path, seconds: float) -> Path:
    os.utime(file, (time.time() - seconds, time.time() - seconds))
    return file


def test_a_whole_store_that_a_killed_process_left_becomes_a_backup(path: Path) -> None:
    dead = dead_process()
    theirs = text_of({"items": [item(5, "theirs")]})
    for number, content in enumerate((theirs, theirs[:-9], b"", OLD)):
        aged(written(path.with_name(f".leadline.json.tmp-{dead}-0{number}"), content), 3600)
    Database(path).commit({"items": {5: item(5, "new")}})
    assert names_in(path.parent) == ["leadline.json"]
    kept = {each.content(): each.why for each in backups_of(path)}
    assert kept[theirs] == "left over"
    assert set(kept) == {theirs, OLD}


@pytest.mark.parametrize("theirs", [b"<<<<<<< HEAD\n" + OLD[:-9], OLD.replace(b": {", b":: {", 1), b"[1]}\n"])
def test_what_a_killed_process_left_of_others_is_kept_also_where_it_is_no_sound_store(
    path: Path, theirs: bytes
) -> None:
    aged(written(path.with_name(f".leadline.json.tmp-{dead_process()}-00"), theirs), 3600)
    Database(path).commit({"items": {5: item(5, "new")}})
    assert names_in(path.parent) == ["leadline.json"]
    assert theirs in [each.content() for each in backups_of(path)]


def test_a_whole_store_stays_where_it_is_when_it_cannot_be_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = text_of({"items": [item(5, "theirs")]})
    left = aged(written(path.with_name(f".leadline.json.tmp-{dead_process()}-00"), theirs), 3600)
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(written(tmp_path / "file", b"")))
    Database(path).commit({"items": {5: item(5, "new")}})
    assert left.read_bytes() == theirs


def test_nothing_is_left_for_ever_not_even_from_the_future_or_under_a_number_that_is_in_use(path: Path) -> None:
    for number, (process, age) in enumerate(((dead_process(), -3600), (os.getpid(), 30 * 3600))):
        aged(written(path.with_name(f".leadline.json.tmp-{process}-0{number}"), b"half"), age)
    backups_directory(path).mkdir(parents=True)
    written(backups_directory(path) / f".tmp-{dead_process()}-00", b"half")
    Database(path).commit({"items": {5: item(5, "new")}})
    assert names_in(path.parent) == ["leadline.json"]
    assert all(not name.startswith(".tmp") for name in names_in(backups_directory(path)))


def test_a_link_under_the_name_of_a_left_over_file_is_removed_and_not_followed(path: Path) -> None:
    target = written(path.with_name("target"), b"theirs")
    left = path.with_name(f".leadline.json.tmp-{dead_process()}-00")
    left.symlink_to(target)
    os.utime(left, (1, 1), follow_symlinks=False)
    Database(path).commit({"items": {5: item(5, "new")}})
    assert names_in(path.parent) == ["leadline.json", "target"]
    assert target.read_bytes() == b"theirs"
