import gc
import json
from typing import Any

import pytest

from store.disk.files import sha256_of
from store.disk.keeping.known import Mark
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading
from store.errors import UnreadableStoreError
from store.findings import Severity
from store.models import Settings
from tests.store.disk.records import FULL_ITEM, NOON, ONE_OF_EACH, item
from tests.store.disk.stores import META_FIELDS, json_of, of_schema, read, text_of

GOOD: dict[str, Any] = {
    "title": "Move the billing queue",
    "created": {"at": "2026-03-02T12:00:00Z", "by": "ana"},
    "stage": {"is": "inbox", "since": "2026-03-02T12:00:00Z", "by": "ana"},
}


def sole_finding(reading: Reading) -> str:
    assert len(reading.findings) == 1, reading.findings
    return reading.findings[0].message


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableStoreError) as error:
        read(content)
    assert error.value.hint
    return error.value.message


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_any_layout_is_read(indent: int | None) -> None:
    reading = read(json_of({"items": {"5": GOOD}}, indent))
    assert reading.findings == ()
    assert reading.workspace.items == {5: item(5)}


def test_carriage_returns_and_a_byte_order_mark_are_read() -> None:
    content = b"\xef\xbb\xbf" + text_of({"items": [item(5)]}).replace(b"\n", b"\r\n")
    assert read(content).workspace.items == {5: item(5)}


def test_a_store_without_settings_has_the_usual_ones() -> None:
    assert read(json_of({})).workspace.settings == Settings()


def test_unknown_fields_and_tables_are_kept() -> None:
    reading = read(
        json_of({"items": {"5": {**GOOD, "mood": {"is": "good"}}}, "weather": {"1": {"sun": True}}, "empty": {}})
    )
    assert reading.findings == ()
    assert reading.workspace.items[5].raw()["mood"] == {"is": "good"}
    assert reading.entries is not None
    assert reading.entries["weather"] == {"1": {"sun": True}}
    assert reading.entries["empty"] == {}


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"title": "x"}, "stage"),
        ({**GOOD, "title": ""}, "title"),
        ({**GOOD, "title": "x" * 501}, "title"),
        ({**GOOD, "size": 0}, "size"),
        ({**GOOD, "created": {"at": "yesterday"}}, "created at"),
        ({**GOOD, "tags": "infra"}, "tags"),
        ({**GOOD, "id": 9}, "has a field “id”"),
        ([], "not an object"),
        (7, "not an object"),
        (None, "not an object"),
    ],
)
def test_a_bad_record_is_set_aside_and_hides_no_other(record: object, says: str) -> None:
    reading = read(json_of({"items": {"5": GOOD, "6": record, "7": GOOD}}))
    assert set(reading.workspace.items) == {5, 7}
    assert says in sole_finding(reading)
    finding = reading.findings[0]
    assert (finding.severity, finding.table, finding.record) == (Severity.ERROR, "items", 6)
    assert "6 of items" in finding.message
    assert json.loads(b"{%b}" % reading.kept["items", "6"])["6"] == record
    assert reading.mark is Mark.UNKNOWN


def test_a_bad_record_is_named_as_people_say_it() -> None:
    bad = {**GOOD, "title": "Fix  the\nlogin", "tags": 5}
    tables = {"items": {"5": GOOD, "6": bad}, "goals": {"7": {"title": 3}}, "weather": {"8": GOOD, "x": {"title": "y"}}}
    messages = [finding.message for finding in read(json_of(tables)).findings]
    assert messages[0].startswith("LL-0006 “Fix the login”, record 6 of items, line ")
    assert messages[0].endswith(" is set aside: tags: must be a list, but it is 5.")
    assert messages[1].startswith("G-0007, record 7 of goals, line ")
    assert messages[2].startswith("“y”, record x of weather, line ")

    tables["settings"] = {"1": {"prefix": "SHOP"}}
    assert read(json_of(tables)).findings[0].message.startswith("SHOP-0006 ")


@pytest.mark.parametrize("key", ["007", "0", "-5", "abc", " 8", "٣", str(2**53), ""])
def test_a_key_that_is_no_id_is_set_aside(key: str) -> None:
    reading = read(json_of({"items": {"5": GOOD, key: GOOD}}))
    assert set(reading.workspace.items) == {5}
    assert "not a whole number" in sole_finding(reading)
    assert reading.findings[0].record is None


def raw_item(inside: str) -> bytes:
    fields = json.dumps(GOOD)[:-1]
    return json_of({"items": {"5": GOOD, "6": "HERE"}}).replace(b'"HERE"', f"{fields}, {inside}}}".encode())


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ('"x": NaN', "NaN is not a number"),
        ('"x": -Infinity', "-Infinity is not a number"),
        ('"x": 1e999', "too large"),
        ('"x": 9007199254740992', "too large"),
        ('"x": -9007199254740992', "too large"),
        (f'"x": {"9" * 5000}', "too large"),
        ('"x": {"a": 1, "a": 2}', "“a” stands there twice"),
        ('"title": "again"', "“title” stands there twice"),
        (f'"x": {"[" * 40}{"]" * 40}', "nested more than 32 levels"),
    ],
)
def test_what_python_would_accept_in_silence_is_set_aside(inside: str, says: str) -> None:
    reading = read(raw_item(inside))
    assert set(reading.workspace.items) == {5}
    assert says in sole_finding(reading)
    assert inside.encode() in reading.kept["items", "6"]


