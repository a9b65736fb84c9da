"""Which merges were looked at already, so that a start looks only at new ones; kept in the state directory."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.disk.files import make_private_folder, put_file, read_file
from store.disk.git.commits import merges_of
from store.disk.git.finding import Repository
from store.disk.git.replaying import Replay, Replayed
from store.disk.git.state import head_of
from store.disk.keeping.known import KnownTexts, state_directory
from store.disk.limited import read_limited
from store.disk.reading.versions import version_of

MOST_AT_FIRST: Final = 20
"""Merges that are looked at in a clone that was never opened here; `leadline check --merges` looks at all."""
MOST: Final = 200
_MOST_KEPT: Final = 5_000
_MOST_BYTES: Final = 2**20


def new_losses(repository: Repository) -> tuple[Replayed, ...]:
    """What merges have lost that were not looked at before, newest first. They count as looked at from now on.

    Cheap where there is no new merge; otherwise it takes a moment for each, so it belongs into a worker.

    Raises:
        GitError: git is missing or refused.
        StoreError: there are new merges, and the store cannot be read as it is now.
    """
    if not head_of(repository):
        return ()
    known = _known(repository.store)
    merges = merges_of(repository, "HEAD", count=MOST if known is not None else MOST_AT_FIRST)
    fresh = [merge for merge in merges if merge.id not in (known or ())]
    found: tuple[Replayed, ...] = ()
    if fresh:
        marks = KnownTexts(repository.store).marks()
        present = version_of(read_file(repository.store)[0], repository.name, marks)
        found = tuple(Replay(repository, present).replayed(fresh))
    if fresh or known is None:
        _remember(repository.store, [merge.id for merge in fresh], known or ())
    return tuple(each for each in found if each.lost or each.problem)


def _known(store: Path) -> list[str] | None:
    """The ids of the merges that were looked at, oldest first; None where nobody ever looked."""
    try:
        return read_limited(_file(store), _MOST_BYTES).decode("ascii").split()
    except (OSError, ValueError):
        return None


def _remember(store: Path, fresh: Iterable[str], known: Iterable[str]) -> None:
    path = _file(store)
    kept = [*known, *fresh][-_MOST_KEPT:]
    # Losing it means only that merges are looked at once more.
    with suppress(OSError):
        make_private_folder(path.parent)
        put_file(path, "".join(f"{name}\n" for name in kept).encode("ascii"), 0o600)


def _file(store: Path) -> Path:
    return state_directory(store) / "merges"
