import os
import sys
from pathlib import Path

import pytest

from store.disk.git.installed import installation_in
from tests.store.disk.git.repositories import Clone
from tests.tui.cli.conftest import Leadline
from tui.cli import git_setup


def test_it_shows_what_it_will_write_and_asks_nobody_who_is_not_there(past: Clone, leadline: Leadline) -> None:
    ended = leadline("git-setup")
    assert ended.code == 1
    assert "new file .gitattributes" in ended.lines
    assert any(line.startswith("  + /leadline.json text eol=lf merge=leadline") for line in ended.lines)
    assert "--yes writes it" in ended.err
    assert not installation_in(past.repository).is_complete


def test_it_sets_up_once_and_takes_out_again(past: Clone, leadline: Leadline) -> None:
    assert leadline("git-setup", "--yes").code == 0
    assert installation_in(past.repository).is_complete
    assert "nothing to write" in leadline("git-setup").err
    assert leadline("git-setup", "--remove", "--yes").code == 0
    assert not installation_in(past.repository).is_complete
    assert "Nothing of it is here" in leadline("git-setup", "--remove").err


def test_a_check_notes_a_clone_that_is_not_set_up(past: Clone, leadline: Leadline) -> None:
    del past
    ended = leadline("check")
    assert ended.code == 0
    assert "leadline.json: note: Git merges this store by lines in this clone." in ended.lines
    leadline("git-setup", "--yes")
    assert leadline("check").lines == []


def test_a_check_notes_a_driver_that_is_gone(past: Clone, leadline: Leadline) -> None:
    leadline("git-setup", "--yes")
    driver = past.git("config", "merge.leadline.driver")
    past.git("config", "merge.leadline.driver", f"'/gone/100%%/leadline' merge {driver.partition(' merge ')[2]}")
    (line, hint) = leadline("check").lines
    assert line.endswith("in this clone: /gone/100%/leadline is not there any more.")
    assert "`leadline git-setup`" in hint
    assert leadline("git-setup", "--yes").code == 0
    assert leadline("check").lines == []


def test_a_choice_can_be_changed_later(past: Clone, leadline: Leadline) -> None:
    leadline("git-setup", "--yes")
    ended = leadline("git-setup", "--yes", "--on-conflict", "record")
    assert ended.lines[0] == "setting merge.leadline.driver of this clone"
    assert "--on-conflict record" in installation_in(past.repository).driver


def test_what_overrules_it_is_told(past: Clone, leadline: Leadline) -> None:
    (past.folder / ".git" / "info" / "attributes").write_text("leadline.json -merge\n")
    ended = leadline("git-setup", "--yes")
    assert ended.code == 1
    assert "overrules it" in ended.err


def test_outside_of_git_it_says_so(demo: object, leadline: Leadline) -> None:
    del demo
    assert "not inside a git repository" in leadline("git-setup").err


def _program(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "leadline"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_program_on_the_path_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("PATH", f"{_program(tmp_path / 'bin').parent}:{os.environ['PATH']}")
    assert git_setup.program() == "leadline"


def test_one_in_an_environment_that_is_left_again_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = _program(tmp_path / "env" / "bin")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "env"))
    monkeypatch.setenv("PATH", f"{inside.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(sys, "executable", str(inside.parent / "python"))
    assert git_setup.program() == str(inside)


def test_git_diff_shows_facts_instead_of_json(past: Clone, leadline: Leadline, tmp_path: Path) -> None:
    shown = leadline("textconv", "leadline.json")
    assert shown.code == 0
    grid = shown.lines.index(next(line for line in shown.lines if line.endswith("Results grid")))
    facts = shown.lines[grid + 1 : shown.lines.index("", grid)] if "" in shown.lines[grid:] else shown.lines[grid + 1 :]
    assert "  created: at 2026-03-02T12:00:00Z, by ana" in facts
    assert "  stage: ready, since 2026-03-03T12:00:00Z, by bo" in facts
    assert "\x1b" not in shown.out
    broken = tmp_path / "broken.json"
    broken.write_text("<<<<<<< ours\n\x1b[2J{\n")
    assert leadline("textconv", str(broken)).lines == ["<<<<<<< ours", "␛[2J{"]
    del past
