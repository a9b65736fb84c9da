"""Reading only what differs from a text that is known to be good.

A strict reading looks at every letter. After a pull a few records are other ones, and all others stand there letter by
letter as they did; nothing new can be found out about those.
"""

from collections.abc import Mapping
from itertools import pairwise

from store.disk.canonical import META, META_KEY, Text, record_text, store_pieces
from store.disk.reading.sifting import Sifting
from store.disk.reading.slicing import Places, places
from store.disk.writing.patching import Changes
from store.errors import UnreadableStoreError
from store.models import TABLES, Place, Record


def differing(content: bytes, known: bytes) -> Changes | None:
    """The records in which a text differs from one that is canonical and in which nothing is wrong.

    Args:
        content: any bytes.
        known: a canonical text that a strict reading found nothing wrong with.

    Returns:
        What has to be put in or (None) taken out of the known text to have the other. None where that is not
        canonical, or something is wrong in it: only a reading of the whole can say what.
    """
    here, there = places(content), places(known)
    if here is None or there is None or not _is_laid_out(content, here):
        return None
    if list(here[META]) != [META_KEY] or _only(content, here[META]) != _only(known, there[META]):
        return None
    new: dict[str, dict[str, Text]] = {}
    changes: dict[str, dict[int, Record | None]] = {}
    for table in TABLES:
        old = there[table]
        for key, (start, end) in here[table].items():
            was = old.get(key)
            if was is None or known[was[0] : was[1]] != content[start:end]:
                new.setdefault(table, {})[key] = content[start:end]
        if gone := old.keys() - here[table].keys():
            changes[table] = dict.fromkeys(map(int, gone))
    records = _read(new, _only(content, here[META]))
    if records is None:
        return None
    for table, found in records.items():
        changes.setdefault(table, {}).update(found)
    return changes


def _is_laid_out(content: bytes, where: Places) -> bool:
    """Whether there is nothing between the records but what a canonical text has there, and all are in order."""
    if list(where) != [META, *TABLES]:
        return False
    at = 2
    for table, records in where.items():
        heading = b'"%b": {\n' % table.encode()
        if not content.startswith(heading, at):
            return False
        at += len(heading)
        if records:
            numbers = list(map(int, records))
            if next(iter(records.values()))[0] != at or any(one >= other for one, other in pairwise(numbers)):
                return False
            # Past the brace and the line end of the last record.
            at = next(reversed(records.values()))[1] + 1
        # Past the brace of the table, the comma and the line end.
        at += 3
    return at == len(content) - 1


def _only(content: bytes, records: Mapping[str, Place]) -> bytes:
    """The text of the one record of a table."""
    start, end = records[META_KEY]
    return content[start:end]


def _read(new: Mapping[str, Mapping[str, Text]], meta: bytes) -> Mapping[str, Mapping[int, Record]] | None:
    """Records read as strictly as any; None if one of them cannot be used, or is not written as we write it."""
    if not new:
        return {}
    try:
        sifting = Sifting(b"".join(store_pieces({META: {META_KEY: meta}, **new})), "")
    except UnreadableStoreError:
        return None
    if sifting.findings or sifting.others.keys() - {META}:
        return None
    for table, texts in new.items():
        records = sifting.records.get(table, {})
        for key, text in texts.items():
            record = records.get(int(key))
            if record is None or record_text(table, key, record.raw()) != text:
                return None
    return sifting.records
