"""What somebody decided is done for the records as they are now, and never dropped without their word."""

from pathlib import Path
from unittest.mock import patch

from screens.requests import Do
from store.change import ChangeSet
from store.disk import create_store
from store.errors import RuleError
from store.models import Settings
from store.workbench import Workbench
from tests.screens.driver import ME, NOW, Driver, running_on
from tests.store.benches import edited, opened
from tests.store.samples import an_item

ITEM = 10
ASKED = "Changed by somebody else meanwhile"


def bench_on(folder: Path) -> tuple[Path, Workbench]:
    path = create_store(folder / "leadline.json", Settings(), {"items": {ITEM: an_item(ITEM, "First")}})
    return path, Workbench.open(path, now=lambda: NOW, who=ME)


async def others_write(driver: Driver, path: Path, title: str) -> None:
    """Somebody at another terminal changes the title, and the program takes it in."""
    other = opened(path)
    other.do(edited(other, ITEM, title=title))
    other.save()
    for _ in range(200):
        driver.app._look()
        await driver.pilot.pause(0.02)
        if driver.workspace.items[ITEM].title == title:
            break
    assert driver.workspace.items[ITEM].title == title
    await driver.quiet()


async def test_who_is_overtaken_again_while_they_are_asked_is_asked_again(tmp_path: Path) -> None:
    path, bench = bench_on(tmp_path)
    async with running_on(bench, mode="backlog") as driver:
        seen, mine = bench.workspace, edited(bench, ITEM, title="Mine")
        await others_write(driver, path, "Theirs")
        driver.app.post_message(Do(mine, seen=seen))
        await driver.quiet()
        assert ASKED in driver.text
        await others_write(driver, path, "Theirs again")
        await driver.press("y")
        assert ASKED in driver.text
        assert "Theirs again" in driver.text
        await driver.press("y")
        assert bench.workspace.items[ITEM].title == "Mine"


async def test_what_was_decided_and_refused_is_offered_until_it_is_done_or_let_go(tmp_path: Path) -> None:
    _, bench = bench_on(tmp_path)
    real, refusals = bench.do, ["The file broke just now.", "It is still broken.", "For ever."]

    def do(change: ChangeSet) -> object:
        if refusals:
            raise RuleError(refusals.pop(0))
        return real(change)

    async with running_on(bench, mode="backlog") as driver:
        with patch.object(bench, "do", do):
            driver.app.post_message(Do(edited(bench, ITEM, title="Mine"), seen=bench.workspace))
            await driver.quiet()
            assert "The file broke just now." in driver.text
            await driver.press("y")
            assert "It is still broken." in driver.text
            refusals.clear()
            await driver.press("y")
            assert bench.workspace.items[ITEM].title == "Mine"
            refusals.append("For ever.")
            driver.app.post_message(Do(edited(bench, ITEM, title="Other"), seen=bench.workspace))
            await driver.quiet()
            await driver.press("n")
            assert len(driver.app.screen_stack) == 1
            assert bench.workspace.items[ITEM].title == "Mine"
