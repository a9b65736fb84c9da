import json
from pathlib import Path
from typing import Any

import pytest

from store.disk.canonical import entry_text
from store.disk.git.objects import Stages
from store.disk.mending import Mending, mending_of
from store.disk.merging.merging import merge_texts
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading, read_store
from store.errors import UnreadableStoreError
from store.models import Horizon, Item, Record
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import text_of

PATH = Path("/nowhere/leadline.json")
ITEMS: list[Record] = [item(5), item(6, "Second"), FULL_ITEM, item(18533187727535, "Last")]
EVERYTHING: dict[str, list[Record]] = {**{table: [record] for table, record in ONE_OF_EACH.items()}, "items": ITEMS}
GOOD = text_of(EVERYTHING)
FULL = FULL_ITEM.id


def with_item(record: Item) -> bytes:
    """The good store with one item changed or added."""
    others = [each for each in ITEMS if each.id != record.id]
    return text_of({**EVERYTHING, "items": [*others, record]})


def plan(content: bytes, sources: MadeUp | None = None) -> Mending:
    mending = mending_of(PATH, content, sources or MadeUp())
    assert mending is not None
    again = read(mending)
    assert again.findings == () or mending.sentences[-1].endswith("`leadline check` says where.")
    assert mending_of(PATH, mending.text, MadeUp()) is None
    return mending


def read(mending: Mending) -> Reading:
    return read_store(mending.text, PATH.name, {})


def full(mending: Mending) -> Item:
    return read(mending).workspace.items[FULL]


def marked(ours: str, theirs: str, base: str | None = None, field: str = '  "horizon": "now",\n') -> bytes:
    """The good store with the marks of a merge around one field."""
    middle = "" if base is None else f"||||||| 1234567\n{base}"
    marks = f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> ana/x\n"
    return GOOD.decode().replace(field, marks).encode()


def test_a_file_in_order_needs_nothing() -> None:
    assert mending_of(PATH, GOOD, MadeUp()) is None


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"_default": {"1": {"a": 1}}}', b"hello", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_a_file_that_is_none_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableStoreError) as caught:
        mending_of(PATH, content, MadeUp())
    assert "another version" in caught.value.hint


@pytest.mark.parametrize("content", [b"[]", b"{}", b"hello", b'{"items": ' + b"[" * 100_000])
def test_a_store_that_something_else_was_written_over_gets_the_newest_version(content: bytes) -> None:
    mending = plan(content, MadeUp(head=GOOD, copies=[text_of({"items": [item(5)]})]))
    assert mending.text == GOOD
    assert "the last commit" in " ".join(mending.sentences)


def test_what_a_foreign_file_holds_stays_beside_the_records_of_the_newest_version() -> None:
    mending = plan(b'{"_default": {"1": {"a": 1}}}', MadeUp(head=GOOD))
    assert read(mending).workspace.items == read_store(GOOD, PATH.name, {}).workspace.items
    assert b'"_default"' in mending.text


# Layout and encoding


@pytest.mark.parametrize("indent", [None, 1, 4, "\t"])
def test_another_layout_is_laid_out_anew_and_nothing_else(indent: int | str | None) -> None:
    mending = plan(json.dumps(json.loads(GOOD), indent=indent, sort_keys=True).encode())
    assert mending.text == GOOD
    assert mending.is_whole
    assert mending.sentences == ("It is laid out as leadline writes it; no value changes.",)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD.rstrip()])
def test_a_byte_order_mark_and_other_line_ends_are_layout(content: bytes) -> None:
    mending = plan(content)
    assert mending.text == GOOD
    assert mending.is_whole


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_another_encoding_is_told_and_becomes_utf_8(encoding: str) -> None:
    good = with_item(item(5, "Müller & Söhne – 5 €"))
    mending = plan(good.decode().encode(encoding))
    assert mending.text == good
    assert not mending.is_whole
    word = "UTF-16" if "16" in encoding else "Windows-1252"
    assert word in mending.sentences[0]
    (spot,) = mending.spots
    assert word in spot.complaint
    line = good.decode().split("\n")[spot.line - 1]
    assert line[spot.column - 1] == ("{" if "16" in encoding else "ü")


