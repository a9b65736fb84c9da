"""Writing a store so that it is at every moment the old one or the new one, whole.

The order matters, and each step has its reason:

1. the file is read again; other bytes than those we know are never overwritten;
2. the new bytes go to a file of their own in the same directory, are flushed to the disk and read back;
3. the file is read once more, just before the new one takes its name;
4. the directory is flushed: only then does a power cut leave the new file.

Where the first or second look finds other bytes is where both versions can be merged.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.disk.files import (
    MAX_BYTES,
    NOWHERE,
    Pieces,
    Signature,
    blocks,
    flush_folder,
    holds,
    is_read_only,
    is_text,
    read_file,
    reason_of,
    signature_of,
    status_if_holds,
)
from store.disk.writing.exchanging import Keep, Newcomer, takes_place
from store.errors import ChangedOutsideError, NoStoreError, NotSavedError, StoreError, UnreadableStoreError

_KEPT: Final = "The edit is kept here; save again."
_FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)
"""Where it exists (macOS), a plain fsync leaves the bytes in the cache of the drive."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the file has now: its bytes as they were read back, and the signature by which it is known."""

    content: bytes
    signature: Signature


def look_unchanged(path: Path, expected: bytes) -> os.stat_result:
    """What a file looks like, after making sure that it has the bytes we know.

    Args:
        path: the real path; a link must have been followed before.
        expected: the bytes last read or written.

    Raises:
        ChangedOutsideError: the file has other bytes, or is gone.
        NotSavedError: the file cannot be read.
    """
    with _as_not_saved(path):
        status = status_if_holds(path, expected)
    if status is None:
        raise changed_outside(path)
    return status


def replace_file(path: Path, pieces: Pieces, current: bytes, status: os.stat_result, keep: Keep) -> Written:
    """Puts a text in the place of the file. It is safe from a power cut only after `confirm_directory`.

    Args:
        path: the real path.
        pieces: the new text.
        current: the bytes the file had when it was read for this write.
        status: what it looked like then.
        keep: takes texts of others that yet others replaced while we looked.

    Raises:
        ChangedOutsideError: the file has other bytes than `current`, or is gone; others' latest text is in its place.
        NotSavedError: the system refused; the file is what it was.
    """
    _refuse_large(path, pieces)
    if is_read_only(path):
        message = f"{path} was not written: the file is read-only."
        raise NotSavedError(message, f"Make it writable. {_KEPT}")
    try:
        with _beside(path, pieces, like=status) as new:
            _take_name(new, path, current, status, keep)
            return Written(new.content, _signature(path, new.status))
    except OSError as error:
        raise _not_saved(path, error) from error


def _take_name(new: Newcomer, path: Path, current: bytes, status: os.stat_result, keep: Keep) -> None:
    with _as_not_saved(path):
        # Only when it looks different: an exchange looks at every byte, and after it the answer comes too late.
        is_there = _signature(path, status) != NOWHERE or holds(path, current)
    if not is_there:
        raise changed_outside(path)
    try:
        is_done = takes_place(new, path, current, keep)
    except FileNotFoundError:
        is_done = None
    if is_done is None:
        with _as_not_saved(path):
            is_done = holds(path, current)
        if is_done:
            new.path.replace(path)
    if not is_done:
        raise changed_outside(path)


def create_file(path: Path, content: bytes) -> None:
    """Writes a file that must not exist yet; what is there is never overwritten.

    Raises:
        NotSavedError: something has that name already, or the system refused; nothing is left behind.
    """
    pieces = [content]
    _refuse_large(path, pieces)
    try:
        with _beside(path, pieces, like=None) as new:
            _name(new.path, path)
    except ValueError as error:
        # A name with a zero byte in it, or a folder for a name.
        message = f"{path} cannot be the name of a file."
        raise NotSavedError(message, "Choose another name.") from error
    except FileExistsError as error:
        message = f"{path} exists already and was not overwritten."
        raise NotSavedError(message, "Choose another name.") from error
    except OSError as error:
        raise _not_saved(path, error, "Nothing was left there; choose another place or make room.") from error


