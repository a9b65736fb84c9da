"""Small stores to merge, as raw fields and as canonical text."""

from collections.abc import Mapping
from typing import Final

from store.disk.canonical import record_text, store_text
from store.disk.reading.migrating import SCHEMA
from store.models import Json

KEY: Final = "17592186044500"
OTHER_KEY: Final = "17592186044900"
STAMP: Final = {"at": "2026-03-02T12:00:00Z", "by": "ana"}

Records = Mapping[str, Mapping[str, Json]]


def item(title: str = "Copy with headers", **fields: Json) -> dict[str, Json]:
    """The raw fields of an item in the inbox."""
    return {"title": title, "created": STAMP, "stage": {"is": "inbox", "since": STAMP["at"], "by": "ana"}, **fields}


def store(items: Records, schema: int = SCHEMA, **tables: Records) -> bytes:
    """The canonical text of a store."""
    texts: dict[str, Records] = {"items": items, "meta": {"1": {"app": "leadline", "schema": schema}}, **tables}
    return store_text({
        table: {key: record_text(table, key, fields) for key, fields in records.items()}
        for table, records in texts.items()
    })
