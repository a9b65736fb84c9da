"""Reading a store: strict about the file, patient with a single record.

A record that cannot be used is set aside: it becomes a finding with its line, its text is kept as it is, and the others
stay usable. Bytes that were read strictly before, by their hash, take a faster way.
"""

import json
import re
import sys
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, META_KEY, Entry
from store.disk.files import sha256_of
from store.disk.keeping.known import Mark
from store.disk.reading.differing import differing
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.sifting import Sifting
from store.disk.reading.slicing import json_of, places
from store.disk.writing.patching import Changes
from store.findings import Finding
from store.models import (
    SETTINGS_ID,
    TABLES,
    Item,
    Json,
    Place,
    Record,
    Settings,
    Shelf,
    Unread,
    Workspace,
    lean,
    many_at_once,
)

ITEMS: Final = "items"
_STAGE: Final = b'\n  "stage": {"is": "'
_STAGE_NAME: Final = re.compile(re.escape(_STAGE) + rb'((?:[^"\\]|\\.)*)')
_ARCHIVED: Final = re.compile(rb'\n  "archived": (?!null)')
_DEPENDS: Final = re.compile(rb'\n  "depends_on": (?!\[\])')
"""How a canonical text says where an item stands, that it is out of sight, and that it depends on others."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What one file holds.

    Args:
        workspace: all records that can be used.
        entries: the same records, and those of tables this version does not know, by table and key; None when the
            text is canonical, so that the file itself has them.
        kept: the text of everything that was set aside, by table and key; key None is a table that is no object.
        findings: what was set aside, and why.
        schema: the schema the file was written with; what is here has the newest one, unless the file's is newer.
        sha256: the hash of the file's bytes.
        mark: what is known now about those bytes.
        changes: in what the records differ from those of the text read or written before; None where all were read.
    """

    workspace: Workspace
    entries: Mapping[str, Mapping[str, Entry]] | None
    kept: Mapping[tuple[str, str | None], bytes]
    findings: tuple[Finding, ...]
    schema: int
    sha256: str
    mark: Mark
    changes: Changes | None = None

    @property
    def is_newer(self) -> bool:
        """Whether a newer version wrote the file, which this one must not write."""
        return self.schema > SCHEMA

    @property
    def is_older(self) -> bool:
        """Whether an older version wrote the file: it has to be brought to the newest schema before it is written."""
        return self.schema < SCHEMA


@dataclass(frozen=True, slots=True)
class Sound:
    """A canonical text in which nothing is wrong, and what it holds."""

    content: bytes
    workspace: Workspace
    schema: int


def read_differences(content: bytes, sound: Sound) -> Reading | None:
    """Everything in the bytes of a store, by reading only what differs from a text that is known to be good.

    Records that stand in both are the same objects. None where only a reading of the whole is right.
    """
    changes = differing(content, sound.content)
    if changes is None:
        return None
    workspace = sound.workspace.with_records(changes)
    return Reading(workspace, None, {}, (), sound.schema, sha256_of(content), Mark.CANONICAL, changes)


def read_store(content: bytes, name: str, mark_of: Mapping[str, Mark]) -> Reading:
    """Everything in the bytes of a store.

    Args:
        content: the bytes of the file.
        name: the file as people say it.
        mark_of: what is known about bytes, by their hash.

    Raises:
        UnreadableStoreError: the bytes are no store, or not whole.
    """
    sha256 = sha256_of(content)
    mark = mark_of.get(sha256, Mark.UNKNOWN)
    with many_at_once():
        if mark is not Mark.UNKNOWN:
            reading = read_known(content, sha256, mark)
            if reading is not None:
                return reading
        return _read_strictly(content, name, sha256)


