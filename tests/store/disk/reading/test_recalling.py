"""A start after others wrote reads only what differs from a good copy, and finds what a whole reading finds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.disk.keeping.backups import backups_of, keep_backup
from store.disk.keeping.known import KnownTexts, Mark
from store.disk.reading import recalling
from store.disk.reading.recalling import read_by_copy
from store.disk.storage import FileStorage
from store.disk.writing.patching import Patch
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import json_of, read, text_of, written

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
GOOD = text_of({"items": [item(5), FULL_ITEM]})
THEIRS = text_of({"items": [item(5, "theirs"), item(6), FULL_ITEM]})


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(recalling, "WORTH_IT_BYTES", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", THEIRS)


def with_good_copy(path: Path) -> KnownTexts:
    known = KnownTexts(path)
    kept = keep_backup(path, GOOD, "saving", NOW)
    assert kept is not None
    known.remember_copy(kept.digest)
    return known


def test_what_others_wrote_is_known_to_be_good_and_canonical_at_once(path: Path) -> None:
    assert FileStorage(path).load().mark is Mark.CLEAN
    path.write_bytes(text_of({"items": [item(5, "theirs again"), FULL_ITEM]}))
    with_good_copy(path)
    reading = FileStorage(path).load()
    assert reading.mark is Mark.CANONICAL
    assert reading.workspace.items == read(path.read_bytes()).workspace.items


@pytest.mark.parametrize(
    "content",
    [
        THEIRS.replace(b'"title": "theirs"', b'"title": 7'),
        THEIRS.replace(b"\n\n", b"\n"),
        THEIRS[:-9],
        json_of({"items": {"5": item(5).raw()}}),
    ],
)
def test_what_is_not_as_we_write_it_is_read_as_a_whole(path: Path, content: bytes) -> None:
    assert content != THEIRS
    assert read_by_copy(content, path, with_good_copy(path)) is None


def test_a_copy_that_is_gone_damaged_or_not_known_to_be_good_is_not_used(path: Path) -> None:
    assert read_by_copy(THEIRS, path, KnownTexts(path)) is None
    keep_backup(path, GOOD, "saving", NOW)
    assert read_by_copy(THEIRS, path, KnownTexts(path)) is None
    known = with_good_copy(path)
    assert read_by_copy(THEIRS, path, known) is not None
    backups_of(path)[0].path.write_bytes(GOOD.replace(b"queue", b"quEue"))
    assert read_by_copy(THEIRS, path, known) is None
    backups_of(path)[0].path.unlink()
    assert read_by_copy(THEIRS, path, known) is None


def test_a_small_text_is_read_as_a_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalling, "WORTH_IT_BYTES", len(THEIRS) + 1)
    assert read_by_copy(THEIRS, path, with_good_copy(path)) is None


def test_saving_now_and_then_keeps_copies_that_are_good(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(4):
        moment = NOW + timedelta(minutes=11 * step)
        monkeypatch.setattr("store.disk.storage.utc_now", lambda moment=moment: moment)
        FileStorage(path).write(Patch({"items": {5: item(5, f"step {step}")}}))
    # The first one is of a text of others that was read strictly: nobody knows whether it was canonical.
    copies = backups_of(path)
    assert [copy.why for copy in copies] == ["saving", "saving", "saving", "opened"]
    assert KnownTexts(path).good_copies() == tuple(copy.digest for copy in reversed(copies[:3]))
    for step in range(4, 9):
        moment = NOW + timedelta(minutes=11 * step)
        monkeypatch.setattr("store.disk.storage.utc_now", lambda moment=moment: moment)
        FileStorage(path).write(Patch({"items": {5: item(5, f"step {step}")}}))
    assert len(KnownTexts(path).good_copies()) == 4


def test_notes_of_a_process_that_was_killed_are_swept(path: Path) -> None:
    FileStorage(path).write(Patch({"items": {5: item(5, "new")}}))
    state = next((path.parent / "state" / "stores").iterdir())
    left = written(state / ".tmp-999999999-known", b"half")
    FileStorage(path).write(Patch({"items": {5: item(5, "newer")}}))
    assert not left.exists()
