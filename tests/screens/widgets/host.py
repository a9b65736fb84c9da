"""An app around a few widgets: our themes, and on request our wall."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from screens.theme import THEMES
from screens.widgets import ControlFilter

Kind = TypeVar("Kind", bound=Message)


class Host(App[None]):
    """Shows the widgets one below the other."""

    def __init__(self, widgets: Sequence[Widget], *, wall: bool) -> None:
        super().__init__()
        self._shown = widgets
        self._wall = [ControlFilter()] if wall else []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        yield from self._shown

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self._wall]


@dataclass
class Stage:
    """What a test does and sees; `told` keeps every message, oldest first."""

    app: Host
    pilot: Pilot[None]
    told: list[Message] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The screen line by line, without blanks at the ends."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def heard(self, kind: type[Kind]) -> list[Kind]:
        """The messages of one kind since this was last asked."""
        # A message is told again at every widget it passes on its way up.
        found = list({id(message): message for message in self.told if isinstance(message, kind)}.values())
        self.told[:] = [message for message in self.told if not isinstance(message, kind)]
        return found


@asynccontextmanager
async def on_stage(*widgets: Widget, size: tuple[int, int] = (80, 24), wall: bool = False) -> AsyncIterator[Stage]:
    """Run an app with these widgets; the first takes the focus if it can."""
    app = Host(widgets, wall=wall)
    told: list[Message] = []
    async with app.run_test(size=size, message_hook=told.append) as pilot:
        if widgets[0].can_focus:
            widgets[0].focus()
        await pilot.pause()
        yield Stage(app, pilot, told)
