"""The commits that touched the store, newest first."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.objects import commit_id
from store.disk.git.running import LONGEST_TALK, read
from store.disk.git.state import head_of
from store.disk.identity import handle_of

PAGE: Final = 100
_FIELDS: Final = ("%H", "%P", "%aN", "%aE", "%at", "%s")
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999, beyond which Python knows no time
_LONGEST_RANGE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. Names and subjects are as people wrote them, not clean.

    Args:
        id: the full id.
        parents: the ids of the commits before it; two or more of a merge.
        author: the name of who wrote it.
        email: the address of who wrote it.
        at: when it was written.
        subject: the first line of its message.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    at: datetime
    subject: str

    @property
    def short(self) -> str:
        """The first letters of the id."""
        return self.id[:8]

    @property
    def by(self) -> str:
        """The author as a handle, the way it stands in records."""
        return handle_of(self.email) or self.author

    @property
    def is_merge(self) -> bool:
        """Whether it brought two lines of work together."""
        return len(self.parents) > 1


def commits_of(
    repository: Repository, revision: str = "HEAD", *, count: int = PAGE, skip: int = 0
) -> tuple[Commit, ...]:
    """A page of the commits that changed the store, newest first; merges that took one side as it was are left out.

    Args:
        repository: where to look.
        revision: the commit to begin with.
        count: how many at most.
        skip: how many of the newest to leave out.

    Raises:
        GitError: no such commit, or git refused.
    """
    start = _start(repository, revision)
    return _log(repository, f"--max-count={count}", f"--skip={skip}", start) if start else ()


def merges_of(repository: Repository, span: str, *, count: int = _LONGEST_RANGE) -> tuple[Commit, ...]:
    """The merge commits in which the store is not the same as in every parent, newest first.

    Args:
        repository: where to look.
        span: a commit, for it and all before it, or two with `..` between them, for what the second has more.
        count: how many at most.

    Raises:
        GitError: no such commit, or git refused.
    """
    older, dots, newer = span.partition("..")
    start = _start(repository, (newer if dots else older) or "HEAD")
    if not start:
        return ()
    ends = [start]
    if dots:
        ends.append(f"^{commit_id(repository, older or 'HEAD')}")
    # Without the full history git leaves out the merges in which one side was taken as it was: the worst of all.
    return _log(repository, "--merges", "--full-history", f"--max-count={count}", *ends)


def commits_by_id(repository: Repository, ids: tuple[str, ...]) -> tuple[Commit, ...]:
    """Some commits by their full ids, in that order.

    Raises:
        GitError: no such commit, or git refused.
    """
    return _commits(repository, "--no-walk=unsorted", *ids) if ids else ()


def _start(repository: Repository, revision: str) -> str:
    """The id of the commit to begin with; empty where it is the last one, and there is none yet."""
    return head_of(repository) if revision == "HEAD" else commit_id(repository, revision)


def _log(repository: Repository, *arguments: str) -> tuple[Commit, ...]:
    return _commits(repository, *arguments, "--", repository.name)


def _commits(repository: Repository, *arguments: str) -> tuple[Commit, ...]:
    shape = f"--format={'%x00'.join(_FIELDS)}"
    _, output = read(repository.root, "log", "-z", "--no-notes", shape, *arguments, most=64 * LONGEST_TALK)
    parts = os.fsdecode(output).removesuffix("\0").split("\0") if output else []
    size = len(_FIELDS)
    return tuple(_commit(*parts[at : at + size]) for at in range(0, len(parts) - size + 1, size))


def _commit(name: str, parents: str, author: str, email: str, at: str, subject: str) -> Commit:
    seconds = int(at) if re.fullmatch(r"-?[0-9]{1,12}", at) else 0
    moment = datetime.fromtimestamp(min(max(seconds, 0), _LAST_SECOND), UTC)
    author, email, subject = (os.fsencode(each).decode(errors="replace") for each in (author, email, subject))
    return Commit(name, tuple(parents.split()), author, email, moment, subject)
