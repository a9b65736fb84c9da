import difflib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.disk.canonical import entry_text, is_key, record_text, safe, store_text
from store.models import TABLES, Conflict, Item, Record, Standing, always_written
from tests.store.disk.records import FULL_ITEM, NOON, ONE_OF_EACH, item
from tests.store.disk.stores import json_of, read, text_of
from tests.store.disk.strategies import LINES, STORES

DANGEROUS = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9\ufdd0\uffff",
    *("\U0001fffe", "\U0010ffff", "\U000e0001", "\U000e0041"),
]
HARMLESS = ["é", "漢", "👩‍👧", "❤️", "नमस्‌ते", "\U000e0100"]


def lines_of(*records: Record) -> list[str]:
    tables: dict[str, list[Record]] = {}
    for record in records:
        tables.setdefault(next(name for name, model in TABLES.items() if type(record) is model), []).append(record)
    return text_of(tables).decode().split("\n")


def changed_lines(before: Record, after: Record) -> tuple[int, int]:
    """How many lines an edit takes away and adds."""
    diff = list(difflib.ndiff(lines_of(before), lines_of(after)))
    return sum(line.startswith("- ") for line in diff), sum(line.startswith("+ ") for line in diff)


def test_a_record_is_laid_out_as_documented() -> None:
    assert (
        bytes(entry_text("items", str(FULL_ITEM.id), FULL_ITEM)).decode()
        == """\
"18533187727534": {
  "title": "Move the billing queue",

  "kind": "chore",

  "stage": {"is": "doing", "since": "2026-03-02T12:00:00Z", "by": "bo"},

  "past_moves": [{"is": "inbox", "since": "2026-03-02T12:00:00Z", "by": "ana"},
    {"is": "ready", "since": "2026-03-02T12:00:00Z", "by": "ana"}],

  "source": {"system": "github:acme/shop", "key": "12", "url": "https://example.com/12"},

  "horizon": "now",

  "requester": "li",

  "verdict": {"is": "now", "reason": "promised", "at": "2026-03-02T12:00:00Z", "by": "ana"},

  "owner": "bo",

  "goals": [{"goal": 17592186044417, "strength": 3}],

  "size": 5,

  "ratings": {"confidence": 80, "urgency": 4},

  "team": 17592186044420,

  "tags": ["infra", "q2"],

  "due": "2026-04-01",

  "depends_on": [17592186044430, 17592186044431],

  "blocked": [{"since": "2026-03-02T12:00:00Z", "until": "2026-03-02T12:00:00Z", \
"reason": "waits for a contract", "by": "bo"}],

  "aliases": [17592186044881],

  "archived": {"at": "2026-03-02T12:00:00Z", "by": "ana"},

  "body": [
    "First line",
    "",
    "- second"
  ],

  "created": {"at": "2026-03-02T12:00:00Z", "by": "ana"}
}"""
    )


def test_a_record_that_several_people_edit_has_a_line_for_each_field_before_it_holds_anything() -> None:
    assert (
        bytes(entry_text("items", "5", item(5))).decode()
        == """\
"5": {
  "title": "Move the billing queue",

  "kind": "feature",

  "stage": {"is": "inbox", "since": "2026-03-02T12:00:00Z", "by": "ana"},

  "past_moves": [],

  "horizon": null,

  "requester": "",

  "verdict": null,

  "owner": "",

  "goals": [],

  "size": null,

  "ratings": {},

  "team": null,

  "tags": [],

  "due": null,

  "depends_on": [],

  "blocked": [],

  "archived": null,

  "body": [],

  "created": {"at": "2026-03-02T12:00:00Z", "by": "ana"}
}"""
    )


def test_an_empty_store_has_every_table_so_that_two_first_records_merge() -> None:
    assert (
        text_of({}).decode()
        == """\
{
"meta": {
"1": {
  "app": "leadline",

  "schema": 2
}
},
"settings": {
"1": {
}
},
"conflicts": {
},
"goals": {
},
"decisions": {
},
"standards": {
},
"teams": {
},
"sessions": {
},
"items": {
}
}
"""
    )


def test_records_stand_by_number_not_by_letter() -> None:
    text = text_of({"items": [item(100), item(9), item(20)]}).decode()
    assert [line for line in text.split("\n") if line.startswith('"') and line[1].isdigit()][2:] == [
        '"9": {',
        '"20": {',
        '"100": {',
    ]


@pytest.mark.parametrize("table", ONE_OF_EACH)
def test_every_field_of_every_table_comes_back(table: str) -> None:
    record = ONE_OF_EACH[table]
    empty = {name for name, field in type(record).model_fields.items() if dict(record)[name] == field.default}
    # The sample has nothing to say about these; all others are filled, so that none can be forgotten.
    assert empty <= {"id", "scoring", "stages", "answer_days", "stale_days", "base", "origin", "status", "obligation"}
    assert read(text_of({table: [record]})).workspace.get(table, record.id) == record


@settings(max_examples=150, deadline=None)
@given(STORES)
def test_what_is_written_and_read_is_written_the_same_again(tables: dict[str, list[Record]]) -> None:
    content = text_of(tables)
    reading = read(content)
    assert reading.findings == ()
    for table, records in tables.items():
        assert reading.workspace.table(table) == {record.id: record for record in records}
    assert text_of({table: reading.workspace.table(table).values() for table in TABLES}) == content


@settings(max_examples=50, deadline=None)
@given(STORES)
def test_inside_a_record_every_line_is_blank_or_indented(tables: dict[str, list[Record]]) -> None:
    for table, records in tables.items():
        for record in records:
            inner = bytes(entry_text(table, "1", record)).decode().split("\n")[1:-1]
            assert all(not line or line.startswith("  ") for line in inner)


