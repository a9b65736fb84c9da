import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.disk.canonical import entry_text
from store.disk.reading.slicing import places, spliced
from store.models import TABLES, Record
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import json_of, text_of
from tests.store.disk.strategies import ITEMS, STORES


def full_text(tables: dict[str, dict[int, Record]]) -> bytes:
    return text_of({table: records.values() for table, records in tables.items()})


@settings(max_examples=60, deadline=None)
@given(STORES)
def test_every_record_is_found_where_it_is(tables: dict[str, list[Record]]) -> None:
    content = text_of(tables)
    where = places(content)
    assert where is not None
    assert list(where) == ["meta", *TABLES]
    for table, records in tables.items():
        assert {key: content[start:end] for key, (start, end) in where[table].items()} == {
            str(record.id): entry_text(table, str(record.id), record) for record in records
        }


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_spliced_text_is_the_text_rendered_anew(data: st.DataObject) -> None:
    # Few ids, so that records are replaced, taken out, put first, last, between and into an empty table.
    ids = st.integers(1, 12)
    before: dict[str, dict[int, Record]] = {"items": {number: item(number) for number in data.draw(st.sets(ids))}}
    before["teams"] = {7: ONE_OF_EACH["teams"].with_(id=7)} if data.draw(st.booleans()) else {}
    drawn = data.draw(st.dictionaries(ids, st.none() | ITEMS, max_size=6))
    changes: dict[str, dict[int, Record | None]] = {
        "items": {number: record and record.with_(id=number) for number, record in drawn.items()}
    }
    if data.draw(st.booleans()):
        changes["teams"] = {7: ONE_OF_EACH["teams"].with_(id=7, title="other"), 9: None}
    after = {table: dict(records) for table, records in before.items()}
    for table, records in changes.items():
        for number, record in records.items():
            if record is None:
                after[table].pop(number, None)
            else:
                after[table][number] = record
    texts = {
        table: {
            str(number): None if record is None else bytes(entry_text(table, str(number), record))
            for number, record in records.items()
        }
        for table, records in changes.items()
    }
    assert spliced(full_text(before), texts) == full_text(after)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"{\n}\n",
        json_of({}),
        json_of({"items": {"5": {"title": "x"}}}),
        json_of({"items": {"5": {"title": "x"}}}, indent=2),
        text_of({"items": [FULL_ITEM]})[:-1],
        text_of({"items": [FULL_ITEM]}) + b"\n",
        text_of({"items": [FULL_ITEM]}).replace(b'"18533187727534"', b'"abc"'),
        text_of({}).replace(b'"teams": {\n}', b'"teams": {\n},\n"teams": {\n}'),
        text_of({}).replace(b'"teams"', b'"te"ams"'),
        text_of({}).replace(b'"teams": {\n}', b'"teams": 3'),
    ],
)
def test_other_layouts_are_left_to_the_strict_reader(content: bytes) -> None:
    assert places(content) is None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 40))
def test_no_damage_makes_it_stumble(junk: bytes, at: int, gone: int) -> None:
    content = text_of({"items": [FULL_ITEM, item(5)]})
    places(content[:at] + junk + content[at + gone :])
