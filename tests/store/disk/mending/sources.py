"""Other versions of a store, made up."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from store.disk.git.objects import Stages
from store.disk.mending.sources import HEAD


@dataclass
class MadeUp:
    """What git and the copies would say.

    Args:
        head: the last commit.
        copies: copies of good files, newest first and older than the commit.
        unfinished: the three versions of a merge that is not finished.
        started_from: what git finds that both sides of committed marks started from.
    """

    head: bytes | None = None
    copies: list[bytes] = field(default_factory=list)
    unfinished: Stages | None = None
    started_from: bytes | None = None

    def stages(self) -> Stages | None:
        return self.unfinished

    def versions(self) -> Iterator[tuple[str, bytes]]:
        if self.head is not None:
            yield HEAD, self.head
        for number, copy in enumerate(self.copies, start=1):
            yield f"copy {number}", copy

    def base(self, labels: tuple[str, str]) -> bytes | None:
        del labels
        return self.started_from
