import subprocess
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.terminal import LEADLINE
from tests.tui.cli.repositories import history


@pytest.mark.parametrize(("columns", "lines"), [(140, 45), (80, 24)])
def test_the_demo_shows_its_team_and_q_leaves(start: Start, columns: int, lines: int) -> None:
    terminal = start("demo", columns=columns, lines=lines)
    terminal.wait_for("inbox", "ready")
    terminal.press("q")
    assert terminal.ended() == 0
    assert "The demo copy is gone." in terminal.text


def test_a_kill_loses_nothing_that_was_saved(start: Start, folder: Path, env: dict[str, str]) -> None:
    subprocess.run((LEADLINE, "init"), cwd=folder, env=env, check=True, capture_output=True)
    first = start()
    first.wait_for("leadline")
    first.press("c")
    first.wait_for("Capture")
    first.press("Fix the login test", "enter")
    # Both on one screen: “saved” alone may still be that of the store without the item.
    first.wait_for("1 inbox", "saved")
    first.kill()
    second = start("list")
    assert second.ended() == 0
    assert "Fix the login test" in second.text


def test_without_a_store_the_start_screen_writes_nothing_before_a_choice(start: Start, folder: Path) -> None:
    terminal = start()
    terminal.wait_for("Start here")
    assert list(folder.iterdir()) == []
    terminal.press("1")
    terminal.wait_for("capture", "saved")
    assert (folder / "leadline.json").is_file()
    terminal.press("q")
    assert terminal.ended() == 0


def test_the_store_of_an_older_commit_is_shown_and_cannot_be_changed(start: Start, folder: Path) -> None:
    clone = history(folder)
    before = clone.store.read_bytes()
    terminal = start("--at", "HEAD~2")
    terminal.wait_for("read only: the store as of", "2 inbox")
    terminal.press("c")
    terminal.wait_for("Capture")
    terminal.press("One more", "enter")
    terminal.wait_for("Not captured, read only: the store as of")
    terminal.press("esc", "q")
    assert terminal.ended() == 0
    assert "nothing was changed" in terminal.text
    assert clone.store.read_bytes() == before
