"""The driver in real git: whatever goes wrong with leadline, no side is ever dropped in silence."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
import tinydb

from store.disk.merging.driver import LINE
from store.disk.merging.merging import merge_texts
from tests.store.disk.merges import KEY, OTHER_KEY, item, store
from tests.store.disk.stores import of_schema

BASE: Final = store({KEY: item(), OTHER_KEY: item("Export")})
OURS: Final = store({KEY: item(owner="ana"), OTHER_KEY: item("Export")})
APART: Final = store({KEY: item(), OTHER_KEY: item("Export", size=3)})
AGAINST: Final = store({KEY: item(owner="bo"), OTHER_KEY: item("Export", size=3)})
NAME: Final = "leadline.json"
REAL: Final = Path(sys.executable).with_name("leadline")

BROKEN: Final = {
    "missing": None,
    "a traceback": f"exec {sys.executable} -c 'raise RuntimeError'",
    "a broken python": "exit 1",
    "a signal": "kill -9 $$",
    "a code that git takes for a failure": "exit 129",
    "wrong options": f'exec {REAL} merge --no-such-option "$@"',
    "killed while it starts": f'exec timeout -s KILL 0.05 {REAL} "$@"',
    "killed while it works": f'exec timeout -s KILL 0.25 {REAL} "$@"',
    "killed when it is done": f'{REAL} "$@"; kill -9 $$',
}


@dataclass(frozen=True)
class Clone:
    folder: Path
    programs: Path

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}{os.pathsep}/usr/bin{os.pathsep}/bin"
        return subprocess.run(
            ["git", *arguments],  # noqa: S607 - git by name, as a person has it
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self, text: bytes) -> None:
        (self.folder / NAME).write_bytes(text)
        assert self.git("commit", "-qam", "change").returncode == 0

    def merge(self, theirs: bytes) -> int:
        """Merges a branch that has `theirs` into one that has `OURS`; the exit code of git."""
        self.git("switch", "-qc", "theirs")
        self.commit(theirs)
        self.git("switch", "-q", "main")
        self.commit(OURS)
        return self.git("merge", "-q", "theirs").returncode

    @property
    def text(self) -> bytes:
        return (self.folder / NAME).read_bytes()

    @property
    def is_unmerged(self) -> bool:
        return bool(self.git("ls-files", "--unmerged", NAME).stdout)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A repository with a store, whose driver is set up; `leadline` is the installed one."""
    place = Clone(tmp_path / "work", tmp_path / "bin")
    place.folder.mkdir()
    place.programs.mkdir()
    (place.programs / "leadline").symlink_to(REAL)
    place.git("init", "-qb", "main")
    place.git("config", "merge.leadline.driver", LINE)
    (place.folder / ".gitattributes").write_text(f"{NAME} merge=leadline\n", encoding="utf-8")
    (place.folder / NAME).write_bytes(BASE)
    place.git("add", ".")
    place.git("commit", "-qm", "start")
    return place


def break_leadline(clone: Clone, script: str | None) -> None:
    program = clone.programs / "leadline"
    program.unlink()
    if script is not None:
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_changes_that_go_together_are_merged_as_records(clone: Clone) -> None:
    assert clone.merge(APART) == 0
    assert clone.text == merge_texts(BASE, OURS, APART, NAME).text


def test_a_conflict_stops_git_with_a_file_that_stock_tinydb_opens(clone: Clone) -> None:
    assert clone.merge(AGAINST) == 1
    assert clone.is_unmerged
    with tinydb.TinyDB(clone.folder / NAME) as stock:
        (conflict,) = stock.table("conflicts").all()
        assert len(stock.table("items")) == 2
    assert conflict["sides"] == ["ana", "bo"]
    assert all(label.startswith("ana, 20") for label in conflict["labels"])
    assert json.loads(clone.text)["items"][OTHER_KEY]["size"] == 3
    clone.git("add", NAME)
    assert clone.git("commit", "-qm", "merged").returncode == 0


def test_conflicts_ride_along_where_people_want_that(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_ON_CONFLICT", "record")
    assert clone.merge(AGAINST) == 0
    assert len(json.loads(clone.text)["conflicts"]) == 1


@pytest.mark.parametrize("flaw", BROKEN)
def test_a_driver_that_fails_leaves_both_sides_where_lines_go_together(clone: Clone, flaw: str) -> None:
    break_leadline(clone, BROKEN[flaw])
    assert clone.merge(APART) == 0
    assert clone.text == merge_texts(BASE, OURS, APART, NAME).text


@pytest.mark.parametrize("flaw", BROKEN)
def test_a_driver_that_fails_leaves_both_sides_where_they_do_not(clone: Clone, flaw: str) -> None:
    break_leadline(clone, BROKEN[flaw])
    assert clone.merge(AGAINST) == 1
    assert clone.is_unmerged
    assert all(value in clone.text for value in (b'"ana"', b'"bo"'))
    assert b"<<<<<<< ours" in clone.text or b'"conflicts": {\n"' in clone.text


def test_a_side_of_a_newer_leadline_ends_as_git_alone_ends_it(clone: Clone) -> None:
    assert clone.merge(of_schema(AGAINST, 99)) == 1
    assert clone.is_unmerged
    assert all(value in clone.text for value in (b"<<<<<<< ours", b'"ana"', b'"bo"', b'"schema": 99'))


def test_a_side_of_an_older_leadline_is_merged_as_records(clone: Clone) -> None:
    assert clone.merge(of_schema(APART, 1)) == 0
    assert clone.text == merge_texts(BASE, OURS, APART, NAME).text
