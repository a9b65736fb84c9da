"""A commit of the store, and of nothing else."""

import os
import shutil
from pathlib import Path

import pytest

from store.disk.git.committing import commit_store, finish, stage_store, unmerged_files
from store.disk.git.objects import content_at
from store.disk.git.running import Listener
from store.disk.git.state import FileState, state_of
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = new_clone(tmp_path / "work", item(7))
    (made.folder / "code.py").write_text("x = 1\n")
    (made.folder / "staged.py").write_text("y = 1\n")
    return made


def _files_of(clone: Clone, commit: str) -> list[str]:
    return clone.git("show", "--format=", "--name-only", commit).splitlines()


def test_the_first_commit_of_a_store_leaves_other_files_and_the_index_alone(clone: Clone) -> None:
    clone.git("add", "staged.py")
    commit = commit_store(clone.repository, "Start the store")
    assert _files_of(clone, commit) == ["leadline.json"]
    assert clone.git("status", "--porcelain").splitlines() == ["A  staged.py", "?? code.py"]


def test_a_later_commit_leaves_other_files_and_the_index_alone(clone: Clone) -> None:
    clone.commit("everything")
    for name in ("code.py", "staged.py"):
        (clone.folder / name).write_text("z = 2\n")
    clone.git("add", "staged.py")
    clone.edit(7, moved("ready"))
    commit = commit_store(clone.repository, "  Moved #7\n\n#not a comment  ")
    assert _files_of(clone, commit) == ["leadline.json"]
    assert clone.git("status", "--porcelain").splitlines() == ["M code.py", "M  staged.py"]
    assert clone.git("log", "-1", "--format=%B") == "Moved #7\n\n#not a comment"
    assert state_of(clone.repository).file is FileState.CLEAN


@pytest.mark.parametrize("name", ["-a", "sub dir/it's.json", "two\nlines.json", ":!x"])
def test_a_strange_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "odd", item(7), name=name)
    (clone.folder / "code.py").write_text("x = 1\n")
    commit_store(clone.repository, "-F /etc/passwd")
    assert clone.git("ls-tree", "-r", "-z", "--name-only", "HEAD") == f"{name}\0"
    assert clone.git("log", "-1", "--format=%s") == "-F /etc/passwd"


def test_nothing_to_commit_is_said(clone: Clone) -> None:
    clone.commit()
    with pytest.raises(GitError, match="nothing to commit"):
        commit_store(clone.repository, "again")


@pytest.mark.parametrize("message", ["", "  \n "])
def test_a_commit_needs_a_message(message: str, clone: Clone) -> None:
    with pytest.raises(GitError, match="needs a message"):
        commit_store(clone.repository, message)


def test_a_hook_that_says_no_is_heard_and_leaves_no_trace(clone: Clone) -> None:
    hook = clone.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'the house rules say no'\nexit 1\n")
    hook.chmod(0o755)
    lines: list[str] = []
    with pytest.raises(GitError, match="the house rules say no"):
        commit_store(clone.repository, "Start", Listener(lines.append))
    assert lines == ["the house rules say no"]
    assert state_of(clone.repository).file is FileState.UNTRACKED


def test_an_ignored_store_is_explained(clone: Clone) -> None:
    (clone.folder / ".gitignore").write_text("*.json\n")
    with pytest.raises(GitError, match=r"ignored by a \.gitignore"):
        commit_store(clone.repository, "Start")


