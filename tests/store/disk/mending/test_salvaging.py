import json
from collections.abc import Callable
from typing import Any

import pytest

from store.disk.mending.salvaging import Salvage, salvaged
from tests.store.disk.records import FULL_ITEM, ONE_OF_EACH, item
from tests.store.disk.stores import text_of

CANONICAL = text_of({
    **{table: [record] for table, record in ONE_OF_EACH.items()},
    "items": [item(5), item(6), FULL_ITEM, item(18533187727535)],
}).decode()
LAYOUTS: dict[str, str] = {
    "canonical": CANONICAL,
    "one line": json.dumps(json.loads(CANONICAL)),
    "indented": json.dumps(json.loads(CANONICAL), indent=2),
    "tabs": json.dumps(json.loads(CANONICAL), indent="\t", sort_keys=True),
}
FULL = str(FULL_ITEM.id)

layouts = pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)


def records(found: Salvage) -> dict[tuple[str, str], Any]:
    return {(piece.table, piece.key): piece.value for piece in found.pieces if piece.is_whole}


EVERY = records(salvaged(CANONICAL))


@layouts
def test_a_whole_text_is_complete_in_any_layout(text: str) -> None:
    found = salvaged(text)
    assert found.is_one
    assert found.is_complete
    assert records(found) == EVERY


@layouts
def test_a_text_that_ends_anywhere_keeps_every_record_before_its_end(text: str) -> None:
    ends = {(piece.table, piece.key): piece.end for piece in salvaged(text).pieces}
    for length in range(0, len(text) - 2, 7):
        found = salvaged(text[:length])
        expected = {place: EVERY[place] for place, end in ends.items() if end <= length}
        assert records(found) == expected
        assert not found.is_complete


@pytest.mark.parametrize("layout", ["canonical", "indented", "tabs"])
def test_one_broken_line_costs_one_field(layout: str) -> None:
    text = LAYOUTS[layout]
    found = salvaged(text.replace('"horizon": "now"', '"horizon": now'))
    broken = next(piece for piece in found.pieces if not piece.is_whole)
    assert (broken.table, broken.key) == ("items", FULL)
    assert {"horizon": "now", **broken.value} == EVERY["items", FULL]
    assert [found.text[gap.start : gap.end].strip() for gap in found.gaps] == ['"horizon": now,']
    assert found.gaps[0].key == FULL
    assert len(records(found)) == len(EVERY) - 1


@pytest.mark.parametrize(
    "break_it",
    [
        lambda text: text.replace('"chore",', '"chore"'),
        lambda text: text.replace('"chore",', '"chore",,'),
        lambda text: text.replace('"due": "2026-04-01",', '"due": "2026-04-01"'),
        lambda text: text.replace("\n},\n", "\n}\n"),
        lambda text: text.replace("},\n", "}\n"),
        lambda text: text.replace('"First line",', '"First line"'),
        lambda text: text.replace("}\n}\n}\n", "},\n},\n}\n"),
        lambda text: text.replace('"- second"\n', '"- second",\n'),
    ],
)
def test_wrong_punctuation_costs_nothing(break_it: Callable[[str], str]) -> None:
    found = salvaged(break_it(CANONICAL))
    assert not found.is_one
    assert found.gaps == []
    assert records(found) == {**EVERY, ("items", FULL): {**EVERY["items", FULL], **records(found)["items", FULL]}}


@layouts
def test_a_text_without_its_beginning_keeps_its_records(text: str) -> None:
    cut = text.index('"5"')
    found = salvaged(text[cut:])
    behind = {piece.key for piece in salvaged(text).pieces if piece.start >= cut}
    assert {key: value for (_, key), value in records(found).items()} == {
        key: value for (_, key), value in EVERY.items() if key in behind
    }


def test_records_and_tables_that_stand_twice_are_all_there() -> None:
    twin = '"6": {\n  "title": "another"\n},\n'
    once_more = '"items": {\n"7": {\n  "title": "a"\n}\n},\n'
    text = CANONICAL.replace('"6": {\n', twin + '"6": {\n').replace('"items": {\n', once_more + '"items": {\n')
    found = salvaged(text)
    assert found.is_one
    assert [piece.key for piece in found.pieces if piece.table == "items"] == [
        "7",
        "5",
        "6",
        "6",
        FULL,
        "18533187727535",
    ]
    assert found.tables.count("items") == 2


def test_a_field_that_stands_twice_has_two_versions() -> None:
    for text in (CANONICAL, CANONICAL[:-2]):
        found = salvaged(text.replace('"owner": "bo",', '"owner": "bo",\n\n  "owner": "li",'))
        full = next(piece for piece in found.pieces if piece.key == FULL)
        assert (full.value["owner"], full.other["owner"]) == ("li", "bo")


def test_what_json_does_not_allow_keeps_its_text() -> None:
    for text in (CANONICAL, CANONICAL[:-2]):
        found = salvaged(text.replace('"size": 5', '"size": NaN'))
        full = next(piece for piece in found.pieces if piece.key == FULL)
        assert '"size": NaN' in full.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "}" * 1000,
        "[" * 100_000,
        '{"a": ' * 50_000,
        '"1": {' * 3000,
        "\x00",
        '"items": {\n"1"',
        "null",
        '{"a": {}} x',
    ],
    ids=range(11),
)
def test_anything_is_read_in_some_way(text: str) -> None:
    assert [piece.value for piece in salvaged(text).pieces if piece.value] == []
