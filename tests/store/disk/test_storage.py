import json
import os
from pathlib import Path
from typing import Any

import pytest
import tinydb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.disk.database import Database, LiveTable
from store.disk.keeping import known
from store.disk.keeping.known import KnownTexts, Mark
from store.disk.reading.reading import read_store
from store.disk.storage import FileStorage
from store.disk.writing.patching import Patch
from store.errors import ChangedOutsideError, NotSavedError, UnreadableStoreError
from store.models import TABLES, Record, always_written
from tests.store.disk.records import FULL_ITEM, NOON, ONE_OF_EACH, item
from tests.store.disk.stores import json_of, names_in, read, text_of, written

GOOD = item(5).raw()
RECORDS: dict[str, list[Record]] = {table: [record] for table, record in ONE_OF_EACH.items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6)]}))


def renamed(number: int, title: str) -> dict[str, dict[int, Record | None]]:
    return {"items": {number: item(number, title)}}


def test_a_change_set_is_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(path)
    writes: list[object] = []
    original = FileStorage.write

    def counted(self: FileStorage, data: Any) -> None:
        writes.append(data)
        original(self, data)

    monkeypatch.setattr(FileStorage, "write", counted)
    database.commit({
        "items": {5: None, 6: item(6, "new"), 7: item(7)},
        "teams": {ONE_OF_EACH["teams"].id: ONE_OF_EACH["teams"]},
    })
    assert len(writes) == 1
    assert path.read_bytes() == text_of({"items": [item(6, "new"), item(7)], "teams": [ONE_OF_EACH["teams"]]})


def test_a_save_without_a_change_writes_nothing(path: Path) -> None:
    database = Database(path)
    before = path.stat()
    database.commit({"items": {5: item(5)}})
    database.commit({})
    assert path.stat() == before


