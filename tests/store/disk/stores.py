"""Stores for tests: written by our own hand, by stock TinyDB, or from records."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from store.disk.canonical import META, entry_text, store_text
from store.disk.keeping.known import Mark
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading, read_store
from store.models import Json, Record, Settings

META_FIELDS = {"app": "leadline", "schema": SCHEMA}


def text_of(records: Mapping[str, Iterable[Record]]) -> bytes:
    """The canonical text of a store with these records."""
    texts = {META: {"1": entry_text(META, "1", META_FIELDS)}}
    for table, there in {"settings": [Settings()], **records}.items():
        texts[table] = {str(record.id): entry_text(table, str(record.id), record) for record in there}
    return store_text(texts)


def json_of(tables: Mapping[str, Json], indent: int | None = None) -> bytes:
    """The text of a store as any JSON program may write it."""
    return json.dumps({"meta": {"1": META_FIELDS}, **tables}, indent=indent).encode()


def of_schema(content: bytes, schema: int) -> bytes:
    """The same text, as if it had been written with another schema."""
    mine = b'"schema": %d' % SCHEMA
    assert content.count(mine) == 1
    return content.replace(mine, b'"schema": %d' % schema)


def read(content: bytes, marks: Mapping[str, Mark] | None = None) -> Reading:
    """What a file with these bytes holds."""
    return read_store(content, "leadline.json", marks or {})


def written(path: Path, content: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(content)
    return path


def names_in(folder: Path) -> list[str]:
    """What is in a folder, but for the lock files, which stay on purpose."""
    return sorted(entry.name for entry in folder.iterdir() if not entry.name.endswith(".lock"))