def test_every_line_that_is_no_utf_8_is_a_place_also_beside_other_faults() -> None:
    good = with_item(item(5, "Müller")).replace(b'"title": "Second"', b'"title": "S\xe9cond"')
    content = good.replace("ü".encode(), b"\xfc")
    lines = [number for number, line in enumerate(content.split(b"\n"), start=1) if b"\xfc" in line or b"\xe9" in line]
    assert [spot.line for spot in plan(content).spots] == lines
    mending = plan(content.replace(b'"title": "Last"', b'"title": "Last', 1))
    assert {spot.line for spot in mending.spots} > set(lines)
    assert [spot.line for spot in mending.spots] == sorted(spot.line for spot in mending.spots)


@pytest.mark.parametrize("schema", ['"2"', "0", "true", "null", "[]"])
def test_a_meta_record_that_says_no_schema_is_the_place_that_is_wrong(schema: str) -> None:
    text = GOOD.decode().replace(f'"schema": {SCHEMA}', f'"schema": {schema}')
    for sources in (MadeUp(), MadeUp(head=GOOD)):
        mending = plan(text.encode(), sources)
        (spot,) = mending.spots
        assert spot.complaint == "nothing says here that this is a leadline store, and of which schema"
        assert text.split("\n")[spot.line - 1] == '"1": {'


def test_an_object_without_anything_is_wrong_at_its_beginning() -> None:
    (spot,) = plan(b"{}", MadeUp(head=GOOD)).spots
    assert (spot.line, spot.column) == (1, 1)


# An empty file


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00" * 512])
def test_an_empty_file_gets_the_newest_version_and_becomes_a_new_store_only_without_any(content: bytes) -> None:
    older = text_of({"items": [item(5)]})
    assert plan(content, MadeUp(head=GOOD, copies=[older])).text == GOOD
    assert plan(content, MadeUp(copies=[older])).text == older
    fresh = plan(content)
    assert fresh.text == text_of({}).replace(b'"1": {\n}\n', b"")
    assert "becomes a new store" in fresh.sentences[1]


def test_versions_that_are_not_whole_themselves_are_not_taken() -> None:
    assert plan(b"", MadeUp(head=GOOD[:-200], copies=[GOOD])).text == GOOD


# Cut or broken by hand


def test_what_cannot_be_read_comes_from_the_version_most_like_the_file() -> None:
    newer = with_item(FULL_ITEM.with_(owner="li"))
    other = text_of({"items": [item(5, "long ago"), FULL_ITEM.with_(owner="old")]})
    cut = newer[: newer.index(b'"owner": "li"')]
    mending = plan(cut, MadeUp(head=other, copies=[newer, other]))
    assert mending.text == newer
    assert mending.lost == ()
    assert mending.sentences[0] == "8 of 10 records can be read."
    assert mending.sentences[1] == "1 comes from copy 1: PL-4C5F “Last”."
    assert "goals" in mending.sentences[2]


def test_edits_by_hand_survive_beside_a_broken_line() -> None:
    text = GOOD.decode().replace('"title": "Second"', '"title": "By hand"').replace('"size": 5,', '"size": 8,')
    mending = plan(text.replace('"horizon": "now"', '"horizon": now').encode(), MadeUp(head=GOOD))
    items = read(mending).workspace.items
    assert items[6].title == "By hand"
    assert (items[FULL].size, items[FULL].horizon) == (8, Horizon.NOW)
    assert mending.sentences == (
        "9 of 10 records can be read.",
        "PL-4C5E “Move the billing queue”: horizon from the last commit, the rest from the file.",
    )
    assert mending.lost == ('"horizon": now',)
    spot = mending.spots[0]
    assert (spot.column, spot.complaint) == (14, "a value is missing, or is none that JSON knows")
    assert [line.strip().split("  ", 1) for line in spot.context] == [
        [str(spot.line - 1)],
        [str(spot.line), '  "horizon": now,'],
        [str(spot.line + 1)],
    ] or len(spot.context) == 3


