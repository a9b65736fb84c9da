"""Two or three clones of one store, as leads use them: real git, real commits, and a driver that works or does not."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from store.change import Choice, settled
from store.disk import Identity
from store.disk.git.committing import finish, stage_store
from store.disk.git.finding import Repository, repository_of
from store.disk.git.installed import DRIVER
from store.disk.git.setting_up import OnConflict, settings
from store.disk.mending import mend, mending_of
from store.errors import GitError, LeadlineError
from store.workbench import Workbench
from tests.proofs.judging import lost_in, wrong_in
from tests.proofs.leads import EVERYDAY, WITH_REMOVALS, Lead
from tests.terminal.terminal import LEADLINE

FILE: Final = "leadline.json"
_SCRIPTS: Final = {
    "missing": "leadline-that-is-not-there",
    "crashing": f"{sys.executable} -c 'raise RuntimeError' 2>/dev/null",
    "ending with 2": "sh -c 'exit 2'",
    "killed": "sh -c 'kill -9 $$'",
}
WORKING: Final = frozenset({"on", "on, recording"})
MODES: Final = ("on", "on", "on, recording", "absent", *_SCRIPTS, "killed when done")
"""What the driver of a clone does."""


@dataclass
class Clone:
    """One clone, the lead who works in it, and what came of every merge there.

    Args:
        folder: the work tree.
        lead: who works in it.
        mode: what the driver does, one of `MODES`.
        random: by which things are settled.
        seen: counts of merges and conflicts.
        wrong: what is not as promised.
    """

    folder: Path
    lead: Lead
    mode: str
    random: Random
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.folder / FILE

    @property
    def text(self) -> bytes:
        return self.store.read_bytes()

    @property
    def repository(self) -> Repository:
        found = repository_of(self.store)
        assert found is not None
        return found

    def git(self, *arguments: str, check: bool = True) -> str:
        """What git says on its standard output.

        Raises:
            AssertionError: git refused, and that is not fine.
        """
        name = self.lead.name
        identity = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", name), ("EMAIL", f"{name}@example.com"))
        }
        done = subprocess.run(
            ("git", *arguments),  # noqa: S607 - git by name, as a person has it
            cwd=self.folder,
            env={**os.environ, **identity},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, f"git {arguments}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def set_up(self) -> None:
        """Sets the driver of this clone up, as far as it is there; git leaves the lock alone."""
        with (self.folder / ".git" / "info" / "exclude").open("a") as file:
            file.write(f".{FILE}.*\n")
        if self.mode == "absent":
            return
        recording = OnConflict.RECORD if self.mode == "on, recording" else OnConflict.STOP
        for key, value in settings(LEADLINE, recording):
            line = value
            if key == DRIVER and self.mode in _SCRIPTS:
                line = f"{_SCRIPTS[self.mode]} || {value.partition(' || ')[2]}"
            elif key == DRIVER and self.mode == "killed when done":
                command, _, rest = value.partition(" || ")
                line = f"sh -c '{command}; kill -9 $$' || {rest}"
            self.git("config", key, line)

    def edit(self, count: int, *, is_mild: bool) -> None:
        """Edits of the lead in the file, saved as the program saves them.

        Args:
            count: how many.
            is_mild: whether no record is taken out.
        """
        bench = self._bench()
        lead, mix = self.lead, EVERYDAY if is_mild else WITH_REMOVALS
        made = 0
        lead.session = None
        while made < count:
            lead.now += timedelta(minutes=lead.random.randint(1, 90))
            lead.workspace = bench.workspace
            try:
                wanted = lead.random.choices(list(mix), list(mix.values()))[0](lead)
                if wanted:
                    bench.do(wanted)
                    made += 1
            except LeadlineError:
                continue
        bench.save()
        bench.close()

    def commit(self, message: str) -> None:
        """Commits the store, if anything changed."""
        self.git("add", FILE)
        if self.git("status", "--porcelain"):
            self.git("commit", "--quiet", "--message", message)

    def bases(self, one: str, other: str) -> list[str]:
        """The commits that two commits started from."""
        return self.git("merge-base", "--all", one, other, check=False).split()

    def at(self, revision: str) -> bytes:
        """The store as a commit has it."""
        return subprocess.run(
            ("git", "show", f"{revision}:{FILE}"),  # noqa: S607
            cwd=self.folder,
            capture_output=True,
            check=True,
        ).stdout

    def judge(self, what: str, bases: Iterable[str], ours: str, theirs: str, result: bytes) -> None:
        """Compares a merge with what was promised."""
        texts = [self.at(base) for base in bases]
        three = self.at(ours), self.at(theirs), result
        found = wrong_in(texts[0], *three) if len(texts) == 1 else lost_in(texts, *three)
        self.wrong += [f"{what} in a clone whose driver is {self.mode}: {each}" for each in found[:2]]

    def settle_all(self, what: str, bases: Iterable[str], ours: str, theirs: str) -> None:
        """Settles what git stopped at: the file is mended, judged, and every conflict settled; then git goes on."""
        self.seen.update(stopped=1)
        content = self.text
        is_marked = b"\n<<<<<<<" in content
        self.seen.update(marked=is_marked)
        if is_marked:
            mending = mending_of(self.store, content)
            assert mending is not None, "marks that leadline does not see"
            assert not mending.refusal, mending.refusal
            mend(mending, self.lead.now)
        elif self.mode not in WORKING:
            self.wrong.append(f"{what}: git stopped without marks, and the driver is {self.mode}")
        self.judge(f"{what}, settled", bases, ours, theirs, self.text)
        self.decide()
        stage_store(self.repository)

    def decide(self) -> None:
        """Settles every conflict that waits in the store, one way or another."""
        bench = self._bench()
        for conflict in [each for waiting in bench.workspace.disputes.values() for each in waiting]:
            choices = [Choice.FIRST, Choice.SECOND, Choice.BOTH, Choice.BASE]
            for choice in self.random.sample(choices, len(choices)):
                there = bench.workspace.conflicts[conflict.id]
                if there.settled is None:
                    try:
                        bench.do(settled(bench.workspace, there, choice, self.lead.now, self.lead.name))
                    except LeadlineError:
                        continue
                    self.seen.update(conflicts=1)
        left = sum(map(len, bench.workspace.disputes.values()))
        if left:
            self.wrong.append(f"{left} conflicts cannot be settled")
        bench.save()
        bench.close()

    def go_on(self) -> None:
        """Lets git finish what it stopped at, or stop again."""
        try:
            finish(self.repository)
        except GitError:
            if not self.git("ls-files", "--unmerged"):
                # What was settled is what was there before: an empty commit, which git asks about.
                self.git("commit", "--quiet", "--allow-empty", "--no-edit", check=False)

    def _bench(self) -> Workbench:
        who = Identity(self.lead.name, f"{self.lead.name}@example.com")
        return Workbench.open(self.store, now=lambda: self.lead.now, who=who, keeps_journal=False)
