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

    def __enter__(self) -> Self:
        self.screen = pyte.Screen(self.cols, self.rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(self.command[0], list(self.command), {"TERM": "xterm-256color", **self.env})  # noqa: S606
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def seconds_until(self, text: str, limit: float = 60.0) -> float:
        """From the start of the process until the text stands on the screen.

        Raises:
            TimeoutError: it did not come within `limit` seconds.
        """
        while time.perf_counter() - self.started < limit:
            if self._read(0.05) and text in "\n".join(self.screen.display):
                return time.perf_counter() - self.started
        message = f"{text!r} did not appear:\n" + "\n".join(self.screen.display)
        raise TimeoutError(message)

    def settle(self, quiet: float = 0.5) -> None:
        """Read until the program has nothing more to say."""
        while self._read(quiet):
            pass

    def press(self, keys: bytes) -> float:
        """Milliseconds from the key to the last byte of its answer."""
        sent = last = time.perf_counter()
        os.write(self._fd, keys)
        while self._read(QUIET_SECONDS if last > sent else 2.0):
            last = time.perf_counter()
        return (last - sent) * 1000

    def memory(self) -> float:
        """Resident memory of the program in MB (Linux)."""
        with open(f"/proc/{self._pid}/status", encoding="ascii") as status:  # noqa: PTH123 - a file of the kernel
            line = next(line for line in status if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return True


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below or reach."""
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