@pytest.mark.parametrize(
    "inside",
    [
        '"tags": ["a\\ud800b"]',
        '"tags": ["a\\uDFFFb"]',
        '"weather": "\\udc00"',
        '"weather": {"a": [{"\\ud83d": 1}]}',
        '"created": {"at": "2026-03-02T12:00:00Z", "mood": "\\ud83d \\ude00"}',
    ],
)
@pytest.mark.parametrize("table", ["items", "weather"])
def test_a_record_with_half_a_character_is_set_aside(table: str, inside: str) -> None:
    reading = read(json_of({table: {"5": {"mark": 0}, "6": GOOD}}).replace(b'"mark": 0', inside.encode()))
    [finding] = reading.findings
    assert (finding.table, finding.record) == (table, 5)
    assert "half a character" in finding.message


def test_both_halves_together_are_a_character() -> None:
    reading = read(json_of({"items": {"5": {**GOOD, "tags": ["\U0001f600", "\\ud800"]}}}))
    assert reading.findings == ()
    assert reading.workspace.items[5].tags == {"\U0001f600", "\\ud800"}


def test_brackets_inside_text_are_no_depth() -> None:
    reading = read(json_of({"items": {"5": {**GOOD, "body": ["[" * 50, '"' + "{" * 50, "\\"]}}}))
    assert reading.findings == ()


def test_two_records_with_one_key_are_both_set_aside_and_both_kept() -> None:
    content = json_of({"items": {"5": GOOD, "6": GOOD}}).replace(b'"6"', b'"5"')
    reading = read(content)
    assert reading.workspace.items == {}
    assert [finding.record for finding in reading.findings] == [5, 5]
    assert reading.kept["items", "5"].count(b'"5": {') == 2


def test_a_table_that_stands_twice_is_read_as_one() -> None:
    content = json_of({"items": {"5": GOOD}, "other": {"6": GOOD}}).replace(b'"other"', b'"items"')
    assert set(read(content).workspace.items) == {5, 6}


def test_a_finding_names_the_line_of_the_field() -> None:
    content = text_of({"items": [item(5), item(6)]})
    lines = content.split(b"\n")
    wrong = max(number for number, line in enumerate(lines) if b'"stage"' in line)
    lines[wrong] = b'  "stage": 7,'
    finding = read(b"\n".join(lines)).findings[0]
    assert (finding.field, finding.line) == ("stage", wrong + 1)


def test_settings_are_one_record() -> None:
    reading = read(json_of({"settings": {"1": {"team": "Platform"}, "2": {"team": "Other"}}}))
    assert reading.workspace.settings.team == "Platform"
    assert "settings are one record" in sole_finding(reading)


def test_an_unknown_table_that_holds_no_records_is_kept_and_named() -> None:
    reading = read(json_of({"version": 3, "items": {"5": GOOD}}))
    assert set(reading.workspace.items) == {5}
    assert "“version” holds no records" in sole_finding(reading)
    assert reading.kept["version", None] == b"3"


def test_a_table_of_ours_that_holds_no_records_is_refused() -> None:
    assert "under “items”" in refusal(json_of({"items": []}))


@pytest.mark.parametrize("other", ["4", '{"1": {"sun": 1}}'])
def test_an_odd_table_that_stands_twice_is_refused(other: str) -> None:
    content = json_of({"version": 3, "x": "HERE"}).replace(b'"x": "HERE"', f'"version": {other}'.encode())
    assert "under “version”" in refusal(content)


def test_many_bad_records_are_told_with_their_lines() -> None:
    reading = read(json_of({"items": {str(number): {"title": 7} for number in range(1, 2001)}}, indent=1))
    lines = [finding.line for finding in reading.findings]
    assert lines == [10 + 3 * number for number in range(2000)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leadline.json is empty."),
        (b" \n", "leadline.json is empty."),
        (b"[]", "line 1, column 1"),
        (b"{}", "not a leadline store"),
        (b'{"_default": {"1": {"a": 1}}}', "not a leadline store"),
        (json_of({}).replace(b"leadline", b"todo"), "not a leadline store"),
        (b'{"meta": {"1": {"app": "leadline"}}}', "which schema"),
        (b'{"meta": {"1": {"app": "leadline", "schema": "1"}}}', "which schema"),
        (b'{"meta": {"1": {"app": "leadline", "schema": true}}}', "which schema"),
        (b'{"meta": {"1": {"app": "leadline", "schema": 0}}}', "which schema"),
        (json_of({}) + b"x", "after the end"),
        (text_of({})[:-30], "cannot be read at line"),
        (text_of({}).replace(b'"app"', b'"\xff"'), "not UTF-8 text: line 4"),
        (b"\x00\x01\x02", "line 1, column 1"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b'{"meta": {"1": ' + b"[" * 100_000, "nested too deeply at line 1"),
        (text_of({}).replace(b'"schema": ', b'"schema": 1,'), "cannot be read at line"),
        (b"{'meta': 1}", "a name in quotes is missing"),
        (b'{"meta" 1}', "a colon is missing"),
        (b'{"meta": {"1": {} "2": {}}}', "a comma or a closing brace is missing"),
    ],
)
def test_what_is_no_store_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    assert says in refusal(content)


