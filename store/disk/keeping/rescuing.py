"""Copies of stores that could not be saved when the program was left, in the state directory."""

from dataclasses import dataclass
from datetime import UTC, datetime
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
    """Where to put a copy; only the newest few are left there.

    Args:
        store: the real path of the store.
        now: the present moment.
    """
    for old in rescued_of(store)[KEPT - 1 :]:
        old.path.unlink(missing_ok=True)
    return state_directory(store) / now.astimezone(UTC).strftime(_NAME)


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
