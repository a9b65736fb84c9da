"""From the schema of an earlier leadline to the newest one, step by step.

A step changes one record at a time and looks at nothing else: so a version that git keeps can be read in part, and the
sides of a merge record by record. Steps are never changed once they are out, since files of every schema are about.
They spell out what they need and ask no model, because models go on.

To add a schema: one more `Step` at the end of `STEPS`, and a file of the schema before it in the fixtures of the tests.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, META_KEY, Fields
from store.models import Json


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one schema to the next.

    Args:
        sentence: what it does, for people.
        change: makes of the table and the raw fields of a record those of the next schema; the fields that were given
            stay as they are, and a record with nothing to change comes back as the same object. It never fails, and
            keeps what it does not know: a record that is not sound is set aside afterwards, as any other.
    """

    sentence: str
    change: Callable[[str, Fields], Fields]


_LINES_OF_2: Final[Mapping[str, Fields]] = {
    "items": {
        "kind": "feature",
        "past_moves": [],
        "horizon": None,
        "requester": "",
        "verdict": None,
        "owner": "",
        "goals": [],
        "size": None,
        "ratings": {},
        "team": None,
        "tags": [],
        "due": None,
        "depends_on": [],
        "blocked": [],
        "archived": None,
        "body": [],
    },
    "goals": {
        "origin": "company",
        "status": "active",
        "parent": None,
        "weight": 1,
        "said_by": "",
        "share": None,
        "owner": "",
        "key_results": [],
        "due": None,
        "teams": [],
        "guideline": "",
        "archived": None,
        "body": [],
    },
    "decisions": {
        "owner": "",
        "decide_by": None,
        "default": "",
        "is_reversible": None,
        "review_on": None,
        "trigger": "",
        "deciders": [],
        "consulted": [],
        "informed": [],
        "items": [],
        "goals": [],
        "standards": [],
        "supersedes": [],
        "drivers": [],
        "options": [],
        "chosen": "",
        "expectation": None,
        "outcome_seen": "",
        "archived": None,
        "context": [],
        "because": [],
        "consequences": [],
        "confirmation": [],
        "more": [],
    },
}
"""What stands in schema 2 where a field holds nothing; schema 1 left it out."""


def _with_every_line(table: str, fields: Fields) -> Fields:
    lines = _LINES_OF_2.get(table, {})
    return fields if lines.keys() <= fields.keys() else {**lines, **fields}


STEPS: Final = (
    Step(
        "items, goals and decisions get a line for each field, also an empty one, so that git merges more; no value"
        " changes",
        _with_every_line,
    ),
)
"""The first leads from schema 1 to schema 2, and so on."""

SCHEMA: Final = len(STEPS) + 1
"""The newest schema, which is the one that is written."""


def migrated(table: str, key: str, fields: Fields, schema: int, to: int = SCHEMA) -> Fields:
    """The raw fields of a record in a newer schema; the same object where nothing about them is another.

    Args:
        table: the table it is in.
        key: its key.
        fields: its fields as they stand in the file; they are not changed.
        schema: the schema of the file; one that is not older than `to` is left as it is.
        to: the schema wanted.
    """
    if schema >= to:
        return fields
    if (table, key) == (META, META_KEY):
        return {**fields, "schema": to}
    for step in STEPS[schema - 1 : to - 1]:
        fields = step.change(table, fields)
    return fields


def steps_in_words(tables: Mapping[str, Mapping[str, Json]], schema: int) -> Iterator[str]:
    """What will be done to a store, one sentence for each step, with how many records it changes.

    Args:
        tables: the raw fields of its records by table and key; what is no object of fields stays as it is. Without any
            the sentences count nothing.
        schema: the schema of the store.
    """
    places = [(table, key) for table, records in tables.items() if table != META for key in records]
    records = [(table, value) for table, key in places if isinstance(value := tables[table][key], Mapping)]
    for number, step in enumerate(STEPS[schema - 1 :], start=schema + 1):
        after = [(table, step.change(table, fields)) for table, fields in records]
        changed = sum(new is not old for (_, new), (_, old) in zip(after, records, strict=True))
        yield f"Schema {number}: {step.sentence}.{_counted(changed, len(places))}"
        records = after


def schema_of(meta: Json) -> int:
    """The schema that the raw meta record of a store names; the newest where it names none that can be."""
    schema = meta.get("schema") if isinstance(meta, Mapping) else None
    return schema if isinstance(schema, int) and not isinstance(schema, bool) and schema > 0 else SCHEMA


def _counted(changed: int, there: int) -> str:
    if not there:
        return ""
    return f" {changed:,} of {there:,} records get other fields."
