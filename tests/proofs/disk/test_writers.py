"""Many who write one store at once, some of whom are killed, beside programs that take no lock: nothing is lost."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from store.workbench import Workbench
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.store.benches import opened
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, read, text_of, written

WRITERS = 8
EDITS = size(250, 2_500)
GONE_EVERY = 5
MOST_ROUNDS = size(400, 4_000)
"""So often git and the script come in between; on a slow machine the writers would never get ahead of them."""


class Writer:
    """A process that works, and what it said."""

    def __init__(self, store: Path, name: str, count: int, *options: str) -> None:
        self.journaled: list[str] = []
        self.saved: list[str] = []
        self.is_done = threading.Event()
        self.trouble = ""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.disk.writer", str(store), name, str(count), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self._program.stdout is not None
        assert self._program.stderr is not None
        for line in self._program.stdout:
            word, _, token = line.rstrip("\n").partition(" ")
            if not line.endswith("\n"):
                break
            {"journal": self.journaled, "saved": self.saved}.get(word, []).append(token)
            if word == "done":
                self.is_done.set()
        self.trouble = self._program.stderr.read()
        self.is_done.set()

    def wait_for(self, count: int) -> None:
        """Waits until so many edits are safe, or the program is gone."""
        while len(self.journaled) < count and self._program.poll() is None:
            time.sleep(0.01)

    def kill(self) -> None:
        self._program.kill()
        self._program.wait()
        self._close()

    def _close(self) -> None:
        self._listener.join()
        for pipe in (self._program.stdin, self._program.stdout, self._program.stderr):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()

    def end(self) -> None:
        """Lets it go when it has looked after its edits for the last time."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait()
        self._close()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "work").mkdir()
    return written(tmp_path / "work" / "leadline.json", text_of({"items": [item(number) for number in range(1, 40)]}))


def missing(store: Path, tokens: Sequence[str]) -> list[str]:
    """The tokens that are neither in a record nor in one of a conflict."""
    content = store.read_text("utf-8")
    reading = read(content.encode())
    assert reading.findings == ()
    return [token for token in tokens if token not in content]


@contextmanager
def beside(act: Callable[[], None], pause_seconds: float) -> Iterator[None]:
    """Does something again and again meanwhile, up to `MOST_ROUNDS` times."""
    is_over = threading.Event()

    def again() -> None:
        for _ in range(MOST_ROUNDS):
            if is_over.is_set():
                return
            begun = time.monotonic()
            act()
            # However slow the machine is, most of the time belongs to those who write.
            time.sleep(pause_seconds + 3 * (time.monotonic() - begun))

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def worked(store: Path, *options: str) -> list[Writer]:
    """Eight who have made all their edits and look after them."""
    writers = [Writer(store, f"w{number}", EDITS, *options) for number in range(WRITERS)]
    for writer in writers:
        writer.is_done.wait()
    return writers


def ended(writers: list[Writer]) -> list[str]:
    """Lets them go; every token that was called saved."""
    # Twice around, so that what one of them brings back is seen by all.
    time.sleep(1)
    for writer in writers:
        writer.end()
    assert [writer.trouble for writer in writers if writer.trouble] == []
    return [token for writer in writers for token in writer.saved]


def test_eight_who_write_at_once_lose_nothing(store: Path, report: Report) -> None:
    saved = ended(worked(store, "--together"))
    lost = missing(store, saved)
    conflicts = read(store.read_bytes()).workspace.conflicts
    report("Eight writers", {"edits": len(saved), "conflicts": len(conflicts), "lost": len(lost)})
    assert len(saved) == WRITERS * EDITS
    assert lost == []
    assert names_in(store.parent) == ["leadline.json"]


def test_eight_who_write_beside_git_and_a_program_that_replaces_the_file_lose_nothing(
    store: Path, report: Report
) -> None:
    rounds: list[str] = []

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=store.parent, check=False, capture_output=True)  # noqa: S607

    git("init", "-q", "-b", "main")
    # Git asks for the size of a file and then reads so many bytes: of one that is replaced in between by a longer one
    # it would commit the beginning. The check that `leadline git-setup` puts before each commit refuses that, too.
    hook = store.parent / ".git" / "hooks" / "pre-commit"
    looks = f"'{sys.executable}' -ISc 'import json, sys; json.load(sys.stdin)' 2>/dev/null"
    written(hook, f"#!/bin/sh\ngit show :leadline.json | {looks}\n".encode())
    hook.chmod(0o755)
    git("add", "leadline.json")
    git("commit", "-qm", "start")

    def checkout() -> None:
        """What git has is put there again, over whatever was written in between."""
        git("commit", "-qam", "work")
        if rounds.count("git") % GONE_EVERY == 0:
            # A slow disk, or a slow git: the file is gone for so long that the programs notice.
            store.unlink()
            time.sleep(0.2)
        else:
            store.touch()
        git("checkout", "-q", "--force", "main", "--", "leadline.json")
        rounds.append("git")

    def replace() -> None:
        """A script with stock habits: reads, adds something of its own, and puts its file over the other."""
        try:
            tables = json.loads(store.read_bytes())
        except (OSError, ValueError):
            return
        tables["items"][str(2**40 + len(rounds))] = item(5, f"script {len(rounds)}").raw()
        written(store.with_name("script"), json.dumps(tables).encode()).replace(store)
        rounds.append("script")

    with beside(checkout, 0.1), beside(replace, 0.15):
        writers = worked(store)
    saved = ended(writers)
    lost = missing(store, saved)
    report(
        "Eight writers, git and a script",
        {
            "edits": len(saved),
            "checkouts": rounds.count("git"),
            "replacements": rounds.count("script"),
            "lost": len(lost),
        },
    )
    assert len(saved) == WRITERS * EDITS
    assert lost == []


@pytest.mark.parametrize("count", [2, 4, 6])
def test_writers_that_are_killed_at_any_moment_lose_nothing_that_was_told(
    store: Path, count: int, report: Report
) -> None:
    chance = Random(count)  # noqa: S311 - the same moments in every run
    kills = size(100, 2_000)
    running = [Writer(store, f"w{number}", 100_000, "--together") for number in range(count)]
    gone: list[Writer] = []
    for kill in range(kills):
        place = chance.randrange(count)
        if chance.random() < 1 / 4:
            # Perhaps while it opens the store; the others write all the time.
            time.sleep(chance.uniform(0.0, 0.25))
        else:
            running[place].wait_for(chance.randrange(1, 12))
            time.sleep(chance.uniform(0.0, 0.03))
        running[place].kill()
        gone.append(running[place])
        running[place] = Writer(store, f"k{kill}", 100_000, "--together")
    for writer in running:
        writer.kill()
    gone += running
    assert [writer.trouble for writer in gone if writer.trouble] == []
    told = [token for writer in gone for token in writer.journaled]
    bench: Workbench = opened(store)
    bench.bring_back()
    bench.save()
    bench.close()
    lost = missing(store, told)
    report(f"Killed writers, {count} at a time", {"kills": len(gone), "edits": len(told), "lost": len(lost)})
    assert lost == []
    assert len(told) > kills
