"""The file changes while something is open: nothing is lost, the place is kept, and a person is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.disk.database import Database
from store.disk.journal.journal import read_journals
from store.models import TABLES
from store.workbench import Workbench
from store.workbench.recovering import Source, recoverables
from store.workbench.sharing import Sharing
from tests.proofs.figures import Report
from tests.proofs.interruptions.events import EVENTS, Event
from tests.proofs.interruptions.situations import ITEMS, SITUATIONS, THE_GOAL, Situation, saved, toasts, until
from tests.screens.driver import ME, NOW, WIDE, Driver, running_on
from tests.store.disk.git.repositories import Clone, shared
from tests.store.disk.stores import read


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))


def clones(folder: Path) -> tuple[Clone, Clone]:
    """Two clones of a small store in a new folder."""
    folder.mkdir()
    ana, li = shared(folder, *ITEMS)
    Database(ana.store).commit({"goals": {THE_GOAL.id: THE_GOAL}})
    ana.commit("a goal")
    return ana, li


@pytest.mark.parametrize("happens", EVENTS)
async def test_nothing_is_lost_and_the_place_is_kept(tmp_path: Path, happens: str, report: Report) -> None:
    for name, situation in SITUATIONS.items():
        await interrupted(clones(tmp_path / name), EVENTS[happens], situation)
    report(f"Interrupted by: {happens}", {"situations": len(SITUATIONS), "lost or overwritten": 0})


async def interrupted(clones: tuple[Clone, Clone], event: Event, situation: Situation) -> None:
    """One scenario, from the first key to the file at the end."""
    ana, li = clones
    bench = Workbench.open(ana.store, now=lambda: NOW, who=ME)
    Sharing(bench).is_news_that_git_merges_by_lines()
    async with running_on(bench, WIDE, situation.mode) as driver:
        await situation.begin(driver)
        stand = situation.stand(driver)
        for words in event(ana, li, situation.theirs):
            await noticed(driver, words, lambda: situation.has_theirs(driver.workspace))
            if words and situation.keeps:
                await driver.press(situation.keeps)
            assert situation.stand(driver) == stand
        await situation.end(driver)
        await until(driver, lambda: situation.is_done(driver.workspace))
        await saved(driver)
        reading = read(ana.store.read_bytes())
        assert reading.findings == ()
        for table in TABLES:
            assert reading.workspace.table(table) == driver.workspace.table(table)
        assert situation.has_theirs(reading.workspace)
        assert situation.is_done(reading.workspace)
    bench.close()


async def noticed(driver: Driver, words: str, has_theirs: Callable[[], bool]) -> None:
    """Wait until the program has seen what happened: the words in the top line, or else the records."""

    def is_seen() -> bool:
        driver.app._look()
        top = " ".join(part.text for part in driver.app.status)
        return words in top if words else has_theirs() and "read only" not in top

    await until(driver, is_seen)


async def test_what_a_reset_threw_away_is_told_and_can_be_brought_back(tmp_path: Path) -> None:
    ana, li = clones(tmp_path / "clones")
    bench = Workbench.open(ana.store, now=lambda: NOW, who=ME)
    async with running_on(bench, WIDE, "backlog") as driver:
        undo = SITUATIONS["undo"]
        await undo.begin(driver)
        for _ in EVENTS["reset"](ana, li, undo.theirs):
            await noticed(driver, "", lambda: undo.has_theirs(driver.workspace))
        await until(driver, lambda: "1 of your edits is not in it any more" in toasts(driver))
        content = ana.store.read_bytes()
        found = recoverables(ana.store, content, read(content).workspace, read_journals(ana.store))
        [missing] = [each for each in found if each.source is Source.MISSING]
        assert [step.change.sentence for step in missing.steps] == ["Renamed LL-000A to “Mine”"]
    bench.close()
