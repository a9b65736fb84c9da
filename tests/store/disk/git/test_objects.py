"""What git keeps of the store."""

from pathlib import Path

import pytest

from store.disk.git.objects import blobs_at, commit_id, content_at, merge_bases, staged_content, stages
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone

NAMES = [
    "leadline.json",
    "a b/leadline.json",
    "-rf",
    "--help",
    'it\'s "quoted".json',
    "two\nlines.json",
    ":(top)x",
    "*",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_store_means_that_file(name: str, tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7), name=name)
    (tmp_path / "work" / "other.json").write_text("{}")
    first, before = clone.commit(), clone.store.read_bytes()
    clone.edit(7, moved("ready"))
    clone.git("add", "--all")
    assert content_at(clone.repository, "HEAD") == content_at(clone.repository, first) == before
    assert staged_content(clone.repository) == clone.store.read_bytes() != before


def test_a_commit_without_the_store_is_told_from_no_commit(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.git("commit", "--quiet", "--allow-empty", "--message", "before it")
    first = commit_id(clone.repository, "HEAD")
    second = clone.commit()
    assert [blob is None for blob in blobs_at(clone.repository, [second, first, second]).values()] == [False, True]
    with pytest.raises(GitError, match=r"has no leadline\.json"):
        content_at(clone.repository, first)


HOSTILE = [
    "",
    "-x",
    "--output=x",
    "HEAD\nHEAD",
    "a\x1b[2J",
    "nowhere",
    "HEAD:leadline.json",
    "x" * 10_000,
    "\0",
    " ",
    "HEAD  ",
]


@pytest.mark.parametrize("revision", HOSTILE)
def test_what_is_no_commit_is_refused_in_a_sentence(revision: str, tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.commit()
    with pytest.raises(GitError, match="Git knows no commit"):
        commit_id(clone.repository, revision)
    assert sorted(path.name for path in clone.folder.iterdir()) == [".git", "leadline.json"]


@pytest.mark.parametrize("name", ["-x", "$(touch${IFS}x)", "';touch${IFS}x;'", "`touch${IFS}x`", "--upload-pack=x"])
def test_a_hostile_branch_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    commit = clone.commit()
    (clone.folder / ".git" / "refs" / "heads" / name).write_text(f"{commit}\n")
    assert commit_id(clone.repository, f"refs/heads/{name}") == commit
    assert not (clone.folder / "x").exists()


def test_the_versions_of_an_unfinished_merge_are_there(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.commit()
    base = clone.store.read_bytes()
    assert stages(clone.repository) is None
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(7, moved("ready"))
    clone.commit()
    theirs = clone.store.read_bytes()
    clone.git("switch", "--quiet", "main")
    clone.edit(7, moved("doing"))
    clone.commit()
    ours = clone.store.read_bytes()
    clone.git("merge", "side", check=False)
    found = stages(clone.repository)
    assert found is not None
    assert (found.base, found.ours, found.theirs) == (base, ours, theirs)


def test_a_side_without_the_store_has_none(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    clone.commit()
    clone.git("switch", "--quiet", "--create", "side")
    clone.git("rm", "--quiet", "leadline.json")
    clone.commit()
    clone.git("switch", "--quiet", "main")
    clone.edit(7, moved("doing"))
    clone.commit()
    clone.git("merge", "side", check=False)
    found = stages(clone.repository)
    assert found is not None
    assert (found.base is None, found.ours is None, found.theirs is None) == (False, False, True)


def _criss_cross(clone: Clone) -> None:
    clone.commit()
    for branch in ("one", "two"):
        clone.git("switch", "--quiet", "--create", branch, "main")
        (clone.folder / branch).write_text(branch)
        clone.commit()
    one, two = clone.git("rev-parse", "one"), clone.git("rev-parse", "two")
    clone.git("merge", "--quiet", "--no-edit", one)
    clone.git("switch", "--quiet", "one")
    clone.git("merge", "--quiet", "--no-edit", two)


def test_a_criss_cross_has_two_bases_and_strangers_have_none(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", item(7))
    _criss_cross(clone)
    assert len(merge_bases(clone.repository, "one", "two")) == 2
    assert merge_bases(clone.repository, "one", "main") == (commit_id(clone.repository, "main"),)
    clone.git("switch", "--quiet", "--orphan", "stranger")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "alone")
    assert merge_bases(clone.repository, "one", "stranger") == ()


def test_a_repository_with_longer_ids_is_read_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    Clone(folder).git("init", "--quiet", "--object-format=sha256")
    clone = new_clone(folder, item(7))
    commit = clone.commit()
    assert len(commit) == 64
    assert content_at(clone.repository, "HEAD") == clone.store.read_bytes()
