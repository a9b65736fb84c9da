"""Whether the records that were not touched are still to be had: by reading the file, or by the plan to mend it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from store.disk.mending import Mending, mending_of
from store.disk.reading.reading import Reading, read_store
from store.errors import UnreadableStoreError
from store.models import Json, Record, always_written
from tests.proofs.fuzz.origins import Origin, Untouched
from tests.proofs.fuzz.spoiling import Spoilt
from tests.store.disk.mending.sources import MadeUp

PATH: Final = Path("/nowhere/leadline.json")
READ, MENDED, REFUSED = "read", "mended", "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a spoilt store was taken, and what is wrong with that; empty where nothing is."""

    way: str
    wrong: str = ""


def outcome_of(origin: Origin, spoilt: Spoilt, sources: MadeUp, *, is_thorough: bool) -> Outcome:
    """Reads a spoilt store; where that leaves out a record that nobody touched, mends it.

    Args:
        origin: what the store was.
        spoilt: what became of it.
        sources: other versions of it.
        is_thorough: whether a store that can be read is mended as well, and the mended one once more.
    """
    untouched = [record for record in origin.records if not _is_touched(record, spoilt)]
    reading = _read(spoilt.content)
    if reading is not None and not is_thorough and not list(_missing(untouched, reading)):
        return Outcome(READ)
    try:
        mending = mending_of(PATH, spoilt.content, sources)
    except UnreadableStoreError as error:
        is_none_of_ours = any(start < origin.meta[1] and end > origin.meta[0] for start, end in spoilt.touched)
        problem = "" if is_none_of_ours or not untouched else f"nothing is mended: {error}"
        return Outcome(REFUSED, problem)
    if mending is None:
        missing = "no plan" if reading is None else ", ".join(_missing(untouched, reading))
        return Outcome(READ, missing)
    return Outcome(MENDED, _wrong_with(mending, untouched, spoilt, sources, is_thorough=is_thorough))


def _wrong_with(
    mending: Mending, untouched: list[Untouched], spoilt: Spoilt, sources: MadeUp, *, is_thorough: bool
) -> str:
    after = _read(mending.text)
    if after is None:
        return "the mended store cannot be read"
    problems = list(_missing(untouched, after))
    if not mending.sentences:
        problems.append("the plan says nothing")
    problems += [f"“{word}” of one side is gone" for word in spoilt.words if word.encode() not in mending.text]
    if not mending.refusal and is_thorough and mending_of(PATH, mending.text, sources) is not None:
        problems.append("mended once more it is another")
    return ", ".join(problems)


def _read(content: bytes) -> Reading | None:
    try:
        return read_store(content, PATH.name, {})
    except UnreadableStoreError:
        return None


def _is_touched(record: Untouched, spoilt: Spoilt) -> bool:
    return any(
        (start < record.end and end > record.start) or record.start < start == end < record.end
        for start, end in spoilt.touched
    )


def _missing(untouched: list[Untouched], reading: Reading) -> Iterator[str]:
    """The records that are not there with all they say."""
    for record in untouched:
        if not _is_there(_bare(record), reading):
            yield f"{record.key} of {record.table}"


def _is_there(record: Untouched, reading: Reading) -> bool:
    there = _fields(reading, record.table, record)
    if record.fields in there:
        return True
    tables = {*(reading.entries or ()), *(table for table, _ in reading.kept)}
    if any(record.fields in _fields(reading, table, record) for table in tables):
        # The line that opens its table may be what was touched; it is kept for a person to put it back.
        return True
    # Another record may stand under its key: then what they say differently waits for a person.
    waiting = _line([conflict.raw() for conflict in reading.workspace.conflicts.values()])
    return bool(there) and all(
        _says(there[0].get(name), value) or _line(value) in waiting for name, value in record.fields.items()
    )


def _bare(record: Untouched) -> Untouched:
    """The same without the fields that stand there though they hold nothing."""
    return replace(record, fields=_without(record.fields, always_written(record.table)))


def _without(fields: dict[str, Json], nothing: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if name not in nothing or nothing[name] != value}


def _fields(reading: Reading, table: str, record: Untouched) -> list[dict[str, Json]]:
    """The fields of one record, used or set aside; several where it stands there more than once."""
    return [
        _without(fields, {**always_written(table), **always_written(record.table)})
        for fields in _raw(reading, table, record.key)
    ]


def _raw(reading: Reading, table: str, key: str) -> list[dict[str, Json]]:
    entry = (reading.entries or {}).get(table, {}).get(key)
    if isinstance(entry, Record):
        return [entry.raw()]
    if isinstance(entry, dict):
        return [entry]
    text = entry if isinstance(entry, (bytes, memoryview)) else reading.kept.get((table, key))
    if text is None:
        return []
    try:
        pairs = json.loads(b"{%b}" % bytes(text), object_pairs_hook=_pairs)
    except ValueError:
        return []
    values = pairs.values() if isinstance(pairs, dict) else (value for _, value in pairs)
    return [value for value in values if isinstance(value, dict)]


def _pairs(pairs: list[tuple[str, Json]]) -> Json:
    """An object, or its pairs where a name stands there twice."""
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else pairs


def _line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _says(there: Json, value: Json) -> bool:
    """Whether a value is that, or a list that has all of it."""
    if isinstance(there, list) and isinstance(value, list):
        return all(entry in there for entry in value)
    return bool(there == value)
