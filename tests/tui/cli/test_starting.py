import json
import os
import subprocess
from pathlib import Path

import pytest

from store.errors import ExitCode
from tests.tui.cli.conftest import Leadline


def test_init_writes_an_empty_store_and_says_what_comes_next(leadline: Leadline, folder: Path) -> None:
    ended = leadline("init", "--team", "Quay", "--prefix", "qu")
    assert (ended.code, ended.out) == (0, "leadline.json\n")
    assert "leadline add" in ended.err
    assert json.loads((folder / "leadline.json").read_text(encoding="utf-8"))["settings"]["1"] == {
        "team": "Quay",
        "prefix": "QU",
    }


def test_init_takes_a_folder_or_a_file(leadline: Leadline, folder: Path) -> None:
    assert leadline("init", "team").code == 0
    assert (folder / "team" / "leadline.json").is_file()
    assert leadline("init", "other.json").code == 0
    assert (folder / "other.json").is_file()


def test_init_never_writes_over_a_file(leadline: Leadline, folder: Path) -> None:
    (folder / "leadline.json").write_text("precious", encoding="utf-8")
    assert leadline("init").code == ExitCode.NOT_SAVED
    assert (folder / "leadline.json").read_text(encoding="utf-8") == "precious"


def test_init_in_a_repository_tells_git_about_temporary_files_once(leadline: Leadline, git: Path) -> None:
    (git / ".gitignore").write_text("build/", encoding="utf-8")
    assert leadline("init").code == 0
    assert (git / ".gitignore").read_text(encoding="utf-8") == "build/\n.leadline.json.*\n"
    (git / "leadline.json").unlink()
    assert leadline("init").code == 0
    assert (git / ".gitignore").read_text(encoding="utf-8").count("leadline") == 1


@pytest.mark.parametrize("name", ["st*r?[a].json", "two\nlines.json", "\udcff.json"])
def test_git_leaves_alone_what_lies_beside_a_store_of_any_name(leadline: Leadline, git: Path, name: str) -> None:
    assert leadline("init", name).code == 0
    (git / f".{name}.lock").write_text("")
    (git / ".others.lock").write_text("")
    untracked = subprocess.run(
        ("git", "status", "--porcelain", "-z", "-uall"),  # noqa: S607 - git by name
        cwd=git,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    assert os.fsencode(f"?? .{name}.lock") not in untracked
    assert b"?? .others.lock" in untracked


def test_init_changes_no_list_through_a_link(leadline: Leadline, git: Path) -> None:
    (git / "notes").write_text("mine\n")
    (git / ".gitignore").symlink_to("notes")
    ended = leadline("init")
    assert ended.code == ExitCode.NOT_SAVED
    assert "is a link" in ended.err
    assert "Add the line .leadline.json.* " in ended.err
    assert (git / "notes").read_text() == "mine\n"


def test_init_outside_a_repository_leaves_no_gitignore(leadline: Leadline, folder: Path) -> None:
    leadline("init")
    assert not (folder / ".gitignore").exists()


@pytest.mark.parametrize("prefix", ["", "a b", "123", "TOOLONGX"])
def test_a_prefix_is_one_to_six_letters(leadline: Leadline, folder: Path, prefix: str) -> None:
    ended = leadline("init", "--prefix", prefix)
    assert ended.code == ExitCode.USAGE
    assert "prefix" in ended.err
    assert not (folder / "leadline.json").exists()
