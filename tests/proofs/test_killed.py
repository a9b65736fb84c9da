"""The running program is killed (kill -9) during a triage, again and again: what the screen called saved stays.

After each kill the file is whole and holds what a person had decided up to some key, nothing in between; the next start
brings it to what the journal had.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import pyte
import pytest

from store.clock import utc_now
from store.disk.journal.journal import read_journals
from store.models import TABLES, Ruling, Workspace
from store.triage import queue
from tests.conftest import pinned
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.store.disk.stores import read, text_of, written
from tests.store.samples import an_item
from tests.terminal.terminal import LEADLINE, Terminal

ROUNDS: Final = size(100, 1_000)
IN_ONE_STORE: Final = 25
ITEMS: Final = 600
COLUMNS, LINES = 110, 30
FRAMES: Final = "\x1b[?2026;2$y"
"""What a terminal answers that shows whole pictures only: a kill in the middle of one shows the one before."""
_END_OF_FRAME: Final = b"\x1b[?2026l"
_PRIVATE: Final = re.compile(rb"\x1b\[[<>=?][0-9;:]*\$?[a-zA-Z]")
_INBOX: Final = re.compile(r"([\d,]+) inbox")
RULINGS: Final = {"1": Ruling.NOW, "2": Ruling.NEXT, "4": Ruling.DECLINE}

Verdicts = Mapping[int, Ruling]
"""What was decided about items."""


@dataclass
class Kills:
    """One store whose program is killed again and again."""

    path: Path
    env: Mapping[str, str]
    chance: Random
    owed: Verdicts = field(default_factory=dict)
    given: int = 0
    in_file: int = 0
    back: int = 0
    unseen: int = 0

    def start(self) -> Terminal:
        command = (LEADLINE, "--store", str(self.path))
        terminal = Terminal(command, folder=self.path.parent, env=self.env, columns=COLUMNS, lines=LINES)
        terminal.press(FRAMES)
        return terminal

    def workspace(self) -> Workspace:
        """What the file holds, which must be whole and as this program writes it."""
        content = self.path.read_bytes()
        reading = read(content)
        assert reading.findings == ()
        workspace = reading.workspace
        assert content == text_of({table: workspace.table(table).values() for table in TABLES})
        return workspace

    def verdicts(self) -> Verdicts:
        items = self.workspace().items.values()
        return {item.id: item.verdict.ruling for item in items if item.verdict is not None}

    def steps(self) -> set[str]:
        """What the journals know of, by name."""
        return {step.name for step in read_journals(self.path).steps}

    def sit(self, keys: Sequence[str], *, is_hasty: bool) -> None:
        """A triage of some keys that is killed at any moment, and the look at what is left."""
        with self.start() as terminal:
            self.settle(terminal)
            known = self.steps()
            waiting = [card.item.id for card in queue(self.workspace(), utc_now(), without=self.owed)]
            states = list(after_each(keys, waiting, self.owed))
            terminal.press("g", "t")
            terminal.wait_for("Triage", "1 now")
            done = 0
            pause = self.chance.choice((0.0, 0.3))
            for state, key in zip(states[1:], keys, strict=True):
                press(terminal, key)
                if is_hasty:
                    watch(terminal, pause * self.chance.random())
                else:
                    await_count(terminal, left(state))
                    done += 1
            watch(terminal, self.chance.uniform(0, 0.1))
            terminal.kill()
            row = first_row(whole_frames(terminal))
        self.look(states, done, row, len(self.steps() - known))

    def look(self, states: Sequence[Verdicts], done: int, row: str, journaled: int) -> None:
        """What is left after a kill.

        Args:
            states: what was decided after each key, from none on.
            done: how many keys were seen to have worked.
            row: the top line as the screen showed it last.
            journaled: how many changes are in the journal.
        """
        shown = next((at for at in range(done, len(states)) if left(states[at]) == inbox(row)), done)
        promised = shown if "saved" in row else 0
        there = self.verdicts()
        assert there in states[promised:], f"{row}: {promised} were called saved"
        # The journal comes before the file.
        assert there in states[: journaled + 1]
        filed = max(at for at, state in enumerate(states[: journaled + 1]) if state == there)
        self.given += shown
        self.in_file += min(filed, shown)
        self.back += journaled - filed
        self.unseen += max(0, shown - max(journaled, filed))
        self.owed = states[journaled]

    def kill_at_the_start(self) -> None:
        """A kill while the program starts, or brings back what the last one had not saved."""
        before = self.verdicts()
        with self.start() as terminal:
            time.sleep(self.chance.uniform(0.1, 1.2))
            terminal.kill()
        assert self.verdicts() in (before, self.owed)

    def settle(self, terminal: Terminal) -> None:
        """Wait until everything that was journaled is in the file."""
        if self.verdicts() != self.owed:
            terminal.wait_for("Brought back")
        terminal.wait_until(lambda screen: "saved" in first_row(screen) and inbox(screen) == left(self.owed), "saved")
        assert self.verdicts() == self.owed


def after_each(keys: Sequence[str], waiting: Sequence[int], start: Verdicts) -> Iterator[Verdicts]:
    """What is decided before the first key and after each."""
    done: list[tuple[int, Ruling]] = []
    yield dict(start)
    for key in keys:
        if key == "u":
            done.pop()
        else:
            done.append((waiting[len(done)], RULINGS[key]))
        yield {**start, **dict(done)}


def press(terminal: Terminal, key: str) -> None:
    terminal.press(key)
    if RULINGS.get(key) is Ruling.DECLINE:
        terminal.wait_for("Decline: why?")
        terminal.press("Nobody asked", "enter")


def watch(terminal: Terminal, seconds: float) -> None:
    """Take in pictures for a while, as a terminal does: a program that cannot write waits."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.settle(0.005)


