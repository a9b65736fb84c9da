"""The stores that are spoilt: small ones, in which every kind of record and every layout is to be found."""

import json
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, META_KEY, record_text, store_text
from store.disk.reading.reading import read_store
from store.disk.reading.scanning import Scan
from store.models import Json, Record, Settings
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import META_FIELDS

UNKNOWN: Final = {"17592186044999": {"words": "kept as it is", "n": [1, 2.5, None]}}
_TRAPS: Final = item(18533187727599, "Traps").with_(
    body='<<<<<<< HEAD\n"17592186044417": {"title": "no record"}\n=======\n\\" }, "items": {\n>>>>>>> x\n'
    "Grüße, 東京 👩‍👧\u202e\x1b[2J",
    tags=frozenset({"}", '"', "{"}),
)
_FIRST: Final = item(17592186045005)
_SECOND: Final = item(17592186045006, "Second")


@dataclass(frozen=True, slots=True)
class Untouched:
    """One record of an origin: where its text starts and ends, and what it holds."""

    table: str
    key: str
    start: int
    end: int
    fields: dict[str, Json]


@dataclass(frozen=True)
class Origin:
    """A store that is whole.

    Args:
        name: what the layout is called.
        text: its text.
        records: its records, meta left out.
        meta: where the record stands that says whose file it is.
    """

    name: str
    text: str
    records: tuple[Untouched, ...]
    meta: tuple[int, int]


def origins() -> list[Origin]:
    """Stores to spoil: as we write them, as stock TinyDB writes them, and indented by another program."""
    small = _tables([_TRAPS, _FIRST, _SECOND, *(ONE_OF_EACH[table] for table in ("goals", "teams"))])
    full = _tables([_FIRST, FULL_ITEM, _TRAPS, *(record for table, record in ONE_OF_EACH.items() if table != "items")])
    return [
        _origin("canonical", _canonical(small)),
        _origin("stock TinyDB", json.dumps(small)),
        _origin("indented", json.dumps(small, indent=2, sort_keys=True, ensure_ascii=False)),
        _origin("all fields", _canonical(full)),
    ]


def _tables(records: list[Record]) -> dict[str, dict[str, dict[str, Json]]]:
    tables: dict[str, dict[str, dict[str, Json]]] = {META: {META_KEY: dict(META_FIELDS)}}
    named = {type(record): table for table, record in ONE_OF_EACH.items()}
    for record in [Settings(team="Platform"), *records]:
        tables.setdefault(named[type(record)], {})[str(record.id)] = record.raw()
    tables["notes"] = dict(UNKNOWN)
    return tables


def _canonical(tables: dict[str, dict[str, dict[str, Json]]]) -> str:
    texts = {
        table: {key: record_text(table, key, raw) for key, raw in there.items()} for table, there in tables.items()
    }
    return store_text(texts).decode()


def _origin(name: str, text: str) -> Origin:
    assert read_store(text.encode(), name, {}).findings == ()
    records, meta = [], (0, 0)
    for found in Scan(text).found():
        assert found.key is not None
        start = text.rindex(f'"{found.key}"', 0, found.start)
        if found.table == META:
            meta = start, found.end
        else:
            records.append(Untouched(found.table, found.key, start, found.end, found.value))
    return Origin(name, text, tuple(records), meta)
