"""Commit, pull and push from the screen, with real git."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from screens.sharing.screen import SharingScreen
from store.change import moved, owned
from store.models import Workspace
from store.workbench import Workbench
from store.workbench.sharing import Sharing
from tests.screens.driver import ME, NOW, WIDE, Driver, running, running_on
from tests.store.disk.git.repositories import Clone, item, new_clone, shared
from tests.store.disk.git.repositories import moved as item_moved

ITEMS = (item(10, "Results grid"), item(20, "Export"), item(30, "Cancel a query"))


@asynccontextmanager
async def sharing(clone: Clone, size: tuple[int, int] = WIDE) -> AsyncIterator[Driver]:
    bench = Workbench.open(clone.store, now=lambda: NOW, who=ME)
    # Told once: a toast that comes on its own would cover what a test looks for.
    Sharing(bench).is_news_that_git_merges_by_lines()
    async with running_on(bench, size, "sharing") as driver:
        await until(driver, lambda: screen(driver).shared is not None)
        yield driver


def screen(driver: Driver) -> SharingScreen:
    found = next(screen for screen in driver.app.screen_stack if isinstance(screen, SharingScreen))
    assert isinstance(found, SharingScreen)
    return found


async def until(driver: Driver, happens: Callable[[], bool]) -> None:
    for _ in range(200):
        if happens():
            await driver.press()
            return
        await driver.pilot.pause(0.05)
    pytest.fail(f"it never happened:\n{driver.text}")


async def until_text(driver: Driver, words: str) -> None:
    await until(driver, lambda: words in driver.text)


async def test_without_git_every_key_says_why() -> None:
    async with running(Workspace(), WIDE, "sharing") as driver:
        assert "not in a git repository: git init in its folder makes one" in driver.lines[1]
        for key in ("C", "p", "P", "f"):
            await driver.press(key)
            assert "The store is not in a git repository" in driver.text


async def test_what_changed_is_listed_committed_and_pushed(tmp_path: Path) -> None:
    ana, _ = shared(tmp_path, *ITEMS)
    async with sharing(ana) as driver:
        await until_text(driver, "all committed · main is as origin/main")
        await driver.press("C")
        assert "Nothing has changed since the last commit." in driver.text
        await driver.press("P")
        assert "origin/main has every commit that is here." in driver.text
        driver.workbench.do(moved(driver.workspace, [10], "doing", NOW, "ana"))
        driver.workbench.do(owned(driver.workspace, [20], "li", NOW, "ana"))
        driver.app.show_work()
        driver.app.keep()
        await until_text(driver, "2 records changed since the last commit")
        assert "Changed here since the last commit · @ana" in driver.text
        assert "doing, was inbox" in driver.text
        assert "owner @li" in driver.text
        await driver.press("C")
        assert "Commit leadline.json, and no other file" in driver.text
        assert "leadline: 2 items changed" in driver.text
        await driver.press("ctrl+s")
        await until_text(driver, "all committed · main has 1 commit to push")
        assert ana.git("log", "-1", "--format=%s") == "leadline: 2 items changed"
        assert "Results grid: doing, was inbox" in ana.git("log", "-1", "--format=%b")
        await driver.press("P")
        await until_text(driver, "main is as origin/main")
        assert "main -> main" in driver.text, "what git said stays to be read"
        assert "Pushed." in driver.text
        await driver.press("escape")
        assert "git push" not in driver.text


async def test_a_pull_shows_what_came_and_a_refusal_says_why(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    li.edit(10, item_moved("ready"))
    li.git("commit", "--quiet", "--all", "--message", "li", "--author", "Li <li@example.com>")
    li.git("push", "--quiet")
    async with sharing(ana) as driver:
        await driver.press("p")
        await driver.press("question_mark")
        assert "sharing" in driver.text.lower(), "keys go on working while git runs"
        await driver.press("escape")
        await until_text(driver, "Came with the last pull, ")
        assert "· @bo" in driver.text, "who moved it says so itself"
        assert "ready, was inbox" in driver.text
        assert driver.workspace.items[10].stage.stage == "ready"
        li.edit(20, item_moved("ready"))
        li.commit("li again")
        li.git("push", "--quiet")
        driver.workbench.do(owned(driver.workspace, [30], "ana", NOW, "ana"))
        driver.app.show_work()
        driver.app.keep()
        await until_text(driver, "1 record changed")
        await driver.press("C", "ctrl+s")
        await until_text(driver, "1 commit to push")
        await driver.press("P")
        await until_text(driver, "refused · esc closes")
        assert screen(driver).errand == ""
        await driver.press("p")
        await until_text(driver, "main has 2 commits to push")
        assert driver.workspace.items[20].stage.stage == "ready"


async def test_a_pull_that_waits_for_the_network_is_stopped_by_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = shared(tmp_path, *ITEMS)
    waits = tmp_path / "waits"
    waits.write_text("#!/bin/sh\nexec sleep 600\n")
    waits.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(waits))
    async with sharing(ana) as driver:
        await until_text(driver, "main is as origin/main")
        ana.git("remote", "set-url", "origin", "ssh://nowhere.invalid/store")
        await driver.press("p")
        await until_text(driver, "running · esc stops it")
        await driver.press("P")
        assert "git pull is still running; esc stops it." in driver.text
        await driver.press("escape")
        await until_text(driver, "Git was stopped.")
        assert "refused" not in driver.text
        assert screen(driver).errand == ""
        await driver.press("escape")
        assert "git pull" not in driver.text


async def test_a_branch_that_follows_nothing_is_pushed_first(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "alone", *ITEMS)
    clone.commit("the store")
    async with sharing(clone) as driver:
        assert "main follows no branch elsewhere" in driver.lines[1]
        await driver.press("p")
        assert "main follows no branch elsewhere; P pushes it" in driver.text
        await driver.press("P")
        await until_text(driver, "knows no other side to push to")


async def test_a_clone_is_set_up_after_a_look_at_the_plan(tmp_path: Path) -> None:
    ana, _ = shared(tmp_path, *ITEMS)
    async with sharing(ana) as driver:
        await until_text(driver, "git merges it by lines here: S sets it up")
        await driver.press("S")
        await until_text(driver, "setting merge.leadline.driver of this clone")
        assert "/leadline.json text eol=lf merge=leadline" in driver.text
        await driver.press("y")
        await until(driver, lambda: "S sets it up" not in driver.lines[1])
        assert ana.git("check-attr", "merge", "--", "leadline.json").endswith(": leadline")
        await driver.press("S")
        assert "Git merges the store as records here already." in driver.text


async def test_what_git_left_between_marks_is_merged_as_records_and_settled(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    for clone, stage in ((li, "declined"), (ana, "doing")):
        clone.edit(10, item_moved(stage, by="li" if clone is li else "ana"))
        clone.commit(stage)
    li.git("push", "--quiet")
    async with sharing(ana) as driver:
        await driver.press("p")
        await until_text(driver, "1 conflict to settle · then C ends the merge")
        assert "It was inbox; @ana moved it to doing" in driver.text or "git pull" in driver.text
        screen(driver).arrive(record=screen(driver).waiting[0].conflict.id)
        await driver.press("escape")
        await until_text(driver, "1 ours")
        assert "2 theirs" in driver.text
        await driver.press("2")
        await until_text(driver, "All is settled. End the merge?")
        await driver.press("y")
        await until_text(driver, "all committed · main has 2 commits to push")
        assert ana.git("rev-list", "--merges", "--count", "HEAD") == "1"
        assert driver.workspace.items[10].stage.stage == "declined"
        assert [move.stage for move in driver.workspace.items[10].moves] == ["inbox", "doing", "declined"]
