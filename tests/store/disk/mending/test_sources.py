"""Other versions of a store, from a real git and the real state directory."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.disk import keep_backup
from store.disk.mending import mending_of
from store.disk.mending.mending import Mending
from store.disk.mending.sources import HEAD, DiskSources
from store.disk.reading.reading import read_store
from store.models import Item
from tests.store.disk.records import FULL_ITEM, item
from tests.store.disk.stores import text_of

GOOD = text_of({"items": [item(5), item(6), FULL_ITEM]})


def with_full(**changes: object) -> bytes:
    return text_of({"items": [item(5), item(6), FULL_ITEM.with_(**changes)]})


class Repository:
    """A folder with a store under git."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "leadline.json"
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(GOOD)

    def git(self, *arguments: str) -> int:
        command = ("git", *arguments)  # by name, as a person has it
        done = subprocess.run(command, cwd=self.path.parent, capture_output=True, check=False)
        return done.returncode

    def commit(self, content: bytes) -> None:
        self.path.write_bytes(content)
        assert self.git("add", ".") == 0
        assert self.git("commit", "--quiet", "-m", "store") == 0

    def branches(self, ours: bytes, theirs: bytes) -> None:
        """Two branches with a version each; ours is checked out."""
        self.git("switch", "--quiet", "-c", "other")
        self.commit(theirs)
        self.git("switch", "--quiet", "main")
        self.commit(ours)

    def mending(self) -> Mending:
        mending = mending_of(self.path, self.path.read_bytes())
        assert mending is not None
        return mending

    def full(self, mending: Mending) -> Item:
        return read_store(mending.text, "leadline.json", {}).workspace.items[FULL_ITEM.id]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "work").mkdir()
    return Repository(tmp_path / "work")


def test_the_last_commit_and_the_copies_come_newest_first(repository: Repository) -> None:
    now = datetime.now(UTC)
    keep_backup(repository.path, b"older", "save", now - timedelta(days=2))
    keep_backup(repository.path, b"newer", "save", now + timedelta(days=2))
    found = list(DiskSources(repository.path).versions())
    assert [content for _, content in found] == [b"newer", GOOD, b"older"]
    assert found[1][0] == HEAD
    assert found[0][0].startswith("the copy of 2")


def test_outside_of_git_there_are_only_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    sources = DiskSources(tmp_path / "leadline.json")
    assert list(sources.versions()) == []
    assert sources.stages() is None
    assert list(sources.bases(("HEAD", "x"))) == []


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_an_unfinished_merge_is_settled_from_what_git_put_aside(repository: Repository, style: str) -> None:
    repository.branches(with_full(owner="ana", size=8), with_full(owner="li", horizon=None))
    assert repository.git("-c", f"merge.conflictStyle={style}", "merge", "other") == 1
    assert b"<<<<<<<" in repository.path.read_bytes()
    mending = repository.mending()
    full = repository.full(mending)
    assert (full.size, full.horizon) == (8, None)
    assert [(conflict.field, set(conflict.sides)) for conflict in mending.conflicts] == [("owner", {"ana", "li"})]


def test_marks_that_somebody_committed_are_settled_from_the_parents_of_that_commit(repository: Repository) -> None:
    repository.branches(with_full(owner="ana"), with_full(owner="li", size=8))
    repository.git("-c", "merge.conflictStyle=merge", "merge", "other")
    marked = repository.path.read_bytes()
    repository.commit(marked)
    repository.commit(marked.replace(b'"title": "Move the billing queue"', b'"title": "Edited since"', 1))
    mending = repository.mending()
    assert repository.full(mending).size == 8
    assert [(conflict.field, conflict.base) for conflict in mending.conflicts] == [("owner", "bo")]
    assert "in git" in mending.sentences[0]


def test_marks_of_a_cherry_pick_are_settled_from_the_commit_before_it(repository: Repository) -> None:
    repository.branches(with_full(owner="ana"), with_full(owner="li", size=8))
    assert repository.git("-c", "merge.conflictStyle=merge", "cherry-pick", "other") == 1
    repository.commit(repository.path.read_bytes())
    mending = repository.mending()
    assert [(conflict.field, conflict.base) for conflict in mending.conflicts] == [("owner", "bo")]


def commit_marks(repository: Repository) -> None:
    assert b"<<<<<<<" in repository.path.read_bytes()
    repository.commit(repository.path.read_bytes())


def owners(mending: Mending) -> list[tuple[object, set[object]]]:
    return [(conflict.base, set(conflict.sides)) for conflict in mending.conflicts if conflict.field == "owner"]


@pytest.mark.parametrize("taken", ["ana", "both"])
def test_a_branch_that_went_on_since_its_marks_were_committed_is_no_side_of_them(
    repository: Repository, taken: str
) -> None:
    """The branch took ours in meanwhile, so that it seems as if both had started from our side."""
    repository.branches(with_full(owner="ana"), with_full(owner="li"))
    assert repository.git("merge", "--squash", "other") == 1
    commit_marks(repository)
    repository.git("switch", "--quiet", "other")
    repository.git("merge", "main~1")
    repository.commit(with_full(owner=taken))
    repository.git("switch", "--quiet", "main")
    mending = repository.mending()
    assert owners(mending) == [(None, {"ana", "li"})]
    assert "is not known" in mending.sentences[0]


