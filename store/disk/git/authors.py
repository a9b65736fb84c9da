"""Who changed which record between two commits, found by the texts of records: no version is read as a whole."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from store.disk.git.commits import Commit, commits_by_id
from store.disk.git.finding import Repository
from store.disk.git.objects import blobs_at, content_of
from store.disk.git.running import text
from store.disk.reading.slicing import places
from store.models import Json

MOST_COMMITS: Final = 60
"""Commits that are looked into; who wrote what before them is not told."""

Key = tuple[str, int]
"""Table and id."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit that changed a record, with the texts of the record before and after it."""

    commit: Commit
    before: bytes | None
    after: bytes | None

    def fields(self) -> tuple[Json, Json]:
        """The raw fields before and after."""
        return _fields(self.before), _fields(self.after)


@dataclass(frozen=True, eq=False)
class Authors:
    """Who touched the records in a span of commits.

    Args:
        commits: the commits of the span that changed the store, newest first; none where not all were looked into.
        touches: by record, newest first.
    """

    commits: tuple[Commit, ...] = ()
    touches: Mapping[Key, tuple[Touch, ...]] = field(default_factory=dict)

    def of(self, table: str, number: int) -> str:
        """The one who changed a record in this span; empty where nobody or several did."""
        found = {touch.commit.by for touch in self.touches.get((table, number), ())}
        if not found:
            found = {commit.by for commit in self.commits}
        return found.pop() if len(found) == 1 else ""


def authors_between(repository: Repository, base: str, tip: str) -> Authors:
    """Who changed what in the commits that `tip` has and `base` has not.

    Args:
        repository: where the store is.
        base: the full id of a commit; empty for none.
        tip: the full id of another.

    Raises:
        GitError: no such commit, or git refused.
    """
    without = (f"^{base}",) if base else ()
    listing = ("rev-list", "--no-merges", f"--max-count={MOST_COMMITS}", tip, *without, "--", repository.name)
    commits = commits_by_id(repository, tuple(text(repository.root, *listing).split()))
    ids = dict.fromkeys(name for commit in commits for name in (commit.id, *commit.parents[:1]))
    blobs = blobs_at(repository, tuple(ids)) if ids else {}
    texts: dict[str, Mapping[Key, bytes]] = {}

    def records_at(commit: str) -> Mapping[Key, bytes]:
        blob = blobs.get(commit)
        if blob is None:
            return {}
        if blob not in texts:
            texts[blob] = _records(content_of(repository, blob))
        return texts[blob]

    touches: dict[Key, list[Touch]] = {}
    for commit in commits:
        before = records_at(commit.parents[0]) if commit.parents else {}
        for key, *both in _changed(before, records_at(commit.id)):
            touches.setdefault(key, []).append(Touch(commit, *both))
        if len(texts) > 2:
            # Neighbours share a version; all of them at once would be many megabytes.
            texts = {name: there for name, there in texts.items() if name == blobs.get((commit.parents or ("",))[0])}
    is_all = len(commits) < MOST_COMMITS
    return Authors(commits if is_all else (), {key: tuple(found) for key, found in touches.items()})


def _records(content: bytes) -> Mapping[Key, bytes]:
    """The text of every record; none of a store that is not laid out as we write it."""
    where = places(content) or {}
    return {
        (table, int(key)): content[start:end]
        for table, records in where.items()
        for key, (start, end) in records.items()
    }


def _changed(
    before: Mapping[Key, bytes], after: Mapping[Key, bytes]
) -> Iterator[tuple[Key, bytes | None, bytes | None]]:
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def _fields(record: bytes | None) -> Json:
    if record is None:
        return None
    try:
        (fields,) = json.loads(b"{%b}" % record).values()
    except ValueError:
        return None
    return fields
