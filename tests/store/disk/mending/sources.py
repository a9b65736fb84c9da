"""Other versions of a store, made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from store.disk.git.line_merges import merges_by_lines
from store.disk.git.objects import Stages
from store.disk.mending.sources import HEAD


@dataclass
class MadeUp:
    """What git and the copies would say.

    Args:
        head: the last commit.
        copies: copies of good files, newest first and older than the commit.
        unfinished: the three versions of a merge that is not finished.
        started_from: what git finds that both sides of committed marks may have started from.
    """

    head: bytes | None = None
    copies: list[bytes] = field(default_factory=list)
    unfinished: Stages | None = None
    started_from: Sequence[bytes] = ()

    def stages(self) -> Stages | None:
        return self.unfinished

    def versions(self) -> Iterator[tuple[str, bytes]]:
        if self.head is not None:
            yield HEAD, self.head
        for number, copy in enumerate(self.copies, start=1):
            yield f"copy {number}", copy

    def bases(self, labels: tuple[str, str]) -> Iterator[bytes]:
        del labels
        return iter(self.started_from)

    def merges_by_lines(self, base: bytes, ours: bytes, theirs: bytes, *, with_base: bool = False) -> Sequence[bytes]:
        return merges_by_lines(base, ours, theirs, with_base=with_base)