def test_a_squashed_branch_that_stayed_where_it_was_says_what_both_started_from(repository: Repository) -> None:
    repository.branches(with_full(owner="ana"), with_full(owner="li", size=8))
    repository.git("merge", "--squash", "other")
    commit_marks(repository)
    assert owners(repository.mending()) == [("bo", {"ana", "li"})]
    assert repository.full(repository.mending()).size == 8


def test_marks_of_a_commit_that_was_taken_back_are_settled_from_that_commit(repository: Repository) -> None:
    repository.commit(with_full(owner="li"))
    repository.commit(with_full(owner="ana"))
    assert repository.git("revert", "HEAD~1") == 1
    commit_marks(repository)
    assert owners(repository.mending()) == [("li", {"ana", "bo"})]


def test_marks_of_a_rebase_are_settled_from_the_commit_before_the_one_that_was_moved(repository: Repository) -> None:
    repository.branches(with_full(owner="ana"), with_full(owner="li"))
    repository.git("switch", "--quiet", "other")
    assert repository.git("rebase", "main") == 1
    commit_marks(repository)
    repository.git("rebase", "--continue")
    assert owners(repository.mending()) == [("bo", {"ana", "li"})]


def test_marks_of_a_stash_are_settled_from_the_commit_it_was_made_on(repository: Repository) -> None:
    repository.path.write_bytes(with_full(owner="li"))
    repository.git("stash")
    repository.commit(with_full(owner="ana"))
    assert repository.git("stash", "pop") == 1
    commit_marks(repository)
    assert owners(repository.mending()) == [("bo", {"ana", "li"})]


def test_a_git_that_cannot_be_asked_is_as_good_as_none(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert list(DiskSources(repository.path).versions()) == []
    assert DiskSources(repository.path).stages() is None


def with_two(full: dict[str, object], six: dict[str, object], **others: object) -> bytes:
    return text_of({"items": [item(5).with_(**others), item(6).with_(**six), FULL_ITEM.with_(**full)]})


OURS = with_two({"owner": "ana", "title": "Ours"}, {"title": "Six of ours"}, owner="ana")
THEIRS = with_two({"owner": "li", "title": "Theirs"}, {"title": "Six of theirs"}, size=8)


def unfinished(repository: Repository, way: str, style: str) -> None:
    """A merge in the middle, in one of the ways that git comes to one."""
    settings = "-c", f"merge.conflictStyle={style}"
    if way == "stash":
        repository.path.write_bytes(THEIRS)
        repository.git("stash")
        repository.commit(OURS)
        assert repository.git(*settings, "stash", "pop") == 1
        return
    repository.branches(OURS, THEIRS)
    if way == "rebase":
        repository.git("switch", "--quiet", "other")
        assert repository.git(*settings, "rebase", "main") == 1
    else:
        assert repository.git(*settings, way, "other") == 1


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick", "stash"])
def test_what_hands_did_while_a_merge_waits_stays_whatever_began_it(
    repository: Repository, way: str, style: str
) -> None:
    unfinished(repository, way, style)
    plain = repository.mending()
    assert {(each.record, each.field) for each in plain.conflicts} == {
        (FULL_ITEM.id, "owner"),
        (FULL_ITEM.id, "title"),
        (6, "title"),
    }
    assert not any("somebody edited" in sentence for sentence in plain.sentences)
    places = re.compile(r"^<<<<<<<.*?^>>>>>>> .*?\n", re.MULTILINE | re.DOTALL)
    text = repository.path.read_text(encoding="utf-8")
    (title,) = (each for each in places.findall(text) if '"Theirs"' in each)
    text = text.replace(title, '  "title": "As agreed",\n').replace('"size": 8', '"size": 13')
    repository.path.write_text(text, encoding="utf-8")
    mending = repository.mending()
    full = repository.full(mending)
    assert full.title == "As agreed"
    items = read_store(mending.text, "leadline.json", {}).workspace.items
    assert (items[5].owner, items[5].size) == ("ana", 13)
    assert {(each.record, each.field) for each in mending.conflicts} == {(FULL_ITEM.id, "owner"), (6, "title")}
    assert mending.lost == ()


@pytest.mark.parametrize("how", ["-merge", "--ours", "--theirs"])
def test_one_side_of_an_unfinished_merge_is_not_taken_for_both(how: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    if how == "-merge":
        (tmp_path / ".gitattributes").write_text("*.json -merge\n")
        repository.commit(GOOD)
    repository.branches(with_full(owner="ours", size=2), with_full(owner="theirs", title="Theirs"))
    assert repository.git("merge", "other") != 0
    if how != "-merge":
        assert repository.git("checkout", how, "--", "leadline.json") == 0
    mending = repository.mending()
    assert not mending.is_whole
    assert "only one side of it stands" in mending.sentences[0]
    assert [spot.complaint for spot in mending.spots] == [
        "git has not finished a merge, and only one side of it stands here"
    ]
    assert (repository.full(mending).size, repository.full(mending).title) == (2, "Theirs")
    (conflict,) = mending.conflicts
    assert (conflict.field, set(conflict.sides)) == ("owner", {"ours", "theirs"})
    assert mending.lost == ()
    repository.path.write_bytes(mending.text)
    assert mending_of(repository.path, mending.text) is None
    # What somebody made of it by hand is theirs to say.
    assert mending_of(repository.path, with_full(owner="by hand", size=2, title="Theirs")) is None