EDITS: list[tuple[str, dict[str, Any]]] = [
    (table, {name: value})
    for table, record in ONE_OF_EACH.items()
    for name, value in dict(record).items()
    if value != type(record).model_fields[name].default and not type(record).model_fields[name].is_required()
]


@pytest.mark.parametrize(("table", "edit"), EDITS, ids=[f"{table}-{next(iter(edit))}" for table, edit in EDITS])
def test_filling_or_clearing_one_field_changes_one_or_two_lines(table: str, edit: dict[str, Any]) -> None:
    full = ONE_OF_EACH[table]
    name, value = next(iter(edit.items()))
    field = type(full).model_fields[name]
    cleared = full.with_(**{name: field.get_default(call_default_factory=True)})
    entries = len(value) if isinstance(value, tuple) and name not in {"goals", "supersedes"} else 1
    text_lines = (
        len(value.split("\n")) + 2 if isinstance(value, str) and f'"{name}": [\n' in "\n".join(lines_of(full)) else 0
    )
    taken, added = changed_lines(cleared, full)
    # The last field of a record has no comma, so that a field after it touches one line more.
    assert taken <= 1
    assert added - taken <= max(entries, text_lines) + 1


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["title", "requester", "owner"]),
    LINES.filter(lambda text: bool(text.strip())),
    LINES.filter(lambda text: bool(text.strip())),
)
def test_changing_a_line_of_text_changes_one_line(field: str, before: str, after: str) -> None:
    taken, added = changed_lines(FULL_ITEM.with_(**{field: before}), FULL_ITEM.with_(**{field: after}))
    assert taken == added <= 1


def test_a_move_changes_the_stage_and_adds_one_line() -> None:
    once = item(18533187727534).moved("ready", NOON, "bo")
    assert changed_lines(item(18533187727534), once) == (2, 2)  # the stage, and the line that held no past move
    twice = once.moved("doing", NOON, "bo")
    assert changed_lines(once, twice) == (2, 3)  # the stage, a comma for the past move before, the new past move


def test_one_line_changed_in_a_long_text_changes_one_line() -> None:
    after = FULL_ITEM.with_(body=FULL_ITEM.body.replace("First", "Only"))
    assert changed_lines(FULL_ITEM, after) == (1, 1)


@pytest.mark.parametrize("letter", DANGEROUS, ids=[f"U+{ord(letter):04X}" for letter in DANGEROUS])
def test_dangerous_characters_are_escaped_and_mean_the_same(letter: str) -> None:
    text = record_text("items", "1", {"note": f"a{letter}b", f"n{letter}": 1}).decode()
    assert letter not in text.replace("\n", "") if letter == "\n" else letter not in text
    assert json.loads(f"{{{text}}}")["1"] == {**always_written("items"), "note": f"a{letter}b", f"n{letter}": 1}


@pytest.mark.parametrize("text", HARMLESS)
def test_scripts_and_emoji_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_half_characters_are_escaped() -> None:
    assert b'"\\ud83d"' in record_text("items", "1", {"note": "\ud83d"})


def test_unknown_fields_stand_last_by_name_and_unknown_tables_after_ours() -> None:
    record = item(5).with_(zeta=1, alpha=[1, 2], beta=["a", "b"], gamma={"b": 1, "a": 2})
    assert (
        bytes(entry_text("items", "5", record))
        .decode()
        .endswith("""\
"by": "ana"},

  "alpha": [1, 2],

  "beta": ["a",
    "b"],

  "gamma": {"b": 1, "a": 2},

  "zeta": 1
}""")
    )


def test_tables_and_fields_nobody_knows_stand_by_name() -> None:
    strict = read(json_of({"zoo": {"2": {"b": 1, "a": 2}}, "ark": {}, "items": {"5": item(5).raw()}}))
    assert strict.entries is not None
    texts = {
        table: {key: entry_text(table, key, entry) for key, entry in entries.items()}
        for table, entries in strict.entries.items()
    }
    known = text_of({"items": [item(5)]}).replace(b'"settings": {\n"1": {\n}\n}', b'"settings": {\n}')
    assert store_text(texts) == known[:-3] + b',\n"ark": {\n},\n"zoo": {\n"2": {\n  "a": 2,\n\n  "b": 1\n}\n}\n}\n'


def test_a_list_of_one_kind_of_conflict_keeps_nothing_apart() -> None:
    conflict = Conflict(id=7, table="items", record=5, field="body", base=["a"], sides=(["b"], {"x": None}))
    assert Conflict.model_validate({"id": 7, **conflict.raw()}) == conflict


@pytest.mark.parametrize("key", ["1", "18533187727534", str(2**53 - 1)])
def test_ids_in_their_one_true_form_are_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key", ["", "0", "007", "-1", "+1", "1_0", " 8", "8 ", "٣", "１２", "1.0", "1e3", "abc", str(2**53), "9" * 40]
)
def test_other_keys_are_none(key: str) -> None:
    assert not is_key(key)


def test_an_item_that_moved_back_and_forth_keeps_every_move() -> None:
    moved = item(5).moved("ready", NOON, "bo").moved("inbox", NOON, "ana").moved("done", NOON, "ana")
    back = read(text_of({"items": [moved]})).workspace.items[5]
    assert back.moves == (
        Standing(stage="inbox", since=NOON, by="ana"),
        Standing(stage="ready", since=NOON, by="bo"),
        Standing(stage="inbox", since=NOON, by="ana"),
        Standing(stage="done", since=NOON, by="ana"),
    )
    assert isinstance(back, Item)
