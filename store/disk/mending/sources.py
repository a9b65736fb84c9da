"""Where other versions of a store come from when the file itself is not whole: git, and the copies of good files."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, TypeVar

from store.disk.git.commits import commits_of
from store.disk.git.finding import Repository, repository_of
from store.disk.git.line_merges import merges_by_lines
from store.disk.git.objects import Stages, commit_id, content_at, merge_bases, stages
from store.disk.keeping.backups import backups_of
from store.disk.mending.markers import first_mark
from store.errors import GitError, StoreError

HEAD: Final = "the last commit"
MOST_COPIES: Final = 5
_WALKED: Final = 50
"""Commits that are looked through for the one that brought the marks."""

_COMMIT: Final = re.compile(r"([0-9a-f]{7,64})(?:\.\.\.)?(?: .*)?")
"""What git calls a side that is a commit of a rebase or a cherry-pick: its id and its subject."""

_UNDONE: Final = re.compile(r"parent of ([0-9a-f]{7,64})(?:\.\.\.)?(?: .*)?")
"""What git calls the side that takes back a commit: both sides started from that commit."""

_STASHED: Final = "Stashed changes"

T = TypeVar("T")


class Sources(Protocol):
    """What a mending may ask for."""

    def stages(self) -> Stages | None:
        """The three versions of a merge that git has begun here and not finished."""

    def versions(self) -> Iterator[tuple[str, bytes]]:
        """What people call a version, and its bytes; the newest first. `HEAD` is what the last commit is called."""

    def bases(self, labels: tuple[str, str]) -> Iterator[bytes]:
        """What the two sides of committed marks may have started from; the likeliest first.

        Args:
            labels: what git called the sides.
        """

    def merges_by_lines(self, base: bytes, ours: bytes, theirs: bytes, *, with_base: bool = False) -> Sequence[bytes]:
        """What git leaves of a merge of three texts, by each of its ways.

        Args:
            base: the text both sides started from; empty where there was none.
            ours: the text of our side.
            theirs: the text of their side.
            with_base: whether its marks say what both sides started from.
        """


class NoSources:
    """Nothing but the file."""

    def stages(self) -> Stages | None:
        """None."""
        return None

    def versions(self) -> Iterator[tuple[str, bytes]]:
        """None."""
        return iter(())

    def bases(self, labels: tuple[str, str]) -> Iterator[bytes]:
        """None."""
        del labels
        return iter(())

    def merges_by_lines(self, base: bytes, ours: bytes, theirs: bytes, *, with_base: bool = False) -> Sequence[bytes]:
        """None."""
        del base, ours, theirs, with_base
        return ()


class DiskSources:
    """The repository a store is in, and the copies that were kept of it. What cannot be had is left out.

    Args:
        path: the real path of the store.
        is_the_file: whether the text stands in the file now. What git put aside for a merge is about that alone, and
            not about a commit or a copy.
    """

    def __init__(self, path: Path, *, is_the_file: bool = True) -> None:
        self._path = path
        self._is_the_file = is_the_file

    @cached_property
    def _repository(self) -> Repository | None:
        return repository_of(self._path)

    def stages(self) -> Stages | None:
        """The three versions of a merge that git has begun here and not finished."""
        return self._stages

    @cached_property
    def _stages(self) -> Stages | None:
        return self._asked(stages) if self._is_the_file else None

    def versions(self) -> Iterator[tuple[str, bytes]]:
        """The last commit and the newest copies, newest first."""
        commits = self._asked(lambda repository: commits_of(repository, count=1)) or ()
        known: list[tuple[datetime, str, Callable[[], bytes | None]]] = [
            *((commit.at, HEAD, self._head) for commit in commits),
            *(
                (copy.at, f"the copy of {copy.at.astimezone():%Y-%m-%d %H:%M}", copy.content)
                for copy in backups_of(self._path)[:MOST_COPIES]
            ),
        ]
        for _, words, content_of in sorted(known, key=lambda version: version[0], reverse=True):
            with suppress(StoreError):
                content = content_of()
                if content is not None:
                    yield words, content

    def _head(self) -> bytes | None:
        return self._asked(lambda repository: content_at(repository, "HEAD"))

    def bases(self, labels: tuple[str, str]) -> Iterator[bytes]:
        """What the two sides of committed marks may have started from; the likeliest first."""
        if self._repository is not None:
            with suppress(GitError):
                yield from _bases(self._repository, labels)

    def merges_by_lines(self, base: bytes, ours: bytes, theirs: bytes, *, with_base: bool = False) -> Sequence[bytes]:
        """What git leaves of a merge of three texts, by each of its ways."""
        return merges_by_lines(base, ours, theirs, with_base=with_base)

    def _asked(self, question: Callable[[Repository], T]) -> T | None:
        if self._repository is None:
            return None
        try:
            return question(self._repository)
        except GitError:
            return None


def _bases(repository: Repository, labels: tuple[str, str]) -> Iterator[bytes]:
    """Versions both sides may have started from, by the parents of the commit with the marks and by the labels."""
    for ours, theirs in _sides(repository, labels):
        with suppress(GitError):
            bases = (ours,) if not theirs else merge_bases(repository, ours, commit_id(repository, theirs))
            # Criss-cross merges have several; a base that is a merge of them is nowhere to be had.
            if len(bases) == 1:
                yield content_at(repository, bases[0])


def _sides(repository: Repository, labels: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of commits that may be the two sides; the second is empty where the first is the base itself.

    A label is what somebody called a side when the marks were made: a branch may have gone on since.
    """
    ours = "HEAD"
    for commit in commits_of(repository, count=_WALKED):
        if first_mark(content_at(repository, commit.id).decode(errors="replace")) is None:
            break
        if commit.is_merge:
            yield commit.parents[0], commit.parents[1]
        ours = commit.parents[0] if commit.parents else ours
    else:
        return
    label = labels[1]
    undone, picked = _UNDONE.fullmatch(label), _COMMIT.fullmatch(label)
    if undone is not None:
        yield undone[1], ""
    if picked is not None:
        yield f"{picked[1]}^", ""
    if label == _STASHED:
        yield "refs/stash^", ""
    elif label:
        yield ours, label
