"""Notices every write to a file, by whatever way Python goes about it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_CHANGES: Final = frozenset({
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "subprocess.Popen",
})
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_seen: list[str] | None = None


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is written or started meanwhile, in a list that grows."""
    global _seen  # noqa: PLW0603 - Python never takes a hook out again, so that there is one for all
    if not _is_hooked:
        sys.addaudithook(_note)
        _is_hooked.append(True)
    seen: list[str] = []
    _seen = seen
    try:
        yield seen
    finally:
        _seen = None


_is_hooked: Final[list[bool]] = []


def _note(event: str, details: tuple[Any, ...]) -> None:
    if _seen is None:
        return
    is_write = event == "open" and isinstance(details[2], int) and bool(details[2] & _WRITES)
    if is_write or event in _CHANGES:
        _seen.append(f"{event} {details[0]!r}")
