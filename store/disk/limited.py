"""Reading a small file that somebody else may have prepared: never a pipe, never without an end."""

import errno
import os
import stat
from pathlib import Path


def read_limited(path: Path, most: int) -> bytes:
    """All bytes of an ordinary file that has at most `most` of them.

    Raises:
        OSError: there is none, it is no ordinary file, it is larger, or the system refused.
    """
    # A pipe would wait for ever for somebody who writes.
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file")
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it has more than {most:,} bytes")
    return data
