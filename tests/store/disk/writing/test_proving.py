"""What is written can be read: at once, strictly, and at the next start."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from store.disk import Database, create_store
from store.disk.keeping.known import Mark
from store.disk.writing.proving import proved_text
from store.errors import NotSavedError
from store.models import TABLES, Item, Record, Settings, Standing, Workspace
from tests.store.disk.records import FULL_ITEM, NOON, ONE_OF_EACH, STAMP, item
from tests.store.disk.stores import read, text_of, written
from tests.store.disk.strategies import STORES

LONG_AGO = Standing(stage="inbox", since=NOON).model_copy(update={"since": datetime(999, 1, 1, tzinfo=NOON.tzinfo)})
UNREADABLE = {
    "a size": item(5).model_copy(update={"size": 99999}),
    "half a character in a tag": item(5).model_copy(update={"tags": frozenset({"a\ud800b"})}),
    "half a character in an unknown field": Item.model_validate({**dict(item(5)), "note": "a\ud800b"}),
    "a year": item(5).model_copy(update={"stage": LONG_AGO}),
    "no text": item(5).model_copy(update={"title": 7}),
    "no date": item(5).model_copy(update={"due": object()}),
    "no number": Item.model_validate({**dict(item(5)), "note": float("inf")}),
    "no json": Item.model_validate({**dict(item(5)), "note": object()}),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = written(tmp_path / "leadline.json", text_of({"items": [item(5), item(6)]}))
    Database(path).commit({"items": {6: item(6, "known")}})
    return path


def everything(workspace: Workspace) -> dict[str, dict[int, Record]]:
    return {table: dict(workspace.table(table)) for table in TABLES}


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("record", UNREADABLE.values(), ids=UNREADABLE)
def test_a_record_that_could_not_be_read_again_is_not_written(record: Item, path: Path) -> None:
    before = path.read_bytes()
    database = Database(path)
    database.file.load()
    with pytest.raises(NotSavedError, match=r"Record 5 of items cannot be written: .+\.") as error:
        database.commit({"items": {5: record, 6: item(6, "new")}})
    assert "\n" not in error.value.message
    assert path.read_bytes() == before
    database.commit({"items": {6: item(6, "new")}})
    assert read(path.read_bytes()).workspace.items[6].title == "new"


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("record", UNREADABLE.values(), ids=UNREADABLE)
def test_no_new_store_and_no_copy_begins_with_such_a_record(record: Item, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSavedError, match="cannot be written"):
        create_store(tmp_path / "new.json", Settings(), {"items": {5: record}})
    with pytest.raises(NotSavedError, match="cannot be written"):
        Database(path).file.write_copy(tmp_path / "new.json", {"items": {"5": record}})
    assert not (tmp_path / "new.json").exists()


@pytest.mark.parametrize("table", TABLES)
def test_every_record_that_is_right_is_written(table: str) -> None:
    record = ONE_OF_EACH[table]
    assert proved_text(table, str(record.id), record)


def test_an_unknown_field_without_a_value_inside_a_part_does_not_stop_a_save() -> None:
    record = Item.model_validate({**item(5).raw(), "id": 5, "created": {**STAMP.model_dump(), "mood": None}})
    assert proved_text("items", "5", record)


def test_what_a_script_wrote_is_looked_at_strictly_at_the_next_start(path: Path) -> None:
    database = Database(path)
    database.table("items").update({"size": 99999}, doc_ids=[5])
    # A save of the same session puts a good record into a text that nobody has looked at.
    database.commit({"items": {6: item(6, "later")}})
    reading = Database(path).file.load()
    assert [finding.record for finding in reading.findings] == [5]
    assert reading.workspace.items[6].title == "later"
    assert Database(path).file.load().mark is Mark.UNKNOWN


def test_what_a_script_wrote_well_is_known_after_one_strict_reading(path: Path) -> None:
    Database(path).table("items").update({"size": 9}, doc_ids=[5])
    assert [Database(path).file.load().mark for _ in range(2)] == [Mark.CLEAN, Mark.CLEAN]
    database = Database(path)
    database.commit({"items": {6: item(6, "later")}})
    assert Database(path).file.load().mark is Mark.CANONICAL
    assert Database(path).file.load().workspace.items[5].size == 9


def test_values_that_are_no_json_are_refused_in_scripts_too(path: Path) -> None:
    before = path.read_bytes()
    for value in (float("nan"), object()):
        with pytest.raises(NotSavedError, match="Record 5 of items"):
            Database(path).table("items").update({"note": value}, doc_ids=[5])
    assert path.read_bytes() == before


@settings(deadline=None, max_examples=60)
@given(STORES)
def test_what_is_saved_is_the_same_when_read_strictly_and_when_known(tables: dict[str, list[Record]]) -> None:
    changes: dict[str, dict[int, Record | None]] = {
        table: {record.id: record for record in records} for table, records in tables.items()
    }
    with TemporaryDirectory() as folder:
        path = create_store(Path(folder) / "leadline.json", Settings(), {"items": {FULL_ITEM.id: FULL_ITEM}})
        Database(path).commit(changes)
        known = Database(path).file.load()
        strict = read(path.read_bytes())
    assert (known.mark, strict.mark, strict.findings) == (Mark.CANONICAL, Mark.CLEAN, ())
    assert everything(known.workspace) == everything(strict.workspace)
    for table, records in tables.items():
        for record in records:
            assert strict.workspace.get(table, record.id) == record
