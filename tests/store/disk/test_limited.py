import os
from pathlib import Path

import pytest

from store.disk.identity import branch_of
from store.disk.limited import read_limited


def test_a_small_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert read_limited(tmp_path / "file", 3) == b"abc"


def test_a_larger_one_a_pipe_and_a_device_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abcd")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "file", tmp_path / "pipe", Path("/dev/zero"), tmp_path / "none"):
        with pytest.raises(OSError, match=r"more than|ordinary|No such"):
            read_limited(path, 3)


def test_a_head_that_is_a_pipe_is_no_branch(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".git" / "HEAD")
    assert branch_of(tmp_path / "leadline.json") == ""