@pytest.mark.parametrize("size", [7, 12])
@pytest.mark.parametrize("base", [b"", b"||||||| base\n"])
def test_an_unfinished_merge_is_named(size: int, base: bytes) -> None:
    ours, theirs = b"<" * size + b" HEAD\n", b"=" * size + b"\n"
    content = text_of({"items": [item(5)]}).replace(
        b'  "title": "Move the billing queue",\n',
        ours + b'  "title": "a",\n' + base + theirs + b'  "title": "b",\n' + b">" * size + b" theirs\n",
    )
    assert "holds a merge that was not finished: line" in refusal(content)


def test_text_that_looks_like_a_marker_is_none() -> None:
    record = item(5).with_(body="<<<<<<< HEAD\n=======\n>>>>>>> theirs")
    assert read(text_of({"items": [record]})).workspace.items[5] == record


def test_a_newer_schema_is_read_and_marked() -> None:
    reading = read(of_schema(json_of({"items": {"5": GOOD}}), SCHEMA + 1))
    assert reading.is_newer
    assert set(reading.workspace.items) == {5}


def test_known_bytes_take_the_quick_way_to_the_same_records() -> None:
    content = text_of({table: [record] for table, record in ONE_OF_EACH.items()})
    strict = read(content)
    assert strict.mark is Mark.CLEAN
    for mark in (Mark.CLEAN, Mark.CANONICAL):
        quick = read(content, {strict.sha256: mark})
        assert quick.mark is mark
        for table in ONE_OF_EACH:
            assert quick.workspace.table(table) == strict.workspace.table(table)


def test_the_quick_way_keeps_every_meta_record_as_it_is() -> None:
    meta = {"1": META_FIELDS, "2": {"id": 3, "a": [1]}}
    content = text_of({}).replace(b'  "schema": 2\n}\n}', b'  "schema": 2\n},\n"2": {"id": 3, "a": [1]\n}\n}')
    content = content.replace(b'"2": {"id"', b'"2": {\n  "id"')
    strict = read(content)
    quick = read(content, {strict.sha256: Mark.CLEAN})
    assert quick.mark is Mark.CLEAN
    assert strict.entries is not None
    assert quick.entries is not None
    assert strict.entries["meta"] == quick.entries["meta"] == meta


def test_bytes_that_were_only_clean_are_rendered_anew_at_the_next_save() -> None:
    content = text_of({"items": [FULL_ITEM]})
    sha256 = read(content).sha256
    assert read(content, {sha256: Mark.CLEAN}).entries is not None
    assert read(content, {sha256: Mark.CANONICAL}).entries is None


@pytest.mark.parametrize(
    "content",
    [
        json_of({"items": {"5": GOOD}}),
        text_of({"items": [item(5)]}).replace(b'"stage"', b'"state"'),
    ],
)
def test_a_wrong_memory_does_no_harm(content: bytes) -> None:
    """Should the notes in the state directory be wrong, the strict way is taken after all."""
    marks = {sha256_of(content): Mark.CANONICAL}
    expected, reading = read(content), read(content, marks)
    assert (reading.workspace.items, reading.findings) == (expected.workspace.items, expected.findings)
    assert reading.mark is expected.mark


def test_every_truncation_of_a_small_store_is_a_sentence() -> None:
    content = text_of({table: [record] for table, record in ONE_OF_EACH.items()})
    for length in range(len(content) - 1):
        assert refusal(content[:length])


def test_the_meta_record_keeps_its_unknown_fields() -> None:
    fields = {**META_FIELDS, "origin": "elsewhere"}
    content = json.dumps({"meta": {"1": fields}}).encode()
    entries = read(content).entries
    assert entries is not None
    assert entries["meta"]["1"] == fields


def test_garbage_collection_is_as_it_was() -> None:
    assert gc.isenabled()
    read(text_of({}))
    assert gc.isenabled()
    gc.disable()
    try:
        read(text_of({}))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_instant_without_a_zone_is_set_aside() -> None:
    reading = read(json_of({"items": {"5": {**GOOD, "created": {"at": "2026-03-02T12:00:00"}}}}))
    assert "created at" in sole_finding(reading)
    assert NOON.tzinfo is not None
