"""The start screen: four choices, and nothing before one is taken."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from screens.requests import Begin, LeaveProgram
from screens.start import StartScreen
from screens.start.place import short_path
from screens.theme import DARK


class Host(App[None]):
    """An app that writes down what the screen asks for."""

    def __init__(self, here: Path | None, private: Path | None) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self._paths = (here, private)

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.push_screen(StartScreen(*self._paths))

    def on_begin(self, message: Begin) -> None:
        self.asked.append((message.choice, message.path))

    def on_leave_program(self, _: LeaveProgram) -> None:
        self.asked.append(("leave", ""))


@asynccontextmanager
async def start(
    size: tuple[int, int] = (80, 24), here: Path | None = None, private: Path | None = None
) -> AsyncIterator[tuple[Host, Pilot[None]]]:
    app = Host(here, private)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def answer(app: Host, pilot: Pilot[None], path: Path) -> None:
    """Choose to open another store and give its path; pasted, since typing it takes seconds."""
    await pilot.press("2")
    await pilot.pause()
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")
    await pilot.pause()


def text_of(app: App[Any]) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.mark.parametrize(("key", "choice"), [("1", "here"), ("3", "demo"), ("4", "private")])
async def test_a_digit_takes_its_choice(key: str, choice: str) -> None:
    async with start() as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert app.asked == [(choice, "")]


@pytest.mark.parametrize(("keys", "choice"), [("enter", "here"), ("down down enter", "demo"), ("k enter", "private")])
async def test_arrows_and_enter_take_the_choice_under_the_cursor(keys: str, choice: str) -> None:
    async with start() as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.asked == [(choice, "")]


async def test_it_shows_where_the_file_would_be_and_makes_none(tmp_path: Path) -> None:
    file = tmp_path / "leadline.json"
    async with start(here=file, private=Path.home() / "private" / "leadline.json") as (app, _):
        shown = text_of(app)
        assert "/leadline.json" in shown
        assert "outside git, in ~/private" in shown
        assert not file.exists()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/me/work/app/leadline.json", "~/work/app/leadline.json"),
        ("/srv/app/leadline.json", "/srv/app/leadline.json"),
        ("/srv/one/two/three/four/leadline.json", "…/three/four/leadline.json"),
        ("/srv/a-folder-with-a-very-long-name-indeed/leadline.json", "…/leadline.json"),
    ],
)
def test_a_long_path_keeps_its_end(path: str, shown: str) -> None:
    assert short_path(Path(path), Path("/home/me"), 28) == shown


async def test_another_store_is_opened_by_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "leadline.json"
    file.write_text("{}", encoding="utf-8")
    async with start() as (app, pilot):
        await answer(app, pilot, tmp_path)
        await pilot.pause()
        assert app.asked == [("open", str(file))]


async def test_a_wrong_path_is_explained_and_can_be_corrected(tmp_path: Path) -> None:
    file = tmp_path / "team.json"
    async with start() as (app, pilot):
        await answer(app, pilot, file)
        await pilot.pause()
        assert "There is no file" in text_of(app)
        assert app.asked == []
        file.write_text("{}", encoding="utf-8")
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [("open", str(file))]


async def test_a_path_that_proved_wrong_later_need_not_be_typed_again(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}", encoding="utf-8")
    async with start() as (app, pilot):
        await answer(app, pilot, file)
        await pilot.pause()
        await pilot.press("2", "enter")
        await pilot.pause()
        assert app.asked == [("open", str(file))] * 2


async def test_esc_in_the_question_goes_back_to_the_choices() -> None:
    async with start() as (app, pilot):
        await pilot.press("2", "x", "escape")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert app.asked == []


async def test_a_question_mark_shows_one_paragraph_of_help_and_hides_it_again() -> None:
    async with start() as (app, pilot):
        assert "one JSON file" not in text_of(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "one JSON file" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "one JSON file" not in text_of(app)


async def test_q_leaves() -> None:
    async with start() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app.asked == [("leave", "")]


async def test_the_lead_line_reaches_down_to_the_choice() -> None:
    async with start() as (app, pilot):
        screen = app.screen
        for row, key in enumerate(("1", "down", "down", "down")):
            if row:
                await pilot.press(key)
            await pilot.pause()
            line = str(screen.query_one("#start-line", Static).visual)
            depth = screen.query_one("#start-line").region.y + line.index("◆") // 3
            assert depth == screen.query_one(OptionList).region.y + row


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (50, 20)])
async def test_every_choice_is_on_the_screen_at_any_size(size: tuple[int, int]) -> None:
    async with start(size) as (app, _):
        shown = text_of(app)
        for words in ("Start here", "Open another", "Look around", "Keep it private", "? more"):
            assert words in shown
