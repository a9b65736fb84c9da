"""Files of every schema there ever was: each opens, is brought up step by step, and loses nothing."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from store.disk import backups_of
from store.disk.canonical import record_text
from store.disk.keeping.known import Mark
from store.disk.keeping.restoring import restore_copy
from store.disk.mending import Mending, mend, mending_of, opened_for_mending
from store.disk.merging.merging import merge_texts
from store.disk.reading.migrating import SCHEMA, STEPS, migrated, schema_of
from store.disk.reading.versions import version_of
from store.disk.storage import FileStorage
from store.disk.writing.laying_out import is_canonical, laid_out
from store.errors import UnreadableStoreError
from store.models import TABLES, Json
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.merges import KEY, item, store
from tests.store.disk.stores import of_schema, read, written

FILES: Final = Path(__file__).parent / "schemas"
"""One file of each schema, kept for ever: written by a leadline of that schema, with every kind of record, full and
with nothing but what it must have, a field and a table that nobody knows."""

CONTENT: Final = {int(path.stem.rpartition("-")[2]): path.read_bytes() for path in FILES.glob("schema-*.json")}
NEWEST: Final = CONTENT[SCHEMA]
PAST: Final = sorted(set(CONTENT) - {SCHEMA})
NOW: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)


def plan_for(content: bytes, name: str = "leadline.json") -> Mending:
    mending = mending_of(Path("/nowhere") / name, content, MadeUp())
    assert mending is not None
    return mending


def test_a_file_of_every_schema_is_kept() -> None:
    assert sorted(CONTENT) == list(range(1, SCHEMA + 1))
    for schema, content in CONTENT.items():
        tables = json.loads(content)
        assert schema_of(tables["meta"]["1"]) == schema
        assert TABLES.keys() <= tables.keys()
        assert all(tables[table] for table in TABLES)


@pytest.mark.parametrize("schema", PAST)
class TestAnOlderFile:
    def test_holds_what_the_newest_one_holds(self, schema: int) -> None:
        reading, newest = read(CONTENT[schema]), read(NEWEST)
        assert (reading.schema, reading.is_older, reading.is_newer, reading.findings) == (schema, True, False, ())
        for table in TABLES:
            assert reading.workspace.table(table) == newest.workspace.table(table)
        assert laid_out(reading) == NEWEST

    def test_is_never_taken_for_one_of_ours(self, schema: int) -> None:
        reading = read(CONTENT[schema])
        assert reading.mark is Mark.UNKNOWN
        assert not is_canonical(CONTENT[schema], reading)
        assert read(CONTENT[schema], {reading.sha256: Mark.CANONICAL}).schema == schema

    @pytest.mark.parametrize("indent", [None, 2])
    def test_may_say_its_schema_last_and_be_laid_out_in_any_way(self, schema: int, indent: int | None) -> None:
        tables = json.loads(CONTENT[schema])
        tables["meta"] = tables.pop("meta")
        content = json.dumps(tables, indent=indent).encode()
        assert laid_out(read(content)) == NEWEST
        assert plan_for(content).text == NEWEST

    def test_is_brought_up_by_a_plan_that_says_each_step(self, schema: int) -> None:
        mending = plan_for(CONTENT[schema])
        assert mending.text == NEWEST
        assert (mending.from_schema, mending.is_whole, mending.refusal, mending.lost) == (schema, True, "", ())
        *steps, last = mending.sentences
        assert [sentence.partition(":")[0] for sentence in steps] == [
            f"Schema {number}" for number in range(schema + 1, SCHEMA + 1)
        ]
        assert "an older leadline only reads it" in last

    def test_keeps_what_nobody_knows(self, schema: int) -> None:
        before, after = json.loads(CONTENT[schema]), json.loads(plan_for(CONTENT[schema]).text)
        assert before["risks"] == after["risks"]
        for table, records in before.items():
            assert records.keys() == after[table].keys()
        moods = [fields["mood"] for fields in after["items"].values() if "mood" in fields]
        assert moods == [{"is": "good", "since": 3}]

    def test_is_kept_and_can_be_had_back(self, schema: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
        path = written(tmp_path / "leadline.json", CONTENT[schema])
        _, mending = opened_for_mending(path)
        assert mending is not None
        assert path.read_bytes() == CONTENT[schema]
        kept = mend(mending, NOW)
        assert path.read_bytes() == NEWEST
        assert kept is not None
        assert [(backup.why, backup.content()) for backup in backups_of(path)] == [
            ("before upgrading", CONTENT[schema])
        ]
        restore_copy(path, kept.content(), NOW)
        assert path.read_bytes() == CONTENT[schema]

    def test_is_read_by_what_differs_from_another_of_its_schema(self, schema: int) -> None:
        near = version_of(CONTENT[schema], "leadline.json", {})
        changed = CONTENT[schema].replace(b"A priority", b"Another priority")
        version = version_of(changed, "leadline.json", {}, near)
        goals = version.workspace.goals
        assert sorted(goal.title for goal in goals.values()) == ["Another priority", "Bills go out on time"]
        assert version.workspace.items is near.workspace.items
        assert version_of(NEWEST, "leadline.json", {}, near).workspace.items == near.workspace.items

    def test_is_brought_up_while_it_is_mended(self, schema: int) -> None:
        broken = CONTENT[schema].replace(b'"schema"', b'schema"').replace(b'},\n"teams"', b'}\n"teams"')
        mending = plan_for(broken)
        assert not mending.is_whole
        # Nothing says its schema any more: what is read is the same, and so is what is written.
        assert json.loads(mending.text) == json.loads(NEWEST)
        mending = plan_for(CONTENT[schema].replace(b'},\n"teams"', b'}\n"teams"'))
        assert (mending.text, mending.from_schema) == (NEWEST, schema)
        assert any(sentence.startswith(f"Schema {SCHEMA}") for sentence in mending.sentences)

    def test_gets_what_cannot_be_read_of_it_from_a_version_of_another_schema(self, schema: int) -> None:
        title = b'"title": "Move the billing queue",\n\n  "kind"'
        assert title in CONTENT[schema]
        broken = CONTENT[schema].replace(title, b'"title": "Move the billing queue,\n\n  "kind"')
        for head in (CONTENT[schema], NEWEST):
            mending = mending_of(Path("/nowhere/leadline.json"), broken, MadeUp(head=head))
            assert mending is not None
            assert json.loads(mending.text) == json.loads(NEWEST)

    def test_that_takes_the_place_of_an_empty_file_says_its_steps(self, schema: int) -> None:
        mending = mending_of(Path("/nowhere/leadline.json"), b"", MadeUp(head=CONTENT[schema]))
        assert mending is not None
        assert mending.text == NEWEST
        assert any(sentence.startswith(f"Schema {SCHEMA}") for sentence in mending.sentences)

    def test_of_which_a_record_is_set_aside_keeps_it(self, schema: int) -> None:
        broken = CONTENT[schema].replace(b'"weight": 3', b'"weight": "heavy"')
        assert broken != CONTENT[schema]
        before, after = json.loads(broken), json.loads(plan_for(broken).text)
        (number,) = [key for key, goal in before["goals"].items() if goal.get("weight") == "heavy"]
        assert after["goals"][number].items() >= before["goals"][number].items()
        assert [finding.record for finding in read(plan_for(broken).text).findings] == [int(number)]


@pytest.mark.parametrize("schema", PAST)
class TestAMerge:
    def test_of_an_older_side_brings_it_up_first_and_says_so(self, schema: int) -> None:
        theirs = CONTENT[schema].replace(b"Nothing but what it must have", b"Renamed over there")
        merged = merge_texts(CONTENT[schema], NEWEST, theirs, "leadline.json")
        assert merged.text == NEWEST.replace(b"Nothing but what it must have", b"Renamed over there")
        assert merged.conflicts == ()
        assert merged.brought == (
            f"Leadline.json as both sides had it had schema {schema} and was brought to schema {SCHEMA}.",
            f"Their leadline.json had schema {schema} and was brought to schema {SCHEMA}.",
        )
        other = merge_texts(CONTENT[schema], theirs, NEWEST, "leadline.json")
        assert other.text == merged.text

    def test_of_older_sides_stays_older(self, schema: int) -> None:
        ours = CONTENT[schema].replace(b"Nothing but what it must have", b"Renamed over here")
        theirs = CONTENT[schema].replace(b"A priority", b"Renamed over there")
        merged = merge_texts(CONTENT[schema], ours, theirs, "leadline.json")
        assert read(merged.text).schema == schema
        assert merged.brought == ()
        assert b"Renamed over here" in merged.text
        assert b"Renamed over there" in merged.text
        brought = merge_texts(CONTENT[schema], ours, theirs, "leadline.json", to=SCHEMA)
        assert brought.text == plan_for(merged.text).text

    def test_of_both_changed_records_across_schemas_is_one_conflict(self, schema: int) -> None:
        number = b"17592186044440"
        ours = NEWEST.replace(b"Nothing but what it must have", b"Renamed over here")
        theirs = CONTENT[schema].replace(b"Nothing but what it must have", b"Renamed over there")
        merged = merge_texts(CONTENT[schema], ours, theirs, "leadline.json")
        (conflict,) = merged.conflicts
        assert (conflict.table, conflict.record, conflict.field) == ("items", int(number), "title")
        assert sorted(map(str, conflict.sides)) == ["Renamed over here", "Renamed over there"]

    def test_of_a_side_in_any_layout_keeps_it(self, schema: int) -> None:
        loose = json.dumps(json.loads(CONTENT[schema])).encode()
        assert merge_texts(loose, NEWEST, loose, "leadline.json").text == NEWEST


def test_a_side_of_a_newer_leadline_is_refused() -> None:
    newer = of_schema(NEWEST, 99)
    for three in ((NEWEST, newer, NEWEST), (NEWEST, NEWEST, newer), (newer, NEWEST, NEWEST)):
        with pytest.raises(UnreadableStoreError, match="newer leadline"):
            merge_texts(*three, "leadline.json")


def test_a_file_of_a_newer_leadline_is_read_and_left_alone() -> None:
    content = of_schema(NEWEST, 99)
    reading = read(content)
    assert (reading.schema, reading.is_newer, reading.is_older, reading.findings) == (99, True, False, ())
    assert reading.workspace.items == read(NEWEST).workspace.items
    assert laid_out(reading) == content
    assert mending_of(Path("/nowhere/leadline.json"), content, MadeUp()) is None


def test_what_nobody_knows_stays_to_the_byte_through_an_edit(tmp_path: Path) -> None:
    strange: dict[str, Any] = {
        "zone": {"b": [1, 2.5, None, True, "“x” \u202e"], "a": {"deep": [[], {}]}},
        "aaa": "before all others",
        "empty": None,
        "none": [],
    }
    content = store(
        {KEY: item(**strange), "5": item("Other", **strange)},
        zoo={"7": {"odds": 0.25, "of": [1, {"two": 2}]}, "8": {}},
        attic={},
    )
    file = FileStorage(written(tmp_path / "leadline.json", content))
    file.load()
    record = read(content).workspace.items[5]
    changed = file.text_with({"items": {5: record.with_(owner="bo")}})
    assert changed == content.replace(b'"owner": ""', b'"owner": "bo"', 1)
    after = json.loads(changed)
    assert {name: after["items"]["5"][name] for name in strange} == strange
    assert (after["zoo"], after["attic"]) == (json.loads(content)["zoo"], {})


def test_steps_change_nothing_they_are_given_and_have_nothing_to_do_twice() -> None:
    for schema, content in CONTENT.items():
        tables = json.loads(content)
        for table, records in tables.items():
            for key, fields in records.items():
                before = copy.deepcopy(fields)
                after = migrated(table, key, fields, schema)
                assert fields == before
                assert migrated(table, key, after, SCHEMA) is after
                assert record_text(table, key, after).decode() in NEWEST.decode()


def test_steps_take_whatever_stands_there() -> None:
    for odd in ({}, {"title": None}, {"goals": "x", "past_moves": 3, "stage": [1]}, {"id": 7}):
        for table in ("items", "goals", "decisions", "teams", "nobody knows", ""):
            for step in STEPS:
                assert step.change(table, odd).items() >= odd.items()
    metas: list[Json] = [None, [], {}, {"schema": "1"}, {"schema": True}, {"schema": 0}]
    assert {schema_of(meta) for meta in metas} == {SCHEMA}
    assert migrated("meta", "1", {"app": "leadline", "schema": 1}, 1) == {"app": "leadline", "schema": SCHEMA}
