"""An export on its way to a file: whole or not at all, and never over a store."""

import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.errors import ExportFailedError

_STORE: Final = re.compile(rb'"app"\s*:\s*"leadline"')
_BEGINNING: Final = 2**16
_ELSEWHERE: Final = "Give another place, or leave the name out to see it here."


def write_export(path: Path, text: str, *, store: Path | None = None) -> None:
    """Write the text as UTF-8, by a temporary file beside it that then takes its name.

    A symbolic link is followed, so that the file it points to is replaced and the link stays.

    Args:
        path: the file to write; one that exists is replaced, with the same rights.
        text: what is written.
        store: the store that is open, which is never written over.

    Raises:
        ExportFailedError: it is the store, a folder or no plain file, or the system refused; the old file is as it was.
    """
    try:
        real = Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        message = f"{path} was not written: {error}."
        raise ExportFailedError(message, _ELSEWHERE) from error
    if store is not None and _is_same(real, store):
        message = f"{path} is the store itself."
        raise ExportFailedError(message, "Give the export another name.")
    mode = _mode(real, path)
    if mode is not None and _is_a_store(real):
        message = f"{path} is a store of leadline, and would be lost."
        raise ExportFailedError(message, "Give the export another name.")
    # Without a name it is the root of the disk, which is a folder.
    beside = real.with_name(f".{real.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(beside, flags, 0o666 if mode is None else mode)
        with os.fdopen(handle, "wb") as file:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(real)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"{path} was not written: {reason}."
        raise ExportFailedError(message, _ELSEWHERE) from error
    finally:
        # After the replacement nothing has this name any more.
        with suppress(OSError, ValueError):
            beside.unlink()


def _is_a_store(real: Path) -> bool:
    """Whether a file says of itself that it is one, however it is laid out."""
    try:
        with real.open("rb") as file:
            return _STORE.search(file.read(_BEGINNING)) is not None
    except OSError:
        return False


def _mode(real: Path, shown: Path) -> int | None:
    """The rights of the file that is replaced; None where there is none."""
    try:
        status = real.stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        message = f"{shown} was not written: {error.strerror if isinstance(error, OSError) else error}."
        raise ExportFailedError(message, _ELSEWHERE) from error
    if stat.S_ISREG(status.st_mode):
        return stat.S_IMODE(status.st_mode)
    what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a plain file"
    message = f"{shown} is {what}."
    raise ExportFailedError(message, "Give the name of a file.")


def _is_same(real: Path, store: Path) -> bool:
    try:
        return real.samefile(store)
    except (OSError, ValueError):
        return real == Path(os.path.realpath(store))
