"""What each commit did to the store."""

from pathlib import Path

import pytest

from store.disk.git.blobs import blobs_of
from store.disk.git.history import History, Step, Wanted
from store.disk.reading.versions import version_of
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone

ONE, TWO, THREE = 1 << 44, 2 << 44, 3 << 44


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = new_clone(tmp_path / "work", item(ONE), item(TWO), item(THREE))
    made.commit("the store")
    return made


def steps(clone: Clone, count: int = 100, wanted: Wanted | None = None) -> list[Step]:
    near = version_of(clone.store.read_bytes(), "leadline.json", {})
    return list(History(clone.repository, near).steps("HEAD", count, wanted))


def told(found: list[Step]) -> list[tuple[str, list[tuple[str, int, list[str]]]]]:
    return [
        (
            step.commit.subject,
            [(each.table, each.record.id, [change.name for change in each.fields]) for each in step.differences],
        )
        for step in found
    ]


def test_each_commit_is_told_by_what_it_changed(clone: Clone) -> None:
    clone.edit(ONE, moved("ready"))
    clone.commit("move")
    clone.edit(TWO, lambda each: each.with_(title="Other", owner="bo"))
    clone.commit("rename")
    assert told(steps(clone)) == [
        ("rename", [("items", TWO, ["title", "owner"])]),
        ("move", [("items", ONE, ["stage", "past_moves"])]),
        ("the store", [("items", ONE, []), ("items", TWO, []), ("items", THREE, [])]),
    ]
    assert [step.commit.subject for step in steps(clone, count=2)] == ["rename", "move"]


def test_the_history_of_one_record_leaves_the_others_out(clone: Clone) -> None:
    for number, stage in ((ONE, "ready"), (TWO, "ready"), (ONE, "doing")):
        clone.edit(number, moved(stage))
        clone.commit(f"{number >> 44} {stage}")
    found = steps(clone, wanted=frozenset({("items", ONE)}))
    assert [step.commit.subject for step in found] == ["1 doing", "1 ready", "the store"]
    assert {each.record.id for step in found for each in step.differences} == {ONE}
    assert [step.commit.subject for step in steps(clone, 1, frozenset({("items", TWO)}))] == ["2 ready"]


def _merged(clone: Clone, settle: bytes | None = None) -> None:
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(ONE, moved("ready"))
    clone.commit("side")
    clone.git("switch", "--quiet", "main")
    clone.edit(THREE, moved("doing"))
    clone.commit("main")
    clone.git("merge", "--quiet", "--no-commit", "side")
    if settle is not None:
        clone.store.write_bytes(clone.store.read_bytes().replace(b'"Item %d"' % TWO, settle))
        clone.git("add", "leadline.json")
    clone.git("commit", "--quiet", "--message", "merge")


def test_a_merge_is_told_by_what_is_like_neither_side(clone: Clone) -> None:
    _merged(clone, b'"Smuggled in"')
    merge = steps(clone)[0]
    assert told([merge]) == [("merge", [("items", TWO, ["title"])])]


def test_a_merge_that_only_joins_says_nothing(clone: Clone) -> None:
    _merged(clone)
    assert told(steps(clone))[0] == ("merge", [])
    assert [step.commit.subject for step in steps(clone, wanted=frozenset({("items", ONE)}))] == ["side", "the store"]


def test_a_version_that_is_no_store_is_a_problem_of_its_commits_only(clone: Clone) -> None:
    whole = clone.store.read_bytes()
    clone.store.write_bytes(b"<<<<<<< ours\n" + whole)
    clone.commit("broken")
    clone.store.write_bytes(whole)
    clone.commit("mended")
    assert [bool(step.problem) for step in steps(clone)] == [True, True, False]


def test_a_store_that_was_taken_out_and_came_back(clone: Clone) -> None:
    whole = clone.store.read_bytes()
    clone.git("rm", "--quiet", "leadline.json")
    clone.commit("gone")
    clone.store.write_bytes(whole)
    clone.commit("back")
    assert [(step.commit.subject, len(step.differences)) for step in steps(clone)] == [
        ("back", 3),
        ("gone", 3),
        ("the store", 3),
    ]


def test_a_layout_that_is_not_ours_hides_nothing(clone: Clone) -> None:
    import json

    loose = json.loads(clone.store.read_bytes())
    clone.store.write_text(json.dumps(loose, indent=4))
    clone.commit("layout")
    loose["items"][str(ONE)]["title"] = "By hand"
    clone.store.write_text(json.dumps(loose, indent=4))
    clone.commit("by hand")
    assert [step.commit.subject for step in steps(clone, wanted=frozenset({("items", ONE)}))] == [
        "by hand",
        "the store",
    ]


def test_each_version_is_asked_for_once(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.disk.git.blobs import Blobs

    for number in range(6):
        clone.edit(ONE, moved(f"ready {number}", number))
        clone.commit()
    asked: list[str] = []
    real = Blobs._asked

    def counting(blobs: Blobs, blob: str) -> bytes:
        asked.append(blob)
        return real(blobs, blob)

    monkeypatch.setattr(Blobs, "_asked", counting)
    assert len(steps(clone)) == 7
    assert len(asked) == len(set(asked)) == 7


def test_what_is_no_version_is_refused(clone: Clone) -> None:
    for wrong in ("0" * 40, "HEAD\nHEAD", "-x", "", clone.git("rev-parse", "HEAD")):
        with blobs_of(clone.repository) as blobs, pytest.raises(GitError, match="did not give the version"):
            blobs.content(wrong)
    with blobs_of(clone.repository) as blobs:
        assert blobs.content(clone.git("rev-parse", "HEAD:leadline.json")) == clone.store.read_bytes()
