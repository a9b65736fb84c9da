from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.disk import backups_of
from store.disk.mending import mend, mending_of, opened_for_mending
from store.errors import ChangedOutsideError, NotSavedError
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import of_schema, text_of, written

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GOOD = text_of({"items": [item(5), item(6), FULL_ITEM]})
BROKEN = GOOD.replace(b'"owner": "bo"', b'"owner": bo')


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    return written(tmp_path / "leadline.json", BROKEN)


def test_the_old_bytes_are_kept_before_the_new_ones_are_written(path: Path) -> None:
    mending = mending_of(path, BROKEN, MadeUp(head=GOOD))
    assert mending is not None
    kept = mend(mending, NOW)
    assert path.read_bytes() == GOOD
    assert kept is not None
    assert kept.content() == BROKEN
    assert [backup.digest for backup in backups_of(path)] == [kept.digest]


def test_a_file_that_changed_since_the_plan_is_left_alone(path: Path) -> None:
    mending = mending_of(path, BROKEN, MadeUp(head=GOOD))
    assert mending is not None
    path.write_bytes(BROKEN + b" ")
    with pytest.raises(ChangedOutsideError):
        mend(mending, NOW)
    assert path.read_bytes() == BROKEN + b" "


def test_without_a_copy_of_the_old_bytes_nothing_is_written(path: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    mending = mending_of(path, BROKEN, MadeUp(head=GOOD))
    assert mending is not None
    with pytest.raises(NotSavedError, match="no copy"):
        mend(mending, NOW)
    assert path.read_bytes() == BROKEN


def test_a_newer_store_is_not_written(path: Path) -> None:
    newer = of_schema(GOOD, 99)
    path.write_bytes(newer[:-40])
    mending = mending_of(path, newer[:-40], MadeUp(head=newer))
    assert mending is not None
    with pytest.raises(NotSavedError, match="newer"):
        mend(mending, NOW)
    assert path.read_bytes() == newer[:-40]


def test_an_empty_file_leaves_no_empty_copy(path: Path) -> None:
    path.write_bytes(b"")
    mending = mending_of(path, b"", MadeUp(head=GOOD))
    assert mending is not None
    assert mend(mending, NOW) is None
    assert (path.read_bytes(), backups_of(path)) == (GOOD, ())


def test_what_is_sound_can_be_looked_at_before_anything_is_written(path: Path) -> None:
    reading, mending = opened_for_mending(path)
    assert mending is not None
    assert set(reading.workspace.items) == {5, 6, FULL_ITEM.id}
    assert path.read_bytes() == BROKEN
    path.write_bytes(GOOD)
    assert opened_for_mending(path)[1] is None


def test_a_link_is_followed_and_stays(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    _, mending = opened_for_mending(link)
    assert mending is not None
    mend(mending, NOW)
    assert link.is_symlink()
    assert path.read_bytes() == mending.text
