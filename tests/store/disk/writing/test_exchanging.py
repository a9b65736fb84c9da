"""Programs that take no lock write in the last moment: the latest of their texts is in its place, none is lost."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.disk.database import Database
from store.disk.keeping.backups import backups_of
from store.disk.writing import exchanging
from store.disk.writing.exchanging import exchange
from store.errors import ChangedOutsideError, NotSavedError
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, text_of, written

OLD = text_of({"items": [item(5)]})
NEW = text_of({"items": [item(5, "new")]})
THEIRS = text_of({"items": [item(5, "theirs")]})
LATER = text_of({"items": [item(5, "theirs, later")]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", OLD)


def save(path: Path) -> None:
    database = Database(path)
    database.file.load()
    database.commit({"items": {5: item(5, "new")}})


def before_exchange(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> list[int]:
    """Lets others do something just before the first exchange, the second and so on; tells how many there were."""
    calls: list[int] = []
    real = exchanging.exchange

    def exchanged(one: Path, other: Path) -> bool:
        calls.append(len(calls))
        if len(calls) <= len(steps):
            steps[len(calls) - 1]()
        return real(one, other)

    monkeypatch.setattr(exchanging, "exchange", exchanged)
    return calls


def put(path: Path, content: bytes) -> Callable[[], object]:
    """As git does it: a new file takes the name."""
    return lambda: written(path.with_name("foreign"), content).replace(path)


def test_two_files_swap_their_names(tmp_path: Path) -> None:
    one, other = written(tmp_path / "one", b"1"), written(tmp_path / "other", b"2")
    if not exchange(one, other):
        pytest.skip("this system cannot exchange two names")
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "nothing")


def test_what_was_written_in_the_last_moment_is_put_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = before_exchange(monkeypatch, put(path, THEIRS))
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.read_bytes() == THEIRS
    assert names_in(path.parent) == ["leadline.json"]
    assert len(calls) == 2


def test_of_two_that_were_written_in_the_last_moment_the_latest_stays_and_the_other_is_a_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_exchange(monkeypatch, put(path, THEIRS), put(path, LATER))
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.read_bytes() == LATER
    assert [(backup.why, backup.content()) for backup in backups_of(path)] == [("overtaken", THEIRS)]
    assert names_in(path.parent) == ["leadline.json"]


def test_a_file_that_somebody_wrote_into_in_the_last_moment_is_not_taken_for_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_exchange(monkeypatch, put(path, THEIRS), lambda: written(path, LATER))
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.read_bytes() == LATER
    assert [backup.content() for backup in backups_of(path)] == [THEIRS]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_is_no_file_any_more_is_put_back_as_it_was(path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target = written(path.with_name("target"), OLD)

    def other_kind() -> None:
        path.unlink()
        if kind == "link":
            path.symlink_to(target)
        else:
            path.mkdir()

    before_exchange(monkeypatch, other_kind)
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.is_symlink() if kind == "link" else path.is_dir()
    assert target.read_bytes() == OLD
    assert names_in(path.parent) == ["leadline.json", "target"]


def test_a_file_that_was_removed_in_the_last_moment_is_not_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_exchange(monkeypatch, path.unlink)
    with pytest.raises(ChangedOutsideError, match="not there any more"):
        save(path)
    assert names_in(path.parent) == []


def test_a_text_that_cannot_be_brought_back_by_an_exchange_is_put_back_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    before_exchange(monkeypatch, put(path, THEIRS), fails)
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.read_bytes() == THEIRS
    assert names_in(path.parent) == ["leadline.json"]


def test_a_text_that_cannot_be_brought_back_at_all_is_left_beside_the_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def fails(*paths: Path) -> None:
        if not paths or (paths[1] == path and ".tmp-" in paths[0].name):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*paths)

    before_exchange(monkeypatch, put(path, THEIRS), fails)
    with monkeypatch.context() as machine:
        machine.setattr(os, "replace", fails)
        with pytest.raises(NotSavedError):
            save(path)
    left = next(file for file in path.parent.iterdir() if ".tmp-" in file.name)
    assert left.read_bytes() == THEIRS
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP, None])
def test_where_names_cannot_be_exchanged_the_file_is_replaced(
    path: Path, number: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = None if number is None else lambda _one, _other: number
    monkeypatch.setattr(exchanging, "_rename", lambda: rename)
    save(path)
    assert path.read_bytes() == NEW
    assert names_in(path.parent) == ["leadline.json"]


def test_where_names_cannot_be_exchanged_the_bytes_are_looked_at_once_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(_one: bytes, _other: bytes) -> int:
        put(path, THEIRS)()
        return errno.EINVAL

    monkeypatch.setattr(exchanging, "_rename", lambda: rename)
    with pytest.raises(ChangedOutsideError):
        save(path)
    assert path.read_bytes() == THEIRS
    assert names_in(path.parent) == ["leadline.json"]


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_an_exchange_that_is_refused_leaves_the_old_file_and_says_why(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanging, "_rename", lambda: lambda _one, _other: number)
    with pytest.raises(NotSavedError) as error:
        save(path)
    assert isinstance(error.value.__cause__, OSError)
    assert path.read_bytes() == OLD
    assert names_in(path.parent) == ["leadline.json"]


def test_a_hard_link_keeps_the_old_text(path: Path) -> None:
    other = path.with_name("other.json")
    os.link(path, other)
    save(path)
    assert (path.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_what_interrupts_the_look_at_what_came_out_takes_nothing_of_others_away(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_exchange(monkeypatch, put(path, THEIRS))

    def interrupt(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(exchanging, "holds", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(path)
    assert THEIRS in [(path.parent / name).read_bytes() for name in names_in(path.parent)]
