"""`leadline check --merges`: what merges made elsewhere lost, told and put back."""

import json

import pytest

from tests.store.disk.git.repositories import Clone, moved
from tests.tui.cli.conftest import Leadline
from tests.tui.cli.repositories import ONE, TWO


@pytest.fixture
def lossy(past: Clone) -> Clone:
    """A history in which a merge took one side as it was."""
    past.commit("clean")
    past.git("switch", "--quiet", "--create", "side")
    past.edit(ONE, moved("doing", 5, "dan"))
    past.edit(TWO, lambda each: each.with_(size=3))
    past.git("commit", "--quiet", "--all", "--message", "side", "--author", "eve <eve@example.com>")
    past.git("switch", "--quiet", "main")
    past.edit(TWO, lambda each: each.with_(owner="fay"))
    past.commit("main")
    past.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    return past


def test_without_a_merge_nothing_is_lost(past: Clone, leadline: Leadline) -> None:
    del past
    ended = leadline("check", "--merges")
    assert (ended.code, ended.out) == (0, "")
    assert "0 merges looked at: nothing is lost." in ended.err


def test_what_was_lost_is_told_with_who_did_it(lossy: Clone, leadline: Leadline) -> None:
    ended = leadline("check", "--merges")
    assert ended.code == 4
    short = lossy.git("rev-parse", "--short=8", "HEAD")
    assert sorted(ended.lines) == [
        f"Merge {short} of today by ana lost what dan did: LL-0YNJ Results grid: doing, was ready.",
        f"Merge {short} of today by ana lost what eve did: LL-176K Export ␛[2J[red]: size 3.",
    ]
    assert "2 records lost something" in ended.err
    assert leadline("check", "--merges", "HEAD..HEAD").code == 0


def test_what_could_not_be_compared_is_not_called_lossless(past: Clone, leadline: Leadline) -> None:
    past.commit("clean")
    past.git("switch", "--quiet", "--create", "side")
    past.edit(ONE, moved("doing", 5, "dan"))
    past.commit("side")
    past.git("switch", "--quiet", "main")
    past.edit(ONE, moved("review", 5, "fay"))
    past.commit("main")
    past.git("merge", "--quiet", "side", check=False)
    past.git("commit", "--quiet", "--all", "--message", "with the marks in it")
    past.git("checkout", "--quiet", "HEAD^1", "--", "leadline.json")
    past.git("commit", "--quiet", "--message", "ours")
    ended = leadline("check", "--merges")
    assert ended.code == 1
    assert "a merge that was not finished" in ended.out
    assert ended.err.startswith("1 merge looked at: 1 could not be compared.")


def test_a_merge_with_a_side_on_which_the_store_had_another_name_is_not_compared(
    past: Clone, leadline: Leadline
) -> None:
    past.commit("clean")
    past.git("switch", "--quiet", "--create", "side")
    past.git("mv", "leadline.json", "plan.json")
    past.git("commit", "--quiet", "--message", "another name")
    past.git("switch", "--quiet", "main")
    past.edit(ONE, moved("doing", 5, "dan"))
    past.commit("main")
    past.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    past.git("mv", "leadline.json", "plan.json")
    past.git("commit", "--quiet", "--amend", "--no-edit")
    ended = leadline("--store", "plan.json", "check", "--merges")
    assert ended.code == 1
    assert "has another name or was taken out" in ended.out
    past.git("switch", "--quiet", "--create", "started", "side")
    past.git("switch", "--quiet", "--orphan", "other")
    past.git("commit", "--quiet", "--allow-empty", "--message", "nothing here")
    past.git("merge", "--quiet", "--no-edit", "--allow-unrelated-histories", "started")
    assert leadline("--store", "plan.json", "check", "--merges").code == 0


def test_the_fix_asks_and_puts_it_back(lossy: Clone, leadline: Leadline) -> None:
    before = lossy.store.read_bytes()
    assert leadline("check", "--merges", "--fix").code == 4
    assert lossy.store.read_bytes() == before
    ended = leadline("check", "--merges", "--fix", "--yes")
    assert ended.code == 0
    assert "Put back what a merge lost of 2 records." in ended.err
    items = json.loads(leadline("list", "is:any", "--json").out)["items"]
    assert {item["title"]: (item["stage"]["is"], item["size"], item["owner"]) for item in items} == {
        "Results grid": ("doing", None, ""),
        "Export \x1b[2J[red]": ("inbox", 3, "fay"),
    }
    assert leadline("check", "--merges").code == 0


def test_one_record_is_put_back_and_named(past: Clone, leadline: Leadline) -> None:
    past.commit("clean")
    past.git("switch", "--quiet", "--create", "side")
    past.edit(TWO, lambda each: each.with_(size=3))
    past.commit("side")
    past.git("switch", "--quiet", "main")
    past.edit(ONE, moved("doing", 5, "dan"))
    past.commit("main")
    past.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    ended = leadline("check", "--merges", "--fix", "--yes")
    assert ended.code == 0
    assert "Put back what a merge lost of LL-176K." in ended.err


def test_json_has_every_lost_value(lossy: Clone, leadline: Leadline) -> None:
    found = json.loads(leadline("check", "--merges", "--json").out)
    assert found["looked_at"] == 1
    (merge,) = found["merges"]
    assert merge["commit"] == lossy.git("rev-parse", "HEAD")
    sized = next(lost for lost in merge["lost"] if lost["id"] == TWO)
    assert (sized["author"], sized["fields"]) == ("eve", [{"field": "size", "before": None, "after": 3, "by": None}])


def test_a_range_that_is_none_is_told(past: Clone, leadline: Leadline) -> None:
    del past
    assert leadline("check", "--merges", "nowhere").code == 1
    assert leadline("--at", "HEAD", "check", "--merges").code == 2
