"""Made-up histories: a store, and what two leads made of it on two branches."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from store.disk.canonical import record_text
from store.disk.reading.slicing import spliced
from store.models import TABLES, Json, Workspace
from tests.proofs.leads import Do, Lead
from tests.proofs.oracle import Tables, Truth, truth
from tests.proofs.stores import LEADS, made_store, text_of


@dataclass(frozen=True)
class History:
    """The text of a store, the texts of two branches, and what their merge must come to."""

    base: bytes
    ours: bytes
    theirs: bytes
    truth: Truth
    done: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Shape:
    """How large the stores are, how many edits a branch has, and which."""

    items: int
    decisions: int
    goals: int
    edits: int
    mix: Mapping[Do, int]


def histories(seed: str, count: int, shape: Shape, each: int = 25) -> Iterator[History]:
    """Histories of one shape, always the same for one seed; `each` of them start from the same store."""
    for number in range(count):
        random = Random(f"{seed} {number // each}")  # noqa: S311 - the same every time
        if number % each == 0:
            base = made_store(random, shape.items, shape.decisions, shape.goals)
            text = text_of(base)
        random = Random(f"{seed} edits {number}")  # noqa: S311
        leads = [Lead(name, base, random) for name in random.sample(LEADS, 2)]
        sides = [lead.edit(shape.edits, shape.mix) for lead in leads]
        changed = [changes(base, side) for side in sides]
        ours, theirs = (spliced(text, texts_of(side)) for side in changed)
        said = truth(*_three(base, changed[0], changed[1]))
        yield History(text, ours, theirs, said, (tuple(leads[0].done), tuple(leads[1].done)))


Changes = Mapping[str, Mapping[str, Mapping[str, Json] | None]]
"""The raw fields of the records that changed, by table and key; None where one was taken out."""


def changes(before: Workspace, after: Workspace) -> Changes:
    """What changed between two workspaces."""
    found: dict[str, dict[str, Mapping[str, Json] | None]] = {}
    for table in TABLES:
        old, new = before.table(table), after.table(table)
        if old is new:
            continue
        differing = {number: new[number].raw() for number in new if old.get(number) is not new[number]}
        gone = {number: None for number in old if number not in new}
        if differing or gone:
            found[table] = {str(number): fields for number, fields in {**differing, **gone}.items()}
    return found


def texts_of(changed: Changes) -> dict[str, dict[str, bytes | None]]:
    """The canonical text of every record that changed."""
    return {
        table: {key: None if fields is None else record_text(table, key, fields) for key, fields in records.items()}
        for table, records in changed.items()
    }


def _three(base: Workspace, one: Changes, two: Changes) -> tuple[Tables, Tables, Tables]:
    """Base and both sides, as raw records, of all that either side changed."""
    keys = {(table, key) for side in (one, two) for table, records in side.items() for key in records}
    before: dict[str, dict[str, Mapping[str, Json]]] = {}
    for table, key in keys:
        record = base.get(table, int(key))
        if record is not None:
            before.setdefault(table, {})[key] = record.raw()
    return before, _side(keys, before, one), _side(keys, before, two)


def _side(keys: set[tuple[str, str]], before: Tables, changed: Changes) -> Tables:
    side: dict[str, dict[str, Mapping[str, Json]]] = {}
    for table, key in keys:
        there = changed.get(table, {})
        fields = there[key] if key in there else before.get(table, {}).get(key)
        if fields is not None:
            side.setdefault(table, {})[key] = fields
    return side


def tables_of(text: bytes) -> Tables:
    """The raw tables of a text.

    Raises:
        ValueError: it is no JSON, or says one key twice.
    """
    found: Tables = json.loads(text, object_pairs_hook=_once)
    return found


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        message = "a key is there twice"
        raise ValueError(message)
    return fields
