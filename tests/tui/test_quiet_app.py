import inspect

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from store.errors import ExitCode
from tui.quiet_app import QuietApp

PRIVATE = "private note"


class PicturedError(Exception):
    def __rich__(self) -> str:
        return PRIVATE


class FragileApp(QuietApp[str]):
    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        ("b", "break", "Break"),
        ("w", "break_in_worker", "Break in a worker"),
        ("p", "break_with_picture", "Break with a picture"),
    ]

    def compose(self) -> ComposeResult:
        yield Static("here")

    def action_break(self) -> None:
        note = PRIVATE
        raise LookupError(len(note))

    def action_break_in_worker(self) -> None:
        def work() -> None:
            note = PRIVATE
            raise LookupError(len(note))

        self.run_worker(work, thread=True)

    def action_break_with_picture(self) -> None:
        raise PicturedError


@pytest.mark.parametrize("key", ["b", "w", "p"])
def test_a_broken_app_keeps_the_error_prints_nothing_and_ends_with_its_own_code(
    key: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async def press(pilot: Pilot[object]) -> None:
        await pilot.press(key)

    app = FragileApp()
    app.run(headless=True, auto_pilot=press)
    assert app.broken_by is not None
    assert app.return_code == ExitCode.CRASHED
    assert "".join(capfd.readouterr()) == ""


def test_an_app_that_ends_well_is_not_broken() -> None:
    async def leave(pilot: Pilot[object]) -> None:
        pilot.app.exit("bye")

    app = FragileApp()
    assert app.run(headless=True, auto_pilot=leave) == "bye"
    assert app.broken_by is None
    assert app.return_code == ExitCode.OK


@pytest.mark.parametrize("name", ["_fatal_error", "_handle_exception", "_close_messages_no_wait"])
def test_textual_still_has_the_private_names_we_build_on(name: str) -> None:
    assert callable(getattr(App, name, None)), f"Textual renamed App.{name}: see tui/quiet_app.py"


def test_textual_still_closes_a_broken_app_through_the_methods_we_replace() -> None:
    source = inspect.getsource(App._handle_exception)
    assert "self._exception = error" in source
    assert "self._fatal_error()" in source
    assert "self.panic(error)" in source