def test_who_nobody_knows_is_told_how_to_say_it(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    clone.git("config", "user.useConfigOnly", "true")
    with pytest.raises(GitError, match="does not know who you are"):
        commit_store(clone.repository, "Start")


def _conflict(clone: Clone, *, both: bool = False) -> None:
    clone.commit()
    clone.git("switch", "--quiet", "--create", "side")
    for branch, stage in (("side", "ready"), ("main", "doing")):
        clone.git("switch", "--quiet", branch)
        clone.edit(7, moved(stage))
        if both:
            (clone.folder / "code.py").write_text(f"x = '{stage}'\n")
        clone.commit(branch)
    clone.git("merge", "side", check=False)


def test_during_a_merge_nothing_is_committed_alone(clone: Clone) -> None:
    _conflict(clone)
    with pytest.raises(GitError, match="A merge is under way"):
        commit_store(clone.repository, "no")


def test_a_settled_merge_is_staged_and_finished(clone: Clone) -> None:
    _conflict(clone)
    with pytest.raises(GitError, match=r"leadline\.json still in conflict"):
        finish(clone.repository)
    clone.git("checkout", "--ours", "leadline.json")
    stage_store(clone.repository)
    assert state_of(clone.repository).file is FileState.CLEAN
    commit = finish(clone.repository)
    assert len(clone.git("rev-list", "--parents", "-1", commit).split()) == 3
    assert clone.repository.under_way == ""


def test_other_files_in_conflict_are_named_and_left_to_the_person(clone: Clone) -> None:
    _conflict(clone, both=True)
    assert unmerged_files(clone.repository) == ("code.py", "leadline.json")
    clone.git("checkout", "--ours", "leadline.json")
    stage_store(clone.repository)
    with pytest.raises(GitError, match=r"code\.py still in conflict"):
        finish(clone.repository)


def test_a_rebase_is_finished_without_an_editor(clone: Clone) -> None:
    _conflict(clone)
    clone.git("merge", "--abort")
    clone.git("rebase", "side", check=False)
    clone.git("checkout", "--theirs", "leadline.json")
    stage_store(clone.repository)
    finish(clone.repository)
    assert clone.repository.under_way == ""
    assert clone.git("log", "--format=%s").splitlines()[0] == "main"


def test_nothing_to_finish_is_said(clone: Clone) -> None:
    with pytest.raises(GitError, match="No merge is under way"):
        finish(clone.repository)


def test_a_worktree_and_a_submodule_commit_where_they_are(clone: Clone, tmp_path: Path) -> None:
    clone.commit("everything")
    clone.git("worktree", "add", "--quiet", "-b", "side", "../side")
    clone.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(clone.folder), "inner")
    before = clone.git("rev-parse", "HEAD")
    for folder in (tmp_path / "side", clone.folder / "inner"):
        there = Clone(folder)
        there.edit(7, moved("ready"))
        commit = commit_store(there.repository, "Moved it")
        assert there.git("rev-parse", "HEAD") == commit
        assert content_at(there.repository, "HEAD") == there.store.read_bytes()
    assert clone.git("rev-parse", "HEAD") == before


def _torn(clone: Clone, command: str, times: int, folder: Path) -> str:
    """A PATH on which git finds only the beginning of the store, so many times, when it is asked for a command."""
    real = shutil.which("git")
    folder.mkdir()
    (folder / "git").write_text(
        f"""#!/bin/sh
case " $* " in *" {command} "*)
    if test "$(cat '{folder}/done' 2>/dev/null | wc -c)" -lt {times}; then
        printf x >> '{folder}/done'
        cp '{clone.store}' '{folder}/whole'
        head -c 100 '{folder}/whole' > '{clone.store}'
        '{real}' "$@"
        code=$?
        cp '{folder}/whole' '{clone.store}'
        exit $code
    fi
esac
exec '{real}' "$@"
"""
    )
    (folder / "git").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_a_file_that_git_took_only_a_part_of_is_committed_once_more(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.commit("start")
    clone.edit(7, moved("ready"))
    monkeypatch.setenv("PATH", _torn(clone, "commit", 1, tmp_path / "bin"))
    commit = commit_store(clone.repository, "Moved it")
    assert content_at(clone.repository, commit) == clone.store.read_bytes()
    assert clone.git("rev-list", "--count", "HEAD") == "2"
    assert clone.git("log", "-1", "--format=%B") == "Moved it"


def test_a_file_that_git_never_takes_whole_is_told(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.commit("start")
    clone.edit(7, moved("ready"))
    monkeypatch.setenv("PATH", _torn(clone, "commit", 9, tmp_path / "bin"))
    with pytest.raises(GitError, match="only a part"):
        commit_store(clone.repository, "Moved it")


def test_a_file_that_git_took_only_a_part_of_is_added_once_more(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _torn(clone, "add", 1, tmp_path / "bin"))
    stage_store(clone.repository)
    assert clone.git("show", ":leadline.json") == clone.store.read_text("utf-8").strip()
