"""What a program that was killed during a save has left beside the store."""

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from store.disk.files import is_running, read_file
from store.disk.keeping.backups import keep_backup
from store.disk.reading.sifting import Sifting
from store.errors import StoreError

_FRESH_SECONDS: Final = 60
_END: Final = b"}\n"
_MARKS: Final = re.compile(rb"^(?:<{7}|>{7})", re.MULTILINE)
_OLD_SECONDS: Final = 24 * 3600
"""A number of a process is given again; after a day a file is nobody's, whoever has its number now."""


def sweep(store: Path, current: bytes, now: datetime) -> None:
    """Removes left-over files of dead processes; one that is more than a beginning of a text becomes a backup first.

    After an exchange such a file holds what was in the store before, which may be the text of somebody else.

    Args:
        store: the real path of the store.
        current: what the store holds.
        now: the present moment.
    """
    mine = re.compile(rf"\.{re.escape(store.name)}\.tmp-([0-9]+)-[0-9a-f]+")
    with suppress(OSError), os.scandir(store.parent) as entries:
        for entry in entries:
            match = mine.fullmatch(entry.name)
            if match is None:
                continue
            with suppress(OSError):
                # Also when the clock was set back since, so that the file is from the future.
                age = abs(now.timestamp() - entry.stat(follow_symlinks=False).st_mtime)
                is_nobodys = age > _OLD_SECONDS or (age > _FRESH_SECONDS and not is_running(int(match[1])))
                if is_nobodys and _is_safe(store, Path(entry.path), current, now):
                    Path(entry.path).unlink()


def _is_safe(store: Path, left: Path, current: bytes, now: datetime) -> bool:
    """Whether nothing is lost with a left-over file."""
    try:
        content, _ = read_file(left)
        if content == current:
            return True
    except StoreError:
        # Nothing that could be kept.
        return True
    if not content.strip() or _is_half(content, left.name):
        return True
    return keep_backup(store, content, "left over", now) is not None


def _is_half(content: bytes, name: str) -> bool:
    """Whether it is a text that a program was killed while it wrote it, and not one that somebody put there whole."""
    try:
        Sifting(content, name)
    except StoreError:
        return not content.endswith(_END) and not _MARKS.search(content)
    return False
