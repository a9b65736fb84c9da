"""Long text in a dialog: what nobody touched stays to the character."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import TextArea

from screens.dialogs.text import TextDialog
from screens.theme import DARK

ODD = "typed\rover\u2028and\x85on"
"""Characters that the editor takes for line ends and would write as another one."""


class Host(App[None]):
    """Shows one dialog and keeps its answer."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self._value = value
        self.answers: list[str | None] = []

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.push_screen(TextDialog("Text", self._value), self.answers.append)


@asynccontextmanager
async def asked(value: str) -> AsyncIterator[tuple[Host, Pilot[None]]]:
    app = Host(value)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize("value", ["", "one\ntwo\n", ODD])
async def test_text_that_nobody_touched_is_given_as_it_was_and_closed_without_a_question(value: str) -> None:
    async with asked(value) as (app, pilot):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.answers == [value]
    async with asked(value) as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]


async def test_what_was_typed_is_given_and_not_thrown_away_without_a_question() -> None:
    async with asked("one") as (app, pilot):
        await pilot.press("x", "escape")
        await pilot.pause()
        assert app.answers == []
        await pilot.press("n")
        await pilot.pause()
        assert app.screen.query_one(TextArea).text == "xone"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.answers == ["xone"]
