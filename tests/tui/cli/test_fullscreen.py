from pathlib import Path

import pytest

from store.errors import ExitCode, NoStoreError, NotSavedError
from store.models import Workspace
from store.workbench import Workbench
from tests.store.benches import edited
from tests.tui.cli.conftest import Leadline
from tui.app import LeadlineApp
from tui.cli.fullscreen import _Beginning, open_nearest, open_screen
from tui.cli.stores import open_workbench


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> list[Workbench | None]:
    """There is a terminal, and the app only remembers what it was given."""
    opened: list[Workbench | None] = []

    def run(app: LeadlineApp) -> str:
        opened.append(app._workbench)
        return "68 items in leadline.json."

    monkeypatch.setattr("tui.cli.fullscreen.has_terminal", lambda: True)
    monkeypatch.setattr(LeadlineApp, "run", run)
    return opened


def test_the_nearest_store_is_opened_from_a_folder_below(
    screen: list[Workbench | None], leadline: Leadline, demo: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del demo
    (folder / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a" / "b")
    ended = leadline()
    assert ended.code == 0
    assert ended.err == "68 items in leadline.json.\n"
    assert screen[0] is not None
    assert screen[0].path == (folder / "leadline.json").resolve()


def test_without_a_store_the_start_screen_is_shown(screen: list[Workbench | None], folder: Path) -> None:
    assert open_nearest(None) == ExitCode.OK
    assert screen == [None]
    assert list(folder.iterdir()) == []


def test_a_store_that_was_named_and_is_not_there_is_an_error(screen: list[Workbench | None], folder: Path) -> None:
    with pytest.raises(NoStoreError):
        open_nearest(folder / "nowhere.json")
    assert screen == []


@pytest.mark.parametrize("choice", ["here", "demo", "private"])
def test_each_choice_of_the_start_screen_opens_a_store(choice: str, folder: Path) -> None:
    beginning = _Beginning(None, is_copy=False)
    bench = beginning.begin(choice, "")
    assert bench.path is not None
    assert bench.path.is_file()
    assert (folder in bench.path.parents) == (choice == "here")
    assert bool(bench.workspace.items) == beginning.is_copy == (choice == "demo")
    beginning.clear_up()
    assert bench.path.is_file() == (choice != "demo")


def test_another_store_is_opened_by_its_path(demo: Workspace, folder: Path) -> None:
    bench = _Beginning(None, is_copy=False).begin("open", str(folder / "leadline.json"))
    assert bench.workspace.items.keys() == demo.items.keys()


def test_a_private_store_is_opened_again_the_next_time(folder: Path) -> None:
    del folder
    first = _Beginning(None, is_copy=False).begin("private", "")
    assert _Beginning(None, is_copy=False).begin("private", "").path == first.path


def test_what_the_last_keys_did_is_in_the_file_after_the_program(
    screen: list[Workbench | None], demo: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del screen
    bench, number = open_workbench(folder / "leadline.json"), next(iter(demo.items))

    def run(app: LeadlineApp) -> str:
        app.bench.do(edited(app.bench, number, title="At the last moment"))
        return "68 items in leadline.json."

    monkeypatch.setattr(LeadlineApp, "run", run)
    assert open_screen(bench) == ExitCode.OK
    assert open_workbench(folder / "leadline.json").workspace.items[number].title == "At the last moment"


def test_after_a_crash_what_was_not_saved_is_saved_and_said(
    screen: list[Workbench | None],
    demo: Workspace,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    del screen
    bench = open_workbench(folder / "leadline.json")

    def crash(app: LeadlineApp) -> None:
        app.broken_by = ZeroDivisionError()

    monkeypatch.setattr(LeadlineApp, "run", crash)
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(folder / "state"))
    assert open_screen(bench) == ExitCode.CRASHED
    told = capfd.readouterr().err
    assert "Your data is safe: saved " in told
    assert len(told.splitlines()) <= 6
    assert demo.items.keys() == bench.workspace.items.keys()


def test_after_a_crash_it_is_said_what_could_not_be_saved(
    folder: Path, demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    del demo
    bench = open_workbench(folder / "leadline.json")

    def refuse() -> None:
        message = "The disk is full."
        raise NotSavedError(message)

    monkeypatch.setattr(bench, "save", refuse)
    monkeypatch.setattr(Workbench, "pending", 2)
    words = _Beginning(bench, is_copy=False).about_data()
    assert "2 changes are lost: The disk is full." in words
