import errno
import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.disk.database import Database
from store.disk.writing.locking import StoreLock, lock_file_of, locked
from store.errors import NotSavedError
from tests.store.disk.records import item
from tests.store.disk.stores import text_of, written

HOLDS = """
import sys
from pathlib import Path
from store.disk.writing.locking import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", text_of({"items": [item(5)]}))


def refusing(real: Callable[..., Any], name: str, number: int) -> Callable[..., Any]:
    """The real function, except for one file, which is refused."""

    def refused(path: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(path, Path) and path.name == name:
            raise OSError(number, os.strerror(number))
        return real(path, *args, **kwargs)

    return refused


def test_while_one_program_writes_another_waits_and_says_for_whom(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(NotSavedError, match="another program") as error, locked(path, patience=0.01):
            pass
        assert error.value.hint
        if Path("/proc/locks").exists():
            assert f"process {other.pid}" in error.value.message
        other.stdin.close()
        with locked(path) as is_exclusive:
            assert is_exclusive


def test_the_lock_of_a_killed_program_is_free_at_once(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        other.kill()
        other.wait()
        with locked(path, patience=0.0) as is_exclusive:
            assert is_exclusive


def test_who_holds_the_lock_may_take_it_again_and_save(path: Path) -> None:
    database = Database(path)
    with database.file.locked(), database.file.locked():
        database.commit({"items": {5: item(5, "new")}})
        with pytest.raises(NotSavedError, match="another program"), locked(path, patience=0.0):
            pass
    with locked(path, patience=0.0) as is_exclusive:
        assert is_exclusive
    assert path.read_bytes() == text_of({"items": [item(5, "new")]})


def test_another_thread_of_the_same_program_waits_as_well(path: Path) -> None:
    lock = StoreLock(path)
    told: list[str] = []

    def ask() -> None:
        try:
            with lock.held(patience=0.01):
                told.append("held")
        except NotSavedError as error:
            told.append(error.message)

    with lock.held():
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert "another save of this program" in told[0]


def test_the_lock_file_stays_and_is_not_the_store(path: Path) -> None:
    with locked(path):
        pass
    inode = lock_file_of(path).stat().st_ino
    Database(path).commit({"items": {5: item(5, "new")}})
    assert lock_file_of(path).stat().st_ino == inode
    assert lock_file_of(path).read_bytes() == b""


def test_a_lock_file_that_was_removed_while_somebody_waited_is_not_the_lock_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock
    removed: list[int] = []

    def flock(handle: int, how: int) -> None:
        real(handle, how)
        if not removed:
            removed.append(handle)
            lock_file_of(path).unlink()

    monkeypatch.setattr(fcntl, "flock", flock)
    with locked(path) as is_exclusive:
        assert is_exclusive
        with pytest.raises(NotSavedError), locked(path, patience=0.0):
            pass


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_what_is_no_file_under_the_name_of_the_lock_is_refused_and_left_alone(path: Path, kind: str) -> None:
    file = lock_file_of(path)
    target = path.with_name("target")
    if kind == "link":
        file.symlink_to(written(target, b"theirs"))
    elif kind == "dangling link":
        file.symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
    before = path.read_bytes()
    with pytest.raises(NotSavedError, match="no ordinary file") as error:
        Database(path).commit({"items": {5: item(5, "new")}})
    assert file.name in error.value.message
    assert path.read_bytes() == before
    assert not target.exists() or target.read_bytes() == b"theirs"
    assert os.path.lexists(file)


@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EIO], ids=lambda number: errno.errorcode[number]
)
def test_a_disk_that_knows_no_locks_is_written_all_the_same_and_says_so(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(_handle: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    database = Database(path)
    with monkeypatch.context() as machine:
        machine.setattr(fcntl, "flock", flock)
        database.commit({"items": {5: item(5, "new")}})
        assert not database.file.is_exclusive
    assert path.read_bytes() == text_of({"items": [item(5, "new")]})
    database.commit({"items": {5: item(5, "newer")}})
    assert database.file.is_exclusive


@pytest.mark.parametrize(
    "number", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT], ids=lambda number: errno.errorcode[number]
)
def test_a_lock_file_that_cannot_be_made_stops_no_save(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", refusing(os.open, lock_file_of(path).name, number))
    database = Database(path)
    database.commit({"items": {5: item(5, "new")}})
    assert not database.file.is_exclusive
    assert path.read_bytes() == text_of({"items": [item(5, "new")]})


def test_no_lock_is_left_open(path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("open files can be listed only under /proc")
    with locked(path):
        held = [handle for handle in handles.iterdir() if handle.is_symlink()]
        assert [handle for handle in held if handle.readlink() == lock_file_of(path)]
    left = [handle for handle in handles.iterdir() if handle.is_symlink()]
    assert not [handle for handle in left if handle.readlink() == lock_file_of(path)]


def test_a_lock_that_is_old_is_never_broken(path: Path) -> None:
    with locked(path):
        os.utime(lock_file_of(path), (1, 1))
        with pytest.raises(NotSavedError), locked(path, patience=0.01):
            pass