def test_wrong_commas_cost_nothing_and_need_no_other_version() -> None:
    mending = plan(GOOD.replace(b'"kind": "chore",', b'"kind": "chore"').replace(b"},\n", b"}\n"))
    assert mending.text == GOOD
    assert mending.lost == ()
    assert "put right" in mending.sentences[0]


def test_a_record_that_was_taken_out_by_hand_stays_out_where_nothing_else_is_missing() -> None:
    without = text_of({**EVERYTHING, "items": [each for each in ITEMS if each.id != 6]})
    mending = plan(without.replace(b'"kind": "chore",', b'"kind": "chore"'), MadeUp(head=GOOD))
    assert 6 not in read(mending).workspace.items


def test_what_no_version_has_is_said_to_be_lost() -> None:
    mending = plan(GOOD.replace(b'"owner": "bo"', b'"owner": bo'))
    assert full(mending) == FULL_ITEM.with_(owner="")
    assert mending.lost == ('"owner": bo',)
    assert "nowhere else" in mending.sentences[1]


@pytest.mark.parametrize("end", ['"6": {', '"title": "Sec', '"title": "Second"', '"kind": "feature"'])
@pytest.mark.parametrize("is_known", [False, True])
def test_a_record_that_is_cut_off_counts_as_one_of_which_something_cannot_be_read(end: str, *, is_known: bool) -> None:
    good = text_of({"items": [item(5), item(6, "Second")]}).decode()
    text = good[: good.index(end, good.index('"6": {')) + len(end)]
    mending = plan(text.encode(), MadeUp(head=good.encode() if is_known else None))
    assert mending.sentences[0] == "1 of 2 records can be read."
    assert ("nowhere else: record 6 of items" in mending.sentences[1]) != is_known
    assert not any("same value" in sentence for sentence in mending.sentences)


def test_a_record_that_no_model_can_read_is_not_counted_as_read() -> None:
    good = text_of({"items": [item(5), item(6), item(7)]}).decode()
    text = good.replace('"created": {', '"created": 5, "old": {', 1)
    mending = plan(text[: text.index('"kind"', text.index('"7": {'))].encode())
    assert mending.sentences[0] == "1 of 3 records can be read."


@pytest.mark.parametrize("sources", [MadeUp(), MadeUp(head=GOOD)])
@pytest.mark.parametrize("table", ["goals", "teams", "standards", "items"])
def test_records_whose_table_lost_its_heading_find_their_table(sources: MadeUp, table: str) -> None:
    assert plan(GOOD.replace(f'"{table}": {{'.encode(), f'"{table}: {{'.encode()), sources).text == GOOD


def test_a_store_without_its_beginning_is_ours_all_the_same() -> None:
    mending = plan(GOOD[GOOD.index(b'"goals"') :])
    workspace = read(mending).workspace
    assert workspace.items == {record.id: record for record in ITEMS}
    assert plan(GOOD[GOOD.index(b'"goals"') :], MadeUp(head=GOOD)).text == GOOD


def test_a_table_that_holds_something_else_is_taken_from_another_version() -> None:
    data = json.loads(GOOD)
    data["items"] = [1, 2]
    mending = plan(json.dumps(data).encode(), MadeUp(head=GOOD))
    assert mending.text == GOOD
    assert mending.lost == ("[1, 2]",)


def test_a_meta_record_that_lost_something_is_written_anew() -> None:
    for line in (b'  "app": "leadline",\n\n', b',\n\n  "schema": %d' % SCHEMA):
        assert plan(GOOD.replace(line, b""), MadeUp(head=GOOD)).text == GOOD
        assert plan(GOOD.replace(line, b"")).text == GOOD
    with pytest.raises(UnreadableStoreError):
        mending_of(PATH, GOOD.replace(b'"app": "leadline"', b'"app": "todo"'), MadeUp(head=GOOD))


def test_a_newer_store_that_is_broken_is_shown_and_never_written() -> None:
    newer = GOOD.replace(b'"schema": %d' % SCHEMA, b'"schema": %d' % (SCHEMA + 1))
    mending = mending_of(PATH, newer[:-300], MadeUp(head=newer))
    assert mending is not None
    assert "newer leadline" in mending.refusal
    assert mending_of(PATH, newer, MadeUp()) is None
    assert mending_of(PATH, json.dumps(json.loads(newer)).encode(), MadeUp()) is None


