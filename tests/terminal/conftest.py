"""What every test in a real terminal needs: a folder, an environment of nobody's, and terminals that are closed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.terminal import LEADLINE, Terminal, program_env

Start = Callable[..., Terminal]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.terminal)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The whole environment of the program: a home of its own, and nothing of the person who runs the tests."""
    return program_env(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to start in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def start(folder: Path, env: dict[str, str]) -> Iterator[Start]:
    """Starts `leadline` in a terminal: `start("demo", columns=80, lines=24)`; `command` is another program."""
    with ExitStack() as terminals:

        def run(*arguments: str, columns: int = 140, lines: int = 45, command: Sequence[str] = (LEADLINE,)) -> Terminal:
            terminal = Terminal((*command, *arguments), folder=folder, env=env, columns=columns, lines=lines)
            return terminals.enter_context(terminal)

        yield run
