"""Pull and push with real clones of a bare repository."""

import threading
import time
from pathlib import Path

import pytest

from store.disk.git.remotes import fetch, pull, push
from store.disk.git.running import Listener
from store.disk.git.state import head_of, state_of
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, git, item, moved, new_clone, shared

Pair = tuple[Clone, Clone]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return shared(tmp_path, item(1 << 44), item(2 << 44), item(3 << 44))


def _push_a_change(clone: Clone, number: int, stage: str = "ready") -> None:
    clone.edit(number, moved(stage))
    clone.commit(f"{number} to {stage}")
    push(clone.repository, Listener())


def test_what_one_pushes_the_other_pulls(pair: Pair) -> None:
    first, second = pair
    before = head_of(second.repository)
    _push_a_change(first, 1 << 44)
    lines: list[str] = []
    pulled = pull(second.repository, Listener(lines.append))
    assert (pulled.before, pulled.after, pulled.unmerged) == (before, head_of(first.repository), ())
    assert second.store.read_bytes() == first.store.read_bytes()
    assert any("leadline.json" in line for line in lines)


def test_a_push_that_comes_too_late_is_explained_and_forces_nothing(pair: Pair) -> None:
    first, second = pair
    _push_a_change(first, 1 << 44)
    second.git("config", "remote.origin.push", "+refs/heads/*:refs/heads/*")
    second.edit(2 << 44, moved("doing"))
    second.commit()
    with pytest.raises(GitError, match="commits that are not here") as refused:
        push(second.repository, Listener())
    assert refused.value.hint == "Pull first, then push again."
    assert first.git("ls-remote", "origin", "main").split()[0] == head_of(first.repository)


def test_both_sides_come_together_by_a_merge_where_no_setting_says_how(pair: Pair) -> None:
    first, second = pair
    _push_a_change(first, 1 << 44)
    second.edit(3 << 44, moved("doing"))
    second.commit()
    pulled = pull(second.repository, Listener())
    assert pulled.unmerged == ()
    assert len(second.git("rev-list", "--parents", "-1", "HEAD").split()) == 3
    push(second.repository, Listener())
    assert state_of(second.repository).ahead == 0


def test_the_persons_own_way_to_pull_counts(pair: Pair) -> None:
    first, second = pair
    _push_a_change(first, 1 << 44)
    second.git("config", "pull.rebase", "true")
    second.edit(3 << 44, moved("doing"))
    second.commit()
    pulled = pull(second.repository, Listener())
    assert len(second.git("rev-list", "--parents", "-1", "HEAD").split()) == 2
    assert pulled.after == head_of(second.repository)


def test_a_conflict_is_an_answer_and_names_the_files(pair: Pair) -> None:
    first, second = pair
    _push_a_change(first, 1 << 44, "ready")
    second.edit(1 << 44, moved("doing"))
    second.commit()
    assert pull(second.repository, Listener()).unmerged == ("leadline.json",)
    assert second.repository.under_way == "merge"
    second.git("checkout", "--ours", "leadline.json")
    second.git("add", "leadline.json")
    with pytest.raises(GitError, match="A merge is not finished yet"):
        pull(second.repository, Listener())


def test_changes_that_are_not_committed_are_in_the_way_and_stay(pair: Pair) -> None:
    first, second = pair
    _push_a_change(first, 1 << 44)
    second.edit(3 << 44, moved("doing"))
    before = second.store.read_bytes()
    with pytest.raises(GitError, match="not pull over changes"):
        pull(second.repository, Listener())
    assert second.store.read_bytes() == before


def test_a_branch_without_a_counterpart_gets_one(pair: Pair) -> None:
    first, _ = pair
    first.git("switch", "--quiet", "--create", "triage/é+x")
    push(first.repository, Listener())
    assert state_of(first.repository).upstream == "origin/triage/é+x"


def test_a_push_goes_where_the_settings_say(pair: Pair) -> None:
    first, _ = pair
    first.git("switch", "--quiet", "--create", "mine", "--track", "origin/main")
    first.edit(1 << 44, moved("ready"))
    commit = first.commit()
    with pytest.raises(GitError, match="follows another one, main"):
        push(first.repository, Listener())
    first.git("config", "push.default", "upstream")
    push(first.repository, Listener())
    assert first.git("ls-remote", "origin", "main").split()[0] == commit


