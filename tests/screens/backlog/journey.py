"""A small backlog and ways to work in it, for the tests of its screen."""

from datetime import date

from textual.widgets import Input

from screens.backlog.screen import BacklogScreen
from store.models import Horizon, Item, Workspace
from tests.screens.driver import Driver
from tests.store.samples import a_goal, a_workspace, ago, an_item

COPY, WIDTHS, CANCEL, PARQUET, RUNNER, DARK, DONE, OLD = range(1, 9)
FLOW, DATA = 100, 101


def backlog() -> Workspace:
    """Six open items in all horizons, a finished and an archived one, and two goals."""
    return a_workspace(
        an_item(
            COPY,
            "Grid: copy with headers",
            "doing",
            horizon=Horizon.NOW,
            serves={FLOW: 3},
            size=2,
            owner="ana",
            since=ago(5),
            tags=frozenset({"grid"}),
        ),
        an_item(
            WIDTHS,
            "Results grid loses column widths",
            horizon=Horizon.NOW,
            serves={FLOW: 2},
            size=2,
            body="Every time I run the query again.\n\n- drag\n- drag again",
            due=date(2026, 11, 27),
            tags=frozenset({"grid"}),
        ),
        an_item(CANCEL, "Cancel a running query", horizon=Horizon.NOW, serves={FLOW: 2}, size=3, owner="li"),
        an_item(PARQUET, "Export to Parquet", horizon=Horizon.NEXT, serves={DATA: 1}, size=3, tags=frozenset({"data"})),
        an_item(RUNNER, "Upgrade the test runner", horizon=Horizon.LATER, size=1),
        an_item(DARK, "Dark mode for the start page", "inbox"),
        an_item(DONE, "Sort by two columns", "done"),
        an_item(OLD, "Ribbon", "done", archived={"at": ago(1), "by": "ana"}),
        a_goal(FLOW, "Analysts stay in flow", weight=3),
        a_goal(DATA, "Data leaves in one step", weight=1),
    )


def screen(driver: Driver) -> BacklogScreen:
    """The backlog, perhaps behind a page or a dialog."""
    found = next(each for each in driver.app.screen_stack if isinstance(each, BacklogScreen))
    assert isinstance(found, BacklogScreen)
    return found


def titles(driver: Driver) -> list[str]:
    """The titles in the list, from top to bottom."""
    return [driver.workspace.items[number].title for number in screen(driver).records.ids]


def shown(driver: Driver) -> list[int]:
    """The items in the list, from top to bottom."""
    return list(screen(driver).records.ids)


def item(driver: Driver, number: int) -> Item:
    """An item as it is now."""
    return driver.workspace.items[number]


async def fill(driver: Driver, text: str, *keys: str) -> None:
    """Put a text into the line in focus at once, then press keys; letter by letter it takes seconds."""
    line = driver.app.focused
    assert isinstance(line, Input)
    line.value = text
    line.cursor_position = len(text)
    await driver.press(*keys)


async def filter_by(driver: Driver, text: str, *keys: str) -> None:
    """Open the filter, put a text into it, then press keys."""
    await driver.press("slash")
    await fill(driver, text, *keys)
