"""Which merges were looked at already, so that a start looks only at new ones; kept in the state directory."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.replaying import Replay, Replayed
from store.disk.known import state_directory
from store.disk.limited import read_limited
from store.disk.versions import Version

MOST_AT_FIRST: Final = 20
"""Merges that are looked at in a clone that was never opened here; `leadline check --merges` looks at all."""
MOST: Final = 200
_MOST_KEPT: Final = 5_000
_MOST_BYTES: Final = 2**20


def new_losses(repository: Repository, present: Version) -> tuple[Replayed, ...]:
    """What merges have lost that were not looked at before, newest first. They count as looked at from now on.

    Cheap where there is no new merge; otherwise it takes a moment for each, so it belongs into a worker.

    Args:
        repository: where the store is.
        present: the store as it is now.

    Raises:
        GitError: git is missing or refused.
    """
    known = _known(repository.store)
    replay = Replay(repository, present)
    fresh = replay.merges("HEAD", known or (), MOST if known is not None else MOST_AT_FIRST)
    found = tuple(replay.replayed(fresh)) if fresh else ()
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
    beside = path.with_name(f"{path.name}-{os.getpid()}")
    kept = [*known, *fresh][-_MOST_KEPT:]
    # Losing it means only that merges are looked at once more.
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text("".join(f"{name}\n" for name in kept), "ascii")
        beside.replace(path)


def _file(store: Path) -> Path:
    return state_directory(store) / "merges"
