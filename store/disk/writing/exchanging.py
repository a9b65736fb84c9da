"""Two files swap their names in one step, so that what was in the way is in our hands and not gone.

Git and editors take no lock. A file that is put over another one destroys whatever was written there in the last
moment; after an exchange those bytes can be looked at, and put back if they are not the ones we wanted to replace.
"""

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from store.disk.files import flush_folder, holds, read_file
from store.errors import StoreError

_HERE: Final = -100
_EXCHANGE: Final = 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux; RENAME_SWAP of macOS has the same number."""
_UNKNOWN_HERE: Final = {errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP}
"""How a disk, a system or a sandbox says that it cannot exchange."""
_ROUNDS: Final = 20

Keep = Callable[[bytes], None]
"""Puts a text of somebody else where it can be found again."""


@dataclass(slots=True)
class Newcomer:
    """A file beside the store that is about to take its name.

    Args:
        path: where it is.
        content: what it holds.
        status: what it looked like when it was whole.
        is_theirs: whether a text of somebody else may be under its name now, which must not be removed.
    """

    path: Path
    content: bytes
    status: os.stat_result
    is_theirs: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """What was put under a name: the file, and its bytes where it has any that can be read."""

    status: os.stat_result | None
    content: bytes | None

    def is_at(self, path: Path) -> bool:
        """Whether it is there, and nobody wrote into it. What cannot be looked at is taken for it."""
        there = _status(path)
        if there is None or self.status is None:
            return True
        if not os.path.samestat(there, self.status):
            return False
        try:
            return self.content is None or holds(path, self.content)
        except StoreError:
            return True


def exchange(one: Path, other: Path) -> bool:
    """Lets two files swap their names; False where the system cannot, and nothing was done.

    Raises:
        OSError: the system can and refused; nothing was done.
    """
    rename = _rename()
    if rename is None:
        return False
    number = rename(os.fsencode(one), os.fsencode(other))
    if number in _UNKNOWN_HERE:
        return False
    if number:
        raise OSError(number, os.strerror(number), str(other))
    return True


@cache
def _rename() -> Callable[[bytes, bytes], int] | None:
    """The system's exchange of two names, which gives an error number or 0; None where there is none."""
    import ctypes  # late: only who saves needs it, and it costs milliseconds

    try:
        library = ctypes.CDLL(None, use_errno=True)
        call = library.renamex_np if sys.platform == "darwin" else library.renameat2
    except (OSError, AttributeError):
        return None

    def rename(one: bytes, other: bytes) -> int:
        if sys.platform == "darwin":
            done = call(one, other, ctypes.c_uint(_EXCHANGE))
        else:
            done = call(_HERE, one, _HERE, other, ctypes.c_uint(_EXCHANGE))
        return 0 if done == 0 else ctypes.get_errno() or errno.EIO

    return rename


def takes_place(new: Newcomer, path: Path, current: bytes, keep: Keep) -> bool | None:
    """Exchanges a new file with the store and looks at what came out.

    Args:
        new: the new file.
        path: the real path of the store.
        current: the bytes that are to be replaced.
        keep: takes texts of others which later texts of others have replaced.

    Returns:
        Whether the new file is in its place. If not, others wrote the store in the last moment, and the latest of
        their texts is where it was; None if the system cannot exchange and nothing was done.

    Raises:
        OSError: the system refused. Where that is not said of `new`, the store is what it was.
    """
    # Until it was looked at; whatever interrupts this takes nothing of others away.
    new.is_theirs = True
    try:
        is_done = exchange(new.path, path)
    except OSError:
        new.is_theirs = False
        raise
    if not is_done:
        new.is_theirs = False
        return None
    trouble: OSError | None = None
    try:
        if holds(new.path, current):
            new.is_theirs = False
            return True
    except StoreError as error:
        trouble = _trouble(error)
    placed = _Placed(new.status, new.content)
    for _ in range(_ROUNDS):
        latest = _Placed(_status(new.path), _text(new.path))
        _bring_back(new, path, placed)
        if not new.is_theirs or placed.is_at(new.path):
            # Before our file goes: else a power cut might leave it in the place of theirs, and theirs nowhere.
            flush_folder(path.parent)
            new.is_theirs = False
            break
        # Somebody wrote again while we looked: what was just brought back is the older one of two.
        if latest.content is not None:
            keep(latest.content)
        placed = latest
    if trouble is not None:
        raise trouble
    return False


def _trouble(error: StoreError) -> OSError | None:
    """What kept the system from reading a file; None where it is of a kind that is never read."""
    cause = error.__cause__
    return cause if isinstance(cause, OSError) and cause.errno not in {errno.ELOOP, errno.EMLINK} else None


def _bring_back(new: Newcomer, path: Path, placed: _Placed) -> None:
    """Puts what came out under the name of the store again."""
    try:
        if exchange(new.path, path):
            return
    except OSError:
        if not placed.is_at(path):
            raise
    # What stands there is ours, or kept already.
    new.path.replace(path)
    new.is_theirs = False


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None


def _text(path: Path) -> bytes | None:
    """The bytes of an ordinary file; None for anything else, such as a folder or a link."""
    try:
        return read_file(path)[0]
    except StoreError:
        return None
