"""A whole store in raw fields: what pieces are put together to, before it is text again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from store.disk.canonical import APP, META, META_KEY, Text, record_text, safe, store_text
from store.disk.mending.decoding import decoded
from store.disk.mending.salvaging import Piece, Salvage, salvaged
from store.disk.reading.migrating import migrated, schema_of
from store.models import Json

Fields = Mapping[str, Json]
Tables = dict[str, dict[str, Fields]]
"""Raw fields by table and key."""

Place = tuple[str, str]
"""Table and key."""


@dataclass(slots=True)
class Whole:
    """Records, and what can only be kept as it stands.

    Args:
        tables: the records.
        odd: the text of what is no record though it has a key, by table and key; key None is a whole table.
    """

    tables: Tables = field(default_factory=dict)
    odd: dict[tuple[str, str | None], str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether its meta record says that it is a store, and of which schema."""
        meta = self.get((META, META_KEY)) or {}
        schema = meta.get("schema")
        return self.app == APP and isinstance(schema, int) and not isinstance(schema, bool) and schema > 0

    @property
    def app(self) -> Json:
        """Which program it says it belongs to; None where it says nothing."""
        return (self.get((META, META_KEY)) or {}).get("app")

    @property
    def schema(self) -> int:
        """The schema it says it has; the newest where it says none."""
        return schema_of(self.get((META, META_KEY)))

    def brought(self) -> "Whole":
        """The same in the newest schema; the store itself where it has no older one."""
        schema = self.schema
        tables: Tables = {
            table: {key: migrated(table, key, fields, schema) for key, fields in there.items()}
            for table, there in self.tables.items()
        }
        return Whole(tables, self.odd)

    def get(self, place: Place) -> Fields | None:
        """The fields of one record; None where there is none."""
        return self.tables.get(place[0], {}).get(place[1])

    def put(self, place: Place, fields: Fields) -> None:
        """Puts one record in."""
        self.tables.setdefault(place[0], {})[place[1]] = fields

    def places(self) -> list[Place]:
        """Every record there is, meta left out."""
        return [(table, key) for table, there in self.tables.items() if table != META for key in there]

    def text(self) -> bytes:
        """The text of the store. Sets in it are in the order they were read in; reading and writing sorts them."""
        texts: dict[str, dict[str, Text]] = {
            table: {key: record_text(table, key, fields) for key, fields in there.items()}
            for table, there in self.tables.items()
        }
        alone: dict[str, Text] = {}
        for (table, key), text in self.odd.items():
            if key is None:
                alone[table] = safe(text).encode()
            else:
                texts.setdefault(table, {})[key] = safe(text).encode()
        return store_text({**texts, **alone})


@dataclass(frozen=True, slots=True)
class Twins:
    """Several versions of one record under the same key, in the order of the file."""

    place: Place
    versions: tuple[Fields, ...]


def whole_of(found: Salvage) -> tuple[Whole, list[Twins]]:
    """The store that a text holds, and the records of which it holds several versions; those have their first there.

    Pieces that are not whole are in it with what they have.
    """
    whole = Whole({table: {} for table in found.tables}, {(table, None): text for table, text in found.odd.items()})
    pieces: dict[Place, list[Piece]] = {}
    for piece in found.pieces:
        pieces.setdefault((piece.table, piece.key), []).append(piece)
    twins = []
    for place, several in pieces.items():
        if any(piece.text or not isinstance(piece.value, Mapping) for piece in several):
            whole.odd[place] = ",\n".join(dict.fromkeys(f"{_line(piece.key)}: {_text(piece)}" for piece in several))
            continue
        versions = [fields for piece in several for fields in (piece.other, piece.value) if fields is not None]
        distinct = {_line(fields): fields for fields in versions}
        whole.put(place, versions[0])
        if len(distinct) > 1:
            twins.append(Twins(place, tuple(distinct.values())))
    return whole, twins


def read_whole(content: bytes) -> Whole | None:
    """The records of a version that needs no mending; None of any other."""
    found = salvaged(decoded(content).text)
    if not found.is_sound:
        return None
    whole, twins = whole_of(found)
    return whole if not twins and whole.is_ours else None


def _text(piece: Piece) -> str:
    return piece.text or _line(piece.value)


def _line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