# Twice


def test_two_versions_under_one_key_are_merged_as_two_sides_of_the_last_commit() -> None:
    one, other = FULL_ITEM.with_(size=8), FULL_ITEM.with_(owner="li", tags=frozenset({"infra", "q2", "new"}))
    texts = [with_item(each).decode() for each in (one, other)]
    start, end = texts[0].index(f'"{FULL}": {{\n  "title"'), texts[0].index('"18533187727535"')
    twice = texts[1].replace(f'"{FULL}": {{\n  "title"', f'{texts[0][start:end]}"{FULL}": {{\n  "title"')
    mending = plan(twice.encode(), MadeUp(head=GOOD))
    assert full(mending) == FULL_ITEM.with_(size=8, owner="li", tags=frozenset({"infra", "q2", "new"}))
    assert mending.conflicts == ()
    alone = plan(twice.encode())
    assert {conflict.field for conflict in alone.conflicts} == {"owner", "size"}


def test_a_table_that_stands_twice_is_one() -> None:
    text = GOOD.decode()
    start, end = text.index('"teams": {'), text.index('"sessions": {')
    another = (
        text[start:end].replace('"title": "Platform"', '"title": "Other"').replace("17592186044420", "17592186044421")
    )
    mending = plan(text.replace('"sessions": {', f'{another}"sessions": {{').encode(), MadeUp(head=GOOD))
    assert {team.title for team in read(mending).workspace.teams.values()} == {"Platform", "Other"}
    assert [spot.complaint for spot in mending.spots] == []


def test_a_field_that_stands_twice_keeps_the_value_that_is_new() -> None:
    text = GOOD.replace(b'"owner": "bo",', b'"owner": "bo",\n\n  "owner": "li",')
    assert full(plan(text, MadeUp(head=GOOD))).owner == "li"
    assert {conflict.field for conflict in plan(text).conflicts} == {"owner"}


def test_a_value_between_that_is_nested_without_end_is_told_by_its_beginning() -> None:
    deep = "[" * 100_000
    text = GOOD.decode().replace('"owner": "bo",', f'"owner": "bo",\n\n  "owner": {deep},\n\n  "owner": "li",')
    mending = plan(text.encode())
    assert any(words.startswith(('"owner": [[[[', "[[[[")) for words in mending.lost)


@pytest.mark.parametrize("value", ['"eve"', '["eve",\n    "kim"]', '{"a": {"b": "eve"}}'])
@pytest.mark.parametrize("is_broken", [False, True])
def test_of_a_field_that_stands_three_times_the_value_between_is_told(value: str, *, is_broken: bool) -> None:
    text = GOOD.decode().replace('"owner": "bo",', f'"owner": "bo",\n\n  "owner": {value},\n\n  "owner": "li",')
    if is_broken:
        text = text.replace('"title": "Last"', '"title": "Last', 1)
    assert f'"owner": {" ".join(value.split())}' in plan(text.encode()).lost


@pytest.mark.parametrize("is_broken", [False, True])
@pytest.mark.parametrize(
    ("line", "again", "complaint"),
    [
        ('  "owner": "bo",', '  "owner": "li",', f"“owner” of record {FULL} of items stands there already"),
        (f'  "schema": {SCHEMA}', '  "app": "leadline"', "“app” of record 1 of meta stands there already"),
        ('  "title": "Second",', '  "title": "Second",', "“title” of record 6 of items stands there already"),
    ],
)
def test_a_field_that_stands_twice_is_named_where_it_stands_again(
    line: str, again: str, complaint: str, *, is_broken: bool
) -> None:
    text = GOOD.decode()
    twice = f"{line}\n\n{again}" if line.endswith(",") else f"{line},\n\n{again}"
    text = text.replace(line, twice, 1)
    number = text[: text.index(twice) + len(twice)].count("\n") + 1
    if is_broken:
        text = text.replace('"title": "Last"', '"title": "Last', 1)
    spots = {spot.complaint: spot for spot in plan(text.encode()).spots}
    assert spots[complaint].line == number
    assert spots[complaint].column == again.index('"') + 1


