"""Merges made elsewhere, made again as merges of records."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store.change import put_back
from store.disk.git.commits import merges_of
from store.disk.git.replaying import Replay, Replayed
from store.disk.git.told_merges import new_losses
from store.disk.merging.merging import merge_texts
from store.disk.reading.versions import Version, version_of
from store.models import Blocked, Item, Stamp
from tests.store.benches import START
from tests.store.disk.git.repositories import Clone, item, moved, new_clone

ONE, TWO, THREE, FOUR = (number << 44 for number in range(1, 5))
Edit = Callable[[Item], Item]
Edits = dict[int, Edit]
Result = Callable[[bytes, bytes, bytes], bytes]
"""What somebody made of base, ours and theirs."""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = new_clone(
        tmp_path / "work", item(ONE), item(TWO, body="a\nb\nc"), item(THREE, tags=frozenset("xy")), item(FOUR)
    )
    made.commit("the store")
    return made


def present(clone: Clone) -> Version:
    return version_of(clone.store.read_bytes(), "leadline.json", {})


def replayed(clone: Clone, span: str = "HEAD") -> list[Replayed]:
    return list(Replay(clone.repository, present(clone)).replayed(merges_of(clone.repository, span)))


def told(clone: Clone) -> list[tuple[int, list[str], str]]:
    return [
        (loss.record.id, [change.name for change in loss.fields], author)
        for each in replayed(clone)
        for loss, author in zip(each.lost, each.authors, strict=True)
    ]


def merged(clone: Clone, ours: Edits, theirs: Edits, result: Result | None = None) -> None:
    """A merge of two branches; the result is what a merge of records comes to, or what is given instead."""
    base = clone.store.read_bytes()
    clone.git("switch", "--quiet", "--create", "side")
    sides = []
    for branch, edits in (("side", theirs), ("main", ours)):
        clone.git("switch", "--quiet", branch)
        for number, edit in edits.items():
            clone.edit(number, edit)
        clone.git("commit", "--quiet", "--all", "--message", branch, "--author", f"{branch} <{branch}@example.com>")
        sides.append(clone.store.read_bytes())
    clone.git("merge", "--quiet", "--no-commit", "--no-ff", "side", check=False)
    clone.store.write_bytes((result or right)(base, sides[1], sides[0]))
    clone.git("add", "leadline.json")
    clone.git("commit", "--quiet", "--message", "merge")


def with_(**fields: object) -> Edit:
    return lambda each: each.with_(**fields)


def _edits(number: int, **fields: object) -> Edits:
    return {number: with_(**fields)}


def by_hand(number: int, **fields: object) -> Result:
    """The right merge, in which a person gave an item other fields and took out the conflict about it."""

    def made(base: bytes, ours: bytes, theirs: bytes) -> bytes:
        tables = json.loads(right(base, ours, theirs))
        tables["conflicts"] = {}
        tables["items"][str(number)] |= fields
        return json.dumps(tables).encode()

    return made


def right(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    return merge_texts(base, ours, theirs, "leadline.json").text


def ours_of(_base: bytes, ours: bytes, _theirs: bytes) -> bytes:
    return ours


def theirs_of(_base: bytes, _ours: bytes, theirs: bytes) -> bytes:
    return theirs


MOVES: Edits = {ONE: moved("ready"), TWO: lambda each: each.with_(owner="cleo")}
OTHERS: Edits = {THREE: moved("doing"), FOUR: lambda each: each.with_(size=3)}


def test_a_right_merge_lost_nothing(clone: Clone) -> None:
    merged(clone, MOVES, OTHERS)
    (only,) = replayed(clone)
    assert (only.lost, only.problem) == ((), "")


@pytest.mark.parametrize(("result", "lost", "author"), [(ours_of, OTHERS, "side"), (theirs_of, MOVES, "main")])
def test_a_merge_that_took_one_side_lost_the_other(result: Result, lost: Edits, author: str, clone: Clone) -> None:
    merged(clone, MOVES, OTHERS, result)
    assert [(number, author_of) for number, _, author_of in told(clone)] == [(number, author) for number in lost]


def test_a_conflict_that_a_person_settled_either_way_is_no_loss(clone: Clone) -> None:
    both: Edits = {ONE: lambda each: each.with_(title="Mine"), TWO: lambda each: each.with_(body="a\nB\nc")}
    other: Edits = {ONE: lambda each: each.with_(title="Theirs"), THREE: lambda each: each.with_(size=5)}
    merged(clone, both, other, lambda *texts: right(*texts).replace(b'"Mine"', b'"Agreed"'))
    assert told(clone) == []


@pytest.mark.parametrize("text", ["a\nmine\nc", "a\ntheirs\nc", "a\nboth, in words of their own\nc", ""])
def test_a_text_that_both_wrote_is_as_a_person_made_it_by_hand(text: str, clone: Clone) -> None:
    mine, other = (_edits(TWO, body=f"a\n{word}\nc") for word in ("mine", "theirs"))
    merged(clone, mine, other, by_hand(TWO, body=text.split("\n") if text else []))
    assert told(clone) == []


def test_a_text_that_both_wrote_and_that_is_there_as_it_was_before_is_a_loss(clone: Clone) -> None:
    mine, other = (_edits(TWO, body=f"a\n{word}\nc") for word in ("mine", "theirs"))
    merged(clone, mine, other, by_hand(TWO, body=["a", "b", "c"]))
    assert [(number, names) for number, names, _ in told(clone)] == [(TWO, ["body"])]


@pytest.mark.parametrize(("keeps_the_other", "lost"), [(True, []), (False, [(ONE, ["blocked"])])])
def test_an_entry_that_both_ended_is_as_a_person_chose_and_the_one_beside_it_is_not(
    *, keeps_the_other: bool, lost: list[tuple[int, list[str]]], clone: Clone
) -> None:
    hours = [START + timedelta(hours=number) for number in range(4)]
    clone.edit(ONE, with_(blocked=(Blocked(since=hours[0], by="ana"),)))
    clone.commit("blocked")
    first, second = (Blocked(since=hours[0], until=until, by="ana") for until in hours[1:3])
    beside = Blocked(since=hours[3], by="bo")
    chosen = item(ONE, blocked=(first, beside) if keeps_the_other else (first,)).raw()["blocked"]
    mine, other = _edits(ONE, blocked=(first,)), _edits(ONE, blocked=(second, beside))
    merged(clone, mine, other, by_hand(ONE, blocked=chosen))
    assert [(number, names) for number, names, _ in told(clone)] == lost


def test_both_sides_gone_from_a_value_that_both_changed_is_a_loss(clone: Clone) -> None:
    both: Edits = {ONE: lambda each: each.with_(title="Mine")}
    other: Edits = {ONE: lambda each: each.with_(title="Theirs")}
    merged(clone, both, other, lambda base, *_: base)
    assert [names for _, names, _ in told(clone)] == [["title"]]


def test_what_a_later_commit_changed_is_not_reported_any_more(clone: Clone) -> None:
    merged(clone, MOVES, OTHERS, ours_of)
    clone.edit(FOUR, lambda each: each.with_(size=8))
    clone.commit("later")
    assert [number for number, _, _ in told(clone)] == [THREE]


def test_members_of_a_set_and_lines_of_a_text_are_missed_one_by_one(clone: Clone) -> None:
    mine: Edits = {
        THREE: lambda each: each.with_(tags=frozenset("xyz")),
        TWO: lambda each: each.with_(body="a\nb\nc\nd"),
    }
    other: Edits = {
        THREE: lambda each: each.with_(tags=frozenset("x")),
        TWO: lambda each: each.with_(body="0\na\nb\nc"),
    }
    merged(clone, mine, other, ours_of)
    assert [(number, names) for number, names, _ in told(clone)] == [(TWO, ["body"]), (THREE, ["tags"])]


def test_a_record_that_was_lost_and_one_that_came_back(clone: Clone) -> None:
    def lose(base: bytes, ours: bytes, theirs: bytes) -> bytes:
        tables = json.loads(right(base, ours, theirs))
        del tables["items"][str(FOUR)]
        return json.dumps(tables).encode()

    merged(clone, MOVES, {FOUR: lambda each: each.with_(archived=Stamp(at=START, by="bo"))}, lose)
    (only,) = replayed(clone)
    assert [(loss.record.id, loss.is_added) for loss in only.lost] == [(FOUR, True)]


def test_what_was_lost_is_put_back_on_top_of_what_came_since(clone: Clone) -> None:
    merged(clone, MOVES, OTHERS, ours_of)
    clone.edit(THREE, lambda each: each.with_(owner="dan"))
    clone.commit("later")
    (only,) = replayed(clone)
    now = START + timedelta(days=9)
    change = put_back(present(clone).workspace, only.lost, now, "ana")
    after = {edit.id: edit.after for edit in change.edits}
    third = after[THREE]
    assert isinstance(third, Item)
    assert (third.stage.stage, third.owner, len(third.past_moves)) == ("doing", "dan", 1)
    assert getattr(after[FOUR], "size", None) == 3
    assert change.sentence == "Put back what a merge lost of 2 records"


def test_a_merge_with_marks_in_it_is_a_problem(clone: Clone) -> None:
    merged(clone, MOVES, OTHERS, lambda _, ours, __: b"<<<<<<< ours\n" + ours)
    clone.git("checkout", "--quiet", "HEAD~1", "--", "leadline.json")
    (only,) = replayed(clone)
    assert only.problem
    assert only.lost == ()


def test_merges_about_other_files_are_not_even_read(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.git("switch", "--quiet", "--create", "side")
    (clone.folder / "code.py").write_text("x = 1\n")
    clone.commit("code")
    clone.git("switch", "--quiet", "main")
    clone.edit(ONE, moved("ready"))
    clone.commit("move")
    clone.git("merge", "--quiet", "--no-edit", "side")
    monkeypatch.setattr("store.disk.git.replaying.merge_texts", None)
    assert all(not each.lost for each in replayed(clone))


def test_an_octopus_and_a_criss_cross_are_replayed(clone: Clone) -> None:
    for branch, number in (("one", ONE), ("two", TWO), ("three", THREE)):
        clone.git("switch", "--quiet", "--create", branch, "main")
        clone.edit(number, moved("ready"))
        clone.commit(branch)
    clone.git("switch", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-edit", "one", "two", "three")
    clone.git("switch", "--quiet", "--create", "left", "one")
    clone.git("merge", "--quiet", "--no-edit", "two")
    clone.git("switch", "--quiet", "--create", "right", "two")
    clone.git("merge", "--quiet", "--no-edit", "one")
    clone.edit(FOUR, moved("doing"))
    clone.commit("right")
    clone.git("merge", "--quiet", "--no-edit", "left")
    clone.git("merge", "--quiet", "--no-edit", "main")
    assert all(not each.lost and not each.problem for each in replayed(clone))


def test_a_start_looks_at_new_merges_only(clone: Clone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    merged(clone, MOVES, OTHERS, ours_of)
    assert [len(each.lost) for each in new_losses(clone.repository)] == [2]
    assert new_losses(clone.repository) == ()
