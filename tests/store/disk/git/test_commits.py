"""The commits that touched the store."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.disk.git.commits import commits_by_id, commits_of, merges_of
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = new_clone(tmp_path / "work", item(7), item(8))
    made.commit("the store")
    return made


def test_only_commits_of_the_store_are_listed_newest_first_by_page(clone: Clone) -> None:
    for stage in ("ready", "doing", "review"):
        clone.edit(7, moved(stage))
        clone.commit(f"to {stage}")
        (clone.folder / "code.py").write_text(stage)
        clone.commit("code")
    subjects = [commit.subject for commit in commits_of(clone.repository)]
    assert subjects == ["to review", "to doing", "to ready", "the store"]
    page = commits_of(clone.repository, count=2, skip=1)
    assert [commit.subject for commit in page] == ["to doing", "to ready"]
    assert commits_of(clone.repository, "HEAD~6")[0].subject == "the store"


def test_a_commit_knows_who_when_and_after_what(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-03-02T12:00:00Z")
    clone.edit(7, moved("ready"))
    parent = clone.git("rev-parse", "HEAD")
    commit = clone.commit()
    (found, _) = commits_of(clone.repository)
    assert (found.id, found.parents, found.author, found.email) == (commit, (parent,), "ana", "ana@example.com")
    assert (found.at, found.by, found.is_merge) == (datetime(2026, 3, 2, 12, tzinfo=UTC), "ana", False)
    assert commit.startswith(found.short)


def test_hostile_names_and_subjects_come_as_they_are(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "a\x1b]52;c;x\x07na\u202e")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "a\x1bb c@x")
    clone.edit(7, moved("ready"))
    clone.commit("\x1b[2J[red]subject[/]")
    (found, _) = commits_of(clone.repository)
    assert (found.author, found.subject) == ("a\x1b]52;c;x\x07na\u202e", "\x1b[2J[red]subject[/]")
    # A handle ends up in records, so it has nothing in it that cannot be seen.
    assert found.by == "abc"


def test_names_that_are_no_utf_8_do_no_harm(clone: Clone) -> None:
    clone.edit(7, moved("ready"))
    clone.git("add", "--all")
    tree = clone.git("write-tree")
    parent = clone.git("rev-parse", "HEAD")
    raw = f"tree {tree}\nparent {parent}\nauthor \xff\xfe <\xff@x> 99999999999999 +0000\n".encode("latin-1")
    raw += b"committer c <c@x> -5 +0000\n\nsubject \xff\n"
    path = clone.folder / ".git" / "raw"
    path.write_bytes(raw)
    commit = clone.git("hash-object", "-t", "commit", "-w", "--literally", str(path))
    clone.git("reset", "--quiet", "--hard", commit)
    found = commits_of(clone.repository)[0]
    assert found.id == commit
    assert found.at.year in {1970, 9999}


def test_a_merge_is_listed_where_it_is_not_one_of_its_sides(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(7, moved("ready"))
    clone.commit("side")
    clone.git("switch", "--quiet", "main")
    clone.edit(8, moved("doing"))
    clone.commit("main")
    clone.git("merge", "--quiet", "--no-edit", "side")
    (merge,) = merges_of(clone.repository, "HEAD")
    assert merge.is_merge
    assert commits_of(clone.repository)[0] == merge
    assert merges_of(clone.repository, "HEAD~1..HEAD") == (merge,)
    assert merges_of(clone.repository, "HEAD..") == ()


def test_a_merge_that_took_one_side_as_it_was_is_found(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(7, moved("ready"))
    clone.commit("side")
    clone.git("switch", "--quiet", "main")
    clone.edit(8, moved("doing"))
    clone.commit("main")
    clone.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    assert [merge.id for merge in merges_of(clone.repository, "HEAD")] == [clone.git("rev-parse", "HEAD")]


def test_commits_are_found_by_their_ids_in_the_order_asked_for(clone: Clone) -> None:
    first = clone.git("rev-parse", "HEAD")
    clone.edit(7, moved("ready"))
    second = clone.commit()
    assert [commit.id for commit in commits_by_id(clone.repository, (first, second))] == [first, second]
    assert commits_by_id(clone.repository, ()) == ()


@pytest.mark.parametrize("span", ["-x..HEAD", "HEAD..--all", "nowhere", "a..b..c", "--all"])
def test_a_range_that_is_none_is_refused(span: str, clone: Clone) -> None:
    with pytest.raises(GitError, match="Git knows no commit"):
        merges_of(clone.repository, span)
