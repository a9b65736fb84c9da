"""What each commit did to the store, newest first; a version is read once, and only where it differs."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from store.change import Difference, FieldChange, differences
from store.disk.git.blobs import Blobs, blobs_of
from store.disk.git.commits import PAGE, Commit, commits_of
from store.disk.git.finding import Repository
from store.disk.git.objects import blobs_at
from store.disk.keeping.known import KnownTexts
from store.disk.reading.versions import Version, version_of
from store.errors import UnreadableStoreError
from store.models import Workspace

MOST_COMMITS: Final = 5_000
"""Commits that are looked through for the history of one record."""
_KEPT: Final = 6
_BEGINNING: Final = b'{\n"meta": {\n"1": {\n  "'
"""How a text begins that is laid out as we write it."""
NOTHING: Final = Workspace()
"""The store before it was there."""

Wanted = frozenset[tuple[str, int]]
"""Records by table and id."""


@dataclass(frozen=True, eq=False)
class Step:
    """What one commit did to the store.

    Args:
        commit: the commit.
        before: the store as the first parent has it.
        after: the store as the commit has it.
        differences: what the commit itself changed; of a merge, what is like in none of its parents.
        problem: why the versions could not be compared, in a sentence; empty where they could.
    """

    commit: Commit
    before: Workspace
    after: Workspace
    differences: tuple[Difference, ...]
    problem: str = ""


class History:
    """The versions of a store in git.

    Args:
        repository: where the store is.
        near: a version that is read already, such as the file itself.
    """

    def __init__(self, repository: Repository, near: Version | None = None) -> None:
        self._repository = repository
        self._marks = KnownTexts(repository.store).marks()
        self._near = near
        self._versions: OrderedDict[str, Version] = OrderedDict()

    def version(self, blob: str, blobs: Blobs) -> Version:
        """A version by its id in git.

        Raises:
            GitError: git did not give it.
            UnreadableStoreError: it is no store, or not whole.
        """
        known = self._versions.get(blob)
        if known is None:
            known = version_of(blobs.content(blob), self._repository.name, self._marks, self._near)
            self._versions[blob] = known
            while len(self._versions) > _KEPT:
                self._versions.popitem(last=False)
        else:
            self._versions.move_to_end(blob)
        self._near = known
        return known

    def steps(self, revision: str, count: int, wanted: Wanted | None = None) -> Iterator[Step]:
        """The commits that changed the store, newest first.

        Args:
            revision: the commit to begin with.
            count: how many at most.
            wanted: only commits that changed one of these records; None for any.

        Raises:
            GitError: git refused.
        """
        found = seen = 0
        with blobs_of(self._repository) as blobs:
            while seen < MOST_COMMITS:
                page = commits_of(self._repository, revision, count=PAGE, skip=seen)
                for step in self._steps_of(page, blobs, wanted):
                    yield step
                    found += 1
                    if found >= count:
                        return
                seen += len(page)
                if len(page) < PAGE:
                    return

    def _steps_of(self, commits: Sequence[Commit], blobs: Blobs, wanted: Wanted | None) -> Iterator[Step]:
        asked = dict.fromkeys(name for commit in commits for name in (commit.id, *commit.parents))
        blob_of = blobs_at(self._repository, list(asked))
        for commit in commits:
            after, parents = blob_of[commit.id], [blob_of[parent] for parent in commit.parents]
            if wanted is not None and not self._may_touch(after, parents, blobs, wanted):
                continue
            step = self._step(commit, after, parents, blobs)
            if wanted is not None:
                chosen = tuple(each for each in step.differences if (each.table, each.record.id) in wanted)
                step = replace(step, differences=chosen)
                if not chosen:
                    continue
            yield step

    def _step(self, commit: Commit, after: str | None, parents: Sequence[str | None], blobs: Blobs) -> Step:
        try:
            new = self._workspace(after, blobs)
            old = [self._workspace(parent, blobs) for parent in parents] or [NOTHING]
        except UnreadableStoreError as error:
            return Step(commit, NOTHING, NOTHING, (), error.message)
        return Step(commit, old[0], new, combined([differences(before, new) for before in old]))

    def _workspace(self, blob: str | None, blobs: Blobs) -> Workspace:
        return NOTHING if blob is None else self.version(blob, blobs).workspace

    def _may_touch(self, after: str | None, parents: Sequence[str | None], blobs: Blobs, wanted: Wanted) -> bool:
        """Whether one of the records may differ from every parent, by its text: most commits are about others."""
        new = b"" if after is None else blobs.content(after)
        for parent in parents or [None]:
            old = b"" if parent is None else blobs.content(parent)
            if all(_is_same(old, new, table, number) for table, number in wanted):
                return False
        return True


def combined(lists: Sequence[tuple[Difference, ...]]) -> tuple[Difference, ...]:
    """What is different from every parent of a merge; with one parent, everything that is different from it."""
    first, *others = lists
    for other in others:
        there = {(each.table, each.record.id): each for each in other}
        first = tuple(
            both
            for each in first
            if (match := there.get((each.table, each.record.id))) is not None
            if (both := _in_both(each, match)) is not None
        )
    return first


def _in_both(first: Difference, second: Difference) -> Difference | None:
    if not (first.fields and second.fields):
        # New or gone on one side only is what the other side brought.
        return first if not (first.fields or second.fields) else None
    names = {change.name for change in second.fields}
    fields: tuple[FieldChange, ...] = tuple(change for change in first.fields if change.name in names)
    return replace(first, fields=fields) if fields else None


def _is_same(old: bytes, new: bytes, table: str, number: int) -> bool:
    text = _text_in(new, table, number)
    return text is not None and text == _text_in(old, table, number)


def _text_in(content: bytes, table: str, number: int) -> bytes | None:
    """The text of a record in a canonical text, empty where it is not there; None where that cannot be told."""
    if not content:
        return b""
    heading = content.find(b'\n"%b": {\n' % table.encode())
    if heading < 0 or not content.startswith(_BEGINNING):
        return None
    at = content.find(b'\n"%d": {\n' % number, heading)
    # No table has ids of another: one behind it is another record, and the same one in both texts.
    return b"" if at < 0 else content[at : content.find(b"\n}", at + 1)]
