"""A store of an older schema: it is only read until a person brings it up, and what waits for it is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.disk.mending import mend, mending_of
from store.errors import NotSavedError, RuleError
from store.workbench import SaveKind
from tests.store.benches import change, edited, opened
from tests.store.disk.records import item
from tests.store.disk.stores import of_schema, read, text_of, written

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEWEST = text_of({"items": [item(5), item(6, "Other")]})
OLDER = of_schema(NEWEST, 1)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    return written(tmp_path / "leadline.json", OLDER)


def bring_up(path: Path) -> None:
    mending = mending_of(path, path.read_bytes())
    assert mending is not None
    mend(mending, NOW)


def test_it_opens_for_reading_only_and_says_what_to_run(path: Path) -> None:
    bench = opened(path)
    assert (bench.is_older, bench.is_read_only, bench.save_state.kind) == (True, True, SaveKind.READ_ONLY)
    assert "leadline check --fix" in bench.save_state.reason
    with pytest.raises(RuleError, match="older leadline"):
        bench.do(change("New", (None, item(7))))
    bench.save()
    bench.recognise()
    assert path.read_bytes() == OLDER


def test_once_it_is_brought_up_the_open_program_may_write_it(path: Path) -> None:
    bench = opened(path)
    bring_up(path)
    assert bench.catch_up(insisting=True)
    assert not bench.is_older
    assert not bench.is_read_only
    bench.do(edited(bench, 5, owner="bo"))
    bench.save()
    assert read(path.read_bytes()).workspace.items[5].owner == "bo"


def test_edits_wait_where_the_file_becomes_an_older_one_and_are_saved_when_it_is_brought_up(path: Path) -> None:
    path.write_bytes(NEWEST)
    bench = opened(path)
    bench.do(edited(bench, 5, owner="bo"))
    others = OLDER.replace(b"Other", b"Renamed on an older branch")
    path.write_bytes(others)
    with pytest.raises(NotSavedError, match="older leadline"):
        bench.save()
    assert path.read_bytes() == others
    assert (bench.pending, bench.workspace.items[5].owner) == (1, "bo")
    bring_up(path)
    bench.catch_up(insisting=True)
    bench.save()
    items = read(path.read_bytes()).workspace.items
    assert (items[5].owner, items[6].title, bench.pending) == ("bo", "Renamed on an older branch", 0)


def test_a_copy_of_it_is_whole_and_of_the_newest_schema(path: Path, tmp_path: Path) -> None:
    opened(path).save_copy(tmp_path / "copy.json")
    assert (tmp_path / "copy.json").read_bytes() == NEWEST
