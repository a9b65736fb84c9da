"""A base that is not whole itself: what is not known of it is never what one side wants."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.disk.git.objects import Stages
from store.disk.mending import Mending, mending_of
from store.disk.mending.bases import base_of
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import read_store
from store.models import Item, Workspace
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import text_of

FULL = FULL_ITEM.id
THIRD = item(7, "Third").with_(owner="bo")
BASE = text_of({"items": [item(5), item(6, "Second"), THIRD, FULL_ITEM]})
OURS = text_of({
    "items": [item(5, "Ours"), item(6, "Second"), THIRD.with_(owner="ana"), FULL_ITEM.with_(size=8), item(8, "New")]
})
THEIRS = text_of({
    "items": [item(5, "Theirs"), item(6, "Second theirs"), THIRD.with_(size=3), FULL_ITEM.with_(owner="li"), item(9)]
})


def plan(base: bytes, ours: bytes = OURS, theirs: bytes = THEIRS, head: bytes | None = OURS) -> Mending:
    mending = mending_of(
        Path("/nowhere/leadline.json"),
        b"<<<<<<< HEAD\n=======\n>>>>>>> x\n",
        MadeUp(head=head, unfinished=Stages(base, ours, theirs)),
    )
    assert mending is not None
    return mending


def store(content: bytes) -> Workspace:
    return read_store(content, "leadline.json", {}).workspace


def said(mending: Mending, number: int, field: str) -> set[object]:
    """Everything that the store says about a field of an item: its value, and what waits to be chosen."""
    found = {
        side
        for conflict in mending.conflicts
        if (conflict.record, conflict.field) == (number, field)
        for side in conflict.sides
    }
    return {getattr(store(mending.text).items[number], field), *found}


def nothing_is_lost(mending: Mending) -> None:
    assert set(store(mending.text).items) == {5, 6, 7, 8, 9, FULL}
    assert said(mending, 5, "title") == {"Ours", "Theirs"}
    assert "Second theirs" in said(mending, 6, "title")
    assert "ana" in said(mending, 7, "owner")
    assert 3 in said(mending, 7, "size")
    assert 8 in said(mending, FULL, "size")
    assert "li" in said(mending, FULL, "owner")


def broken(good: bytes) -> Iterator[bytes]:
    lines = good.split(b"\n")
    for number in range(2, len(lines) - 1, 13):
        before, line, after = lines[:number], lines[number], lines[number + 1 :]
        yield b"\n".join((*before, *after))
        yield b"\n".join((*before, line, line, *after))
        yield b"\n".join((*before, line[: len(line) // 2], *after))
        yield b"\n".join((*before, line.replace(b'"', b'" "', 1), *after))
        yield b"\n".join(before)


def test_a_base_that_is_whole_is_taken_as_it_is() -> None:
    assert base_of(BASE).is_whole
    assert {(conflict.record, conflict.field) for conflict in plan(BASE).conflicts} == {(5, "title")}
    nothing_is_lost(plan(BASE))


@pytest.mark.parametrize("content", [*broken(BASE), b"", b"hello", b"\x00\x01"])
def test_wherever_a_base_is_broken_nothing_is_lost_that_a_side_has(content: bytes) -> None:
    mending = plan(content)
    nothing_is_lost(mending)
    assert mending.lost == ()
    assert not any(" comes from " in sentence or "can be read" in sentence for sentence in mending.sentences)


def test_a_broken_value_of_a_base_is_unknown_and_its_neighbours_are_not() -> None:
    base = base_of(BASE.replace(b'"title": "Second"', b'"title": "Second "quoted" by hand"'))
    assert not base.is_whole
    second, third = base.whole.get(("items", "6")), base.whole.get(("items", "7"))
    assert second is not None
    assert third is not None
    assert "title" not in second
    assert second["kind"] == "feature"
    assert third["title"] == "Third"
    mending = plan(BASE.replace(b'"title": "Second"', b'"title": "Second "quoted" by hand"'))
    assert "not whole" in mending.sentences[0]
    (conflict,) = (each for each in mending.conflicts if each.record == 6)
    assert (conflict.field, conflict.base, set(conflict.sides)) == ("title", None, {"Second", "Second theirs"})


def test_what_stands_twice_in_a_base_is_unknown_where_it_differs() -> None:
    base = base_of(BASE.replace(b'"owner": "bo",', b'"owner": "bo",\n\n  "owner": "li",'))
    known = base.whole.get(("items", "7"))
    assert known is not None
    assert "owner" not in known
    assert known["title"] == "Third"


def marked(lines: dict[bytes, tuple[bytes, bytes]], good: bytes = BASE) -> bytes:
    """A text with marks around some lines."""
    for line, (one, other) in lines.items():
        marks = b"<<<<<<<<< a\n%b\n=========\n%b\n>>>>>>>>> b" % (one, other)
        assert line in good
        good = good.replace(line, marks, 1)
    return good


def test_marks_in_a_base_decide_for_nobody() -> None:
    """As after a merge of two bases that git could not make either, or where somebody committed the marks."""
    second = b'  "title": "Second",'
    base = marked({second: (second, b'  "title": "Second theirs",')})
    for ours, theirs in ((OURS, THEIRS), (THEIRS, OURS)):
        mending = plan(base, ours, theirs)
        nothing_is_lost(mending)
        assert said(mending, 6, "title") == {"Second", "Second theirs"}
        assert {conflict.base for conflict in mending.conflicts if conflict.record == 6} == {None}
        assert {conflict.record for conflict in mending.conflicts} == {5, 6}


def test_marks_in_marks_and_marks_that_do_not_go_together_are_no_base_either() -> None:
    second = b'  "title": "Second",'
    inner = b"<<<<<<<<<<< c\n%b\n===========\n%b\n>>>>>>>>>>> d" % (second, b'  "title": "Else",')
    for base in (marked({second: (inner, second)}), marked({second: (second, b"")}).replace(b"=========\n", b"")):
        nothing_is_lost(plan(base))
        assert said(plan(base), 6, "title") == {"Second", "Second theirs"}


def test_a_text_of_which_the_base_is_unknown_is_not_both_texts_one_after_the_other() -> None:
    ours, theirs = (
        text_of({"items": [item(5), FULL_ITEM.with_(body=f"one\n{word}\nthree")]}) for word in ("ours", "theirs")
    )
    base = text_of({"items": [item(5), FULL_ITEM]}).replace(b'"body": [', b'"body": ', 1)
    for content in (base, text_of({"items": [item(5), FULL_ITEM]}).replace(b'"title": "Move', b'"title": Move')):
        mending = plan(content, ours, theirs)
        body = store(mending.text).items[FULL].body
        assert body in {"one\nours\nthree", "one\ntheirs\nthree"}


def test_a_record_of_an_older_schema_that_is_not_whole_is_not_brought_to_the_newest() -> None:
    older = json.loads(BASE)
    older["meta"]["1"]["schema"] = 1
    text = json.dumps(older, indent=1).replace('"owner": "bo"', '"owner": bo', 1)
    assert SCHEMA > 1
    base = base_of(text.encode())
    assert base.whole.get(("items", "7")) is None or base.whole.get(("items", str(FULL))) is None
    assert base.whole.get(("items", "5")) is not None


def test_a_side_that_is_broken_gets_what_it_lacks_as_before() -> None:
    theirs = THEIRS.replace(b'"title": "Second theirs"', b'"title": "Second theirs')
    mending = plan(BASE, OURS, theirs, head=BASE)
    items: dict[int, Item] = dict(store(mending.text).items)
    assert items[6].title == "Second"
    assert mending.lost
