"""A lead's first hour with the installed program in a terminal: import, goals, triage, a decision, undo, reopen."""

import json
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tests.terminal.conftest import Start
from tests.terminal.terminal import LEADLINE, Terminal

REAL = Path(__file__).resolve().parents[2].parent / "shared/data/github/aasimkhan30__vscode-mssql-issues"
TITLES = (
    "Grid loses its column widths",
    "Sign-in fails behind a proxy",
    "Dark theme for the start page",
    "Export to a format nobody reads",
    "Which driver does the plugin use?",
    "Cancel a running query",
    "Typo in the manual",
)


@dataclass(frozen=True)
class Backlog:
    path: Path
    count: int
    waiting: int


@pytest.fixture
def made_up(folder: Path) -> Backlog:
    """Seven issues of our own."""
    issues = [
        {
            "number": number,
            "title": title,
            "body": "Steps\n\n1. Try it",
            "state": "OPEN",
            "labels": [],
            "createdAt": f"2026-10-{number:02}T08:00:00Z",
            "url": f"https://github.com/example/shop/issues/{number}",
        }
        for number, title in enumerate(TITLES, 1)
    ]
    path = folder / "issues.json"
    path.write_text(json.dumps(issues), encoding="utf-8")
    return Backlog(path, len(issues), len(issues))


@pytest.fixture
def real() -> Backlog:
    """2,173 issues of a real project."""
    files = (
        sorted(REAL.glob("*.json"))
        if REAL.is_dir()
        else [path for path in [REAL.with_suffix(".json")] if path.exists()]
    )
    if not files:
        pytest.skip("the real backlog is not beside the repository")
    issues = json.loads(files[0].read_text(encoding="utf-8"))
    waiting = sum(issue["state"].upper() == "OPEN" for issue in issues if "pull_request" not in issue)
    return Backlog(files[0], 2_173, waiting)


@pytest.mark.parametrize(("columns", "lines"), [(140, 45), (80, 24)])
def test_from_nothing_to_a_triaged_backlog(
    start: Start, folder: Path, env: dict[str, str], made_up: Backlog, columns: int, lines: int
) -> None:
    _journey(start, folder, env, made_up, (columns, lines))


@pytest.mark.parametrize(("columns", "lines"), [(140, 45), (80, 24)])
def test_the_same_with_a_real_backlog(
    start: Start, folder: Path, env: dict[str, str], real: Backlog, columns: int, lines: int
) -> None:
    _journey(start, folder, env, real, (columns, lines))


def _journey(start: Start, folder: Path, env: Mapping[str, str], backlog: Backlog, size: tuple[int, int]) -> None:
    columns, lines = size
    _run("init", folder=folder, env=env)
    _run("import", str(backlog.path), folder=folder, env=env)
    with start(columns=columns, lines=lines) as terminal:
        terminal.wait_for("saved")
        _make_goals(terminal)
        _triage(terminal, backlog)
        terminal.press("q")
        assert terminal.ended() == 0
    _look_into_the_file(folder / "leadline.json", backlog)
    with start(columns=columns, lines=lines) as again:
        again.wait_for("saved")
        again.press("g", "m")
        again.wait_for("Analysts stay in flow", "Fewer support hours")
        again.press("g", "d")
        again.wait_for("We will not do")
        again.press("q")
        assert again.ended() == 0
    assert len(_run("list", "is:any", folder=folder, env=env).splitlines()) == backlog.count
    assert len(_run("list", "verdict:ask", folder=folder, env=env).splitlines()) == 1
    _run("check", folder=folder, env=env)


def _make_goals(terminal: Terminal) -> None:
    terminal.press("g", "m")
    terminal.wait_for("No goals yet")
    for title in ("Analysts stay in flow", "Fewer support hours"):
        terminal.press("N")
        terminal.wait_for("New priority")
        terminal.press(title, "ctrl+s")
        terminal.wait_until_gone("New priority")
        terminal.wait_for(f"▶ {title}")


def _triage(terminal: Terminal, backlog: Backlog) -> None:
    """Five cards with five verdicts, one of them mapped to two goals and one a decision; two more are taken back."""
    terminal.press("g", "t")
    terminal.wait_for(f"1 of {backlog.waiting}")
    terminal.press("m")
    terminal.wait_for("a letter maps")
    terminal.press("a", "a", "b", "enter")
    terminal.wait_until_gone("a letter maps")
    terminal.press("1")
    terminal.wait_for(f"2 of {backlog.waiting}")
    terminal.press("2")
    terminal.wait_for(f"3 of {backlog.waiting}")
    _answer(terminal, "3", "until when?", "Not this quarter")
    terminal.wait_for(f"4 of {backlog.waiting}")
    _answer(terminal, "4", "Decline: why?", "Nobody asked")
    terminal.wait_for(f"5 of {backlog.waiting}")
    terminal.press("L")
    terminal.wait_for("Logged the decline")
    _answer(terminal, "6", "Ask who asked", "Who needs it?")
    for card in (6, 7):
        terminal.wait_for(f"{card} of {backlog.waiting}")
        terminal.press("1")
    for card in (7, 6):
        terminal.press("u")
        terminal.wait_for(f"{card} of {backlog.waiting}", "Undid")


def _answer(terminal: Terminal, key: str, title: str, reason: str) -> None:
    terminal.press(key)
    terminal.wait_for(title)
    terminal.press(reason, "enter")
    terminal.wait_until_gone(title)


def _look_into_the_file(path: Path, backlog: Backlog) -> None:
    """What any script with stock TinyDB sees."""
    with TinyDB(path) as database:
        items: list[dict[str, Any]] = [dict(item) for item in database.table("items")]
        goals = {goal["title"]: goal.doc_id for goal in database.table("goals")}
        (decision,) = database.table("decisions")
        (settings,) = database.table("settings")
    assert len(items) == backlog.count
    rulings = Counter(item["verdict"]["is"] for item in items if item.get("verdict"))
    assert rulings == {"now": 1, "next": 1, "later": 1, "decline": 1, "ask": 1}
    (mapped,) = [item for item in items if item.get("goals")]
    assert {link["goal"] for link in mapped["goals"]} == set(goals.values())
    assert mapped["verdict"]["is"] == "now"
    declined = next(item for item in items if (item.get("verdict") or {}).get("is") == "decline")
    assert declined["verdict"]["reason"] == "Nobody asked"
    assert declined["title"] in decision["title"]
    assert settings is not None


def _run(*arguments: str, folder: Path, env: Mapping[str, str]) -> str:
    ended = subprocess.run(
        (LEADLINE, *arguments), cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=True
    )
    return ended.stdout
