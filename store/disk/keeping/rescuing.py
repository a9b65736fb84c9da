"""Copies of stores that could not be saved when the program was left, in the state directory."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from store.disk.keeping.known import state_directory

KEPT: Final = 8
_NAME: Final = "rescued-%Y%m%d-%H%M%S.json"


@dataclass(frozen=True, slots=True)
class Rescued:
    """One copy: where it is, and when it was made."""

    path: Path
    at: datetime


def rescue_path(store: Path, now: datetime) -> Path:
    """Where to put a copy, under a name that is free; only the newest few are left there.

    Args:
        store: the real path of the store.
        now: the present moment.
    """
    # A clock that ran ahead once must not make its copies the newest for ever.
    others = sorted(rescued_of(store), key=lambda rescued: rescued.at > now)
    for old in others[KEPT - 1 :]:
        old.path.unlink(missing_ok=True)
    seconds = itertools.count()
    names = (f"{now.astimezone(UTC) + timedelta(seconds=later):{_NAME}}" for later in seconds)
    return next(path for path in map(state_directory(store).joinpath, names) if not path.exists())


def rescued_of(store: Path) -> tuple[Rescued, ...]:
    """The copies of a store, newest first.

    Args:
        store: the real path of the store.
    """
    found = []
    for path in state_directory(store).glob("rescued-*.json"):
        try:
            found.append(Rescued(path, datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)))
        except ValueError:
            continue
    return tuple(sorted(found, key=lambda rescued: rescued.at, reverse=True))
