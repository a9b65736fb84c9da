"""What came with the last pull, in real repositories."""

from datetime import UTC, datetime
from pathlib import Path

from store.disk.git.arrivals import last_arrival
from tests.store.disk.git.repositories import git, item, moved, new_clone, shared

ITEMS = tuple(item(number) for number in (10, 20, 30))


def test_nothing_came_where_nobody_pulled(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "first", *ITEMS)
    assert last_arrival(clone.repository) is None
    clone.commit("the store")
    assert last_arrival(clone.repository) is None


def test_a_pull_brings_what_others_did_however_it_was_joined(tmp_path: Path) -> None:
    for how in ("--ff-only", "--no-rebase", "--rebase"):
        ana, li = shared(tmp_path / how, *ITEMS)
        base = ana.git("rev-parse", "HEAD")
        li.edit(10, moved("ready"))
        tip = li.commit("li")
        li.git("push", "--quiet")
        mine = base
        if how != "--ff-only":
            ana.edit(30, moved("ready"))
            mine = ana.commit("ana")
        ana.git("pull", "--quiet", "--no-edit", how)
        found = last_arrival(ana.repository)
        assert found is not None
        assert (found.base, found.before, found.tip) == (base, mine, tip), how
        assert found.at is not None
        assert abs((datetime.now(UTC) - found.at).total_seconds()) < 600
        assert not found.is_under_way
        ana.edit(20, moved("doing"))
        ana.commit("later")
        assert last_arrival(ana.repository) == found, "what came stays known after further commits"


def test_a_pull_brings_what_others_did_with_the_merge_that_others_made(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    ana.edit(10, moved("ready"))
    mine = ana.commit("ana")
    ana.git("push", "--quiet")
    li.edit(30, moved("doing"))
    li.commit("li")
    li.git("pull", "--quiet", "--no-edit", "--no-rebase")
    li.git("push", "--quiet")
    ana.git("pull", "--quiet", "--ff-only")
    found = last_arrival(ana.repository)
    assert found is not None
    assert (found.base, found.before, found.tip) == (mine, mine, li.git("rev-parse", "HEAD"))


def test_a_merge_under_way_is_what_comes(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    base = ana.git("rev-parse", "HEAD")
    li.edit(10, moved("ready"))
    tip = li.commit("li")
    li.git("push", "--quiet")
    ana.edit(10, moved("doing"))
    mine = ana.commit("ana")
    ana.git("pull", "--quiet", "--no-rebase", check=False)
    found = last_arrival(ana.repository)
    assert found is not None
    assert (found.base, found.before, found.tip, found.is_under_way) == (base, mine, tip, True)
    assert git(ana.folder, "ls-files", "--unmerged")
    ana.git("checkout", "--quiet", "--ours", "--", "leadline.json")
    ana.git("commit", "--quiet", "--all", "--no-edit")
    finished = last_arrival(ana.repository)
    assert finished is not None
    assert (finished.base, finished.before, finished.tip, finished.is_under_way) == (base, mine, tip, False)
