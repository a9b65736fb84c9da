"""Reading a whole file, and knowing whether it is still the same."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from store.errors import NoStoreError, UnreadableStoreError

_PIECE: Final = 2**20
_SMALL: Final = 2**16
MAX_BYTES: Final = 256 * 2**20
"""No larger store is read or written; a hundred thousand items with long texts stay well below."""

Pieces = Sequence[bytes | memoryview]
"""A text in pieces of any size. Putting megabytes together holds up every thread of the program, so nobody does."""

Signature = tuple[int, int, int, int, int]
"""Device, inode, size, time of change of content and of inode: says when to look again, never that nothing changed."""


NOWHERE: Final[Signature] = (0, 0, 0, 0, 0)
"""The signature that no file has."""


def signature_of(status: os.stat_result) -> Signature:
    """What tells cheaply that a file may have changed."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def blocks(pieces: Pieces) -> Iterator[bytes | memoryview]:
    """The same text in blocks that are neither tiny nor so large that other threads have to wait for one."""
    small: list[bytes | memoryview] = []
    room = _PIECE
    for piece in pieces:
        if len(piece) <= min(_SMALL, room):
            small.append(piece)
            room -= len(piece)
            continue
        if small:
            yield b"".join(small)
            small, room = [], _PIECE
        if len(piece) <= _SMALL:
            small, room = [piece], _PIECE - len(piece)
            continue
        view = memoryview(piece)
        yield from (view[at : at + _PIECE] for at in range(0, len(view), _PIECE))
    if small:
        yield b"".join(small)


def is_text(content: bytes, pieces: Pieces) -> bool:
    """Whether pieces make up exactly these bytes."""
    at = 0
    for block in blocks(pieces):
        # Unlike two memory views, which are compared byte by byte.
        if not content.startswith(block, at):
            return False
        at += len(block)
    return at == len(content)


def read_file(path: Path) -> tuple[bytes, os.stat_result]:
    """All bytes of a regular file, and what it looked like.

    Raises:
        NoStoreError: there is no such file.
        UnreadableStoreError: it is no ordinary file, too large, or the system refused.
    """
    with _opened(path) as (handle, status):
        pieces = []
        while piece := os.read(handle, max(status.st_size, _PIECE) + 1):
            pieces.append(piece)
        return (pieces[0] if len(pieces) == 1 else b"".join(pieces)), status


def holds(path: Path, content: bytes) -> bool:
    """Whether a file has exactly these bytes; needs no memory for a second copy of them.

    Raises:
        NoStoreError: there is no such file.
        UnreadableStoreError: it is no ordinary file but a link, for example, too large, or the system refused.
    """
    return status_if_holds(path, content) is not None


def status_if_holds(path: Path, content: bytes) -> os.stat_result | None:
    """What a file looks like if it has exactly these bytes; None if it has others.

    Raises:
        NoStoreError: there is no such file.
        UnreadableStoreError: it is no ordinary file but a link, for example, too large, or the system refused.
    """
    piece = bytearray(_PIECE)
    at = 0
    with _opened(path, os.O_NOFOLLOW) as (handle, status):
        if status.st_size != len(content):
            return None
        while count := os.readv(handle, [piece]):
            if not content.startswith(piece if count == _PIECE else piece[:count], at):
                return None
            at += count
        return status if at == len(content) else None


@contextmanager
def _opened(path: Path, flags: int = 0) -> Iterator[tuple[int, os.stat_result]]:
    try:
        # A pipe or a terminal must not make us wait.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | flags)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                message = f"{path} is not an ordinary file."
                raise UnreadableStoreError(message, "A store is one JSON file; name that file.")
            if status.st_size > MAX_BYTES:
                message = f"{path} has {status.st_size // 2**20} MiB; a store may have {MAX_BYTES // 2**20}."
                raise UnreadableStoreError(message, "Is it the right file?")
            yield handle, status
        finally:
            os.close(handle)
    except FileNotFoundError as error:
        message = f"There is no file {path}."
        raise NoStoreError(message, "Start a store there with `leadline init`, or name another file.") from error
    except OSError as error:
        message = f"{path} could not be read: {reason_of(error)}."
        raise UnreadableStoreError(message, "Nothing was changed.") from error


def is_read_only(path: Path) -> bool:
    """Whether a file is there and may not be written."""
    if os.access(path, os.W_OK):
        return False
    # Git takes a file away before it puts another one there: what is not there may not be written either.
    return path.exists() and not os.access(path, os.W_OK)


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder outlast a power cut.

    Raises:
        OSError: the disk did not confirm.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network disks cannot flush a folder and say so; there is nothing better to do on them.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)


def put_file(path: Path, content: bytes, new: int, mode: int | None = None) -> None:
    """Writes a small file beside its place, and has it take its name once it is on the disk.

    Nobody can foresee the name beside, and no link is followed: whatever has it already is somebody else's.

    Args:
        path: the file; one that is there is replaced.
        content: what is written.
        new: the rights a new file has, of which the system takes away what it always does.
        mode: the rights it has, exactly; None for those of a new file.

    Raises:
        OSError: the system refused; the old file is as it was.
    """
    beside = path.with_name(f".tmp-{os.getpid()}-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(beside, flags, new if mode is None else 0o600)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if mode is not None:
                os.fchmod(handle, mode)
            # A name must not outlast a power cut without its bytes.
            os.fsync(handle)
        finally:
            os.close(handle)
        beside.replace(path)
        flush_folder(path.parent)
    finally:
        with suppress(OSError):
            beside.unlink()


def make_private_folder(folder: Path) -> None:
    """Makes a folder for its owner alone, and those above it that are missing, so that they outlast a power cut.

    Raises:
        OSError: the system refused.
    """
    if not folder.is_dir():
        make_private_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        flush_folder(folder.parent)


def is_running(process: int) -> bool:
    """Whether there is a process with this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def sha256_of(content: bytes) -> str:
    """The hash by which bytes are told apart."""
    return hashlib.sha256(content).hexdigest()


_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: "the disk is mounted for reading only",
    errno.EACCES: "this account lacks the right",
    errno.EPERM: "this account lacks the right",
    errno.EIO: "the disk reported a fault",
    errno.EFBIG: "the file is larger than the disk allows",
    errno.ENAMETOOLONG: "the name is too long",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in words."""
    words = _REASONS.get(error.errno or 0) or error.strerror or "the system gave no reason"
    return f"{words[:1].lower()}{words[1:]}"