def test_a_part_of_a_field_that_stands_twice_is_named_too() -> None:
    text = GOOD.decode().replace('"stage": {"is": "inbox",', '"stage": {"is": "ready", "is": "inbox",', 1)
    (spot,) = plan(text.encode()).spots
    assert "“stage.is” of record " in spot.complaint


def test_many_versions_of_one_record_are_all_in_the_outcome() -> None:
    versions = [item(5, f"v{number}").with_(tags=frozenset({f"t{number}"})) for number in range(9)]
    blocks = [bytes(entry_text("items", "5", version)).decode() for version in versions]
    text = text_of({"items": [item(6)]}).decode().replace('"6": {', ",\n".join((*blocks, '"6": {')))
    mending = plan(text.encode())
    assert read(mending).workspace.items[5].tags == {f"t{number}" for number in range(9)}
    said = json.dumps([list(conflict.sides) for conflict in mending.conflicts]) + read(mending).workspace.items[5].title
    assert all(f"v{number}" in said for number in range(9))


def test_a_meta_record_that_says_something_twice_keeps_the_first_and_tells_the_other() -> None:
    schema = b'"schema": %d' % SCHEMA
    mending = plan(GOOD.replace(schema, schema + b',\n\n  "flag": "first",\n\n  "flag": "second"'))
    assert b'"flag": "first"' in mending.text
    assert b'"second"' not in mending.text
    assert mending.lost == ('"flag": "second"',)
    assert mending.sentences == ("Its meta record says something twice, and not the same: what stands first is taken.",)
    again = plan(GOOD.replace(schema, schema + b',\n\n  "flag": "first",\n\n  "flag": "first"'))
    assert again.lost == ()
    assert again.sentences == ("What stands there twice with the same value will stand there once.",)


# Marks of a merge


