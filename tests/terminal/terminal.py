"""A real terminal for tests: the installed program in a pseudo-terminal, its screen kept by an emulator."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

import pexpect
import pyte
import pytest

from tests.conftest import pinned

LEADLINE: Final = str(Path(sys.executable).with_name("leadline"))
"""The command as it was installed, so that the entry point is tested too."""

PATIENCE: Final = 30.0
"""Seconds: no test waits this long unless it is going to fail. A machine under load may need some of them."""

KEYS: Final = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
}

# The emulator prints what it does not know of these; they say nothing about what is on the screen.
_PRIVATE: Final = re.compile(rb"\x1b\[[<>=?][0-9;:]*\$?[a-zA-Z]")
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-9;:<>=?]*\$?)?\Z")
_PASTE: Final = ("\x1b[200~", "\x1b[201~")


def program_env(home: Path) -> dict[str, str]:
    """The whole environment of a program: a home of its own, and nothing of the person who runs the tests."""
    home.mkdir()
    return {
        **pinned(str(home)),
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "COLORTERM": "truecolor",
        "LEADLINE_STATE_DIR": str(home / "state"),
        "LEADLINE_USER": "ana",
    }


class Terminal:
    """A program that runs in a terminal; every wait has a deadline and shows the screen when it fails.

    Args:
        command: the program and its arguments.
        folder: where it is started.
        env: the whole environment; nothing comes from the person who runs the tests.
        columns: the width in cells.
        lines: the height.
    """

    def __init__(
        self, command: Sequence[str], *, folder: Path, env: Mapping[str, str], columns: int = 140, lines: int = 45
    ) -> None:
        self.raw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._process = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(folder),
            env=dict(env),
            dimensions=(lines, columns),
            timeout=PATIENCE,
        )
        # pexpect waits 50 ms before each key, for passwords that are asked for late; we look at the screen instead.
        self._process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close(force=True)

    @property
    def pid(self) -> int:
        """The process."""
        return int(self._process.pid)

    @property
    def rows(self) -> Sequence[str]:
        """What is on the screen now, line by line."""
        self._read(0)
        # Not its own `display`, which fails where the second half of a wide character is written over.
        lines = map(self._screen.buffer.__getitem__, range(self._screen.lines))
        columns = range(self._screen.columns)
        return ["".join([cell.data for cell in map(line.__getitem__, columns)]).rstrip() for line in lines]

    @property
    def text(self) -> str:
        """What is on the screen now."""
        return "\n".join(self.rows)

    def press(self, *keys: str) -> None:
        """Type keys one after the other: `enter`, `ctrl+r`, or the letters of a text."""
        for key in keys:
            if key in KEYS:
                self._process.send(KEYS[key])
            elif key.startswith("ctrl+"):
                self._process.send(chr(ord(key.removeprefix("ctrl+").upper()) - 64))
            else:
                self._process.send(key)
            if key == "esc":
                # What follows at once would be read as a key with alt.
                self.settle()

    def paste(self, text: str) -> None:
        """Paste text, as a terminal does."""
        self._process.send(text.join(_PASTE))

    def wait_for(self, *texts: str) -> None:
        """Wait until all of these are on the screen."""
        self.wait_until(lambda screen: all(text in screen for text in texts), " and ".join(map(repr, texts)))

    def wait_until_gone(self, text: str) -> None:
        """Wait until this is no longer on the screen."""
        self.wait_until(lambda screen: text not in screen, f"that {text!r} goes")

    def wait_until(self, is_right: Callable[[str], bool], what: str) -> None:
        """Wait until the screen is right; `what` says so in the message of a failure."""
        deadline = time.monotonic() + PATIENCE
        while not is_right(self.text):
            is_running = self._read(0.05)
            if not is_running and not is_right(self.text):
                self._fail(f"The program ended while we waited for {what}.")
            if time.monotonic() > deadline:
                self._fail(f"Waited {PATIENCE:g} s in vain for {what}.")

    def settle(self, quiet: float = 0.2) -> None:
        """Wait until nothing has come for a while; only where no text says that it is time."""
        last = len(self.raw)
        while True:
            self._read(quiet)
            if len(self.raw) == last:
                return
            last = len(self.raw)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def kill(self) -> None:
        """End the program as a power cut would: it can do nothing about it."""
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait()

    def ended(self) -> int:
        """The exit code, when it has ended by itself."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.05):
            if time.monotonic() > deadline:
                self._fail("The program does not end.")
        self._process.wait()
        status = self._process.exitstatus
        if status is None:
            self._fail(f"The program was ended by signal {self._process.signalstatus}.")
        return int(status)

    def _read(self, seconds: float) -> bool:
        """Take in what has come; False when the program has closed its side."""
        try:
            data = self._process.read_nonblocking(65_536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        data = self._rest + data
        # A sequence may be cut in two between one reading and the next.
        cut = _UNFINISHED.search(data)
        at = cut.start() if cut else len(data)
        self._rest = data[at:]
        self._stream.feed(_PRIVATE.sub(b"", data[:at]))
        return True

    def _fail(self, message: str) -> NoReturn:
        screen = "\n".join(f"| {row}" for row in self.rows if row.strip())
        pytest.fail(f"{message}\n{screen}", pytrace=False)