def test_stock_tinydb_opens_searches_and_updates_what_we_wrote_and_we_read_it_again(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", text_of(RECORDS))
    with tinydb.TinyDB(path) as stock:
        assert stock.tables() == {"meta", *TABLES}
        for table in stock.tables():
            assert all(document.doc_id > 0 for document in stock.table(table).all())
        items = stock.table("items")
        found = items.search(tinydb.Query().title == FULL_ITEM.title)
        assert [document.doc_id for document in found] == [FULL_ITEM.id]
        assert items.get(doc_id=FULL_ITEM.id) == FULL_ITEM.raw()
        items.update({"owner": "li"}, doc_ids=[FULL_ITEM.id])
        new = items.insert({**GOOD, "mood": "good"})
    assert path.read_bytes().count(b"\n") == 0
    database = Database(path)
    reading = database.file.load()
    assert reading.findings == ()
    changed = FULL_ITEM.with_(owner="li")
    assert reading.workspace.items[FULL_ITEM.id] == changed
    assert reading.workspace.items[new].raw()["mood"] == "good"
    database.commit({"items": {new: None}})
    assert path.read_bytes() == text_of({**RECORDS, "items": [changed]})


def test_our_tables_answer_like_stock_ones(path: Path) -> None:
    with Database(path) as database:
        items = database.table("items")
        assert isinstance(items, LiveTable)
        assert len(items) == 2
        good = {**always_written("items"), **GOOD}
        assert items.get(doc_id=5) == good
        assert [found.doc_id for found in items.search(tinydb.where("title") == GOOD["title"])] == [5, 6]
        items.update({"owner": "li"}, doc_ids=[6])
        assert items.get(doc_id=6) == {**good, "owner": "li"}
        items.update({"owner": "mo"}, doc_ids=[6])
        database.commit(renamed(5, "new"))
        items.update({"owner": "li"}, doc_ids=[6])
    assert path.read_bytes() == text_of({"items": [item(5, "new"), item(6).with_(owner="li")]})


def test_a_search_sees_what_was_written_since_and_hands_out_copies(path: Path) -> None:
    database = Database(path)
    query = tinydb.where("owner") == "li"
    items = database.table("items")
    assert items.search(query) == []
    database.commit({"items": {5: item(5).with_(owner="li")}})
    found = items.search(query)
    assert [document.doc_id for document in found] == [5]
    found[0]["title"] = "poisoned"
    assert items.search(query)[0]["title"] == GOOD["title"]


def test_the_file_is_not_held_open(path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("open files can be listed only under /proc")
    database = Database(path)
    database.commit(renamed(5, "new"))
    assert not [handle for handle in handles.iterdir() if handle.is_symlink() and handle.readlink() == path]


def test_a_file_in_another_layout_becomes_canonical_at_the_next_save(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", json_of({"items": {"6": GOOD, "5": GOOD}, "settings": {"1": {}}}, 4))
    database = Database(path)
    before = path.read_bytes()
    database.file.load()
    assert path.read_bytes() == before
    database.commit(renamed(6, "new"))
    assert path.read_bytes() == text_of({"items": [item(5), item(6, "new")]})


def test_what_was_set_aside_survives_every_save_untouched(tmp_path: Path) -> None:
    odd = {
        "items": {"5": GOOD, "6": {"title": 7}, "007": GOOD, "abc": [1]},
        "weather": {"1": {"sun": 1}, "x": 2},
        "version": 3,
    }
    path = written(tmp_path / "leadline.json", json_of(odd).replace(b'"title": 7', b'"title": NaN, "size": 1e999'))
    database = Database(path)
    first = database.file.load()
    assert len(first.findings) == 5
    for step in range(3):
        database.commit(renamed(5, f"step {step}"))
        again = read(path.read_bytes())
        assert again.kept == first.kept
        assert {finding.field for finding in again.findings} == {finding.field for finding in first.findings}
        assert len(again.findings) == 5
        assert again.workspace.items[5].title == f"step {step}"
    assert b'"title": NaN, "size": 1e999' in path.read_bytes()
    database.table("items").update({"owner": "li"}, doc_ids=[5])
    assert read(path.read_bytes()).kept == first.kept


def test_a_script_that_gives_the_id_of_a_record_that_was_set_aside_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", json_of({"items": {"5": GOOD, "6": {"title": 7}}}))
    before = path.read_bytes()
    items = Database(path).table("items")
    with pytest.raises(NotSavedError, match="Record 6 of items was not written: one that cannot be used has this id"):
        items.insert(tinydb.table.Document(GOOD, 6))
    assert path.read_bytes() == before


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_store_is_refused_or_keeps_all_it_had_when_saved(data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(text_of({"items": [item(5), FULL_ITEM], "teams": [ONE_OF_EACH["teams"]]}))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.sampled_from([0, 1, 1, 1, 30]))] = data.draw(
            st.sampled_from([b"", b" ", b'"', b",", b"{", b"}", b"[", b"9", b"\\", b"\n", b"\xff", b"\x00", b"null"])
        )
    path = written(tmp_path / "leadline.json", bytes(content))
    database = Database(path)
    try:
        before = database.file.load()
    except UnreadableStoreError:
        before = None
    assert path.read_bytes() == content
    if before is None:
        return
    database.commit({"items": {99: item(99)}})
    after = read(path.read_bytes())
    assert after.kept == before.kept
    assert len(after.findings) == len(before.findings)
    for table in TABLES:
        if table != "items":
            assert after.workspace.table(table) == before.workspace.table(table)
    assert after.workspace.items == {**before.workspace.items, 99: item(99)}
    database.commit({"items": {99: None}})
    assert read(path.read_bytes()).workspace.items == before.workspace.items


def test_an_edit_from_outside_is_never_overwritten(path: Path) -> None:
    database = Database(path)
    database.file.load()
    foreign = text_of({"items": [item(5, "theirs")]})
    path.write_bytes(foreign)
    with pytest.raises(ChangedOutsideError):
        database.commit(renamed(6, "mine"))
    assert path.read_bytes() == foreign


def test_an_edit_from_outside_of_the_same_length_and_time_is_never_overwritten(path: Path) -> None:
    database = Database(path)
    database.commit(renamed(5, "mine"))
    before = path.stat()
    foreign = path.read_bytes().replace(b'"mine"', b'"ours"')
    path.write_bytes(foreign)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ChangedOutsideError):
        database.commit(renamed(6, "mine"))
    assert path.read_bytes() == foreign


def test_a_file_that_is_gone_is_not_made_again(path: Path) -> None:
    database = Database(path)
    database.file.load()
    path.unlink()
    with pytest.raises(ChangedOutsideError) as error:
        database.commit(renamed(5, "mine"))
    assert "not there any more" in error.value.message
    assert not path.exists()


def test_after_a_refused_save_and_a_new_reading_saving_goes_on(path: Path) -> None:
    database = Database(path)
    database.file.load()
    path.write_bytes(text_of({"items": [item(5, "theirs")]}))
    with pytest.raises(ChangedOutsideError):
        database.commit(renamed(6, "mine"))
    database.file.load()
    database.commit(renamed(6, "mine"))
    assert path.read_bytes() == text_of({"items": [item(5, "theirs"), item(6, "mine")]})


def test_a_look_from_outside_is_no_change(path: Path) -> None:
    storage = FileStorage(path)
    storage.load()
    assert not storage.changed_outside()
    os.utime(path)
    assert not storage.changed_outside()
    path.write_bytes(path.read_bytes())
    assert not storage.changed_outside()
    storage.write(Patch(renamed(5, "mine")))
    assert not storage.changed_outside()


def test_other_bytes_a_missing_file_and_a_folder_are_a_change(path: Path) -> None:
    storage = FileStorage(path)
    storage.load()
    path.write_bytes(text_of({}))
    assert storage.changed_outside()
    path.unlink()
    assert storage.changed_outside()
    path.mkdir()
    assert storage.changed_outside()


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path, path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "store.json"
    link.symlink_to(path)
    database = Database(link)
    database.commit(renamed(5, "new"))
    assert link.is_symlink()
    assert not path.is_symlink()
    assert path.read_bytes() == text_of({"items": [item(5, "new"), item(6)]})
    assert names_in(tmp_path) == ["elsewhere", "leadline.json"]


def test_what_we_wrote_is_known_at_the_next_start(path: Path) -> None:
    Database(path).commit(renamed(5, "new"))
    assert list(KnownTexts(path.resolve()).marks().values())[-1] is Mark.CANONICAL
    assert FileStorage(path).load().mark is Mark.CANONICAL


def test_a_store_with_something_set_aside_is_always_read_strictly(path: Path) -> None:
    content = path.read_bytes()
    at = content.index(b'"6": {')
    path.write_bytes(content[:at] + content[at:].replace(b'"title": "Move the billing queue"', b'"title": 7'))
    database = Database(path)
    for title in ("new", "newer"):
        database.commit(renamed(5, title))
        assert database.table("items").get(doc_id=6) is None
        assert FileStorage(path).load().mark is Mark.UNKNOWN
        assert set(read(path.read_bytes()).workspace.items) == {5}


def test_a_state_directory_that_cannot_be_used_only_costs_time(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(written(tmp_path / "file", b"")))
    database = Database(path)
    database.commit(renamed(5, "new"))
    assert FileStorage(path).load().mark is Mark.CLEAN


def test_notes_that_make_no_sense_are_not_believed(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    FileStorage(path).load()
    notes = next((tmp_path / "state").rglob("known"))
    for nonsense in (b"\xff\xfe", b"abc", b"a b c\n", b"a sunny\n", b""):
        notes.write_bytes(nonsense)
        assert FileStorage(path).load().workspace.items == {5: item(5), 6: item(6)}


def test_only_the_newest_texts_are_remembered(path: Path) -> None:
    known = KnownTexts(path)
    for number in range(40):
        known.remember(f"{number:064}", Mark.CLEAN)
    known.remember(f"{30:064}", Mark.CANONICAL)
    assert len(known.marks()) == 16
    assert list(known.marks().items())[-1] == (f"{30:064}", Mark.CANONICAL)


def test_a_copy_holds_everything_and_overwrites_nothing(tmp_path: Path, path: Path) -> None:
    storage = FileStorage(path)
    copy = tmp_path / "copy.json"
    storage.write_copy(copy, storage.entries())
    assert copy.read_bytes() == path.read_bytes()
    with pytest.raises(NotSavedError) as error:
        storage.write_copy(path, storage.entries())
    assert "exists already" in error.value.message


def test_many_records_at_once_are_where_they_belong(path: Path) -> None:
    database = Database(path)
    records: dict[int, Record | None] = {number: item(number, f"n {number}") for number in range(1, 400, 3)}
    database.commit({"items": records})
    database.commit({"items": dict.fromkeys(range(1, 400, 6))})
    expected = {5: item(5), 6: item(6), **records}
    for gone in range(1, 400, 6):
        expected.pop(gone, None)
    assert read(path.read_bytes()).workspace.items == expected
    assert path.read_bytes() == text_of({"items": [record for record in expected.values() if record is not None]})


def test_a_store_of_a_hundred_saves_is_still_canonical(path: Path) -> None:
    database = Database(path)
    record = item(5)
    for step in range(100):
        record = record.moved(f"stage {step % 7}", NOON, "bo")
        database.commit({"items": {5: record}})
    assert path.read_bytes() == text_of({"items": [record, item(6)]})
    assert json.loads(path.read_bytes())["items"]["5"] == {**always_written("items"), **record.raw()}
    assert read_store(path.read_bytes(), "x", {}).workspace.items[5] == record


def test_what_another_leadline_found_out_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(path).commit(renamed(5, "new"))
    assert KnownTexts(path).marks()
    monkeypatch.setattr(known, "_reader", lambda: "a newer one")
    assert KnownTexts(path).marks() == {}
    assert FileStorage(path).load().mark is Mark.CLEAN
