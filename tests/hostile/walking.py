"""Goes through the surfaces of a hostile place in a real terminal and tells what got out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.hostile.grammar import Talk, leaks
from tests.hostile.place import Place, with_marks, words_of
from tests.hostile.surfaces import COPYING, START_KEYS, Surface
from tests.terminal.terminal import LEADLINE, PATIENCE, Terminal

SIZE: Final = (200, 45)
"""Columns and lines: wide enough for several payloads in one row."""

HOME: Final = "On top now"
"""Words of the overview, where every walk begins and to which it comes back."""

QUIET_SECONDS: Final = 0.08
ESCAPE: Final = "\x1b[27u"
"""The key as terminals send it that tell it from the beginning of another one: nothing has to be waited for."""

_UNFINISHED: Final = re.compile(
    rb"(?:\x1b(?:\[[0-9;:<-?]*[ -/]*|\][^\x07\x1b]*)?"
    rb"|[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{,2})\Z"
)

LONGEST_CHARACTER: Final = 4
"""Bytes."""

QUESTIONS: Final = (b"[y/N]:", b"[Y/n]:", b"(y/n)")
Leaks = list[str]


def typed(text: str) -> str:
    """What a terminal lets through in a paste: line breaks and tabs are the only control characters."""
    return "".join(char for char in text if char >= " " and not 0x7F <= ord(char) < 0xA0)


def walk(place: Place, surfaces: Iterable[Surface]) -> Iterator[tuple[str, Leaks]]:
    """Each surface of the full screen and what leaked there; the last is the end of the program."""
    with _started(place, place.folder) as terminal:
        terminal.wait_for(HOME)
        yield "the beginning", leaks(terminal.raw[: _whole(terminal)], Talk.WHOLE)
        for surface in surfaces:
            begun = _whole(terminal)
            press(terminal, surface.keys, place)
            if surface.shows:
                terminal.wait_for(surface.shows)
            terminal.settle(QUIET_SECONDS)
            sent = terminal.raw[begun : _whole(terminal)]
            yield surface.name, leaks(sent, Talk.PAINTING, may_copy=surface.name in COPYING)
            terminal.press(*[ESCAPE] * 5, "g", "o")
            terminal.wait_for(HOME)
        yield "the end", _end(terminal)


def walk_from_the_start(place: Place) -> Iterator[tuple[str, Leaks]]:
    """The start screen in a folder without a store, and the program on the store that it makes."""
    folder = place.folder.with_name(f"{place.folder.name} 2")
    folder.mkdir()
    with _started(place, folder) as terminal:
        terminal.wait_for("Start here")
        press(terminal, START_KEYS, place)
        terminal.wait_for("capture", "saved")
        terminal.settle(QUIET_SECONDS)
        yield "the start screen", leaks(terminal.raw, Talk.WHOLE)
        yield "the end", _end(terminal)


def walk_after_mending(place: Place) -> Iterator[tuple[str, Leaks]]:
    """A store with the marks of a merge: what is offered before it is opened, and what is shown afterwards."""
    with_marks(place)
    with _started(place, place.folder) as terminal:
        terminal.wait_for("Write that, and open it?")
        press(terminal, ["y", "enter"], place)
        terminal.wait_for(HOME)
        press(terminal, ["g", "s"], place)
        terminal.wait_for("Sharing")
        terminal.settle(QUIET_SECONDS)
        yield "the mending offer", leaks(terminal.raw, Talk.WHOLE)
        yield "the end", _end(terminal)


def _whole(terminal: Terminal) -> int:
    """How much of what was sent is whole sequences and characters; the rest of the last one is on its way."""
    raw = terminal.raw
    # Nothing unfinished begins before the last escape or the last character; megabytes may lie before that.
    last = max(0, min(raw.rfind(b"\x1b"), len(raw) - LONGEST_CHARACTER))
    rest = _UNFINISHED.search(raw, last)
    return rest.start() if rest else len(raw)


def _started(place: Place, folder: Path) -> Terminal:
    columns, lines = SIZE
    return Terminal((LEADLINE,), folder=folder, env=place.env, columns=columns, lines=lines)


def press(terminal: Terminal, keys: Iterable[str], place: Place) -> None:
    """Press keys, and paste what begins with `=`."""
    for key in keys:
        if key.startswith("=") and len(key) > 1:
            terminal.paste(typed(key[1:].replace("{text}", place.text)))
        else:
            terminal.press(ESCAPE if key == "esc" else key)


def _end(terminal: Terminal) -> Leaks:
    """Leave the program: what leaked, and that it broke if it did."""
    begun = _whole(terminal)
    terminal.press("ctrl+q")
    code = terminal.ended()
    return [
        *leaks(terminal.raw[begun:], Talk.WHOLE),
        *([] if code == 0 else [f"it ended with {code}: {terminal.text}"]),
    ]


def ran(arguments: Sequence[str], place: Place) -> tuple[str, Leaks]:
    """A command in a terminal, and what leaked; every question is answered with no."""
    code, raw = said(words_of(arguments, place), place.folder, place.env)
    broken = [f"it ended with {code}: {raw[-400:]!r}"] if code >= 70 else []
    return " ".join(arguments), leaks(raw, Talk.LINES) + broken


def said(arguments: Sequence[str], folder: Path, env: Mapping[str, str]) -> tuple[int, bytes]:
    """The exit code of a command in a terminal, and everything it wrote to it."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    process = subprocess.Popen(
        (LEADLINE, *arguments), cwd=folder, env=dict(env), stdin=side, stdout=side, stderr=side, close_fds=True
    )
    os.close(side)
    raw = b""
    try:
        while True:
            ready, _, _ = select.select([main], [], [], PATIENCE)
            if not ready:
                process.kill()
                raw += b" and it waited for ever"
                break
            try:
                data = os.read(main, 65_536)
            except OSError:
                break
            if not data:
                break
            raw += data
            if raw.rstrip().endswith(QUESTIONS):
                os.write(main, b"n\n")
    finally:
        os.close(main)
    return process.wait(PATIENCE), raw
