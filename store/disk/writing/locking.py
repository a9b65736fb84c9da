"""One writer at a time: a lock that the system drops when its holder dies, so that none is ever stale.

The lock is on a file of its own beside the store. The store itself is replaced at every save, so that a lock on it
would guard a file that nobody has any more; and a lock file that is removed splits those who wait among two files.

Locks are a courtesy between programs that take them. Git and editors take none, so the save looks for other bytes all
the same, and a disk that knows no locks only makes that look matter more.
"""

import errno
import fcntl
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from store.errors import NotSavedError

PATIENCE_SECONDS: Final = 10.0
"""How long a save waits for another one. A save takes a fraction of a second, so a longer wait has another cause."""
_FIRST_PAUSE_SECONDS: Final = 0.001
_LONGEST_PAUSE_SECONDS: Final = 0.05
_IN_THE_WAY: Final = {errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO, errno.ENOTDIR}
"""How the system says that a link, a folder or a socket has the name of the lock file."""
_OURSELVES: Final = "another save of this program"


def lock_file_of(store: Path) -> Path:
    """The file on which writers of a store take turns.

    Args:
        store: the real path of the store, so that all names of it share one lock.
    """
    return store.with_name(f".{store.name}.lock")


class StoreLock:
    """The lock of one store. Whoever holds it may take it again; other threads and processes wait.

    Args:
        store: the real path of the store.

    Attributes:
        is_exclusive: whether the last hold really kept others out; False where the disk knows no locks or the lock
            file cannot be written, so that only the look at the bytes before a save protects what others wrote.
    """

    def __init__(self, store: Path) -> None:
        self.is_exclusive = True
        self._store = store
        self._file = lock_file_of(store)
        self._threads = threading.RLock()
        self._depth = 0

    @contextmanager
    def held(self, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Holds the lock. It may wait, so it is nothing for the thread that draws the screen.

        Args:
            patience: seconds to wait for others.

        Raises:
            NotSavedError: others held it all the time, or something that is no file has the name of the lock file.
        """
        until = time.monotonic() + patience
        if not self._threads.acquire(timeout=max(patience, 0)):
            raise self._busy(_OURSELVES)
        try:
            handle = self._taken(until) if self._depth == 0 else None
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if handle is not None:
                    _drop(handle)
        finally:
            self._threads.release()

    def _taken(self, until: float) -> int | None:
        """The handle that carries the lock; None where there can be none."""
        handle: int | None = None
        try:
            while handle is None:
                handle = self._tried(until)
        except OSError as error:
            if error.errno in _IN_THE_WAY:
                raise self._in_the_way() from error
            # No room, no right, a disk that knows no locks: the save itself says what stands against it.
        self.is_exclusive = handle is not None
        return handle

    def _tried(self, until: float) -> int | None:
        """The handle that carries the lock; None if the file was removed in the meantime, as `git clean` does."""
        handle = self._opened()
        is_ours = False
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
            self._wait(handle, until)
            # Whoever comes now opens the file that has the name now, and would not see a lock on another one.
            is_ours = self._has_name(status)
        finally:
            if not is_ours:
                _drop(handle)
        return handle if is_ours else None

    def _opened(self) -> int:
        # A pipe must not make us wait.
        flags = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            return os.open(self._file, flags | os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            # Made by somebody else: whoever may read it may still lock it.
            return os.open(self._file, flags | os.O_RDONLY)

    def _wait(self, handle: int, until: float) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise self._busy(_holder(os.fstat(handle))) from error
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            else:
                return

    def _has_name(self, status: os.stat_result) -> bool:
        try:
            return os.path.samestat(status, os.stat(self._file, follow_symlinks=False))  # noqa: PTH116 - follows none
        except FileNotFoundError:
            return False

    def _busy(self, holder: str) -> NotSavedError:
        message = f"{self._store} was not written: {holder} is writing it and does not come to an end."
        return NotSavedError(message, "The edit is kept here; save again, or look at what that program waits for.")

    def _in_the_way(self) -> NotSavedError:
        message = f"{self._store} was not written: {self._file.name} beside it is no ordinary file."
        return NotSavedError(message, "Writers take turns by that file; remove what has its name, then save again.")


def _drop(handle: int) -> None:
    with suppress(OSError):
        # By name, because a child process that was forked meanwhile would keep a lock that is only closed.
        fcntl.flock(handle, fcntl.LOCK_UN)
    with suppress(OSError):
        os.close(handle)


def _holder(status: os.stat_result) -> str:
    """The process that holds a lock, as far as the system tells (Linux)."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            _, kind, _, _, process, place, *_ = line.split()
            if kind == "FLOCK" and place.rpartition(":")[2] == str(status.st_ino):
                return f"another program (process {process})"
    return "another program"


@contextmanager
def locked(store: Path, patience: float = PATIENCE_SECONDS) -> Iterator[bool]:
    """Holds the lock of a store; gives whether it really keeps others out.

    Args:
        store: the real path of the store.
        patience: seconds to wait for others.

    Raises:
        NotSavedError: others held it all the time, or something that is no file has the name of the lock file.
    """
    lock = StoreLock(store)
    with lock.held(patience):
        yield lock.is_exclusive
