"""A reader of the screen and a presser of keys, so that a journey reads in the user's words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from unittest.mock import patch

from textual.message_pump import MessagePump
from textual.pilot import Pilot

from store.disk import Identity
from store.models import Workspace
from store.workbench import Workbench
from tui.app import LeadlineApp
from tui.preferences import Preferences

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning; the clock of every journey stands still."""

ME = Identity("ana", "ana@example.com")
WIDE = (140, 45)
NARROW = (80, 24)
MOST_PAUSES = 50


@dataclass
class Driver:
    """Presses keys in a running program and reads what is on the screen."""

    app: LeadlineApp
    pilot: Pilot[str]
    workbench: Workbench

    async def press(self, *keys: str) -> None:
        """Press keys one after another and wait until the program is quiet."""
        await self.pilot.press(*keys)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until nothing is left to handle or to paint.

        Textual's pause takes a process that gets no processor for one that is done, so queues are asked as well.
        """
        for _ in range(MOST_PAUSES):
            await self.pilot.pause()
            if not self._is_at_work:
                return

    async def handled(self, _seconds: float = 0) -> None:
        """Wait until every message was handled: what Textual waits for after each key, without its naps."""
        for _ in range(MOST_PAUSES):
            await self.pilot._wait_for_screen()
            if not self._has_messages:
                return

    @property
    def _is_at_work(self) -> bool:
        screen = self.app.screen
        return self._has_messages or any((screen._callbacks, screen._dirty_widgets, screen._layout_required))

    @property
    def _has_messages(self) -> bool:
        pumps: list[MessagePump] = [self.app, *self.app.screen.walk_children(with_self=True)]
        return any(pump._next_callbacks or pump._message_queue.qsize() for pump in pumps)

    async def type(self, text: str) -> None:
        """Type a text letter by letter."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def resize(self, width: int, height: int) -> None:
        """Give the program another window."""
        await self.pilot.resize_terminal(width, height)
        await self.quiet()

    @property
    def workspace(self) -> Workspace:
        """What the program holds now."""
        return self.workbench.workspace

    @property
    def lines(self) -> list[str]:
        """The rows of the screen as text, dialogs included."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height]]

    @property
    def text(self) -> str:
        """The whole screen as text, toasts included."""
        return "\n".join(self.lines)


@asynccontextmanager
async def running_on(workbench: Workbench, size: tuple[int, int] = WIDE, mode: str = "") -> AsyncIterator[Driver]:
    """The program on a workbench, showing the screen `mode` (the overview unless told)."""
    app = LeadlineApp(workbench, Preferences(), now=lambda: NOW)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot, workbench)
        with patch("textual.app.wait_for_idle", driver.handled):
            await driver.quiet()
            if mode:
                await app.switch_mode(mode)
                await driver.quiet()
            yield driver


@asynccontextmanager
async def running(workspace: Workspace, size: tuple[int, int] = WIDE, mode: str = "") -> AsyncIterator[Driver]:
    """The program on a workspace in memory, showing the screen `mode` (the overview unless told)."""
    async with running_on(Workbench.in_memory(workspace, now=lambda: NOW, who=ME), size, mode) as driver:
        yield driver
