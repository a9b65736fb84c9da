import getpass
import os
import subprocess
from pathlib import Path

import pytest

from store.disk.identity import Identity, branch_of, identity_in
from store.models import bucket_of


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - as on PATH


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "start")
    return folder


@pytest.fixture
def plain_env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_AUTHOR")}


def test_the_variable_wins(repository: Path, plain_env: dict[str, str]) -> None:
    git(repository, "config", "user.email", "bo@example.com")
    assert identity_in(repository, {**plain_env, "LEADLINE_USER": "li"}) == Identity("li")
    assert identity_in(repository, {**plain_env, "LEADLINE_USER": " @li "}) == Identity("li")
    assert identity_in(repository, {**plain_env, "LEADLINE_USER": "li@example.com"}) == Identity("li", "li@example.com")


def test_the_address_of_the_repository_names_the_person(repository: Path, plain_env: dict[str, str]) -> None:
    git(repository, "config", "user.email", "bo.b@example.com")
    who = identity_in(repository, plain_env)
    assert who == Identity("bo.b", "bo.b@example.com")
    assert who.author == "bo.b@example.com"


def test_the_author_git_was_told_of_wins_over_its_settings(repository: Path, plain_env: dict[str, str]) -> None:
    git(repository, "config", "user.email", "bo@example.com")
    env = {**plain_env, "GIT_AUTHOR_EMAIL": "mo@example.com"}
    assert identity_in(repository, env) == Identity("mo", "mo@example.com")


def test_another_repository_named_by_the_shell_is_not_asked(
    repository: Path, tmp_path: Path, plain_env: dict[str, str]
) -> None:
    git(repository, "config", "user.email", "bo@example.com")
    env = {**plain_env, "GIT_DIR": str(repository / ".git")}
    assert identity_in(tmp_path, env).handle == getpass.getuser()


def test_without_git_the_login_name_is_taken(tmp_path: Path, plain_env: dict[str, str]) -> None:
    assert identity_in(tmp_path, {**plain_env, "PATH": ""}) == Identity(getpass.getuser())
    assert identity_in(tmp_path / "gone", plain_env) == Identity(getpass.getuser())


def test_without_any_name_there_is_still_somebody(
    tmp_path: Path, plain_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert identity_in(tmp_path, plain_env) == Identity("me")


@pytest.mark.parametrize("nasty", ["\x1b[31mbo@x", "b\x07o@x", "b o@x", "bo\u202e@x"])
def test_a_handle_has_no_control_characters(nasty: str, tmp_path: Path) -> None:
    handle = identity_in(tmp_path, {"LEADLINE_USER": nasty, "PATH": ""}).handle
    assert handle.isprintable()
    assert " " not in handle


def test_ids_of_two_people_start_differently() -> None:
    assert bucket_of(Identity("ana", "ana@example.com").author) != bucket_of(Identity("ana", "ana@example.org").author)


def test_the_branch_is_read_from_any_folder_below(repository: Path) -> None:
    deep = repository / "a" / "b"
    deep.mkdir(parents=True)
    assert branch_of(deep) == "main"
    assert branch_of(deep / "leadline.json") == "main"
    git(repository, "switch", "-q", "-c", "feature/one")
    assert branch_of(repository) == "feature/one"


def test_a_worktree_has_its_own_branch(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    assert branch_of(tmp_path / "side" / "leadline.json") == "side"
    assert branch_of(repository) == "main"


def test_a_commit_without_a_branch_is_shown_by_its_first_letters(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    shown = branch_of(repository)
    assert len(shown) == 8
    assert int(shown, 16) >= 0


def test_outside_a_repository_there_is_no_branch(tmp_path: Path) -> None:
    assert branch_of(tmp_path / "leadline.json") == ""


@pytest.mark.parametrize("content", [b"", b"gitdir: /nowhere", b"\xff\xfe", b"gitdir: " + b"x" * 5000])
def test_a_git_file_that_makes_no_sense_gives_no_branch(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert branch_of(tmp_path) == ""
