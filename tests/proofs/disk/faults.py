"""What may happen at one call: the process is killed, the system refuses, or does only half of it."""

import errno
import os
import signal
from collections.abc import Callable
from typing import Any, Final

from tests.proofs.disk.layer import EXCHANGE

KILL: Final = "KILL"
HALF_AND_KILL: Final = "half and KILL"
HALF: Final = "half"
ERRORS: Final = ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EINTR", "EACCES")
_PARTIAL: Final = {"write", "read", "readv"}


class Fault:
    """Lets the n-th call fail, and all others through.

    Args:
        nth: which call, from 1; 0 lets all through and only counts.
        kind: what happens.
    """

    def __init__(self, nth: int, kind: str) -> None:
        self.calls: list[str] = []
        self._nth = nth
        self._kind = kind

    def __call__(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.calls.append(name)
        if len(self.calls) != self._nth:
            return real(*args, **kwargs)
        if self._kind in {HALF, HALF_AND_KILL}:
            done = _half(name, real, args)
            if self._kind == HALF_AND_KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            return done
        if self._kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return _refused(name, real, args, getattr(errno, self._kind))


def faults_at(nth: int, errors: int) -> tuple[str, ...]:
    """What may happen at the n-th call: each kind of end, and so many of the errors, others at the next call."""
    first = nth * errors % len(ERRORS)
    return (KILL, HALF_AND_KILL, HALF, *(ERRORS * 2)[first : first + errors])


def is_possible(name: str, kind: str) -> bool:
    """Whether a call of that name can end in that way."""
    if kind in {HALF, HALF_AND_KILL}:
        return name in _PARTIAL and not (kind == HALF_AND_KILL and name != "write")
    return kind == KILL or not (name == "access" and kind not in {"EACCES", "EROFS"})


def _half(name: str, real: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    if name == "write":
        handle, data = args
        return real(handle, memoryview(data)[: max(1, len(data) // 2)])
    if name == "readv":
        handle, (buffer,) = args
        return real(handle, [memoryview(buffer)[: max(1, len(buffer) // 2)]])
    handle, count = args
    return real(handle, max(1, count // 2))


def _refused(name: str, real: Callable[..., Any], args: tuple[Any, ...], number: int) -> Any:
    if name == "access":
        return False
    if name == EXCHANGE:
        return number
    if name == "close":
        # The handle is gone all the same; what is reported is what the disk could not keep.
        real(*args)
    raise OSError(number, os.strerror(number))
