"""Reading only what differs finds what reading the whole finds, or says that the whole has to be read."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.disk.keeping.known import Mark
from store.disk.reading.differing import differing
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Sound, read_differences
from store.disk.storage import FileStorage
from store.disk.writing.patching import Patch
from store.models import TABLES, Record, Settings
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import json_of, of_schema, read, text_of, written
from tests.store.disk.strategies import ITEMS, STORES

KNOWN = text_of({"items": [item(5), FULL_ITEM], "teams": [ONE_OF_EACH["teams"]]})
SOUND = Sound(KNOWN, read(KNOWN).workspace, SCHEMA)


@settings(max_examples=60, deadline=None)
@given(before=STORES, after=STORES, items=st.lists(ITEMS, max_size=3, unique_by=lambda record: record.id))
def test_what_differs_put_into_what_was_known_is_what_a_whole_reading_finds(
    before: Mapping[str, list[Record]], after: Mapping[str, list[Record]], items: list[Record]
) -> None:
    shared = {record.id: record for record in items}
    known = text_of({**before, "items": {**{each.id: each for each in before["items"]}, **shared}.values()})
    content = text_of({**after, "items": {**{each.id: each for each in after["items"]}, **shared}.values()})
    sound = Sound(known, read(known).workspace, SCHEMA)
    reading, whole = read_differences(content, sound), read(content)
    assert reading is not None
    assert (reading.mark, reading.sha256, reading.schema) == (Mark.CANONICAL, whole.sha256, whole.schema)
    for table in TABLES:
        assert reading.workspace.table(table) == whole.workspace.table(table)
    for number in shared:
        assert reading.workspace.items[number] is sound.workspace.items[number]


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_damaged_bytes_are_never_taken_for_good_ones(data: st.DataObject) -> None:
    content = bytearray(KNOWN)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.sampled_from([b"", b"x", b'"', b",", b"\n", b"}", b"\n}", b'\n},\n"7": {\n', b"{", b"\\"]))
        content[at : at + data.draw(st.sampled_from([0, 1, 2, 40]))] = piece
    reading = read_differences(bytes(content), SOUND)
    if reading is None:
        return
    whole = read(bytes(content))
    assert whole.findings == ()
    for table in TABLES:
        assert reading.workspace.table(table) == whole.workspace.table(table)
    records = {table: reading.workspace.table(table).values() for table in TABLES}
    assert text_of(records) == content


@pytest.mark.parametrize(
    "content",
    [
        json_of({"items": {"5": item(5).raw()}}),
        json_of({"items": {"5": item(5).raw()}}, 4),
        KNOWN.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + KNOWN,
        of_schema(KNOWN, SCHEMA + 1),
        of_schema(KNOWN, 1),
        KNOWN.replace(b'"items": {', b'"it\\u0065ms": {'),
        KNOWN.replace(b'"5": {', b'"005": {'),
        KNOWN.replace(b'"5": {', b'"99999999999999999": {'),
        KNOWN.replace(b'"title": "Move', b'"title":  "Move'),
        KNOWN.replace(b'"title": "Move', b'"title": "\\u004dove'),
        KNOWN[:-3] + b',\n"zoo": {\n}\n}\n',
        KNOWN.replace(b'"conflicts": {\n},\n', b""),
        KNOWN.replace(b'"items": {\n"5": {', b'"items": {\n"5": {\n},\n"5": {'),
        KNOWN.replace(b'"items": {\n"5": {', b'"items": {\n"5": 7,\n"6": {'),
        b"",
        b"{\n}\n}\n",
    ],
)
def test_what_is_not_as_we_write_it_is_read_as_a_whole(content: bytes) -> None:
    assert content != KNOWN
    assert differing(content, KNOWN) is None


def test_records_in_another_order_are_read_as_a_whole() -> None:
    one, other = text_of({"items": [item(5), item(6)]}), text_of({"items": [item(6), item(5)]})
    assert one == other
    swapped = one.replace(b'"5": {', b'"9": {')
    assert differing(swapped, one) is None


def test_settings_that_are_gone_are_the_usual_ones() -> None:
    known = text_of({"settings": [Settings(team="Tide")]})
    start = known.index(b'"1": {\n  "team"')
    content = known[:start] + known[known.index(b"}\n", start) + 2 :]
    reading = read_differences(content, Sound(known, read(known).workspace, SCHEMA))
    assert reading is not None
    assert reading.workspace.settings == read(content).workspace.settings == Settings()


def test_a_storage_reads_only_what_others_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    path = written(tmp_path / "leadline.json", KNOWN)
    storage = FileStorage(path)
    storage.write(Patch({"items": {5: item(5, "mine")}}))
    theirs = text_of({"items": [item(5, "mine"), item(7, "theirs")], "teams": [ONE_OF_EACH["teams"]]})
    path.write_bytes(theirs)
    reading = storage.load()
    assert reading.changes == {"items": {7: item(7, "theirs"), FULL_ITEM.id: None}}
    assert reading.workspace.items == {5: item(5, "mine"), 7: item(7, "theirs")}
    assert FileStorage(path).load().mark is Mark.CANONICAL
    storage.write(Patch({"items": {7: item(7, "both")}}))
    assert path.read_bytes() == text_of({
        "items": [item(5, "mine"), item(7, "both")],
        "teams": [ONE_OF_EACH["teams"]],
    })


def test_a_storage_with_something_set_aside_reads_everything(tmp_path: Path) -> None:
    path = written(tmp_path / "leadline.json", KNOWN.replace(b'"title": "Move', b'"title": 7, "x": "Move', 1))
    storage = FileStorage(path)
    assert storage.load().findings
    path.write_bytes(KNOWN)
    reading = storage.load()
    assert reading.changes is None
    assert reading.findings == ()
