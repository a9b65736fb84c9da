"""Scripts with stock TinyDB: they open every store of ours, and we open what they wrote."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import tinydb

from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading
from store.exchange.demo import demo_workspace
from store.models import TABLES, Item
from tests.store.disk.merges import KEY, OTHER_KEY, item, store
from tests.store.disk.reading.test_migrating import CONTENT
from tests.store.disk.records import NOON, ONE_OF_EACH
from tests.store.disk.stores import json_of, of_schema, read, text_of, written

AT: Final = "2026-03-02T12:00:00Z"
NEW: Final = {"title": "From a script", "created": {"at": AT}, "stage": {"is": "inbox", "since": AT}}
ODD: Final = "“x” \u202e \x1b[2J \U0001f469\u200d\U0001f467 é\u2028"


def _demo() -> bytes:
    workspace = demo_workspace(NOON)
    return text_of({table: workspace.table(table).values() for table in TABLES if table != "settings"})


STORES: Final[dict[str, Callable[[], bytes]]] = {
    **{f"schema {schema}": lambda content=content: content for schema, content in sorted(CONTENT.items())},  # type: ignore[misc]
    "a newer schema": lambda: of_schema(CONTENT[SCHEMA], 99),
    "one of each": lambda: text_of({table: [record] for table, record in ONE_OF_EACH.items()}),
    "nothing": lambda: text_of({}),
    "odd letters": lambda: store({KEY: item(ODD, owner=ODD, body=[ODD, ""]), OTHER_KEY: item(**{ODD: ODD})}),
    "unknown tables": lambda: store({KEY: item(mood={"is": [1, 2.5, None]})}, zoo={"7": {"a": 1}}, attic={}),
    "the demo": _demo,
    "another layout": lambda: json_of({"items": {KEY: item(), "1": item("First")}}, indent=3),
}


def look(stock: tinydb.TinyDB) -> None:
    for name in stock.tables():
        table = stock.table(name)
        assert len(table.all()) == len(table)
        assert all(table.get(doc_id=document.doc_id) == document for document in table)
    assert stock.table("items").search(tinydb.where("title") == "nothing has this title") == []


def update(stock: tinydb.TinyDB) -> None:
    items = stock.table("items")
    items.update({"owner": "script"}, tinydb.where("title").exists())
    assert items.count(tinydb.where("owner") == "script") == len(items)


def insert(stock: tinydb.TinyDB) -> None:
    number = stock.table("items").insert(NEW)
    assert stock.table("items").get(doc_id=number) == NEW


def insert_many(stock: tinydb.TinyDB) -> None:
    stock.table("items").insert_multiple([NEW, {**NEW, "mood": ODD}])
    stock.table("scripts").insert({"ran": 1})


def remove(stock: tinydb.TinyDB) -> None:
    stock.table("items").insert(NEW)
    stock.table("items").remove(tinydb.where("title") == NEW["title"])


def upsert(stock: tinydb.TinyDB) -> None:
    stock.table("items").upsert({**NEW, "size": 3}, tinydb.where("title") == NEW["title"])
    stock.table("items").upsert({"title": NEW["title"], "size": 5}, tinydb.where("title") == NEW["title"])


Way = Callable[[tinydb.TinyDB], None]
WAYS: Final[tuple[Way, ...]] = (look, update, insert, insert_many, remove, upsert)


def titles(reading: Reading) -> dict[str, Any]:
    return {str(number): record.title for number, record in reading.workspace.items.items()}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", STORES)
def test_a_script_opens_it_and_we_open_what_it_wrote(name: str, way: Way, tmp_path: Path) -> None:
    content = STORES[name]()
    before = read(content)
    path = written(tmp_path / "leadline.json", content)
    with tinydb.TinyDB(path) as stock:
        way(stock)
    after = read(path.read_bytes())
    assert after.findings == ()
    assert after.schema == before.schema
    assert titles(after).items() >= titles(before).items()
    for table in TABLES:
        if table != "items":
            assert after.workspace.table(table) == before.workspace.table(table)
    old, new = json.loads(content), json.loads(path.read_bytes())
    assert {table: records for table, records in new.items() if table not in {"items", "scripts"}} == {
        table: records for table, records in old.items() if table != "items"
    }
    added = {record.id: record for record in after.workspace.items.values() if record.title == NEW["title"]}
    expected: dict[Way, list[int | None]] = {insert: [None], insert_many: [None, None], upsert: [5]}
    assert [record.size for record in added.values() if isinstance(record, Item)] == expected.get(way, [])
