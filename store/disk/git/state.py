"""How the store stands in git: changed, committed, in conflict, ahead or behind; found without running any filter."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from store.disk.files import read_file
from store.disk.git.finding import Repository
from store.disk.git.objects import blobs_at, index_entries
from store.disk.git.running import read, text
from store.errors import GitError, NoStoreError

_TRACK: Final = re.compile(r"(ahead|behind) ([0-9]+)")
_SIDES: Final = frozenset({1, 2, 3})


class FileState(StrEnum):
    """The store file, compared with the last commit."""

    CLEAN = "clean"
    CHANGED = "changed"
    UNTRACKED = "untracked"
    IGNORED = "ignored"
    UNMERGED = "unmerged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class GitState:
    """The store and its branch at one moment.

    Args:
        file: the store file, compared with the last commit.
        is_staged: whether the index already holds another version than the last commit.
        branch: the branch that is checked out; empty for none.
        commit: the id of the last commit; empty where there is none yet.
        upstream: the branch on the other side, such as `origin/main`; empty for none.
        ahead: commits that are only here.
        behind: commits that are only there, as far as the last fetch knows.
        is_upstream_gone: whether the branch on the other side does not exist any more.
        under_way: what git has begun and not finished, such as `merge`; empty for nothing.
    """

    file: FileState
    is_staged: bool
    branch: str
    commit: str
    upstream: str = ""
    ahead: int = 0
    behind: int = 0
    is_upstream_gone: bool = False
    under_way: str = ""


def state_of(repository: Repository) -> GitState:
    """How the store stands now.

    Raises:
        GitError: git is missing or refused.
        UnreadableStoreError: the store file cannot be read.
    """
    commit = head_of(repository)
    entries = index_entries(repository)
    committed = blobs_at(repository, [commit])[commit] if commit else None
    branch, upstream, track = _branch(repository)
    counts = {word: int(count) for word, count in _TRACK.findall(track)}
    return GitState(
        file=_file_state(repository, committed, unmerged=bool(entries.keys() & _SIDES), is_tracked=0 in entries),
        is_staged=0 in entries and entries[0] != committed,
        branch=branch,
        commit=commit,
        upstream=upstream,
        ahead=counts.get("ahead", 0),
        behind=counts.get("behind", 0),
        is_upstream_gone=track == "gone",
        under_way=repository.under_way,
    )


def head_of(repository: Repository) -> str:
    """The id of the last commit; empty where there is none yet.

    Raises:
        GitError: git is missing or refused, or cannot read that commit.
    """
    head = text(repository.root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", fine=(0, 1))
    named = head or text(repository.root, "rev-parse", "--verify", "--quiet", "HEAD", fine=(0, 1))
    if named and not head:
        message = f"Git cannot read the last commit, {named[:8]}."
        raise GitError(message, "`git fsck` says what is damaged in the repository.")
    return head


def branch_ref(repository: Repository) -> str:
    """The full name of the branch that is checked out; empty for none.

    Raises:
        GitError: git is missing or refused.
    """
    return text(repository.root, "symbolic-ref", "--quiet", "HEAD", fine=(0, 1))


def blob_id(content: bytes, like: str) -> str:
    """The id that git gives to bytes, with the hash that the repository uses, known by the length of another id."""
    kind = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _branch(repository: Repository) -> tuple[str, str, str]:
    """The short name of the branch, that of its upstream, and how many commits each side has more."""
    ref = branch_ref(repository)
    if not ref:
        return "", "", ""
    shape = "--format=%(upstream:short)%00%(upstream:track,nobracket)"
    found = text(repository.root, "for-each-ref", shape, ref)
    # A branch without a commit is no ref yet.
    upstream, _, track = found.partition("\n")[0].partition("\0")
    return ref.removeprefix("refs/heads/"), upstream, track


def _file_state(repository: Repository, committed: str | None, *, unmerged: bool, is_tracked: bool) -> FileState:
    if unmerged:
        return FileState.UNMERGED
    try:
        content, _ = read_file(repository.store)
    except NoStoreError:
        return FileState.MISSING
    if committed is None and not is_tracked:
        listing = "--others", "--ignored", "--exclude-standard", "-z"
        _, ignored = read(repository.root, "ls-files", *listing, "--", repository.name)
        return FileState.IGNORED if ignored else FileState.UNTRACKED
    if committed is None:
        return FileState.CHANGED
    # Git may have written the lines with the ends of this system.
    same = committed in {blob_id(content, committed), blob_id(content.replace(b"\r\n", b"\n"), committed)}
    return FileState.CLEAN if same else FileState.CHANGED
