"""The files of the journal: how a program holds one, and how lines get to the disk."""

import errno
import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.disk.files import flush_folder
from store.disk.keeping.known import state_directory

SLOTS: Final = 64
"""How many programs at a time have a journal of one store."""
_MAX_BYTES: Final = 256 * 2**20
_FLAGS: Final = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)
"""Where it exists (macOS), a plain fsync leaves the bytes in the cache of the drive."""


def journal_folder(store: Path) -> Path:
    """Where the journals of a store are."""
    return state_directory(store) / "journal"


def slots(folder: Path) -> list[Path]:
    """The files that programs may hold, whether they are there or not."""
    return [folder / f"{number}.jsonl" for number in range(1, SLOTS + 1)]


class HeldFile:
    """A journal that this program holds; made by `hold` and `put_in_place`.

    Args:
        path: its name.
        handle: it, open and locked.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self._handle).st_size

    @property
    def is_in_place(self) -> bool:
        """Whether its name is still its own; somebody may have removed it, or put another one there."""
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._handle))
        except OSError:
            return False

    def content(self) -> bytes:
        """All its bytes."""
        return _content(self._handle)

    def append(self, text: bytes) -> None:
        """Add whole lines; where that fails, none of them is there."""
        size = self.size
        try:
            _write(self._handle, text)
        except OSError:
            # Half a line in the middle would look like damage.
            with suppress(OSError):
                os.ftruncate(self._handle, size)
            raise

    def flush(self) -> None:
        """Make all lines outlast a power cut."""
        _flush(self._handle)

    def drop_half_line(self) -> None:
        """Take away what a power cut left of the last line."""
        size = self.size
        if size and os.pread(self._handle, 1, size - 1) != b"\n":
            os.ftruncate(self._handle, self.content().rfind(b"\n") + 1)

    def close(self) -> None:
        """Give it free."""
        os.close(self._handle)


def hold(path: Path, *, making: bool = False) -> HeldFile | None:
    """A file that nobody else holds; None where somebody does, or where it is none.

    Args:
        path: its name.
        making: whether to make it where there is none.
    """
    is_new = making and not path.exists()
    try:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | _FLAGS | (os.O_CREAT if making else 0), 0o600)
    except FileNotFoundError:
        return None
    held = HeldFile(path, handle)
    is_ours = False
    try:
        # Between opening and locking, another file may have got the name.
        is_ours = stat.S_ISREG(os.fstat(handle).st_mode) and _is_free(handle, fcntl.LOCK_EX) and held.is_in_place
        if is_ours and is_new:
            flush_folder(path.parent)
    finally:
        if not is_ours:
            held.close()
    return held if is_ours else None


def look(path: Path) -> tuple[bytes, bool]:
    """The bytes of a journal, and whether some program holds it; nothing where there is no such file."""
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except FileNotFoundError:
        return b"", False
    try:
        return _content(handle), not _is_free(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def put_in_place(path: Path, text: bytes) -> HeldFile:
    """Replaces a file that we hold; there is at every moment the old one or the new one, whole and held."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
    try:
        _is_free(handle, fcntl.LOCK_EX)
        _write(handle, text)
        _flush(handle)
        beside.replace(path)
    except OSError:
        os.close(handle)
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
    return HeldFile(path, handle)


def _is_free(handle: int, kind: int) -> bool:
    """Whether nobody else holds the file; then we do until it is closed."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _content(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    if size > _MAX_BYTES:
        raise OSError(errno.EFBIG, "it is too large")
    pieces: list[bytes] = []
    at = 0
    while at < size and (piece := os.pread(handle, size - at, at)):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


def _write(handle: int, text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush(handle: int) -> None:
    os.fsync(handle)
    if _FULL_SYNC is not None:
        fcntl.fcntl(handle, _FULL_SYNC)
