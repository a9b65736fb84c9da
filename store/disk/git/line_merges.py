"""What git makes of three texts line by line, marks and all: by it one sees what somebody did to the text afterwards.

Git compares texts in one way when it merges commits, and in another one when it merges files; each may put its marks
elsewhere. Nothing here touches a person's repository: the three texts are put into a folder of their own.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.disk.git.running import read
from store.errors import GitError

_NAME: Final = "merged"
"""How the text is called in the folder: no rule that a person has for stores is meant for it."""

_MOST_PLACES: Final = range(128)
"""How `git merge-file` ends: by how many places have marks. Beyond, it has failed."""


def merges_by_lines(base: bytes, ours: bytes, theirs: bytes, *, with_base: bool = False) -> tuple[bytes, ...]:
    """The text git leaves of a merge, by each of its ways; none where git cannot merge these.

    Args:
        base: the text both sides started from; empty where there was none.
        ours: the text of our side.
        theirs: the text of their side.
        with_base: whether its marks say what both sides started from.
    """
    from tempfile import TemporaryDirectory  # late: only a store with marks needs it

    found: list[bytes] = []
    with TemporaryDirectory(prefix="leadline-") as name:
        for way in (_of_commits, _of_files):
            folder = Path(name, way.__name__)
            folder.mkdir()
            # An older git has no such command, and no git merges what it takes for no text.
            with suppress(GitError):
                found.append(way(folder, (base, ours, theirs), with_base=with_base))
    return tuple(dict.fromkeys(found))


def _of_files(folder: Path, three: Sequence[bytes], *, with_base: bool) -> bytes:
    names = "base", "ours", "theirs"
    for name, text in zip(names, three, strict=True):
        (folder / name).write_bytes(text)
    # Outside of a repository no setting counts for this command; inside of one that of a person would.
    options = (*_style("merge"), "merge-file", "-p", "-q", *(("--diff3",) if with_base else ()))
    return read(folder, *options, "ours", "base", "theirs", fine=_MOST_PLACES)[1]


def _of_commits(folder: Path, three: Sequence[bytes], *, with_base: bool) -> bytes:
    stream = folder / "stream"
    stream.write_bytes(b"".join(_history(three)))
    store = folder / "repository"
    read(folder, "init", "--quiet", "--bare", "--template=", store.name)
    with stream.open("rb") as asked:
        read(store, "fast-import", "--quiet", asked=asked)
    options = *_style("diff3" if with_base else "merge"), "merge-tree", "--write-tree", "--no-messages"
    _, told = read(store, *options, "ours", "theirs", fine=(0, 1))
    tree = told.split(maxsplit=1)[0].decode("ascii")
    return read(store, "cat-file", "blob", f"{tree}:{_NAME}")[1]


def _style(name: str) -> tuple[str, str]:
    return "-c", f"merge.conflictStyle={name}"


def _history(three: Sequence[bytes]) -> Iterator[bytes]:
    """Two branches from one commit, as git imports them."""
    for number, (branch, text) in enumerate(zip(("base", "ours", "theirs"), three, strict=True)):
        yield b"commit refs/heads/%b\ncommitter x <x> 0 +0000\ndata 0\n" % branch.encode()
        yield b"from refs/heads/base\n" if number else b""
        yield b"M 644 inline %b\ndata %d\n%b\n" % (_NAME.encode(), len(text), text)
