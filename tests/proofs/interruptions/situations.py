"""What somebody is in the middle of when the file changes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

import pytest
from textual.widgets import Input

from screens.item.screen import ItemScreen
from screens.sharing.screen import SharingScreen
from screens.triage.screen import TriageScreen
from screens.widgets.record_list import RecordList
from store.models import Horizon, Ruling, Verdict, Workspace
from store.workbench import SaveKind
from tests.screens.driver import NOW, Driver
from tests.store.benches import START
from tests.store.disk.git.repositories import item
from tests.store.samples import a_goal

FIRST, SECOND, NEW, GOAL = 10, 20, 90, 500
ITEMS: Final = tuple(item(number, f"Request {number}") for number in range(10, 70, 10))
THE_GOAL: Final = a_goal(GOAL, "Analysts stay in flow", weight=3)
ASKED: Final = "Changed by somebody else meanwhile"


class Situation:
    """A person who only looks at the list, and the root of all others."""

    mode: ClassVar[str] = "backlog"
    keeps: ClassVar[str] = ""
    """The key that would give what was typed; as long as the file cannot be read it must change nothing."""

    async def begin(self, driver: Driver) -> None:
        """Come into the situation: here, the cursor on the second item."""
        await driver.press("j")

    def stand(self, driver: Driver) -> object:
        """What must be as it was after the interruption."""
        return front(driver), cursor(driver)

    def theirs(self, workspace: Workspace) -> Workspace:
        """What others do: other fields of the same records, and a new one."""
        items = workspace.items
        touched = {number: items[number].with_(owner="li") for number in (FIRST, SECOND)}
        return workspace.with_records({"items": {**touched, NEW: item(NEW, "From elsewhere")}})

    def has_theirs(self, workspace: Workspace) -> bool:
        """Whether all of it is there."""
        items = workspace.items
        return NEW in items and items[FIRST].owner == items[SECOND].owner == "li"

    async def end(self, driver: Driver) -> None:
        """Go on after the interruption."""

    def is_done(self, workspace: Workspace) -> bool:  # noqa: ARG002 - who only looks is done at once
        """Whether in the end all is there that the person wanted."""
        return True


class Filtering(Situation):
    """The filter is half typed."""

    async def begin(self, driver: Driver) -> None:
        await driver.press("j", "slash")
        fill(driver, "Request")
        await driver.pilot.pause()

    def stand(self, driver: Driver) -> object:
        return typed(driver), cursor(driver)

    async def end(self, driver: Driver) -> None:
        at = cursor(driver)
        await driver.press("enter")
        assert cursor(driver) == at
        assert "Request 10" in driver.text
        assert "From elsewhere" not in driver.text


class Card(Situation):
    """The page of an item is open."""

    async def begin(self, driver: Driver) -> None:
        await driver.press("enter")

    def stand(self, driver: Driver) -> object:
        page = driver.app.screen
        assert isinstance(page, ItemScreen)
        assert page.item is not None
        return page.item.id

    async def end(self, driver: Driver) -> None:
        await until(driver, lambda: "@li" in driver.text)
        await driver.press("escape")
        assert cursor(driver) == FIRST


class Title(Situation):
    """A title is being typed in the list, and they change the same title."""

    keeps = "enter"
    keys: ClassVar[tuple[str, ...]] = ("e",)
    answer: ClassVar[str] = "y"

    async def begin(self, driver: Driver) -> None:
        await driver.press(*self.keys)
        fill(driver, "Mine")

    def stand(self, driver: Driver) -> object:
        return typed(driver), cursor(driver)

    def theirs(self, workspace: Workspace) -> Workspace:
        after = super().theirs(workspace)
        return after.with_records({"items": {FIRST: after.items[FIRST].with_(title="Theirs")}})

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: ASKED in driver.text)
        assert "Theirs" in driver.text
        await driver.press(self.answer)

    def is_done(self, workspace: Workspace) -> bool:
        return workspace.items[FIRST].title == ("Mine" if self.answer == "y" else "Theirs")


class TitleOnCard(Title):
    """The same on the page of the item; they are right this time."""

    keys = ("enter", "e")
    answer = "n"

    def stand(self, driver: Driver) -> object:
        return typed(driver), front(driver)


class Form(Situation):
    """A form with all fields of a goal is open, and they change another field."""

    mode = "goals"
    keeps = "ctrl+s"

    async def begin(self, driver: Driver) -> None:
        await driver.press("E")
        fill(driver, "Mine")

    def stand(self, driver: Driver) -> object:
        return typed(driver), front(driver)

    def theirs(self, workspace: Workspace) -> Workspace:
        after = super().theirs(workspace)
        return after.with_records({"goals": {GOAL: after.goals[GOAL].with_(weight=9)}})

    async def end(self, driver: Driver) -> None:
        await driver.press("ctrl+s")
        await until(driver, lambda: front(driver) == "GoalsScreen")

    def is_done(self, workspace: Workspace) -> bool:
        goal = workspace.goals[GOAL]
        return (goal.title, goal.weight) == ("Mine", 9)


class DisputedForm(Form):
    """The form is open, and they change the field that is typed in."""

    def theirs(self, workspace: Workspace) -> Workspace:
        after = super().theirs(workspace)
        return after.with_records({"goals": {GOAL: after.goals[GOAL].with_(title="Theirs")}})

    async def end(self, driver: Driver) -> None:
        await driver.press("ctrl+s")
        await until(driver, lambda: ASKED in driver.text)
        await driver.press("y")


class Capture(Situation):
    """An item is half typed."""

    keeps = "enter"

    async def begin(self, driver: Driver) -> None:
        await driver.press("j", "c")
        fill(driver, "A new wish")

    def stand(self, driver: Driver) -> object:
        return typed(driver), cursor(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("enter", "escape")

    def is_done(self, workspace: Workspace) -> bool:
        return [each.title for each in workspace.items.values()].count("A new wish") == 1


class Stage(Situation):
    """The picker of stages is open, and they move the item somewhere else."""

    keeps = "enter"

    async def begin(self, driver: Driver) -> None:
        await driver.press("s")
        fill(driver, "doing")

    def stand(self, driver: Driver) -> object:
        return typed(driver), cursor(driver), front(driver)

    def theirs(self, workspace: Workspace) -> Workspace:
        after = super().theirs(workspace)
        return after.with_records({"items": {FIRST: after.items[FIRST].moved("ready", START, "li")}})

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: ASKED in driver.text)
        await driver.press("y")

    def is_done(self, workspace: Workspace) -> bool:
        return workspace.items[FIRST].stage.stage == "doing"


class Horizons(Situation):
    """The picker of horizons is open, and they change other things."""

    keeps = "enter"

    async def begin(self, driver: Driver) -> None:
        await driver.press("h")
        fill(driver, "next")

    def stand(self, driver: Driver) -> object:
        return typed(driver), cursor(driver), front(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: front(driver) == "BacklogScreen")

    def is_done(self, workspace: Workspace) -> bool:
        return workspace.items[FIRST].horizon is Horizon.NEXT


class Undo(Situation):
    """Something was done and saved, and is about to be undone."""

    async def begin(self, driver: Driver) -> None:
        await driver.press("e")
        fill(driver, "Mine")
        await driver.press("enter")
        await until(driver, lambda: driver.workspace.items[FIRST].title == "Mine")
        await saved(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("u")

    def is_done(self, workspace: Workspace) -> bool:
        return workspace.items[FIRST].title == "Request 10"


class Sharing(Situation):
    """The sharing screen is open."""

    mode = "sharing"

    async def begin(self, driver: Driver) -> None:
        screen = driver.app.screen
        assert isinstance(screen, SharingScreen)
        await until(driver, lambda: screen.shared is not None)

    def stand(self, driver: Driver) -> object:
        return front(driver)


class Triage(Situation):
    """A card is on the table."""

    mode = "triage"

    async def begin(self, driver: Driver) -> None:
        await driver.press("j")

    def stand(self, driver: Driver) -> object:
        return front(driver), card(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("1")
        await until(driver, lambda: card(driver) != SECOND)

    def is_done(self, workspace: Workspace) -> bool:
        verdict = workspace.items[SECOND].verdict
        return verdict is not None and verdict.ruling is Ruling.NOW


class Reason(Situation):
    """The reason of a verdict is being typed."""

    mode = "triage"
    keeps = "enter"

    async def begin(self, driver: Driver) -> None:
        await driver.press("j", "4")
        fill(driver, "Nobody asked")

    def stand(self, driver: Driver) -> object:
        return typed(driver), card(driver), front(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: card(driver) != SECOND)

    def is_done(self, workspace: Workspace) -> bool:
        verdict = workspace.items[SECOND].verdict
        return verdict is not None and (verdict.ruling, verdict.reason) == (Ruling.DECLINE, "Nobody asked")


class DisputedReason(Reason):
    """The reason is being typed, and they accept the card."""

    theirs_is: ClassVar[Ruling] = Ruling.NEXT

    def theirs(self, workspace: Workspace) -> Workspace:
        after = super().theirs(workspace)
        verdict = Verdict(ruling=self.theirs_is, reason="Said so", at=NOW, by="li")
        stage = "declined" if self.theirs_is is Ruling.DECLINE else "ready"
        ruled = after.items[SECOND].moved(stage, NOW, "li").with_(verdict=verdict)
        return after.with_records({"items": {SECOND: ruled}})

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: ASKED in driver.text)
        assert "“Nobody asked”" in driver.text
        await driver.press("n")

    def is_done(self, workspace: Workspace) -> bool:
        verdict = workspace.items[SECOND].verdict
        return verdict is not None and verdict.reason == "Said so"


class TakenCard(DisputedReason):
    """The reason is being typed, and they decline the card: it leaves the table behind the dialog."""

    theirs_is = Ruling.DECLINE

    def stand(self, driver: Driver) -> object:
        return typed(driver), front(driver)

    async def end(self, driver: Driver) -> None:
        await driver.press("enter")
        await until(driver, lambda: "“Nobody asked” was not said of it" in toasts(driver))
        assert card(driver) != SECOND


SITUATIONS: Final[Mapping[str, Situation]] = MappingProxyType({
    "list": Situation(),
    "filter": Filtering(),
    "card": Card(),
    "title": Title(),
    "title on a card": TitleOnCard(),
    "form": Form(),
    "disputed form": DisputedForm(),
    "capture": Capture(),
    "stage": Stage(),
    "horizon": Horizons(),
    "undo": Undo(),
    "sharing": Sharing(),
    "triage": Triage(),
    "reason": Reason(),
    "disputed reason": DisputedReason(),
    "reason of a taken card": TakenCard(),
})


def front(driver: Driver) -> str:
    """What is in front, by its class."""
    return type(driver.app.screen).__name__


def cursor(driver: Driver) -> int | None:
    """The item under the cursor of the list, perhaps behind a dialog."""
    return driver.app.screen_stack[0].query_one(RecordList).cursor_id


def typed(driver: Driver) -> str:
    """What stands in the line in focus."""
    line = driver.app.focused
    assert isinstance(line, Input)
    return line.value


def fill(driver: Driver, text: str) -> None:
    """Put a text into the line in focus."""
    line = driver.app.focused
    assert isinstance(line, Input)
    line.value = text
    line.cursor_position = len(text)


def toasts(driver: Driver) -> str:
    """What is told, not yet broken into lines."""
    return " ".join(toast.message for toast in driver.app._notifications)


def card(driver: Driver) -> int | None:
    """The card on the table."""
    screen = driver.app.screen_stack[0]
    assert isinstance(screen, TriageScreen)
    return screen.sitting.round.current


async def saved(driver: Driver) -> None:
    """Wait until everything is in the file."""
    await until(driver, lambda: driver.workbench.pending == 0 and driver.workbench.save_state.kind is SaveKind.SAVED)


async def until(driver: Driver, is_so: Callable[[], bool]) -> None:
    """Wait for what comes from a thread."""
    for _ in range(400):
        if is_so():
            await driver.pilot.pause()
            return
        await driver.pilot.pause(0.02)
    pytest.fail(f"It never happened:\n{driver.text}")