def _name(beside: Path, path: Path) -> None:
    try:
        # A link, unlike a replacement, fails where the name is taken.
        os.link(beside, path)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK} or os.path.lexists(path):
            raise
        # The disk knows no links.
        beside.replace(path)


def confirm_directory(path: Path) -> None:
    """Makes the new name of a file outlast a power cut.

    Raises:
        NotSavedError: the disk did not confirm; the new bytes may be lost by a power cut.
    """
    try:
        flush_folder(path.parent)
    except OSError as error:
        raise _not_saved(path, error) from error


def _refuse_large(path: Path, pieces: Pieces) -> None:
    # Larger files are refused at the next start, which would lock people out of their own work.
    if sum(map(len, pieces)) > MAX_BYTES:
        message = f"{path} was not written: it would be larger than {MAX_BYTES // 2**20} MiB."
        raise NotSavedError(message, "Shorten the longest texts, then save again.")


@contextmanager
def _as_not_saved(path: Path) -> Iterator[None]:
    """What cannot be read cannot be saved either."""
    try:
        yield
    except NoStoreError as error:
        message = f"{path} is not there any more."
        raise ChangedOutsideError(message, "Bring it back, for example from git, and save again.") from error
    except UnreadableStoreError as error:
        raise NotSavedError(error.message, _KEPT) from error


def changed_outside(path: Path) -> ChangedOutsideError:
    """What to say when somebody else's bytes are where ours were."""
    message = f"{path} was changed by somebody else since it was read; it was not overwritten."
    return ChangedOutsideError(message, "Read the store again and your edits are put on top.")


@contextmanager
def _beside(path: Path, pieces: Pieces, like: os.stat_result | None) -> Iterator[Newcomer]:
    """A new file in the same directory that holds a text, flushed and read back; gone afterwards if still there.

    It has the rights of the old file; without an old one, the usual rights.
    """
    beside = path.with_name(f".{path.name}.tmp-{os.getpid()}-{secrets.token_hex(4)}")
    # Exclusive and through no link: what is there already is somebody else's.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(beside, flags, 0o666 if like is None else 0o600)
    new: Newcomer | None = None
    try:
        status = _fill(handle, pieces, like)
        try:
            content, _ = read_file(beside)
        except StoreError as error:
            raise OSError(errno.EIO, str(error)) from error
        if not is_text(content, pieces):
            raise OSError(errno.EIO, "read back differently")
        new = Newcomer(beside, content, status)
        yield new
    finally:
        # After a replacement nothing has this name any more.
        if new is None or not new.is_theirs:
            with suppress(OSError):
                beside.unlink()


def _fill(handle: int, pieces: Pieces, like: os.stat_result | None) -> os.stat_result:
    try:
        for block in blocks(pieces):
            rest = memoryview(block)
            while rest:
                rest = rest[os.write(handle, rest) :]
        if like is not None:
            _take_after(handle, like)
        os.fsync(handle)
        if _FULL_SYNC is not None:
            fcntl.fcntl(handle, _FULL_SYNC)
        return os.fstat(handle)
    finally:
        # Network disks report here what they could not keep.
        os.close(handle)


def _take_after(handle: int, like: os.stat_result) -> None:
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        # Only root may give a file away; for others the group is worth a try, and no reason to fail.
        with suppress(PermissionError):
            os.fchown(handle, like.st_uid if own.st_uid == 0 else -1, like.st_gid)
    os.fchmod(handle, like.st_mode & 0o7777)


def _signature(path: Path, written: os.stat_result) -> Signature:
    """The signature of what we wrote; one that nothing has, if something else has the name by now."""
    try:
        there = signature_of(path.stat())
    except OSError:
        return NOWHERE
    return there if there[:4] == signature_of(written)[:4] else NOWHERE


def _not_saved(path: Path, error: OSError, hint: str = _KEPT) -> NotSavedError:
    return NotSavedError(f"{path} was not written: {reason_of(error)}.", hint)