def await_count(terminal: Terminal, count: int) -> None:
    """Wait until so many are in the inbox."""
    terminal.wait_until(lambda screen: inbox(screen) == count, f"{count} in the inbox")


def left(state: Verdicts) -> int:
    """How many wait in the inbox."""
    return ITEMS - len(state)


def inbox(screen: str) -> int:
    found = _INBOX.search(first_row(screen))
    return int(found[1].replace(",", "")) if found else -1


def first_row(screen: str) -> str:
    return screen.split("\n", 1)[0]


def whole_frames(terminal: Terminal) -> str:
    """What is on a screen that shows whole pictures only, with all that came before the end."""
    terminal.settle(0.01)
    end = terminal.raw.rfind(_END_OF_FRAME)
    assert end > 0, "the program does not say where its pictures end"
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.ByteStream(screen).feed(_PRIVATE.sub(b"", terminal.raw[:end]))
    return "\n".join(screen.display)


@pytest.mark.parametrize("number", range(ROUNDS // IN_ONE_STORE))
def test_a_kill_during_a_triage_loses_nothing_that_was_saved_or_journaled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, report: Report
) -> None:
    state = str(tmp_path / "state")
    monkeypatch.setenv("LEADLINE_STATE_DIR", state)
    env = {
        **pinned(str(tmp_path)),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "COLORTERM": "truecolor",
        "LEADLINE_STATE_DIR": state,
        "LEADLINE_USER": "ana",
    }
    folder = tmp_path / "work"
    folder.mkdir()
    items = [an_item(at, f"Request {at}", "inbox") for at in range(1, ITEMS + 1)]
    chance = Random(number)  # noqa: S311 - the same keys in every run
    kills = Kills(written(folder / "leadline.json", text_of({"items": items})), env, chance)
    for kill in range(IN_ONE_STORE):
        match kill % 5:
            case 4:
                kills.kill_at_the_start()
            case 3:
                kills.sit([*"12u14uu2", *chance.choices("124", k=chance.randrange(3))], is_hasty=False)
            case _:
                kills.sit(chance.choices("12", k=chance.randint(2, 9)), is_hasty=True)
    with kills.start() as terminal:
        kills.settle(terminal)
        os.kill(terminal.pid, signal.SIGKILL)
    report(
        f"Killed during a triage, store {number + 1}",
        {
            "kills": IN_ONE_STORE,
            "verdicts on the screen": kills.given,
            "in the file": kills.in_file,
            "brought back": kills.back,
            "neither, and not called saved": kills.unseen,
        },
    )
