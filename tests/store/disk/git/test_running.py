"""Git is run so that neither a repository nor a name can make it do something else."""

import os
import stat
import subprocess
import time
from pathlib import Path

import pytest

from store.disk.git import running
from store.disk.git.arrivals import last_arrival
from store.disk.git.commits import commits_of
from store.disk.git.installed import installation_in
from store.disk.git.objects import content_at, merge_bases, stages
from store.disk.git.reasons import LONGEST, REASONS, reason_in
from store.disk.git.running import Listener, act, environment, read, text
from store.disk.git.state import state_of
from store.errors import GitError
from tests.store.disk.git.repositories import Clone, item, moved, new_clone

TRAPS = (
    "core.fsmonitor",
    "core.pager",
    "pager.log",
    "filter.trap.clean",
    "filter.trap.smudge",
    "diff.external",
    "diff.trap.textconv",
    "gpg.program",
    "core.editor",
    "core.sshCommand",
    "credential.helper",
)
"""Settings of a repository that name a program."""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = new_clone(tmp_path / "work", item(7))
    made.commit()
    made.edit(7, moved("ready"))
    return made


def _program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_reading_starts_nothing_that_the_repository_names(clone: Clone, tmp_path: Path) -> None:
    witness = tmp_path / "it ran"
    trap = _program(tmp_path / "trap", f"touch '{witness}'; cat")
    hooks = clone.folder / ".git" / "hooks"
    for hook in ("pre-commit", "post-checkout", "fsmonitor-watchman", "post-index-change", "reference-transaction"):
        _program(hooks / hook, f"touch '{witness}'")
    for key in TRAPS:
        clone.git("config", key, str(trap))
    clone.git("config", "log.showSignature", "true")
    (clone.folder / ".gitattributes").write_text("leadline.json filter=trap diff=trap merge=trap\n")
    repository = clone.repository
    assert state_of(repository).file.value == "changed"
    content_at(repository, "HEAD")
    stages(repository)
    merge_bases(repository, "HEAD", "HEAD")
    commits_of(repository)
    last_arrival(repository)
    installation_in(repository)
    assert not witness.exists()
    # The trap does work: the person's own git runs it.
    clone.git("diff", check=False)
    assert witness.exists()


def test_the_environment_names_the_person_and_no_other_repository(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.worktree")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "/")
    assert text(clone.folder, "rev-parse", "--show-toplevel") == str(clone.folder)
    seen = environment(os.environ, is_acting=False)
    assert {name for name in seen if name.startswith("GIT_")} == {
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_TERMINAL_PROMPT",
        "GIT_PAGER",
        "GIT_OPTIONAL_LOCKS",
        "GIT_NO_LAZY_FETCH",
    }


def test_only_acting_knows_how_a_person_reaches_others() -> None:
    env = {"GIT_SSH_COMMAND": "ssh -i key", "GIT_DIR": "x", "HOME": "/h"}
    assert "GIT_SSH_COMMAND" not in environment(env, is_acting=False)
    acting = environment(env, is_acting=True)
    assert (acting["GIT_SSH_COMMAND"], acting["GIT_TERMINAL_PROMPT"], acting["GIT_EDITOR"]) == (
        "ssh -i key",
        "0",
        "true",
    )
    assert "GIT_DIR" not in acting


def test_a_machine_without_git_says_so(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitError, match="not found on this machine"):
        state_of(clone.repository)
    with pytest.raises(GitError, match="not found on this machine"):
        act(clone.folder, "status")


def test_a_folder_that_is_gone_is_no_missing_git(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="There is no folder"):
        read(tmp_path / "gone", "status")


@pytest.fixture
def fake_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose program `git` a test writes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_git_that_hangs_is_stopped_with_what_it_started(
    fake_git: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(fake_git / "git", f"sleep 60 & echo $! > '{tmp_path}/child'; wait")
    monkeypatch.setattr(running, "READING_SECONDS", 0.5)
    with pytest.raises(GitError, match="took too long"):
        read(tmp_path, "status")
    _wait_for_the_end_of(int((tmp_path / "child").read_text()))


def test_acting_can_be_stopped_with_what_it_started(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", f"sleep 600 & echo $! > '{tmp_path}/child'; echo begun; wait")
    listener = Listener(lambda _line: listener.stop())
    with pytest.raises(GitError, match="was stopped"):
        act(tmp_path, "pull", listener=listener)
    _wait_for_the_end_of(int((tmp_path / "child").read_text()))


def _wait_for_the_end_of(process: int) -> None:
    for _ in range(400):
        if _is_over(process):
            return
        time.sleep(0.05)
    pytest.fail("it still runs")


def _is_over(process: int) -> bool:
    """Whether it was killed; whether it was collected, too, depends on who adopts it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] == "Z"
    except OSError:
        return True


def test_git_that_says_too_much_is_stopped(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "exec cat /dev/zero")
    with pytest.raises(GitError, match="more than 1,000 bytes"):
        read(tmp_path, "status", most=1000)


def test_a_flood_of_complaints_fills_no_memory_and_does_not_block(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "head -c 5000000 /dev/zero >&2; echo done; exit 0")
    assert read(tmp_path, "status") == (0, b"done\n")


def test_acting_tells_each_line_as_it_comes(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", r"printf 'one\ntwo\rthree\r\n' >&2; printf 'four'")
    lines: list[str] = []
    code, talk = act(tmp_path, "pull", listener=Listener(lines.append))
    assert code == 0
    assert lines == ["one", "two", "three", "four"]
    assert talk == "one\ntwo\rthree\r\nfour"


def test_an_unknown_refusal_is_told_in_gits_own_words(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "echo 'hint: try that' >&2; echo 'fatal: the \033[31mmoon is full.' >&2; exit 7")
    with pytest.raises(GitError) as refused:
        read(tmp_path, "status")
    # Not cleaned here: what shows it does that.
    assert refused.value.message == "git status did not work: the \033[31mmoon is full."


def test_a_silent_refusal_and_a_signal_are_told_as_well(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "exit 3")
    with pytest.raises(GitError, match="it ended with code 3"):
        read(tmp_path, "status")
    _program(fake_git / "git", "kill -9 $$")
    with pytest.raises(GitError, match="it was stopped by signal 9"):
        read(tmp_path, "status")


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.words[0])
def test_every_known_refusal_has_a_sentence_and_something_to_do(reason: object) -> None:
    assert isinstance(reason, tuple)
    message, hint, words = reason
    assert message.endswith(".")
    assert hint
    for each in words:
        assert each == each.casefold()
        found = reason_in(f"fatal: {each.upper()} and more")
        assert found is not None


def test_only_the_beginning_of_endless_talk_is_looked_through() -> None:
    assert reason_in("x" * LONGEST + "not a git repository") is None


def test_nothing_can_ask_on_the_terminal(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "read answer || echo none; (exec 3</dev/tty) 2>/dev/null && echo terminal; exit 0")
    assert act(tmp_path, "push")[1] == "none\n"


def test_a_repository_of_somebody_else_is_explained(fake_git: Path, tmp_path: Path) -> None:
    _program(fake_git / "git", "echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit 128")
    with pytest.raises(GitError, match="does not trust this repository"):
        read(tmp_path, "status")


def test_no_shell_takes_part(clone: Clone) -> None:
    assert subprocess.run(["true"], check=False).returncode == 0  # noqa: S607 - the tool is there
    with pytest.raises(GitError):
        content_at(clone.repository, "$(touch witness)")
    assert not (clone.folder / "witness").exists()
