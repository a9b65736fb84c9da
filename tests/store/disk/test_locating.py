import os
from pathlib import Path

import pytest

from store.disk.locating import FILE_NAME, create_store, find_store, private_store
from store.disk.storage import FileStorage
from store.errors import ExitCode, NoStoreError, NotSavedError
from store.models import Settings
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import text_of, written


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "src" / "deep"
    folder.mkdir(parents=True)
    return folder


def test_the_nearest_store_above_is_found(tmp_path: Path, deep: Path) -> None:
    far = written(tmp_path / FILE_NAME, b"")
    assert find_store(deep, None, {}) == far
    near = written(tmp_path / "repository" / FILE_NAME, b"")
    assert find_store(deep, None, {}) == near
    here = written(deep / FILE_NAME, b"")
    assert find_store(deep, None, {}) == here


def test_the_option_wins_over_the_variable_and_the_variable_over_the_folder(tmp_path: Path, deep: Path) -> None:
    written(deep / FILE_NAME, b"")
    named = written(tmp_path / "named.json", b"")
    optional = written(tmp_path / "optional.json", b"")
    assert find_store(deep, None, {"LEADLINE_STORE": str(named)}) == named
    assert find_store(deep, optional, {"LEADLINE_STORE": str(named)}) == optional
    assert find_store(deep, None, {"LEADLINE_STORE": ""}) == deep / FILE_NAME


def test_a_folder_may_be_named_in_place_of_its_store(tmp_path: Path) -> None:
    store = written(tmp_path / FILE_NAME, b"")
    assert find_store(tmp_path, tmp_path, {}) == store
    assert find_store(tmp_path, None, {"LEADLINE_STORE": str(tmp_path)}) == store


def test_a_folder_called_like_a_store_is_none(tmp_path: Path, deep: Path) -> None:
    (deep / FILE_NAME).mkdir()
    store = written(tmp_path / FILE_NAME, b"")
    assert find_store(deep, None, {}) == store


def test_what_has_the_name_of_a_store_and_is_none_is_told_where_there_is_no_other(deep: Path) -> None:
    (deep / FILE_NAME).mkdir()
    with pytest.raises(NoStoreError, match="is a folder, and no store"):
        find_store(deep, None, {})
    (deep / FILE_NAME).rmdir()
    os.mkfifo(deep / FILE_NAME)
    with pytest.raises(NoStoreError, match="is a device or a pipe"):
        find_store(deep, None, {})
    with pytest.raises(NoStoreError, match=r"--store names .* a device or a pipe"):
        find_store(deep, deep / FILE_NAME, {})
    (deep / FILE_NAME).unlink()
    (deep / FILE_NAME).symlink_to("nowhere")
    with pytest.raises(NoStoreError, match="a link to something that is not there"):
        find_store(deep, None, {})


@pytest.mark.parametrize("env", [{}, {"LEADLINE_STORE": "/nowhere/x.json"}])
def test_where_there_is_none_the_sentence_says_where_it_was_looked_for(deep: Path, env: dict[str, str]) -> None:
    with pytest.raises(NoStoreError) as error:
        find_store(deep, None, env)
    assert env.get("LEADLINE_STORE", str(deep)) in error.value.message
    assert "leadline init" in error.value.hint
    assert error.value.exit_code is ExitCode.NO_STORE


def test_a_named_store_that_is_not_there_is_not_looked_for_elsewhere(deep: Path) -> None:
    written(deep / FILE_NAME, b"")
    with pytest.raises(NoStoreError, match="--store names"):
        find_store(deep, deep / "other.json", {})


def test_a_named_folder_without_a_store_is_called_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError) as error:
        find_store(tmp_path, tmp_path, {})
    assert error.value.message == f"--store names the folder {tmp_path}, which has no leadline.json."
    assert f"`leadline init {tmp_path}`" in error.value.hint


def test_a_new_store_is_canonical_and_can_be_opened(tmp_path: Path) -> None:
    path = create_store(tmp_path / FILE_NAME, Settings(team="Platform"))
    reading = FileStorage(path).load()
    assert reading.findings == ()
    assert reading.workspace.settings == Settings(team="Platform")
    assert path.read_bytes() == text_of({"settings": [Settings(team="Platform")]})


def test_a_new_store_may_start_with_records(tmp_path: Path) -> None:
    path = create_store(tmp_path / FILE_NAME, Settings(), {"items": {5: item(5), FULL_ITEM.id: FULL_ITEM}})
    assert path.read_bytes() == text_of({"items": [item(5), FULL_ITEM]})


def test_a_store_that_exists_is_not_started_anew(tmp_path: Path) -> None:
    path = written(tmp_path / FILE_NAME, b"mine")
    with pytest.raises(NotSavedError, match="exists already"):
        create_store(path, Settings())
    assert path.read_bytes() == b"mine"


def test_one_missing_folder_is_made_and_no_trail_of_them(tmp_path: Path) -> None:
    assert create_store(tmp_path / "new" / FILE_NAME, Settings()).is_file()
    with pytest.raises(NotSavedError) as error:
        create_store(tmp_path / "mistyped" / "path" / FILE_NAME, Settings())
    assert str(tmp_path / "mistyped") in error.value.message
    assert not (tmp_path / "mistyped").exists()


def test_the_private_store_is_in_the_persons_data_and_can_be_started_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a" / "b"))
    path = private_store()
    assert path.is_relative_to(tmp_path)
    assert create_store(path, Settings()).is_file()
