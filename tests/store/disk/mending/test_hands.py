"""What somebody did to a text in which git had left the marks of a merge: none of it is lost without a word."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store.disk.git.line_merges import merges_by_lines
from store.disk.git.objects import Stages
from store.disk.mending import Mending, mending_of
from store.disk.reading.reading import read_store
from store.models import Item, Workspace
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import text_of

FULL = FULL_ITEM.id
FIRST, SECOND = item(5, "First").with_(owner="bo"), item(6, "Second").with_(owner="bo")


def stages(base: list[Item], ours: list[Item], theirs: list[Item]) -> Stages:
    return Stages(*(text_of({"items": items}) for items in (base, ours, theirs)))


DISPUTED = stages(
    [FIRST, SECOND, FULL_ITEM],
    [FIRST.with_(title="First o", owner="ola"), SECOND.with_(title="Second o", owner="ola"), FULL_ITEM],
    [FIRST.with_(title="First t", owner="tom"), SECOND.with_(title="Second t", owner="tom"), FULL_ITEM.with_(size=8)],
)
"""Two records with two disputed fields each, and one that only one side changed."""


@pytest.fixture(params=["merge", "diff3"])
def style(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def left_by_git(three: Stages, style: str = "merge") -> str:
    assert three.ours is not None
    assert three.theirs is not None
    return merges_by_lines(three.base or b"", three.ours, three.theirs, with_base=style == "diff3")[0].decode()


def plan(text: str, three: Stages = DISPUTED) -> Mending:
    mending = mending_of(Path("/nowhere/leadline.json"), text.encode(), MadeUp(head=three.ours, unfinished=three))
    assert mending is not None
    return mending


def store(mending: Mending) -> Workspace:
    return read_store(mending.text, "leadline.json", {}).workspace


def waiting(mending: Mending) -> dict[tuple[int, str], set[str]]:
    found = {
        (conflict.record, conflict.field): {
            side if isinstance(side, str) else json.dumps(side) for side in conflict.sides
        }
        for conflict in mending.conflicts
    }
    assert {conflict.id for conflict in mending.conflicts} == set(store(mending).conflicts)
    return found


def place(text: str, words: str) -> str:
    """The one place between marks that some words are in."""
    found = re.findall(r"^<<<<<<<.*?^>>>>>>> .*?\n", text, re.MULTILINE | re.DOTALL)
    (one,) = (each for each in found if words in each)
    return str(one)


ALL = {
    (5, "title"): {"First o", "First t"},
    (5, "owner"): {"ola", "tom"},
    (6, "title"): {"Second o", "Second t"},
    (6, "owner"): {"ola", "tom"},
}


def test_what_git_left_is_merged_as_records_and_nothing_is_by_hand(style: str) -> None:
    mending = plan(left_by_git(DISPUTED, style))
    assert waiting(mending) == ALL
    assert store(mending).items[FULL].size == 8
    assert mending.lost == ()
    assert not any("edited" in sentence or "Edited" in sentence for sentence in mending.sentences)


@pytest.mark.parametrize("decided", ["First o", "First t", "First as agreed", "First"])
def test_a_place_that_was_settled_stays_so_while_another_of_the_same_record_is_open(decided: str, style: str) -> None:
    text = left_by_git(DISPUTED, style)
    text = text.replace(place(text, "First t"), f'  "title": "{decided}",\n')
    mending = plan(text)
    assert store(mending).items[5].title == decided
    assert waiting(mending) == {key: sides for key, sides in ALL.items() if key != (5, "title")}
    assert any(f"title of LL-0005 “{decided}”" in sentence for sentence in mending.sentences)
    assert mending.lost == ()


def test_a_field_that_was_edited_beside_open_marks_of_its_record_is_kept(style: str) -> None:
    text = left_by_git(DISPUTED, style).replace('"kind": "feature"', '"kind": "chore"', 1)
    text = text.replace('"size": 8', '"size": 13')
    mending = plan(text)
    assert (store(mending).items[5].kind, store(mending).items[FULL].size) == ("chore", 13)
    assert waiting(mending) == ALL


def test_an_edit_inside_of_a_mark_is_what_that_side_says(style: str) -> None:
    text = left_by_git(DISPUTED, style).replace('"First o"', '"First of ours"')
    mending = plan(text)
    assert waiting(mending) == {**ALL, (5, "title"): {"First of ours", "First t"}}
    assert any("inside of the marks" in sentence and "title of LL-0005" in sentence for sentence in mending.sentences)
    assert mending.lost == ()
    # Put back to what both started from, it gives way as any side that changed nothing.
    mending = plan(text.replace('"First of ours"', '"First"'))
    assert store(mending).items[5].title == "First t"
    assert mending.lost == ('"title": "First"',)


def test_all_places_may_be_settled_and_the_text_broken_in_another_one() -> None:
    text = left_by_git(DISPUTED)
    for words, line in (("First t", '  "title": "A",'), ("Second t", '  "title": "B",')):
        text = text.replace(place(text, words), f"{line}\n")
    text = re.sub(r"^<<<<<<<.*?^>>>>>>> .*?\n", '  "owner": "cy",\n', text, flags=re.MULTILINE | re.DOTALL)
    assert "<<<" not in text
    mending = plan(text.replace('"kind": "feature",', '"kind": "feature"', 1))
    items = store(mending).items
    assert [(items[each].title, items[each].owner) for each in (5, 6)] == [("A", "cy"), ("B", "cy")]
    assert mending.conflicts == ()


def test_both_lines_without_marks_are_no_decision() -> None:
    text = left_by_git(DISPUTED)
    both = '  "title": "First o",\n\n  "title": "First t",\n'
    assert waiting(plan(text.replace(place(text, "First t"), both))) == ALL
    mending = plan(text.replace(place(text, "First t"), f'{both}\n  "title": "First of all",\n'))
    assert store(mending).items[5].title == "First of all"
    one, other = '  "title": "First both",\n\n', '  "title": "First all",\n'
    mending = plan(text.replace(place(text, "First t"), one + other))
    assert store(mending).items[5].title == "First all"
    assert mending.lost == ('"title": "First both"',)


def test_marks_that_do_not_go_together_decide_nothing_and_what_is_new_is_taken() -> None:
    text = left_by_git(DISPUTED).replace("=======\n", "", 1)
    assert waiting(plan(text)) == ALL
    mending = plan(text.replace('"size": 8', '"size": 13').replace('"First o"', '"First of ours"'))
    assert store(mending).items[FULL].size == 13
    assert store(mending).items[5].title == "First of ours"
    assert {key: sides for key, sides in ALL.items() if key != (5, "title")} == waiting(mending)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"owner": "tom"', '"owner": tom'),
        lambda text: text.replace('"kind": "feature",', '"kind": "feature'),
        lambda text: text[: text.index('"18533')] if '"18533' in text else text[: len(text) // 2],
        lambda text: text[len(text) // 3 :],
    ],
)
def test_what_is_broken_in_the_text_takes_nothing_from_the_versions(change: Callable[[str], str], style: str) -> None:
    mending = plan(change(left_by_git(DISPUTED, style)))
    assert waiting(mending) == ALL
    assert store(mending).items[FULL].size == 8
    assert not any("edited them" in sentence for sentence in mending.sentences)


def test_what_was_broken_by_hands_is_told_as_lost() -> None:
    mending = plan(left_by_git(DISPUTED).replace('"kind": "feature",', '"kind": chore of mine,', 1))
    assert mending.lost == ('"kind": chore of mine',)


def test_marks_that_go_together_only_since_others_were_taken_out_decide_nothing() -> None:
    """Two places become one, with all that stands between them on one side of it."""
    first, *_ = re.split(r"(?<=>>>>>>> theirs\n)", text := left_by_git(DISPUTED))
    joined = first.removesuffix(">>>>>>> theirs\n") + text[len(first) :].replace("<<<<<<< ours\n", "", 1)
    mending = plan(joined)
    assert waiting(mending) == ALL
    assert store(mending).items[FULL].size == 8
    # Also without the mark in the middle of what is one place now.
    at = joined.index("=======\n", joined.index("=======\n") + 1)
    mending = plan(joined[:at] + joined[at:].replace("=======\n", "", 1))
    assert waiting(mending).keys() >= {(5, "title"), (6, "title"), (6, "owner")}
    assert read_store(mending.text, "leadline.json", {}).findings == ()


def test_a_line_that_a_record_cannot_do_without_comes_back() -> None:
    text = re.sub(r'^  "stage": .*\n', "", left_by_git(DISPUTED), flags=re.MULTILINE)
    mending = plan(text)
    assert store(mending).items[5].stage == FIRST.stage
    assert waiting(mending) == ALL


def test_marks_in_the_base_that_git_put_into_its_own_marks_are_nobody_s_edit(style: str) -> None:
    base = text_of({"items": [FIRST, SECOND, FULL_ITEM]}).replace(
        b'  "title": "First"', b'<<<<<<< a\n  "title": "First a"\n=======\n  "title": "First b"\n>>>>>>> b'
    )
    three = Stages(base, DISPUTED.ours, DISPUTED.theirs)
    text = left_by_git(three, style)
    for content in (text, text.replace("\n>>>>>>> theirs", "", 1)):
        mending = plan(content, three)
        assert waiting(mending) == ALL
        assert not any("edited" in sentence for sentence in mending.sentences)


def test_lines_of_a_base_that_stand_in_a_text_with_broken_marks_are_nobody_s_edit() -> None:
    """Git takes the marks of a base for lines like others, so that its own around them may not go together."""
    base = text_of({"items": [FIRST, SECOND]}).decode().rpartition('  "owner": "bo",\n')
    marks = '<<<<<<< ours\n  "owner": "u",\n=======\n  "owner": "v",\n>>>>>>> theirs\n'
    theirs = text_of({"items": [FIRST, SECOND.with_(owner="u")]})
    ours = text_of({"items": [FIRST, SECOND.with_(owner="u"), item(7, "Seventh"), item(8, "Eighth")]})
    three = Stages(f"{base[0]}{marks}{base[2]}".encode(), ours, theirs)
    for text in merges_by_lines(three.base or b"", ours, theirs, with_base=True):
        mending = plan(text.decode(), three)
        assert mending.text == ours
        assert mending.lost == ()
        assert len(mending.sentences) == 1


def test_a_record_that_was_added_stays_and_one_that_was_taken_out_comes_back_with_a_word() -> None:
    text = left_by_git(DISPUTED)
    start, end = text.index(f'"{FULL}": {{'), text.index("\n}\n", text.index(f'"{FULL}": {{'))
    block = text[start:end].replace(str(FULL), "7").replace(FULL_ITEM.title, "Seventh")
    mending = plan(text[:start] + block + text[end:])
    assert store(mending).items[7].title == "Seventh"
    assert store(mending).items[FULL].size == 8
    assert any("Taken out of the file" in sentence and FULL_ITEM.title in sentence for sentence in mending.sentences)


def test_a_field_that_was_emptied_stays_empty() -> None:
    text = left_by_git(DISPUTED).replace(f'"requester": "{FULL_ITEM.requester}"', '"requester": ""')
    assert store(plan(text)).items[FULL].requester == ""


def test_a_removal_against_an_edit_may_be_decided_for_the_edit() -> None:
    three = stages([FIRST, SECOND], [SECOND], [FIRST.with_(title="First t"), SECOND])
    text = left_by_git(three)
    assert waiting(plan(text, three)).keys() == {(5, "")}
    found = place(text, "First t")
    kept = re.sub(r"^(<<<<<<<|=======|>>>>>>>).*\n", "", found, flags=re.MULTILINE)
    mending = plan(text.replace(found, kept).replace('"kind": "feature",', '"kind": "feature"', 1), three)
    assert mending.conflicts == ()
    assert store(mending).items[5].title == "First t"


def test_a_line_that_git_put_into_the_wrong_record_is_nobody_s_edit() -> None:
    """A removal and an addition in one gap of the file look like one record that was changed."""
    new = item(4, "New")
    three = stages(
        [FIRST, SECOND],
        [new, SECOND.with_(title="Second o")],
        [FIRST.with_(body="about the first"), SECOND.with_(title="Second t")],
    )
    text = left_by_git(three)
    key = text.index('"4": {')
    assert "about the first" in text[key : text.index("\n}", key)]
    mending = plan(text, three)
    items = store(mending).items
    assert (items[4].body, items[5].body) == ("", "about the first")
    assert waiting(mending).keys() == {(5, ""), (6, "title")}
    # And somebody who edits that record edits it alone.
    mending = plan(text.replace('"title": "New"', '"title": "New too"'), three)
    assert (store(mending).items[4].title, store(mending).items[4].body) == ("New too", "")


def test_one_place_of_a_long_text_may_be_settled_and_another_stay_open() -> None:
    lines = [f"line {number}" for number in range(12)]
    ours, theirs = ("\n".join([f"{word} 0", *lines[1:11], f"{word} 11"]) for word in ("ours", "theirs"))
    three = stages(*([FULL_ITEM.with_(body=body)] for body in ("\n".join(lines), ours, theirs)))
    text = left_by_git(three)
    text = text.replace(place(text, "ours 0"), '    "agreed 0",\n')
    mending = plan(text, three)
    (conflict,) = mending.conflicts
    said = json.dumps(list(conflict.sides))
    assert "agreed 0" in said
    assert "ours 11" in said
    assert "theirs 11" in said
    assert "ours 0" not in said
