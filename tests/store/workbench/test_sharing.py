"""The store and git as a screen sees them, in real repositories."""

from datetime import timedelta
from pathlib import Path

import pytest

from screens.wording.losses import losses_in_short
from store.change import Choice, moved, owned, settled
from store.disk import Identity
from store.disk.git.running import Listener
from store.disk.git.state import FileState
from store.errors import GitError, UnreadableStoreError
from store.models import Workspace
from store.workbench import Workbench
from store.workbench.sharing import Sharing
from tests.store.benches import START
from tests.store.disk.git.repositories import Clone, item, new_clone, shared
from tests.store.disk.git.repositories import moved as item_moved

NOW = START + timedelta(days=3)
ITEMS = tuple(item(number) for number in (10, 20, 30))


def opened(clone: Clone, who: str = "ana") -> tuple[Workbench, Sharing]:
    bench = Workbench.open(clone.store, now=lambda: NOW, who=Identity(who, f"{who}@example.com"))
    return bench, Sharing(bench)


def changes(sharing: Sharing) -> list[tuple[int, list[str]]]:
    return [(each.record.id, [field.name for field in each.fields]) for each in sharing.look().changed]


def test_what_is_not_whole_is_not_committed(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "work", *ITEMS)
    clone.commit()
    _, sharing = opened(clone)
    clone.store.write_bytes(clone.store.read_bytes()[:300])
    with pytest.raises(UnreadableStoreError):
        sharing.commit("half of it", Listener())
    assert clone.git("rev-list", "--count", "HEAD") == "1"


def test_without_a_repository_there_is_nothing_to_say() -> None:
    bench = Workbench.in_memory(Workspace(), now=lambda: NOW, who=Identity("ana", "ana@example.com"))
    sharing = Sharing(bench)
    assert sharing.repository is None
    assert sharing.look().state is None
    assert sharing.fingerprint() == ()
    with pytest.raises(GitError, match="not in a git repository"):
        sharing.push(Listener())


def test_what_changed_since_the_last_commit_is_told_saved_or_not(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "first", *ITEMS)
    bench, sharing = opened(clone)
    state = sharing.look().state
    assert state is not None
    assert state.file is FileState.UNTRACKED
    assert sharing.commit("the store", Listener()) == clone.git("rev-parse", "HEAD")
    assert changes(sharing) == []
    before = sharing.fingerprint()
    bench.do(owned(bench.workspace, [10], "li", NOW, "ana"))
    assert changes(sharing) == [(10, ["owner"])]
    bench.save()
    assert changes(sharing) == [(10, ["owner"])]
    said: list[str] = []
    sharing.commit("li has it", Listener(said.append))
    assert any("li has it" in line for line in said)
    assert changes(sharing) == []
    assert sharing.fingerprint() != before
    with pytest.raises(GitError, match="nothing to commit"):
        sharing.commit("again", Listener())


def test_a_commit_takes_what_was_not_saved_yet(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "first", *ITEMS)
    bench, sharing = opened(clone)
    bench.do(moved(bench.workspace, [10], "doing", NOW, "ana"))
    sharing.commit("doing", Listener())
    assert "doing" in clone.git("show", "HEAD:leadline.json")


def test_what_came_is_told_with_who_did_it(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    _, sharing = opened(ana)
    assert sharing.look().came is None
    li.edit(10, item_moved("ready"))
    li.git("commit", "--quiet", "--all", "--message", "li", "--author", "Li <li@example.com>")
    li.git("push", "--quiet")
    sharing.fetch(Listener())
    shown = sharing.look()
    assert shown.state is not None
    assert (shown.state.behind, shown.came) == (1, None)
    pulled = sharing.pull(Listener())
    assert pulled.before != pulled.after
    came = sharing.look().came
    assert came is not None
    assert [each.record.id for each in came.changes] == [10]
    assert came.authors.of("items", 10) == "li"


def in_conflict(tmp_path: Path) -> Clone:
    """A clone whose pull ended in marks: ana is doing what li has made ready, and both gave another a size."""
    ana, li = shared(tmp_path, *ITEMS)
    for clone, who, stage, size in ((li, "Li", "ready", 2), (ana, "Ana", "doing", 3)):
        clone.edit(10, item_moved(stage, by=who.lower()))
        clone.edit(20, lambda each, size=size: each.with_(size=size))  # type: ignore[misc]
        clone.git("commit", "--quiet", "--all", "--message", stage, "--author", f"{who} <{who.lower()}@example.com>")
    li.git("push", "--quiet")
    return ana


def test_a_file_between_marks_is_never_committed_as_settled(tmp_path: Path) -> None:
    ana = in_conflict(tmp_path)
    _, sharing = opened(ana)
    ana.git("pull", "--quiet", "--no-rebase", check=False)
    assert sharing.look().is_marked
    with pytest.raises(UnreadableStoreError):
        sharing.finish(Listener())
    assert ana.git("ls-files", "--unmerged")


def test_what_git_could_not_merge_by_lines_is_merged_as_records_and_told_by_who_wrote_it(tmp_path: Path) -> None:
    ana = in_conflict(tmp_path)
    bench, sharing = opened(ana)
    said: list[str] = []
    assert sharing.pull(Listener(said.append)).unmerged == ("leadline.json",)
    assert any("merge" in line for line in said)
    bench.catch_up(insisting=True)
    shown = sharing.look()
    assert not shown.is_marked
    waiting = {each.field: each for conflicts in bench.workspace.disputes.values() for each in conflicts}
    assert waiting.keys() == {"stage", "size"}
    size = waiting["size"]
    whose = shown.whose[size.id]
    ours = whose.ours
    assert size.sides[0 if ours is Choice.FIRST else 1] == 3
    assert {side: said.by for side, said in whose.said.items()} == {ours: "ana", other(ours): "li"}
    for conflict in waiting.values():
        bench.do(settled(bench.workspace, conflict, Choice.FIRST, NOW, "ana"))
    sharing.finish(Listener())
    after = sharing.look().state
    assert after is not None
    assert (after.file, after.under_way, after.ahead) == (FileState.CLEAN, "", 2)
    assert not sharing.mend(Listener())


def other(side: Choice) -> Choice:
    return Choice.SECOND if side is Choice.FIRST else Choice.FIRST


def test_that_a_clone_is_not_set_up_is_news_once(tmp_path: Path) -> None:
    ana, li = shared(tmp_path, *ITEMS)
    alone = new_clone(tmp_path / "alone", *ITEMS)
    assert [opened(clone)[1].is_news_that_git_merges_by_lines() for clone in (ana, ana, li, alone)] == [
        True,
        False,
        True,
        False,
    ]
    sharing = opened(ana)[1]
    sharing.set_up(sharing.set_up_plan())
    shown = sharing.look().installation
    assert shown is not None
    assert shown.is_complete


def test_trouble_with_git_is_told_and_not_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, sharing = opened(new_clone(tmp_path / "first", *ITEMS))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Git was not found" in sharing.look().problem


def test_what_a_merge_lost_is_news_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    clone = new_clone(tmp_path / "work", *ITEMS)
    clone.commit("the store")
    _, sharing = opened(clone)
    assert sharing.new_losses() == ()
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(10, item_moved("ready"))
    clone.commit("side")
    clone.git("switch", "--quiet", "main")
    clone.edit(30, item_moved("doing"))
    clone.commit("main")
    clone.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    (replayed,) = sharing.new_losses()
    assert losses_in_short((replayed,)).startswith("A merge made elsewhere lost changes of 1 record;")
    assert sharing.new_losses() == ()
