"""`leadline --at REV`: the store as of a commit, to look at."""

import json

import pytest

from tests.store.disk.git.repositories import Clone
from tests.tui.cli.conftest import Leadline
from tests.tui.cli.repositories import ONE


@pytest.mark.parametrize(
    ("arguments", "now", "then"),
    [
        (("list", "is:any", "--json"), "ready", "inbox"),
        (("show", "YNJ", "--json"), "ready", "inbox"),
        (("export", "is:any", "--format", "json"), "ready", "inbox"),
    ],
)
def test_what_looks_looks_at_any_commit(
    arguments: tuple[str, ...], now: str, then: str, past: Clone, leadline: Leadline
) -> None:
    del past
    stages = []
    for revision in ("HEAD", "HEAD~2"):
        ended = leadline("--at", revision, *arguments)
        assert ended.code == 0, ended.err
        items = json.loads(ended.out)["items"]
        stages.append(next(item["stage"]["is"] for item in items if item["title"] == "Results grid"))
        assert "The store as of" in ended.err
    assert stages == [now, then]


def test_a_check_looks_at_the_commit_and_not_at_the_file(past: Clone, leadline: Leadline) -> None:
    past.store.write_text("<<<<<<< ours\n")
    assert leadline("--at", "HEAD", "check").code == 0
    assert leadline("--at", "HEAD", "check", "--fix").code == 2


def test_what_changes_something_does_not_go_with_it(past: Clone, leadline: Leadline) -> None:
    before = past.store.read_bytes()
    for arguments in (("add", "one more"), ("import", "x.json"), ("git-setup", "--yes"), ("init",)):
        ended = leadline("--at", "HEAD", *arguments)
        assert ended.code == 2
        assert "--at only looks" in ended.err
    assert past.store.read_bytes() == before


@pytest.mark.parametrize("revision", ["nowhere", "--all", "", "HEAD~99"])
def test_a_commit_that_is_none_is_told(revision: str, past: Clone, leadline: Leadline) -> None:
    del past
    ended = leadline("--at", revision, "list")
    assert ended.code == 1
    assert "Git knows no commit" in ended.err


def test_a_version_that_is_no_store_is_told(past: Clone, leadline: Leadline) -> None:
    past.store.write_text("<<<<<<< ours\n")
    past.commit("broken")
    ended = leadline("--at", "HEAD", "list")
    assert ended.code == 4
    assert ended.out == ""


def test_without_a_terminal_the_full_screen_says_what_to_run(past: Clone, leadline: Leadline) -> None:
    del past
    assert leadline("--at", "HEAD").code == 2


def test_the_past_of_a_store_that_is_gone_is_still_there(past: Clone, leadline: Leadline) -> None:
    past.git("rm", "--quiet", "--force", "leadline.json")
    past.git("commit", "--quiet", "--message", "Take it out")
    for store in ((), ("--store", "leadline.json")):
        assert "Results grid" in leadline(*store, "--at", "HEAD~1", "list").out
        assert "Results grid: removed" in leadline(*store, "diff", "HEAD~1").out
        assert "Take it out" in leadline(*store, "log", "-n", "1").lines[0]
    for arguments in (("list",), ("--store", "other.json", "--at", "HEAD~1", "list"), ("--store", "other.json", "log")):
        assert leadline(*arguments).code == 3


def test_a_merge_that_waits_is_about_the_file_and_not_about_a_commit(past: Clone, leadline: Leadline) -> None:
    past.commit("clean")
    past.git("switch", "--quiet", "--create", "side")
    past.edit(ONE, lambda each: each.with_(owner="eve"))
    past.commit("side")
    past.git("switch", "--quiet", "main")
    past.edit(ONE, lambda each: each.with_(owner="fay"))
    past.commit("main")
    past.git("merge", "--quiet", "side", check=False)
    past.git("checkout", "--quiet", "--ours", "--", "leadline.json")
    assert "only one side of it stands here" in leadline("check").out
    assert leadline("--at", "HEAD", "check").code == 0
    assert leadline("check", "--fix", "--yes").code == 4
    (number,) = (line.split()[0] for line in leadline("recover").lines if "before mending" in line)
    assert "owner @fay" in leadline("recover", number).out
