import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.disk import files
from store.disk.database import Database
from store.disk.writing import exchanging, writing
from store.disk.writing.writing import confirm_directory, create_file, replace_file
from store.errors import ChangedOutsideError, NotSavedError, StoreError, UnreadableStoreError
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, text_of, written

OLD = text_of({"items": [item(5)]})
NEW = text_of({"items": [item(5, "new")]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", OLD)


_kept: list[bytes] = []


def replace(path: Path) -> None:
    replace_file(path, [NEW], OLD, path.stat(), _kept.append)
    confirm_directory(path)


class Failing:
    """Calls the real function, except the n-th time, when it fails as a disk would."""

    def __init__(self, real: Callable[..., Any], nth: int, number: int) -> None:
        self.real = real
        self.nth = nth
        self.number = number
        self.calls = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        if self.calls == self.nth:
            if self.real is real_close:
                self.real(*args)
            raise OSError(self.number, os.strerror(self.number))
        return self.real(*args, **kwargs)


real_close = os.close
CALLS = ["open", "fstat", "read", "readv", "write", "fchmod", "fsync", "close", "replace", "stat", "unlink"]
FAULTS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EINTR]


@pytest.mark.parametrize("number", FAULTS, ids=[errno.errorcode[number] for number in FAULTS])
@pytest.mark.parametrize("call", CALLS)
def test_whatever_fails_the_file_is_old_or_new_and_nothing_is_left(
    call: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th call fails, for n = 1, 2, 3 and so on, until none is left to fail."""
    for nth in range(1, 30):
        folder = tmp_path / f"{nth}"
        folder.mkdir()
        path = written(folder / "leadline.json", OLD)
        database = Database(path)
        database.file.load()
        failing = Failing(getattr(os, call), nth, number)
        with monkeypatch.context() as machine:
            machine.setattr(os, call, failing)
            refusal = None
            try:
                database.commit({"items": {5: item(5, "new")}})
            except NotSavedError as error:
                refusal = error
        if refusal is None:
            assert path.read_bytes() == NEW
        else:
            assert path.read_bytes() in {OLD, NEW}
            assert str(path) in refusal.message
            assert refusal.hint
            assert isinstance(refusal.__cause__, (OSError, StoreError))
        if call != "unlink":
            assert names_in(folder) == ["leadline.json"]
        # What failed once is written whole by the next save, also when only the confirmation was missing.
        database.commit({"items": {5: item(5, "new")}})
        assert path.read_bytes() == NEW
        if failing.calls < nth:
            return
    pytest.fail("the faults never came to an end")


def test_a_save_that_was_not_confirmed_is_written_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(path)
    with monkeypatch.context() as machine:
        machine.setattr("store.disk.storage.confirm_directory", Failing(confirm_directory, 1, errno.EIO))
        with pytest.raises(OSError, match="Input"):
            database.commit({"items": {5: item(5, "new")}})
    assert path.read_bytes() == NEW
    inode = path.stat().st_ino
    held = path.open("rb")
    database.commit({"items": {5: item(5, "new")}})
    assert path.stat().st_ino != inode
    held.close()


def test_a_disk_that_is_really_full_leaves_the_old_file(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of a process are a thing of POSIX")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    large = item(5).with_(body="\n".join(f"line {number}" for number in range(4000)))
    database = Database(path)
    # The system writes what fits and refuses the rest, as a full disk does.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(NotSavedError, match="larger than the disk allows"):
            database.commit({"items": {5: large}})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == OLD
    assert names_in(path.parent) == [path.name]
    database.commit({"items": {5: large}})
    assert path.read_bytes() == text_of({"items": [large]})


@pytest.mark.parametrize("is_link", [True, False])
def test_what_has_the_name_of_the_new_file_is_left_alone(
    path: Path, *, is_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "00")
    there = path.with_name(f".leadline.json.tmp-{os.getpid()}-00")
    target = written(path.with_name("target"), b"theirs")
    if is_link:
        there.symlink_to(target)
    else:
        written(there, b"theirs")
    with pytest.raises(NotSavedError):
        replace(path)
    assert (path.read_bytes(), target.read_bytes(), there.read_bytes()) == (OLD, b"theirs", b"theirs")


def test_what_somebody_writes_right_after_us_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.unlink

    def with_a_neighbour(there: Path) -> None:
        real(there)
        if there.parent == path.parent:
            written(path.with_name("theirs"), NEW.replace(b'"new"', b'"two"')).replace(path)

    database = Database(path)
    with monkeypatch.context() as machine:
        machine.setattr(os, "unlink", with_a_neighbour)
        database.commit({"items": {5: item(5, "new")}})
    assert database.file.changed_outside()


@pytest.mark.parametrize("other", [b"", OLD[:-1], OLD + b"\n", NEW, OLD.replace(b"queue", b"quEue")])
def test_a_file_holds_exactly_its_bytes(path: Path, other: bytes) -> None:
    assert files.holds(path, OLD)
    assert not files.holds(path, other)


def test_a_file_of_many_pieces_is_compared_to_its_end(tmp_path: Path) -> None:
    content = b"0123456789abcdef" * 2**17 + b"end"
    path = written(tmp_path / "large", content)
    assert files.holds(path, content)
    assert files.read_file(path)[0] == content
    assert not files.holds(path, content[:-1] + b"D")


def test_short_writes_are_completed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:100]))
    replace(path)
    assert path.read_bytes() == NEW


def test_what_reads_back_differently_is_not_installed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def flipped(handle: int, data: memoryview) -> int:
        return real(handle, bytes(data).replace(b"new", b"nEw"))

    monkeypatch.setattr(os, "write", flipped)
    with pytest.raises(NotSavedError):
        replace(path)
    assert path.read_bytes() == OLD


def test_a_change_during_the_write_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def with_a_neighbour(handle: int) -> None:
        path.write_bytes(b"theirs")
        real(handle)

    monkeypatch.setattr(os, "fsync", with_a_neighbour)
    with pytest.raises(ChangedOutsideError):
        replace(path)
    assert path.read_bytes() == b"theirs"
    assert len(list(path.parent.iterdir())) == 1


def test_a_removal_during_the_write_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def with_a_neighbour(handle: int) -> None:
        path.unlink(missing_ok=True)
        real(handle)

    monkeypatch.setattr(os, "fsync", with_a_neighbour)
    with pytest.raises(ChangedOutsideError):
        replace(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o666])
def test_the_rights_of_the_file_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    replace(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_is_readable_by_its_owner_alone_until_it_is_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    real = os.write

    def watched(handle: int, data: memoryview) -> int:
        modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return real(handle, data)

    monkeypatch.setattr(os, "write", watched)
    replace(path)
    assert modes == [0o600]


def test_a_read_only_file_is_refused_politely(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anything, so that the system is asked in its place.
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(NotSavedError) as error:
        replace(path)
    assert "the file is read-only" in error.value.message
    assert path.read_bytes() == OLD


def test_the_file_is_flushed_before_it_takes_the_name_and_the_folder_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_exchange = os.fsync, exchanging.exchange

    def fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_fsync(handle)

    def exchanged(one: Path, other: Path) -> bool:
        steps.append("exchange")
        return real_exchange(one, other)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(exchanging, "exchange", exchanged)
    replace(path)
    assert steps == ["file", "exchange", "folder"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EROFS, "for reading only"),
        (errno.EACCES, "lacks the right"),
        (errno.EIO, "fault"),
        (errno.EMFILE, "too many open files"),
    ],
)
def test_the_sentence_names_the_cause(path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 1, number))
    with pytest.raises(NotSavedError) as error:
        replace(path)
    assert words in error.value.message
    assert str(path) in error.value.message


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_cannot_flush_folders_is_no_failure(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 2, number))
    replace(path)
    assert path.read_bytes() == NEW


def test_a_file_that_would_be_refused_at_the_next_start_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_BYTES", len(NEW) - 1)
    with pytest.raises(NotSavedError, match="larger than"):
        replace(path)
    assert path.read_bytes() == OLD


def test_a_new_store_never_overwrites_a_file_or_a_link_that_leads_nowhere(tmp_path: Path, path: Path) -> None:
    dangling = tmp_path / "dangling.json"
    dangling.symlink_to(tmp_path / "nowhere")
    for taken in (path, dangling):
        with pytest.raises(NotSavedError, match="exists already"):
            create_file(taken, NEW)
    assert path.read_bytes() == OLD
    assert not (tmp_path / "nowhere").exists()


def test_a_disk_without_hard_links_takes_new_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", Failing(os.link, 1, errno.EPERM))
    create_file(tmp_path / "new.json", NEW)
    assert (tmp_path / "new.json").read_bytes() == NEW
    assert len(list(tmp_path.iterdir())) == 1


def test_what_a_killed_process_left_is_swept_and_nothing_else(path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    hour_ago = time.time() - 3600
    left = [
        written(path.with_name(f".leadline.json.tmp-{dead.pid}-00aa11bb"), b"half"),
        written(path.with_name(f".leadline.json.tmp-{dead.pid}-00aa11cc"), b"fresh"),
        written(path.with_name(f".leadline.json.tmp-{os.getpid()}-00aa11bb"), b"ours"),
        written(path.with_name(f".other.json.tmp-{dead.pid}-00aa11bb"), b"theirs"),
        written(path.with_name(f".leadline.json.tmp-{dead.pid}-x"), b"something"),
    ]
    for file in (*left[:1], *left[2:]):
        os.utime(file, (hour_ago, hour_ago))
    Database(path).commit({"items": {5: item(5, "new")}})
    assert names_in(path.parent) == sorted(file.name for file in (path, *left[1:]))


def test_a_pipe_a_folder_and_a_giant_are_no_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for odd in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(UnreadableStoreError):
            files.read_file(odd)
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(UnreadableStoreError, match="MiB"):
        files.read_file(written(tmp_path / "giant", OLD))
