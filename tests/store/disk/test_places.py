"""What becomes of a save when the file, its folder or the link to it is not what it was."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from store.disk.database import Database
from store.disk.writing.locking import lock_file_of
from store.errors import ChangedOutsideError, NotSavedError
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, text_of, written

OLD = text_of({"items": [item(5)]})
NEW = text_of({"items": [item(5, "new")]})
THEIRS = text_of({"items": [item(5, "theirs")]})
EDIT = {"items": {5: item(5, "new")}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return written(tmp_path / "work" / "leadline.json", OLD)


def read_from(path: Path) -> Database:
    database = Database(path)
    database.file.load()
    return database


def test_a_link_that_leads_elsewhere_now_is_read_before_anything_is_written(path: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other.json", THEIRS)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    database = read_from(link)
    link.unlink()
    link.symlink_to(other)
    assert database.file.changed_outside()
    with pytest.raises(ChangedOutsideError) as error:
        database.commit(dict(EDIT))
    assert str(link) in error.value.message
    assert (path.read_bytes(), other.read_bytes()) == (OLD, THEIRS)
    assert database.file.load().workspace.items[5].title == "theirs"
    database.commit(dict(EDIT))
    assert (path.read_bytes(), other.read_bytes()) == (OLD, NEW)
    assert link.is_symlink()
    assert lock_file_of(other).exists()


def test_a_file_that_became_a_link_is_read_before_anything_is_written(path: Path, tmp_path: Path) -> None:
    database = read_from(path)
    moved = tmp_path / "moved.json"
    path.rename(moved)
    path.symlink_to(moved)
    with pytest.raises(ChangedOutsideError):
        database.commit(dict(EDIT))
    database.file.load()
    database.commit(dict(EDIT))
    assert path.is_symlink()
    assert moved.read_bytes() == NEW


def test_links_through_links_and_folders_lead_to_one_file_and_one_lock(path: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(path.parent, target_is_directory=True)
    (tmp_path / "way in").symlink_to(tmp_path / "way" / "leadline.json")
    read_from(tmp_path / "way in").commit(dict(EDIT))
    assert path.read_bytes() == NEW
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["way", "way in", "work"]
    assert sorted(entry.name for entry in path.parent.iterdir()) == [".leadline.json.lock", "leadline.json"]


def test_links_in_a_circle_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(Exception, match="could not be read"):
        read_from(tmp_path / "one")


def test_a_folder_that_is_gone_is_not_made_again_and_when_it_is_back_saving_goes_on(path: Path) -> None:
    database = read_from(path)
    away = path.parent.with_name("away")
    path.parent.rename(away)
    for _ in range(2):
        with pytest.raises(ChangedOutsideError, match="not there any more"):
            database.commit(dict(EDIT))
    assert not path.parent.exists()
    assert (away / path.name).read_bytes() == OLD
    away.rename(path.parent)
    database.commit(dict(EDIT))
    assert path.read_bytes() == NEW


def test_a_folder_that_was_removed_with_everything_takes_nothing_else_along(path: Path) -> None:
    database = read_from(path)
    shutil.rmtree(path.parent)
    assert database.file.changed_outside()
    with pytest.raises(ChangedOutsideError):
        database.commit(dict(EDIT))
    path.parent.mkdir()
    written(path, OLD)
    database.commit(dict(EDIT))
    assert path.read_bytes() == NEW


def test_the_same_bytes_in_another_file_are_no_change(path: Path) -> None:
    database = read_from(path)
    written(path.with_name("copy"), OLD).replace(path)
    assert not database.file.changed_outside()
    database.commit(dict(EDIT))
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_rights_that_were_changed_meanwhile_are_kept(path: Path, mode: int) -> None:
    database = read_from(path)
    database.commit(dict(EDIT))
    path.chmod(mode)
    if os.access(path, os.W_OK):
        database.commit({"items": {5: item(5, "newer")}})
    else:
        with pytest.raises(NotSavedError, match="read-only"):
            database.commit({"items": {5: item(5, "newer")}})
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_name_so_long_that_nothing_fits_beside_it_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = written(tmp_path / ("n" * 245 + ".json"), OLD)
    with pytest.raises(NotSavedError, match="name is too long"):
        read_from(path).commit(dict(EDIT))
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == [path.name]


def test_two_who_write_at_once_and_read_again_when_told_lose_nothing(path: Path) -> None:
    one, other = read_from(path), read_from(path)
    for step in range(6):
        first, second = (one, other) if step % 2 else (other, one)
        number = 10 + step
        first.commit({"items": {number: item(number)}})
        with pytest.raises(ChangedOutsideError):
            second.commit({"items": {100 + step: item(100 + step)}})
        second.file.load()
        second.commit({"items": {100 + step: item(100 + step)}})
        first.file.load()
    assert set(one.file.load().workspace.items) == {5, *range(10, 16), *range(100, 106)}
