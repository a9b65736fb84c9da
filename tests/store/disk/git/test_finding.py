"""The repository of a store, without starting git."""

from pathlib import Path

import pytest

from store.disk.git.finding import repository_of
from tests.store.disk.git.repositories import git, item, moved, new_clone


def test_a_file_outside_of_any_repository_has_none(tmp_path: Path) -> None:
    assert repository_of(tmp_path / "leadline.json") is None


def test_the_store_is_named_from_the_root(tmp_path: Path) -> None:
    found = new_clone(tmp_path / "work", item(7), name="teams/a b/leadline.json").repository
    assert (found.root, found.name) == (tmp_path / "work", "teams/a b/leadline.json")
    assert found.store == tmp_path / "work" / "teams/a b/leadline.json"
    assert (found.branch, found.under_way) == ("main", "")


def test_a_link_belongs_to_the_repository_it_leads_to(tmp_path: Path) -> None:
    real = new_clone(tmp_path / "real", item(7))
    git(tmp_path, "init", "--quiet", "other")
    link = tmp_path / "other" / "leadline.json"
    link.symlink_to(real.store)
    assert repository_of(link) == real.repository


def test_a_worktree_has_its_own_directory_and_shares_the_rest(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.commit()
    clone.git("worktree", "add", "--quiet", "-b", "side", "../side")
    found = repository_of(tmp_path / "side" / "leadline.json")
    assert found is not None
    assert (found.root, found.branch) == (tmp_path / "side", "side")
    assert found.directory == tmp_path / "work" / ".git" / "worktrees" / "side"
    assert found.common == tmp_path / "work" / ".git"


def test_a_submodule_is_a_repository_of_its_own(tmp_path: Path) -> None:
    inner = new_clone(tmp_path / "inner", item(7))
    inner.commit()
    outer = new_clone(tmp_path / "outer", item(8))
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../inner", "inner")
    found = repository_of(tmp_path / "outer" / "inner" / "leadline.json")
    assert found is not None
    assert (found.root, found.name) == (tmp_path / "outer" / "inner", "leadline.json")
    assert (found.directory / "HEAD").is_file()


@pytest.mark.parametrize("content", [b"", b"gitdir: nowhere\n", b"gitdir: a\0b\n", b"\xff\xfe", b"gitdir:"])
def test_a_damaged_pointer_is_no_repository(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert repository_of(tmp_path / "leadline.json") is None


def test_an_empty_folder_named_git_does_not_hide_the_repository_above(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7), name="below/leadline.json")
    (tmp_path / "work" / "below" / ".git").mkdir()
    assert clone.repository.root == tmp_path / "work"


def test_it_says_what_git_has_begun_and_not_finished(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.commit()
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(7, moved("ready"))
    clone.commit()
    clone.git("switch", "--quiet", "main")
    clone.edit(7, moved("doing"))
    clone.commit()
    clone.git("merge", "side", check=False)
    assert clone.repository.under_way == "merge"
    clone.git("merge", "--abort")
    assert clone.repository.under_way == ""
    clone.git("rebase", "side", check=False)
    assert clone.repository.under_way == "rebase"


def test_without_a_branch_the_commit_is_named(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    commit = clone.commit()
    clone.git("checkout", "--quiet", "--detach")
    assert clone.repository.branch == commit[:8]


def test_a_file_in_a_bare_repository_is_in_no_work_tree(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    assert repository_of(tmp_path / "bare.git" / "leadline.json") is None
