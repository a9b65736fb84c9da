"""Disks that are really full, for reading only, or gone: small ones in memory, where they can be mounted."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from store.disk.keeping.backups import backups_of
from store.errors import NotSavedError
from store.workbench import SaveKind, Workbench
from tests.proofs.disk.workload import age
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.store.benches import edited, opened
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, read, text_of, written

KIB = 1024
DISK = 1024 * KIB
ITEMS = [item(number).with_(body=f"a line of text {number}\n" * 119) for number in range(1, 61)]
OLD = text_of({"items": ITEMS})


def mounted(*arguments: str) -> str:
    """What `mount` says against it; empty if it did it."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)  # noqa: S607
    return done.stderr.strip() if done.returncode else ""


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small disk; the state directory is on another one."""
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "disk"
    place.mkdir()
    trouble = mounted("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place))
    if trouble:
        pytest.skip(f"no disk can be mounted here: {trouble}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=False)  # noqa: S607


def fill(disk: Path, room: int) -> Path:
    """Leaves only so many bytes free."""
    filler = written(disk / "filler", b"")
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    written(filler, bytes(max(0, free - room)))
    return filler


def changed(bench: Workbench, title: str) -> None:
    bench.do(edited(bench, 5, title=title))


def test_at_every_size_of_the_room_left_the_store_is_old_or_new_and_the_edit_is_kept(
    disk: Path, tmp_path: Path, report: Report
) -> None:
    sizes = refused = 0
    path = disk / "leadline.json"
    for room in range(0, 2 * len(OLD), size(KIB, KIB // 4)):
        sizes += 1
        written(path, OLD)
        bench = opened(path)
        changed(bench, f"room {room}")
        filler = fill(disk, room)
        with suppress(NotSavedError):
            bench.save()
        if bench.pending:
            refused += 1
            assert bench.save_state.kind is SaveKind.FAILED
            assert "the disk is full" in bench.save_state.reason
            assert path.read_bytes() == OLD
            # A way out, on another disk.
            copy = tmp_path / f"copy-{room}.json"
            bench.save_copy(copy)
            assert read(copy.read_bytes()).workspace.items[5].title == f"room {room}"
            filler.unlink()
            bench.save()
        assert read(path.read_bytes()).workspace.items[5].title == f"room {room}"
        bench.close()
        filler.unlink(missing_ok=True)
        assert names_in(disk) == ["leadline.json"]
    report("Full disk", {"sizes": sizes, "refused and saved later": refused, "lost": 0})
    assert 0 < refused < sizes


def test_a_full_disk_under_the_notes_of_the_person_stops_no_save(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(disk / "state"))
    path = written(tmp_path / "leadline.json", OLD)
    fill(disk, 0)
    bench = opened(path)
    changed(bench, "new")
    bench.journal()
    assert "the disk is full" in bench.journal_trouble
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "new"
    (disk / "filler").unlink()
    changed(bench, "newer")
    bench.journal()
    assert bench.journal_trouble == ""
    bench.save()
    assert len(backups_of(path)) <= 1


def test_a_disk_that_is_for_reading_only_from_one_moment_to_the_next_is_written_again_later(disk: Path) -> None:
    path = written(disk / "leadline.json", OLD)
    bench = opened(path)
    changed(bench, "new")
    trouble = mounted("-o", "remount,ro", str(disk))
    if trouble:
        pytest.skip(f"a disk cannot be made read-only here: {trouble}")
    with pytest.raises(NotSavedError, match=r"read-only|reading only"):
        bench.save()
    assert path.read_bytes() == OLD
    assert bench.pending == 1
    assert opened(path).is_read_only
    mounted("-o", "remount,rw", str(disk))
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "new"
    assert names_in(disk) == ["leadline.json"]


def test_a_disk_that_is_gone_keeps_the_edit_until_it_is_back(disk: Path, tmp_path: Path) -> None:
    path = written(disk / "leadline.json", OLD)
    bench = opened(path)
    changed(bench, "new")
    other = tmp_path / "empty"
    other.mkdir()
    trouble = mounted("--bind", str(other), str(disk))
    if trouble:
        pytest.skip(f"nothing can be put over a disk here: {trouble}")
    with pytest.raises(NotSavedError, match="not there any more"):
        bench.save()
    assert names_in(other) == []
    subprocess.run(["umount", disk], check=True)  # noqa: S607
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "new"


def test_a_folder_in_which_nothing_may_be_made_is_told_and_the_file_left_alone(disk: Path) -> None:
    path = written(disk / "leadline.json", OLD)
    bench = opened(path)
    changed(bench, "new")
    # Everything is for reading only but the file itself, as when only that is handed into a container.
    trouble = mounted("--bind", str(path), str(path)) or mounted("-o", "remount,ro", str(disk))
    if trouble:
        pytest.skip(f"a single file cannot be mounted here: {trouble}")
    try:
        with pytest.raises(NotSavedError):
            bench.save()
        assert path.read_bytes() == OLD
        assert bench.pending == 1
    finally:
        subprocess.run(["umount", path], check=True)  # noqa: S607
    mounted("-o", "remount,rw", str(disk))
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].title == "new"


def test_a_file_that_is_a_mount_of_its_own_cannot_be_replaced_and_says_so(disk: Path) -> None:
    path = written(disk / "leadline.json", OLD)
    trouble = mounted("--bind", str(path), str(path))
    if trouble:
        pytest.skip(f"a single file cannot be mounted here: {trouble}")
    try:
        bench = opened(path)
        changed(bench, "new")
        with pytest.raises(NotSavedError, match="busy"):
            bench.save()
        assert path.read_bytes() == OLD
        assert names_in(disk) == ["leadline.json"]
    finally:
        subprocess.run(["umount", path], check=True)  # noqa: S607


def test_a_killed_write_on_a_full_disk_leaves_room_again_after_the_next_save(disk: Path) -> None:
    path = written(disk / "leadline.json", OLD)
    left = written(disk / ".leadline.json.tmp-999999999-00", OLD[: len(OLD) // 2])
    age(disk)
    bench = opened(path)
    changed(bench, "new")
    bench.save()
    assert not left.exists()