def read_known(content: bytes, sha256: str, mark: Mark) -> Reading | None:
    """The quick way for bytes that a strict reading found nothing wrong with; None where it does not work out."""
    where = places(content)
    if where is None or not set(where) <= {META, *TABLES}:
        return None
    try:
        meta = {key: json.loads(b"{%b}" % content[start:end])[key] for key, (start, end) in where[META].items()}
        records = {
            table: {
                int(key): lean(model.model_validate_json(json_of(content, key, place)))
                for key, place in where.get(table, {}).items()
            }
            for table, model in TABLES.items()
            if table != ITEMS or mark is not Mark.CANONICAL
        }
        items = _shelf(content, where.get(ITEMS, {})) if mark is Mark.CANONICAL else records.pop(ITEMS)
        schema = meta[META_KEY]["schema"]
        if schema < SCHEMA:
            return None
    except (KeyError, ValueError):
        # A newer leadline may ask more of a record than the one that read it: the strict way says what.
        return None
    everything: dict[str, Mapping[int, Record]] = {**records, ITEMS: items}
    entries = None if mark is Mark.CANONICAL else {META: meta, **_by_key(everything)}
    return Reading(_workspace(everything), entries, {}, (), schema, sha256, mark)


def _shelf(content: bytes, where: Mapping[str, Place]) -> Shelf[Item]:
    """The items, each read when it is first asked for; most of them are finished long ago.

    Raises:
        ValueError: items do not say where they stand, so this is no text of ours.
    """
    if content.count(_STAGE) < len(where):
        message = "items without a stage"
        raise ValueError(message)

    def read(number: int, place: Place) -> Item:
        return lean(Item.model_validate_json(json_of(content, str(number), place)))

    entries: dict[int, Item | Place] = {int(key): place for key, place in where.items()}
    standings, depending = (lambda: _standings(content, where)), (lambda: _depending(content, where))
    return Shelf(entries, Unread(read, standings, depending, lambda place: content[place[0] : place[1]]))


def _standings(content: bytes, where: Mapping[str, Place]) -> dict[int, tuple[str, bool]]:
    """The stage of the items whose texts are there, and whether they are archived.

    Every item says its stage once, so that one search through the whole text finds them in the order of the items.
    """
    archived = _saying(_ARCHIVED, content, where)
    names = _STAGE_NAME.findall(content, _start(where))
    name_of = {name: json.loads(b'"%b"' % name) for name in set(names)}
    return {int(key): (name_of[name], key in archived) for key, name in zip(where, names, strict=True)}


def _depending(content: bytes, where: Mapping[str, Place]) -> frozenset[int]:
    return frozenset(map(int, _saying(_DEPENDS, content, where)))


def _saying(field: re.Pattern[bytes], content: bytes, where: Mapping[str, Place]) -> set[str]:
    """The keys of the records that have a field which few have: one search through the text finds them."""
    keys, starts = list(where), [start for start, _ in where.values()]
    return {keys[bisect(starts, found.start()) - 1] for found in field.finditer(content, _start(where))}


def _start(where: Mapping[str, Place]) -> int:
    return next(iter(where.values()), (sys.maxsize, 0))[0]


def _read_strictly(content: bytes, name: str, sha256: str) -> Reading:
    sifting = Sifting(content, name)
    return Reading(
        workspace=_workspace(sifting.records),
        entries={**sifting.others, **_by_key(sifting.records)},
        kept=sifting.kept,
        findings=sifting.findings,
        schema=sifting.schema,
        sha256=sha256,
        # One of an older schema is not laid out as ours are, and is migrated each time it is read.
        mark=Mark.UNKNOWN if sifting.findings or sifting.schema < SCHEMA else Mark.CLEAN,
    )


def _by_key(records: Mapping[str, Mapping[int, Record]]) -> dict[str, Mapping[str, Entry]]:
    return {table: {str(number): record for number, record in there.items()} for table, there in records.items()}


def _workspace(records: Mapping[str, Mapping[int, Record]]) -> Workspace:
    tables: dict[str, Json] = dict(records)
    tables["settings"] = records.get("settings", {}).get(SETTINGS_ID) or Settings()
    return Workspace(**tables)
