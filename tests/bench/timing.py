"""Times a program in a pseudo-terminal as a person sees it: first text on the screen, and key to painted.

Not a test: figures depend on the machine, so every bench prints them beside a floor or a peer of the same run.
"""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pyte

QUIET_SECONDS = 0.06
"""When nothing was written for so long, the answer to a key is painted."""

_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]{1,2}")


@dataclass
class Timed:
    """A program in a terminal of its own, watched with a stopwatch."""

    command: Sequence[str]
    env: Mapping[str, str]
    cols: int = 140
    rows: int = 45
    _fd: int = field(default=-1, init=False)
    _pid: int = field(default=0, init=False)
    _unseen: bytearray = field(default_factory=bytearray, init=False)
    """Bytes that are not on our screen yet: drawing them at once would keep the program waiting for its reader."""

    def __enter__(self) -> Self:
        self._screen = pyte.Screen(self.cols, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self.started = self.read_at = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(self.command[0], list(self.command), {"TERM": "xterm-256color", **self.env})  # noqa: S606
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    @property
    def screen(self) -> pyte.Screen:
        """The screen as it is now."""
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", bytes(self._unseen)))
        self._unseen.clear()
        return self._screen

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.screen.display)

    def seconds_until(self, text: str, limit: float = 60.0) -> float:
        """From the start of the process until the text is written to the screen.

        Args:
            text: words that one style has, so that no sequence stands between them.
            limit: seconds.

        Raises:
            TimeoutError: it did not come within `limit` seconds.
        """
        self._wait_for(text, 0, self.started + limit)
        return self.read_at - self.started

    def milliseconds_until(self, keys: bytes, text: str, limit: float = 10.0) -> float:
        """From keys until a text is written to the screen, whatever else is painted later.

        Raises:
            TimeoutError: it did not come within `limit` seconds.
        """
        start = len(self._unseen)
        sent = time.perf_counter()
        os.write(self._fd, keys)
        self._wait_for(text, start, sent + limit)
        return (self.read_at - sent) * 1000

    def _wait_for(self, text: str, start: int, end: float) -> None:
        wanted = text.encode()
        while self._unseen.find(wanted, start) < 0:
            self._read(0.05)
            if time.perf_counter() > end:
                message = f"{text!r} did not appear:\n{self.text}"
                raise TimeoutError(message)

    def settle(self, quiet: float = 0.5) -> None:
        """Read until the program has nothing more to say."""
        while self._read(quiet):
            pass

    def press(self, keys: bytes) -> float:
        """Milliseconds from the key to the last byte of its answer."""
        sent = self.read_at = time.perf_counter()
        os.write(self._fd, keys)
        while self._read(QUIET_SECONDS if self.read_at > sent else 2.0):
            pass
        return (self.read_at - sent) * 1000

    def cpu(self) -> float:
        """Seconds the program has computed so far, which say more than the clock on a busy machine (Linux)."""
        tasks = Path(f"/proc/{self._pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Resident memory of the program in MB (Linux)."""
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.read_at = time.perf_counter()
        self._unseen += data
        return True


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below or reach."""
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
