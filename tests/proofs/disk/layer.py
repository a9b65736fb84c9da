"""A layer over the calls that reach the system, so that each of them can be counted, refused, cut short or recorded.

Our code calls the functions of `os`, `fcntl` and `io` by their modules, so that another function under the same name
stands between it and the system. What `pathlib` and `shutil` do goes through the same names.
"""

import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from store.disk.writing import exchanging

Call = Callable[[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]
"""Stands in the place of a call: its name, the real function, and what it was given."""

NAMES: Final = (
    *("open", "close", "read", "readv", "pread", "write", "writev", "ftruncate", "fsync", "fdatasync"),
    *("fstat", "stat", "lstat", "access", "fchmod", "fchown", "chmod", "utime"),
    *("rename", "replace", "link", "unlink", "mkdir", "rmdir", "scandir", "listdir", "readlink", "sendfile"),
)
EXCHANGE: Final = "renameat2"


@contextmanager
def layered(call: Call) -> Iterator[None]:
    """Puts `call` between the program and the system."""
    before = [(os, name, getattr(os, name)) for name in NAMES if hasattr(os, name)]
    before += [(fcntl, "flock", fcntl.flock), (io, "open", io.open)]
    real = exchanging._rename()
    renamed = exchanging._rename
    for module, name, function in before:
        setattr(module, name, _between(call, name if module is not io else "io.open", function))
    if real is not None:
        between = _between(call, EXCHANGE, real)
        exchanging._rename = lambda: between  # type: ignore[assignment]
    try:
        yield
    finally:
        exchanging._rename = renamed
        for module, name, function in before:
            setattr(module, name, function)


def _between(call: Call, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        return call(name, real, args, kwargs)

    return function