@pytest.mark.parametrize("base", [None, '  "horizon": "next",\n'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_true_conflict_is_kept_as_a_record_and_the_file_is_whole(base: str | None, end: str) -> None:
    content = marked('  "horizon": "now",\n', '  "horizon": "later",\n', base)
    mending = plan(content.replace(b"\n", end.encode()))
    conflict = mending.conflicts[0]
    assert (conflict.table, conflict.record, conflict.field) == ("items", FULL, "horizon")
    assert set(conflict.sides) == {"now", "later"}
    assert conflict.base == (None if base is None else "next")
    assert read(mending).workspace.conflicts[conflict.id] == conflict
    assert full(mending).horizon in {Horizon.NOW, Horizon.LATER}
    assert [spot.complaint for spot in mending.spots] == ["a merge left its marks here"]


def test_neighbouring_edits_in_one_pair_of_marks_are_both_taken() -> None:
    ours, theirs = '  "horizon": "next",\n\n  "requester": "li",\n', '  "horizon": "now",\n\n  "requester": "mo",\n'
    both = '  "horizon": "now",\n\n  "requester": "li",\n'
    mending = plan(marked(ours, theirs, both, field=both))
    assert (full(mending).horizon, full(mending).requester) == (Horizon.NEXT, "mo")
    assert mending.conflicts == ()


def test_without_a_base_in_the_marks_git_is_asked_for_it() -> None:
    content = marked('  "horizon": "now",\n', '  "horizon": "later",\n')
    mending = plan(content, MadeUp(started_from=[with_item(FULL_ITEM.with_(horizon=Horizon.NEXT))]))
    assert [(conflict.field, conflict.base) for conflict in mending.conflicts] == [("horizon", "next")]
    assert "is in git" in mending.sentences[0]


@pytest.mark.parametrize("wrong", [Horizon.NOW, Horizon.LATER])
def test_a_base_that_is_like_one_side_where_git_left_marks_is_none(wrong: Horizon) -> None:
    like_one, right = (with_item(FULL_ITEM.with_(horizon=word)) for word in (wrong, Horizon.NEXT))
    content = marked('  "horizon": "now",\n', '  "horizon": "later",\n')
    alone = plan(content, MadeUp(started_from=[like_one]))
    assert [(conflict.field, conflict.base) for conflict in alone.conflicts] == [("horizon", None)]
    assert "is not known" in alone.sentences[0]
    mending = plan(content, MadeUp(started_from=[like_one, right]))
    assert [(conflict.field, conflict.base) for conflict in mending.conflicts] == [("horizon", "next")]


def test_a_base_is_like_a_side_also_where_it_is_so_in_a_part_of_one_place() -> None:
    """Git joins places that lie close to each other."""
    ours, theirs = '  "horizon": "next",\n\n  "requester": "li",\n', '  "horizon": "later",\n\n  "requester": "mo",\n'
    content = marked(ours, theirs, field='  "horizon": "now",\n\n  "requester": "li",\n')
    mending = plan(content, MadeUp(started_from=[with_item(FULL_ITEM.with_(horizon=Horizon.NEXT, requester="x"))]))
    assert {conflict.field for conflict in mending.conflicts} == {"horizon", "requester"}
    assert full(mending).horizon in {Horizon.NEXT, Horizon.LATER}


def test_a_merge_that_git_has_not_finished_is_merged_from_its_three_versions() -> None:
    ours, theirs = with_item(FULL_ITEM.with_(owner="ana")), with_item(FULL_ITEM.with_(size=13))
    mending = plan(b"<<<<<<< x\nall is lost", MadeUp(unfinished=Stages(GOOD, ours, theirs)))
    assert full(mending) == FULL_ITEM.with_(owner="ana", size=13)
    none = plan(b"<<<<<<< x\nall is lost", MadeUp(unfinished=Stages(None, ours, theirs)))
    assert {conflict.field for conflict in none.conflicts} == {"owner", "size"}


def test_what_a_driver_recorded_before_it_was_killed_waits_still() -> None:
    ours, theirs = (with_item(FULL_ITEM.with_(horizon=word)) for word in (Horizon.NEXT, Horizon.LATER))
    recorded = merge_texts(GOOD, ours, theirs, "leadline.json").text
    left = recorded.replace(b'  "title": "Second"', b'  "title": "Second')
    mending = plan(left, MadeUp(unfinished=Stages(GOOD, ours, theirs)))
    (conflict,) = mending.conflicts
    assert (conflict.field, conflict.sides) == ("horizon", ("later", "next"))
    assert read(mending).workspace.conflicts[conflict.id].settled is None
    assert not any("somebody edited them" in sentence for sentence in mending.sentences)


def test_marks_that_do_not_go_together_still_give_every_record() -> None:
    content = marked('  "horizon": "now",\n', '  "horizon": "later",\n').replace(b"=======\n", b"")
    mending = plan(content, MadeUp(head=GOOD))
    assert full(mending) == FULL_ITEM.with_(horizon=Horizon.LATER)
    assert len(read(mending).workspace.items) == len(ITEMS)


def test_marks_inside_of_marks_are_merged_first() -> None:
    inner = '<<<<<<< a\n  "horizon": "next",\n=======\n  "horizon": "later",\n>>>>>>> b\n'
    mending = plan(marked(inner, '  "horizon": "now",\n'), MadeUp())
    values = {value for conflict in mending.conflicts for value in conflict.sides} | {full(mending).horizon}
    assert values >= {"next", "later", "now"}


# All of it


def broken(number: int) -> list[tuple[str, Any]]:
    """Ways to break the good store at one of its lines, each with the records it touches."""
    lines = GOOD.split(b"\n")
    return [
        ("dropped", b"\n".join((*lines[:number], *lines[number + 1 :]))),
        ("doubled", b"\n".join((*lines[: number + 1], *lines[number:]))),
        ("halved", b"\n".join((*lines[:number], lines[number][: len(lines[number]) // 2], *lines[number + 1 :]))),
    ]


@pytest.mark.parametrize("number", range(3, GOOD.count(b"\n"), 11))
def test_one_broken_line_anywhere_touches_one_record(number: int) -> None:
    for _, content in broken(number):
        mending = mending_of(PATH, content, MadeUp(head=GOOD))
        if mending is None:
            continue
        after = read(mending).workspace
        different = [
            (table, record.id)
            for table, records in EVERYTHING.items()
            for record in records
            if after.get(table, record.id) != record
        ]
        assert len(different) <= 1
