"""Merges made elsewhere, made again as merges of records: hosting sites know no merge drivers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from store.change import Difference
from store.disk.git.blobs import Blobs, blobs_of
from store.disk.git.commits import Commit
from store.disk.git.finding import Repository
from store.disk.git.history import History
from store.disk.git.losses import losses_in, side_of, still_lost
from store.disk.git.objects import blobs_at, is_renamed, merge_bases
from store.disk.merging.merging import Merged, merge_texts
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.versions import Version, version_of
from store.errors import UnreadableStoreError
from store.models import Workspace

MOST_BASES: Final = 8
"""Merges of merges that are looked through for a common base; histories beyond are told as they are."""
_NONE: Final = ""
_ELSEWHERE: Final = "On one side the store has another name or was taken out."


@dataclass(frozen=True, eq=False)
class Replayed:
    """One merge, compared with what a merge of records comes to.

    Args:
        commit: the merge.
        found: the store as it was committed.
        lost: for each record what it has (before) and what it should have (after), as far as nobody changed it since.
        authors: who made the change that was lost, for each of them; empty where that cannot be told.
        problem: why it could not be compared, in a sentence; empty where it could.
    """

    commit: Commit
    found: Workspace
    lost: tuple[Difference, ...] = ()
    authors: tuple[str, ...] = ()
    problem: str = ""


class Replay:
    """Makes merges again.

    Args:
        repository: where the store is.
        present: the store as it is now: what it says by now counts, whatever a merge did.
    """

    def __init__(self, repository: Repository, present: Version) -> None:
        self._repository = repository
        self._present = present
        self._history = History(repository, present)
        self._blob_of: dict[str, str | None] = {}

    def replayed(self, merges: Sequence[Commit]) -> Iterator[Replayed]:
        """Each merge, made again and compared.

        Raises:
            GitError: git refused.
        """
        with blobs_of(self._repository) as blobs:
            self._find([name for merge in merges for name in (merge.id, *merge.parents)])
            for merge in merges:
                yield self._replayed(merge, blobs)

    def _replayed(self, merge: Commit, blobs: Blobs) -> Replayed:
        blob, sides = self._blob_of[merge.id], [self._blob_of[parent] for parent in merge.parents]
        if all(side == blob for side in sides):
            return Replayed(merge, Workspace())
        if None in sides:
            # Where a side has no store yet, somebody started it: no merge of records.
            problem = _ELSEWHERE if blob is not None and self._had_store(merge) else ""
            return Replayed(merge, Workspace(), problem=problem)
        try:
            if self._is_one_sided(merge, blob, sides):
                return Replayed(merge, Workspace())
            found = b"" if blob is None else blobs.content(blob)
            merged = self._merged(merge.parents, blobs)
            if merged is None or merged.text == found:
                return Replayed(merge, Workspace())
            return self._compared(merge, found, merged)
        except UnreadableStoreError as error:
            return Replayed(merge, Workspace(), problem=error.message)

    def _had_store(self, merge: Commit) -> bool:
        """Whether what the sides started from had the store, perhaps under another name."""
        bases = merge_bases(self._repository, *merge.parents[:2])
        self._find(bases)
        return any(
            self._blob_of[base] is not None
            or any(self._blob_of[parent] and is_renamed(self._repository, base, parent) for parent in merge.parents)
            for base in bases
        )

    def _is_one_sided(self, merge: Commit, blob: str | None, sides: Sequence[str | None]) -> bool:
        """Whether only one side changed the store and the merge took that: most merges are about other files."""
        if len(sides) != 2 or blob not in sides:
            return False
        bases = merge_bases(self._repository, *merge.parents)
        self._find(bases)
        return len(bases) == 1 and self._blob_of[bases[0]] in sides and self._blob_of[bases[0]] != blob

    def _compared(self, merge: Commit, found: bytes, merged: Merged) -> Replayed:
        name = self._repository.name
        was = version_of(found, name, {}, self._present)
        should = version_of(merged.text, name, {}, was)
        lost = [
            left
            for loss in losses_in(was.workspace, should.workspace, merged)
            if (left := still_lost(loss, self._present.workspace, was.workspace)) is not None
        ]
        authors = tuple(self._author(loss, merge, merged) for loss in lost)
        return Replayed(merge, was.workspace, tuple(lost), authors)

    def _author(self, loss: Difference, merge: Commit, merged: Merged) -> str:
        """Who changed the record last on the side whose change was lost."""
        side = side_of(loss, merged)
        if side is None or side >= len(merge.parents):
            return _NONE
        wanted = frozenset({(loss.table, loss.record.id)})
        step = next(self._history.steps(merge.parents[side], 1, wanted), None)
        return _NONE if step is None else step.commit.by

    def _merged(self, parents: Sequence[str], blobs: Blobs) -> Merged | None:
        """The merge of records of two commits, or of more one after the other."""
        first, *others = parents
        content = self._content(first, blobs)
        merged: Merged | None = None
        for other in others:
            theirs = self._content(other, blobs)
            base = self._base(first, other, blobs, MOST_BASES)
            merged = self._of_three(base, content, theirs)
            content = merged.text
        return merged

    def _base(self, one: str, other: str, blobs: Blobs, deep: int) -> bytes:
        """What two commits started from; where there are several such, what they come to as a merge of their own."""
        bases = merge_bases(self._repository, one, other)
        if not bases:
            return b""
        content = self._content(bases[0], blobs)
        if deep:
            for base in bases[1:]:
                below = self._base(bases[0], base, blobs, deep - 1)
                theirs = self._content(base, blobs)
                content = self._of_three(below, content, theirs).text if content else theirs
        return content

    def _of_three(self, base: bytes, ours: bytes, theirs: bytes) -> Merged:
        # Nobody writes it, so that it can have the schema of the records that it is compared with.
        return merge_texts(base, ours, theirs, self._repository.name, to=SCHEMA)

    def _content(self, commit: str, blobs: Blobs) -> bytes:
        self._find([commit])
        blob = self._blob_of[commit]
        return b"" if blob is None else blobs.content(blob)

    def _find(self, commits: Sequence[str]) -> None:
        """Finds out which version of the store commits have, all at once."""
        unknown = [commit for commit in dict.fromkeys(commits) if commit not in self._blob_of]
        if unknown:
            self._blob_of |= blobs_at(self._repository, unknown)
