"""What is known about the bytes of a store, by their hash, from one start to the next.

Kept in the state directory of the person, never beside the store. Losing it costs time and nothing else.
"""

import hashlib
import os
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import VERSION

from store import models
from store.disk.files import make_private_folder

NEWEST: Final = 16
NEWEST_COPIES: Final = 4


class Mark(StrEnum):
    """What a strict reading found out about some bytes."""

    UNKNOWN = "unknown"
    CLEAN = "clean"
    """Nothing is wrong with any record; the layout may be anybody's."""
    CANONICAL = "canonical"
    """Clean, and laid out as we write it."""


def state_directory(store: Path) -> Path:
    """Where this person's notes about one store are kept: `LEADLINE_STATE_DIR` or the system's place for state."""
    base = os.environ.get("LEADLINE_STATE_DIR")
    if base:
        root = Path(base)
    else:
        from platformdirs import user_state_path  # only here: nobody who sets the variable pays for it

        root = user_state_path("leadline", appauthor=False)
    return root / "stores" / hashlib.sha256(os.fsencode(store)).hexdigest()[:20]


class KnownTexts:
    """The marks of the newest texts of one store.

    Args:
        store: the real path of the store file.
    """

    def __init__(self, store: Path) -> None:
        self._folder = state_directory(store)

    def marks(self) -> dict[str, Mark]:
        """The marks by hash, oldest first; empty where nothing can be read."""
        try:
            return {sha256: Mark(mark) for sha256, mark in (line.split() for line in self._lines("known"))}
        except ValueError:
            return {}

    def remember(self, sha256: str, mark: Mark) -> Mark:
        """Keeps a mark, unless it says nothing; a state directory that cannot be written makes the next start slower.

        Returns:
            The mark the text had before.
        """
        marks = self.marks()
        before = marks.get(sha256, Mark.UNKNOWN)
        if mark in {before, Mark.UNKNOWN}:
            return before
        marks.pop(sha256, None)
        marks[sha256] = mark
        self._write("known", [f"{known} {known_mark}" for known, known_mark in marks.items()][-NEWEST:])
        return before

    def good_copies(self) -> tuple[str, ...]:
        """The digests of backups that are canonical and in which nothing is wrong, oldest first."""
        return tuple(self._lines("copies"))

    def remember_copy(self, digest: str) -> None:
        """Keeps that a backup is canonical and that nothing is wrong in it."""
        there = [known for known in self.good_copies() if known != digest]
        self._write("copies", [*there, digest][-NEWEST_COPIES:])

    def _lines(self, name: str) -> list[str]:
        try:
            reader, *lines = (self._folder / name).read_text("ascii").splitlines()
        except (OSError, ValueError):
            return []
        return lines if reader == _reader() else []

    def _write(self, name: str, lines: list[str]) -> None:
        beside = self._folder / f".tmp-{os.getpid()}-{name}"
        with suppress(OSError):
            make_private_folder(self._folder)
            beside.write_text("\n".join((_reader(), *lines, "")), "ascii")
            beside.replace(self._folder / name)


@cache
def _reader() -> str:
    """Which leadline reads: another one may ask more of a record, so what this one found counts for itself only."""
    digest = hashlib.sha256(VERSION.encode())
    with suppress(OSError):
        for folder in (Path(models.__file__).parent, Path(__file__).parent):
            for file in sorted(folder.glob("*.py")):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
