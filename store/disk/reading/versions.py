"""Versions of one store, such as those git keeps: what the next one shares with the last is not read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, is_key, store_text
from store.disk.keeping.known import Mark
from store.disk.reading.reading import read_store
from store.disk.reading.slicing import Places, places
from store.errors import UnreadableStoreError
from store.models import SETTINGS_ID, TABLES, Record, Settings, Workspace

_MOST_CHANGED: Final = 0.5
"""Part of the records from which on it is quicker to read all of them at once."""


@dataclass(frozen=True, eq=False)
class Version:
    """One version of a store.

    Args:
        content: its bytes.
        workspace: all of its records that can be used; those a near version has as well are the same objects.
        where: where each record is in the bytes; None where they are not laid out as we write them.
        set_aside: how many records cannot be used.
    """

    content: bytes
    workspace: Workspace
    where: Places | None
    set_aside: int = 0


def version_of(content: bytes, name: str, marks: Mapping[str, Mark], near: Version | None = None) -> Version:
    """A version of a store, read as strictly as any foreign text.

    Args:
        content: its bytes.
        name: the file as people say it.
        marks: what is known about bytes, by their hash.
        near: another version that probably has most records in common with it.

    Raises:
        UnreadableStoreError: the bytes are no store, or not whole.
    """
    if near is not None and near.content == content:
        return near
    where = places(content)
    if near is not None and near.where is not None and where is not None:
        found = _read_from(near, near.where, content, where)
        if found is not None:
            return found
    reading = read_store(content, name, marks)
    return Version(content, reading.workspace, where, len(reading.findings))


def _read_from(near: Version, known: Places, content: bytes, where: Places) -> Version | None:
    """The version, by reading only the records in which it is not like the near one; None where that is no use."""
    if _texts(content, where, META) != _texts(near.content, known, META):
        return None
    changed = {table: dict(_changed(near.content, known, content, where, table)) for table in TABLES}
    count = sum(map(len, changed.values()))
    if count > _MOST_CHANGED * sum(map(len, where.values())):
        return None
    texts = {table: {key: text for key, text in there.items() if text is not None} for table, there in changed.items()}
    try:
        # A store of its own, so that these records are read by the strict reader like any others.
        reading = read_store(store_text({META: _texts(content, where, META), **texts}), "", {})
    except UnreadableStoreError:
        return None
    records: dict[str, dict[int, Record | None]] = {
        table: {int(key): reading.workspace.get(table, int(key)) for key in there if is_key(key)}
        for table, there in changed.items()
        if there and table != "settings"
    }
    if changed["settings"]:
        records["settings"] = {SETTINGS_ID: reading.workspace.settings or Settings()}
    return Version(content, near.workspace.with_records(records), where, len(reading.findings))


def _texts(content: bytes, where: Places, table: str) -> dict[str, bytes]:
    return {key: content[start:end] for key, (start, end) in where.get(table, {}).items()}


def _changed(
    before: bytes, known: Places, content: bytes, where: Places, table: str
) -> Iterator[tuple[str, bytes | None]]:
    """The records of a table that are not the same in both, with their new text; None for those that are gone."""
    old, new = known.get(table, {}), where.get(table, {})
    for key, (start, end) in new.items():
        text = content[start:end]
        place = old.get(key)
        if place is None or before[place[0] : place[1]] != text:
            yield key, text
    for key in old.keys() - new.keys():
        yield key, None
