from pathlib import Path

import pytest

from store.disk.keeping.once import is_first_time


def test_a_thing_is_told_once_for_each_store(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    asked = [is_first_time(store, "git-setup") for store in (first, first, second)]
    assert asked == [True, False, True]
    assert is_first_time(first, "another thing")


def test_where_nothing_can_be_remembered_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be")
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(taken))
    assert not is_first_time(tmp_path / "store.json", "git-setup")
