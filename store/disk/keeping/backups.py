"""Copies of the last good files, in the state directory of the person and never in the repository.

A copy is named after its moment, its content and the reason it was kept: the same text is never kept twice, and a copy
that is not what its name says is not believed. The newest ones stay, of older ones the last of each day, all together
within bounds.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from store.disk.files import is_running, make_private_folder, put_file, read_file, sha256_of
from store.disk.keeping.known import state_directory
from store.errors import UnreadableStoreError

NEWEST: Final = 16
DAYS: Final = 30
MAX_TOTAL_BYTES: Final = 256 * 2**20
_ALWAYS: Final = 2
"""So many of the newest stay, however large they are."""
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{32})-([a-z-]+)\.json")
_HALF: Final = re.compile(r"\.tmp-([0-9]+)-[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy.

    Args:
        path: where it is.
        at: when it was last the text to keep.
        why: what it was kept for, in a word or two.
        size: bytes.
        digest: the beginning of its SHA-256.
    """

    path: Path
    at: datetime
    why: str
    size: int
    digest: str

    def content(self) -> bytes:
        """The bytes of the store as they were.

        Raises:
            NoStoreError: the copy is gone.
            UnreadableStoreError: it cannot be read, or is not what was kept.
        """
        content, _ = read_file(self.path)
        if not sha256_of(content).startswith(self.digest):
            message = f"{self.path} is not the copy that was kept."
            raise UnreadableStoreError(message, "Take another one.")
        return content


def backups_directory(store: Path) -> Path:
    """Where the copies of a store are.

    Args:
        store: the real path of the store.
    """
    return state_directory(store) / "backups"


def backups_of(store: Path) -> tuple[Backup, ...]:
    """The copies of a store, newest first; none where the directory cannot be read.

    Args:
        store: the real path of the store.
    """
    found = []
    with suppress(OSError), os.scandir(backups_directory(store)) as entries:
        for entry in entries:
            match = _NAME.fullmatch(entry.name)
            if match is not None:
                with suppress(OSError, ValueError):
                    at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
                    size = entry.stat(follow_symlinks=False).st_size
                    found.append(Backup(Path(entry.path), at, match[3].replace("-", " "), size, match[2]))
    return tuple(sorted(found, key=lambda backup: backup.path.name, reverse=True))


def keep_backup(store: Path, content: bytes, why: str, now: datetime) -> Backup | None:
    """Keeps a copy of a text of a store; one that is kept already only gets the new moment.

    Args:
        store: the real path of the store.
        content: the text.
        why: what it is kept for, in a word or two of small letters, such as "import".
        now: the present moment.

    Returns:
        The copy; None where the state directory cannot be written, which must not stop the work.
    """
    there = backups_of(store)
    digest = sha256_of(content)[:32]
    same = next((backup for backup in there if backup.digest == digest and backup.size == len(content)), None)
    stamp = f"{now.astimezone(UTC):{_STAMP}}"
    reason = same.why if same is not None else why
    folder = backups_directory(store)
    path = folder / f"{stamp}-{digest}-{reason.replace(' ', '-')}.json"
    try:
        if same is not None:
            same.path.replace(path)
        else:
            make_private_folder(folder)
            put_file(path, content, 0o600)
    except OSError:
        return None
    kept = Backup(path, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), reason, len(content), digest)
    others = [backup for backup in there if backup is not same]
    # A clock that ran ahead once must not make its copies the newest for ever.
    others.sort(key=lambda backup: backup.at > kept.at)
    for backup in superfluous(others, len(content)):
        with suppress(OSError):
            backup.path.unlink()
    sweep_state(store)
    return kept


def superfluous(others: Iterable[Backup], size: int) -> list[Backup]:
    """Which copies have to go after another one of `size` bytes was kept, newest of `others` first."""
    gone: list[Backup] = []
    days: set[str] = set()
    total = size
    for number, backup in enumerate(others, start=1):
        day = f"{backup.at:%Y%m%d}"
        is_among_newest = number < NEWEST
        is_last_of_day = day not in days and len(days) < DAYS
        days.add(day)
        total += backup.size
        if number < _ALWAYS or ((is_among_newest or is_last_of_day) and total <= MAX_TOTAL_BYTES):
            continue
        total -= backup.size
        gone.append(backup)
    return gone


def sweep_state(store: Path) -> None:
    """Removes what a process that was killed while it kept a copy or a note has left.

    Args:
        store: the real path of the store.
    """
    for folder in (state_directory(store), backups_directory(store)):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                match = _HALF.fullmatch(entry.name)
                if match is not None and not is_running(int(match[1])):
                    with suppress(OSError):
                        Path(entry.path).unlink()
