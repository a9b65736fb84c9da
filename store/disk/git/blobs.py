"""Many versions of the store, one after the other, from one process of git."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

from store.disk.files import MAX_BYTES
from store.disk.git.finding import Repository
from store.disk.git.running import READING_SECONDS, started
from store.errors import GitError

_LONGEST_HEADER: Final = 200
_KEPT: Final = 3


class Blobs:
    """Gives the bytes of versions by their ids in git.

    Args:
        process: git, which is asked on its standard input.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._newest: dict[str, bytes] = {}

    def content(self, blob: str) -> bytes:
        """The bytes of a version; the last few are kept, since each commit is compared with the one before.

        Raises:
            GitError: there is no such version, it is larger than a store may be, or git took too long.
        """
        content = self._newest.pop(blob, None)
        if content is None:
            content = self._asked(blob)
        self._newest[blob] = content
        if len(self._newest) > _KEPT:
            del self._newest[next(iter(self._newest))]
        return content

    def _asked(self, blob: str) -> bytes:
        process = self._process
        if process.stdin is None or process.stdout is None or not blob.isalnum():
            raise _no_answer(blob)
        # A reader that waits for a line has no time-out of its own.
        watch = Timer(READING_SECONDS, process.kill)
        watch.start()
        try:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline(_LONGEST_HEADER).split()
            if len(header) != 3 or header[1] != b"blob" or int(header[2]) > MAX_BYTES:
                raise _no_answer(blob)
            content = process.stdout.read(int(header[2]) + 1)
        except OSError as error:
            raise _no_answer(blob) from error
        finally:
            watch.cancel()
        if len(content) != int(header[2]) + 1:
            raise _no_answer(blob)
        return content[:-1]


@contextmanager
def blobs_of(repository: Repository) -> Iterator[Blobs]:
    """Something to ask for versions as long as the block lasts.

    Raises:
        GitError: git is missing.
    """
    with started(repository.root, ("cat-file", "--batch"), subprocess.PIPE) as process:
        yield Blobs(process)


def _no_answer(blob: str) -> GitError:
    return GitError(f"Git did not give the version {blob[:8]} of the store.", "`git fsck` says whether all is there.")
