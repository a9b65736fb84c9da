"""What came with the last pull or merge: found in git's own log of what `HEAD` was."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from store.disk.git.commits import commits_by_id
from store.disk.git.finding import Repository
from store.disk.git.objects import merge_bases
from store.disk.git.running import LONGEST_TALK, read

LOOKED_BACK: Final = 200
"""Entries of the log that are looked through."""

_BRINGING: Final = re.compile(r"(?:pull|merge|rebase)\b|commit \(merge\):")
_STARTING: Final = re.compile(r"(?:pull|rebase)[^:]*\(start\):")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What others did that came here at one moment.

    Args:
        base: the last commit that both sides had; empty where there was none.
        before: the last commit that was here before.
        tip: the newest commit that came.
        at: when it came.
        is_under_way: whether the merge that brings it is not finished yet.
    """

    base: str
    before: str
    tip: str
    at: datetime | None
    is_under_way: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    commit: str
    at: datetime | None
    said: str


def last_arrival(repository: Repository) -> Arrival | None:
    """What came last: with the merge under way, else with the last pull, merge or rebase; None for nothing.

    Raises:
        GitError: git refused.
    """
    if repository.under_way == "merge":
        theirs = _under_way(repository)
        head = next((entry.commit for entry in _log_of_head(repository)[:1]), "")
        return (
            Arrival(_base(repository, head, theirs), head, theirs, None, is_under_way=True) if theirs and head else None
        )
    entries = _log_of_head(repository)
    for number, entry in enumerate(entries):
        if not _BRINGING.match(entry.said):
            continue
        found = _brought(repository, entries[number:])
        if found is not None:
            return found
    return None


def _brought(repository: Repository, entries: list[_Entry]) -> Arrival | None:
    """What came with the newest of some entries."""
    newest = entries[0]
    start = next((n for n, entry in enumerate(entries) if _STARTING.match(entry.said)), None)
    is_rebase = "(finish)" in newest.said and start is not None
    before = entries[(start if is_rebase and start is not None else 0) + 1 :][:1]
    if not before:
        return None
    if is_rebase and start is not None:
        tip = entries[start].commit
    else:
        (commit,) = commits_by_id(repository, (newest.commit,))
        # A merge that others made is like any commit of theirs, even where what was here before is its second parent.
        is_made_here = commit.is_merge and commit.parents[0] == before[0].commit
        tip = commit.parents[1] if is_made_here else newest.commit
    base = _base(repository, before[0].commit, tip)
    return Arrival(base, before[0].commit, tip, newest.at) if base != tip else None


def _base(repository: Repository, ours: str, theirs: str) -> str:
    return next(iter(merge_bases(repository, ours, theirs)), "")


def _under_way(repository: Repository) -> str:
    try:
        text = (repository.directory / "MERGE_HEAD").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    first = text.partition("\n")[0].strip()
    return first if re.fullmatch(r"[0-9a-f]{40,64}", first) else ""


def _log_of_head(repository: Repository) -> list[_Entry]:
    # With --date the entries are named by their time, which is that of the pull, not that of the commit.
    shape = "--format=%H%x00%gd%x00%gs"
    arguments = (
        "log",
        "-z",
        "--walk-reflogs",
        "--date=unix",
        "--no-notes",
        f"--max-count={LOOKED_BACK}",
        shape,
        "HEAD",
        "--",
    )
    code, output = read(repository.root, *arguments, most=16 * LONGEST_TALK, fine=(0, 128))
    if code:
        # A branch without a commit, or a clone that keeps no such log.
        return []
    parts = output.decode(errors="replace").removesuffix("\0").split("\0") if output else []
    return [_Entry(parts[at], _moment(parts[at + 1]), parts[at + 2]) for at in range(0, len(parts) - 2, 3)]


def _moment(name: str) -> datetime | None:
    """The time in `HEAD@{1795632402}`."""
    found = re.search(r"\{([0-9]{1,11})\}$", name)
    return None if found is None else datetime.fromtimestamp(int(found[1]), UTC)
