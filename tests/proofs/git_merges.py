"""Many merges by the real git at once: what `git merge` would make of three texts of one file, without a work tree."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.conftest import pinned

Three = tuple[bytes, bytes, bytes]
"""The text both sides started from, and those of the two sides."""

_NAME: Final = "leadline.json"
# Compression costs more than the merges, and the repository is thrown away.
_GIT: Final = ("git", "-c", "core.compression=0", "-c", "pack.compression=0", "-c", "core.bigFileThreshold=1g")


def can_merge() -> bool:
    """Whether this git can merge without a work tree, many at a time (2.39 or newer)."""
    told = subprocess.run(("git", "version"), capture_output=True, text=True, check=True).stdout.split()[2]  # noqa: S607
    major, minor = told.split(".")[:2]
    return (int(major), int(minor)) >= (2, 39)


def merged_by_git(folder: Path, histories: Sequence[Three]) -> Iterator[bytes | None]:
    """The merged text of each, in order; None where git ends in a conflict.

    Args:
        folder: where the repository is made; it is as large as all the texts.
        histories: equal texts are stored once.
    """
    _git(folder, "init", "--quiet", "--bare")
    _git(folder, "fast-import", "--quiet", given=b"".join(_imported(histories)))
    pairs = "".join(f"a{number} b{number}\n" for number in range(len(histories)))
    told = _git(folder, "merge-tree", "--write-tree", "--stdin", "--no-messages", given=pairs.encode())
    trees = list(_trees(told))
    asked = "".join(f"{tree}:{_NAME}\n" for tree in trees if tree is not None)
    blobs = _blobs(_git(folder, "cat-file", "--batch", given=asked.encode()))
    for tree in trees:
        yield None if tree is None else next(blobs)


def _imported(histories: Sequence[Three]) -> Iterator[bytes]:
    """The commits as a stream for fast-import: one for each base, and on it `a<n>` and `b<n>`."""
    marks: dict[bytes, int] = {}
    for number, three in enumerate(histories):
        commits = []
        for text in three:
            if text not in marks:
                marks[text] = len(marks) + 1
                yield b"blob\nmark :%d\ndata %d\n%b\n" % (marks[text], len(text), text)
            commits.append(marks[text])
        start = 1_000_000 + number
        yield _commit(b"base%d" % number, start, commits[0], None)
        yield _commit(b"a%d" % number, start + 1_000_000, commits[1], start)
        yield _commit(b"b%d" % number, start + 2_000_000, commits[2], start)


def _commit(branch: bytes, mark: int, blob: int, parent: int | None) -> bytes:
    after = b"from :%d\n" % parent if parent is not None else b""
    who = b"committer ana <ana@example.com> 1772442000 +0000"
    head = b"commit refs/heads/%b\nmark :%d\n%b\ndata 0\n%b" % (branch, mark, who, after)
    return b"%bM 100644 :%d %b\n\n" % (head, blob, _NAME.encode())


def _trees(told: bytes) -> Iterator[str | None]:
    """What merge-tree said of each pair: the tree, or None for a conflict."""
    fields = iter(told.decode().split("\0"))
    for status in fields:
        if not status:
            return
        tree = next(fields)
        # Until the blank one: the three versions of a file in conflict.
        while next(fields):
            pass
        yield tree if status == "1" else None


def _blobs(told: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        length = int(told[at:end].split()[2])
        yield told[end + 1 : end + 1 + length]
        at = end + length + 2


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = (*_GIT, "-C", str(folder), *arguments)
    return subprocess.run(command, input=given, capture_output=True, check=True, env=_environment(folder)).stdout


def _environment(folder: Path) -> dict[str, str]:
    import os

    return {**os.environ, **pinned(str(folder))}