def test_nothing_to_push_to_is_explained(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "alone", item(7))
    with pytest.raises(GitError, match="Nothing is committed"):
        push(clone.repository, Listener())
    clone.commit()
    with pytest.raises(GitError, match="no other side"):
        push(clone.repository, Listener())
    for name in ("one", "two"):
        clone.git("remote", "add", name, f"../{name}")
    with pytest.raises(GitError, match="2 other sides"):
        push(clone.repository, Listener())
    clone.git("checkout", "--quiet", "--detach")
    with pytest.raises(GitError, match="No branch is checked out"):
        push(clone.repository, Listener())


def test_a_pull_without_a_counterpart_is_explained(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "alone", item(7))
    clone.commit()
    clone.git("remote", "add", "origin", str(tmp_path / "gone.git"))
    with pytest.raises(GitError, match="not where the settings say"):
        fetch(clone.repository, Listener())
    git(tmp_path, "init", "--quiet", "--bare", "gone.git")
    with pytest.raises(GitError, match="no counterpart"):
        pull(clone.repository, Listener())


def test_a_refusal_of_the_other_side_is_explained(pair: Pair) -> None:
    first, _ = pair
    shared_git = Path(first.git("remote", "get-url", "origin"))
    hook = first.folder / shared_git / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'no\\033[2J'\nexit 1\n")
    hook.chmod(0o755)
    lines: list[str] = []
    first.edit(1 << 44, moved("ready"))
    first.commit()
    with pytest.raises(GitError, match="does not take pushes to this branch"):
        push(first.repository, Listener(lines.append))
    assert any("remote:" in line for line in lines)


def test_the_persons_own_hooks_run(pair: Pair) -> None:
    first, _ = pair
    hook = first.folder / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    _push_a_change(first, 1 << 44)
    assert (first.folder / "ran").exists()


def _stopped_once(listener: Listener, there: Path) -> threading.Thread:
    """Stops git as soon as a file is there."""

    def wait_and_stop() -> None:
        while not there.exists():
            time.sleep(0.01)
        listener.stop()

    thread = threading.Thread(target=wait_and_stop, daemon=True)
    thread.start()
    return thread


def test_a_pull_that_waits_for_the_network_is_stopped_and_leaves_nothing_behind(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = pair
    waits = tmp_path / "waits"
    waits.write_text(f"#!/bin/sh\ntouch '{tmp_path}/begun'\nexec sleep 600\n")
    waits.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(waits))
    first.git("remote", "set-url", "origin", "ssh://nowhere.invalid/store")
    before = state_of(first.repository)
    listener = Listener()
    stopping = _stopped_once(listener, tmp_path / "begun")
    with pytest.raises(GitError, match="was stopped"):
        pull(first.repository, listener)
    stopping.join()
    assert state_of(first.repository) == before
    assert list(first.repository.directory.rglob("*.lock")) == []


def test_what_git_started_may_tidy_up_before_it_is_killed(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = pair
    tidies = tmp_path / "tidies"
    tidies.write_text(
        f"#!/bin/sh\ntrap \"sleep 0.5; touch '{tmp_path}/tidied'; exit 1\" TERM\ntouch '{tmp_path}/begun'\n"
        "sleep 600 &\nwait\n"
    )
    tidies.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(tidies))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")
    first.git("remote", "set-url", "origin", "ssh://nowhere.invalid/store")
    listener = Listener()
    stopping = _stopped_once(listener, tmp_path / "begun")
    with pytest.raises(GitError, match="was stopped"):
        fetch(first.repository, listener)
    stopping.join()
    assert (tmp_path / "tidied").exists()


def test_a_pull_that_is_stopped_while_it_merges_leaves_the_store_as_it_was(pair: Pair, tmp_path: Path) -> None:
    first, second = pair
    for clone, stage in ((second, "ready"), (first, "doing")):
        clone.edit(1 << 44, moved(stage))
        clone.commit(stage)
    push(second.repository, Listener())
    first.git("config", "merge.slow.driver", f"touch '{tmp_path}/begun'; sleep 600")
    written = first.repository.directory / "info" / "attributes"
    written.parent.mkdir(exist_ok=True)
    written.write_text("/leadline.json merge=slow\n")
    content, head = first.store.read_bytes(), head_of(first.repository)
    listener = Listener()
    stopping = _stopped_once(listener, tmp_path / "begun")
    with pytest.raises(GitError, match="was stopped"):
        pull(first.repository, listener)
    stopping.join()
    assert (first.store.read_bytes(), head_of(first.repository)) == (content, head)
    assert first.repository.under_way == ""
    assert list(first.repository.directory.rglob("*.lock")) == []
    written.unlink()
    assert pull(first.repository, Listener()).unmerged == ("leadline.json",)
