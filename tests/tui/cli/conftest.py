"""Runs the command line in this process: as quick as a function call, with everything a shell would see."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from store.disk.locating import create_store
from store.exchange.demo import demo_workspace
from store.models import TABLES, Workspace
from tests.store.disk.git.repositories import Clone
from tests.tui.cli.repositories import history
from tui.cli import run

NOW = datetime.fromisoformat("2026-11-23T09:00:00+01:00")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Leadline = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def leadline(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Leadline:
    """`leadline` in that folder: `leadline("list", "stage:ready")`; `stdin` is what comes through a pipe."""
    for name in ("tui.cli.adding", "tui.cli.listing", "tui.cli.showing", "tui.cli.importing", "tui.cli.exporting"):
        monkeypatch.setattr(f"{name}.utc_now", lambda: NOW)
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(folder.parent / f"{folder.name}-state"))

    def call(*arguments: str, stdin: bytes = b"") -> Ended:
        capfd.readouterr()
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        code = run(arguments)
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def demo(folder: Path) -> Workspace:
    """The demo as the store of the folder."""
    workspace = demo_workspace(NOW)
    records = {table: workspace.table(table) for table in TABLES if table != "settings"}
    create_store(folder / "leadline.json", workspace.settings, records)
    return workspace


@pytest.fixture
def past(folder: Path) -> Clone:
    """The folder as a repository with three commits of a store and a change that is not committed."""
    return history(folder)


@pytest.fixture
def git(folder: Path) -> Path:
    """The folder as a git repository."""
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # noqa: S607 - git by name, as a person has it
    return folder
