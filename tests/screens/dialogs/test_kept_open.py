"""A dialog whose answer cannot be taken stays open with all that was typed, and the same key keeps it later."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from store.disk import create_store
from store.models import Item, Settings, Workspace
from store.workbench import Workbench
from tests.screens.driver import ME, NARROW, NOW, WIDE, Driver, running_on
from tests.store.samples import a_goal, an_item

ITEM, GOAL = 10, 500
MARKS = b"<<<<<<< HEAD\n"
REASON = "holds a merge that was not finished"


@asynccontextmanager
async def sitting(folder: Path, mode: str, size: tuple[int, int] = WIDE) -> AsyncIterator[Driver]:
    """The program on a store file with an item and a goal."""
    item, goal = an_item(ITEM, "First", stage="inbox"), a_goal(GOAL, "Analysts stay in flow")
    path = create_store(folder / "leadline.json", Settings(), {"items": {ITEM: item}, "goals": {GOAL: goal}})
    async with running_on(Workbench.open(path, now=lambda: NOW, who=ME), size, mode) as driver:
        yield driver


@asynccontextmanager
async def marked(driver: Driver) -> AsyncIterator[None]:
    """For a while git's marks are in the file, so that it can only be looked at."""
    path = driver.workbench.path
    assert path is not None
    content = path.read_bytes()
    path.write_bytes(MARKS + content)
    await looked(driver, is_held=True)
    yield
    path.write_bytes(content)
    await looked(driver, is_held=False)


async def looked(driver: Driver, *, is_held: bool) -> None:
    """Wait until the program has seen how the file is now."""
    for _ in range(200):
        if driver.workbench.is_read_only is is_held:
            break
        driver.app._look()
        await driver.pilot.pause(0.02)
    assert driver.workbench.is_read_only is is_held
    await driver.quiet()


def fill(driver: Driver, text: str) -> None:
    """Put a text into what is in focus."""
    field = driver.app.focused
    if isinstance(field, TextArea):
        field.text = text
    else:
        assert isinstance(field, Input)
        field.value = text


def item(workspace: Workspace) -> Item:
    return workspace.items[ITEM]


def reason_of(workspace: Workspace) -> str:
    verdict = item(workspace).verdict
    return "" if verdict is None else verdict.reason


@pytest.mark.parametrize(
    ("mode", "opens", "keeps", "read"),
    [
        ("backlog", ("E",), "ctrl+s", lambda work: item(work).body),
        ("backlog", ("enter", "e"), "enter", lambda work: item(work).title),
        ("backlog", ("e",), "enter", lambda work: item(work).title),
        ("backlog", ("t",), "enter", lambda work: "".join(item(work).tags)),
        ("goals", ("E",), "ctrl+s", lambda work: work.goals[GOAL].title),
        ("triage", ("4",), "enter", reason_of),
        ("triage", ("3",), "enter", reason_of),
        ("backlog", ("c",), "enter", lambda work: max(work.items.values(), key=lambda each: each.id != ITEM).title),
    ],
    ids=["text", "line", "title in the list", "new tag", "form", "reason", "later", "capture"],
)
async def test_what_was_typed_stays_while_the_file_cannot_be_read_and_is_kept_by_the_same_key_afterwards(
    tmp_path: Path, mode: str, opens: tuple[str, ...], keeps: str, read: Callable[[Workspace], str]
) -> None:
    async with sitting(tmp_path, mode) as driver:
        await driver.press(*opens)
        fill(driver, "an-hour-of-writing")
        await driver.quiet()
        front = driver.app.screen
        async with marked(driver):
            await driver.press(keeps)
            assert driver.app.screen is front
            assert "read only: leadline.json" in driver.text
            assert "an-hour-of-writing" in driver.text
            assert read(driver.workspace) != "an-hour-of-writing"
        await driver.press(keeps)
        assert read(driver.workspace) == "an-hour-of-writing"


async def test_a_pasted_list_is_not_lost_either_when_its_question_is_answered_too_late(tmp_path: Path) -> None:
    async with sitting(tmp_path, "backlog") as driver:
        await driver.press("c")
        driver.app.post_message(Paste("- second\n- third"))
        await driver.quiet()
        async with marked(driver):
            await driver.press("y")
            assert "Create 2 items?" in driver.text
            assert len(driver.workspace.items) == 1
        await driver.press("y")
        assert {each.title for each in driver.workspace.items.values()} == {"First", "second", "third"}


async def test_what_cannot_be_kept_is_closed_with_esc_as_ever(tmp_path: Path) -> None:
    async with sitting(tmp_path, "backlog") as driver:
        await driver.press("E")
        fill(driver, "not worth it")
        async with marked(driver):
            await driver.press("ctrl+s", "escape")
            assert "Throw away what you typed?" in driver.text
            await driver.press("y")
            assert len(driver.app.screen_stack) == 1


async def test_the_reason_is_seen_whole_in_a_form_that_fills_a_small_window(tmp_path: Path) -> None:
    async with sitting(tmp_path, "goals", NARROW) as driver:
        await driver.press("E")
        async with marked(driver):
            await driver.press("ctrl+s")
            assert REASON in " ".join(line.strip(" │·▄▇") for line in driver.lines)
            assert "looked at again every second." in driver.text


async def test_a_question_that_changes_nothing_is_answered_all_the_same(tmp_path: Path) -> None:
    async with sitting(tmp_path, "backlog") as driver, marked(driver):
        await driver.press("g", "i")
        fill(driver, "LL-000A")
        await driver.press("enter")
        assert type(driver.app.screen).__name__ == "ItemScreen"
