"""Stores in canonical text, the same stores as any other program may lay them out, and single edits of a record."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import takewhile
from random import Random
from typing import Final

from store.disk.reading.reading import read_store
from store.disk.writing.laying_out import laid_out
from store.hidden import HIDDEN
from store.models import DEFAULT_STAGES, TABLES, Json, MergeRule, rules_of
from tests.proofs.oracle import Fields
from tests.proofs.raw_edits import FIELDS
from tests.proofs.stores import LEADS, some_words
from tests.proofs.triples import Store, made, new_key, new_record, text_of
from tests.store.disk.records import ONE_OF_EACH

NAME: Final = "leadline.json"
SAMPLES: Final[Mapping[str, Fields]] = {
    **{table: record.raw() for table, record in ONE_OF_EACH.items()},
    "settings": {
        **ONE_OF_EACH["settings"].raw(),
        "stages": [stage.model_dump(mode="json") for stage in DEFAULT_STAGES],
    },
}
"""A record of every table with every field filled."""

FIELDS_OF_ALL: Final = tuple((table, name) for table in TABLES for name in (*rules_of(table), "x-newer"))
"""Every field of every table, and one that nobody knows."""

_ENTRY_A_LINE: Final = {MergeRule.LOG, MergeRule.LINES, MergeRule.UNIT}
_ODD: Final = (*'\x00\x1b\x7f\x85\u2028\u202e\u2066\ufeff\U000e0041"\\/é漢', "👩‍👧", "İ", "ß", HIDDEN[:3])


def states(seed: str, numbers: range) -> Iterator[tuple[Store, bytes]]:
    """Stores as raw records, and their canonical texts, always the same for one seed."""
    for number in numbers:
        random = Random(f"{seed} {number}")  # noqa: S311 - the same every time
        store = made(random)
        for table in random.sample(sorted(SAMPLES), 2):
            if table != "settings":
                store.setdefault(table, {})[new_key(random)] = record_of(random, table)
        if random.random() < 0.5:
            for records in store.values():
                for key, fields in records.items():
                    records[key] = _with_odd_letters(random, fields)
        if random.random() < 0.2:
            store["x-" + random.choice(_ODD)] = {}
        # What people type is put into its one form by the first reading; from then on nothing may change any more.
        yield store, laid_out(read_store(text_of(store), NAME, {}))


def record_of(random: Random, table: str) -> Fields:
    """A record with some of its fields."""
    sample = SAMPLES[table]
    least = new_record(random, table, filled=random.randint(0, 4)) if table in FIELDS and table != "settings" else {}
    needed = {name for name in sample if name not in least} if table == "conflicts" else set()
    taken = needed | set(random.sample(sorted(sample), random.randint(0, len(sample))))
    return {**{name: value for name, value in sample.items() if name in taken}, **least}


def _with_odd_letters(random: Random, fields: Fields) -> Fields:
    texts = ("title", "team", "agenda", "owner", "text", "x-newer")
    places = [name for name in texts if isinstance(fields.get(name), str)]
    return {**fields, **{name: f"{fields[name]} {random.choice(_ODD)}x" for name in places}}


def of_others(random: Random, text: bytes) -> bytes:
    """The same store as another program writes it: tables, records and fields in any order."""
    tables = json.loads(text)
    mixed = {
        table: {key: dict(_mixed(random, fields)) for key, fields in _mixed(random, records)}
        for table, records in _mixed(random, tables)
    }
    indent, is_ascii = random.choice((None, 1, "\t")), random.random() < 0.5
    return json.dumps(mixed, indent=indent, ensure_ascii=is_ascii).encode()


def _mixed(random: Random, fields: Mapping[str, Json]) -> list[tuple[str, Json]]:
    pairs = list(fields.items())
    random.shuffle(pairs)
    return pairs


def edited_once(random: Random, table: str, fields: Fields, name: str) -> Fields:
    """A record after one edit of a field: another value, none, or one entry of a list more, less or other."""
    rule = rules_of(table).get(name)
    present = fields.get(name)
    sample = SAMPLES[table].get(name, some_words(random))
    value: Json
    if isinstance(sample, list) and rule in _ENTRY_A_LINE:
        value = _list_edited(random, list(present or ()), sample)
    elif present not in (None, sample) and random.random() < 0.5:
        value = None
    elif name in FIELDS.get(table, {}) and random.random() < 0.7:
        value = FIELDS[table][name](random, present)
    else:
        value = sample if sample != present else None
    rest = {other: there for other, there in fields.items() if other != name}
    return rest if value is None else {**rest, name: value}


def _list_edited(random: Random, entries: list[Json], sample: list[Json]) -> Json:
    entry = random.choice(sample)
    new = some_words(random) if isinstance(entry, str) else {**entry, "by": random.choice(LEADS)}
    where = random.randrange(len(entries)) if entries else 0
    kind = random.choice(("append", "insert", "alter", "remove")) if entries else "append"
    if kind == "remove":
        return [*entries[:where], *entries[where + 1 :]] or None
    if kind == "append":
        return [*entries, new]
    return [*entries[:where], new, *entries[where + (kind == "alter") :]]


def lines_changed(before: bytes, after: bytes) -> tuple[int, int]:
    """How many lines with something on them an edit takes away and adds; the edit is in one place."""
    old, new = before.splitlines(), after.splitlines()
    alike = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False)))
    old, new = old[alike:], new[alike:]
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    return sum(map(bool, old)), sum(map(bool, new))


def digest(seed: str, count: int) -> str:
    """What many texts come to, those of other layouts among them: the same on every machine."""
    found = hashlib.sha256()
    random = Random(seed)  # noqa: S311 - the same every time
    for _, text in states(seed, range(count)):
        found.update(text)
        found.update(laid_out(read_store(of_others(random, text), NAME, {})))
    return found.hexdigest()
