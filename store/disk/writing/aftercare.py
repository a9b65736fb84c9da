"""What is done around a save once the store itself is safe: copies of what was good, and clearing up."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from store.disk.keeping.backups import Backup, backups_of, keep_backup, sweep_state
from store.disk.keeping.known import KnownTexts
from store.disk.writing.sweeping import sweep

SAVING: Final = timedelta(minutes=10)
RELOADING: Final = timedelta(minutes=1)
"""So long after the last copy another one is made, while saving and when others replaced what was written here."""


class Aftercare:
    """Keeps copies and sweeps, for one store and one session.

    Args:
        store: the real path of the store.
        known: what is known about its texts.
    """

    def __init__(self, store: Path, known: KnownTexts) -> None:
        self._store = store
        self._known = known
        self._kept_at: datetime | None = None
        self._has_looked = False
        self._is_swept = False

    def after_save(self, replaced: bytes, current: bytes, now: datetime, *, is_foreign: bool, is_good: bool) -> None:
        """Keeps a copy of what was replaced, where it is time or others wrote it; sweeps once.

        Args:
            replaced: the text before the save.
            current: the text now.
            now: the present moment.
            is_foreign: whether the replaced text was not written here and is replaced for the first time.
            is_good: whether the replaced text is canonical and nothing is wrong in it.
        """
        if is_foreign or self._is_time(now, SAVING):
            kept = self._keep(replaced, "opened" if is_foreign else "saving", now)
            if kept is not None and is_good:
                # A later start can read what others wrote by its differences from this one.
                self._known.remember_copy(kept.digest)
        if not self._is_swept:
            self._is_swept = True
            sweep(self._store, current, now)
            sweep_state(self._store)

    def before_reload(self, written: bytes, now: datetime) -> None:
        """Keeps a copy of what was written here and is replaced by others, who may never have seen it."""
        if self._is_time(now, RELOADING):
            self._keep(written, "replaced", now)

    def keep(self, content: bytes, now: datetime) -> None:
        """Keeps a text of others that yet others replaced while we looked."""
        self._keep(content, "overtaken", now)

    def _keep(self, content: bytes, why: str, now: datetime) -> Backup | None:
        # Where the state directory cannot be written there are no copies, and the next try is at the next time.
        self._kept_at = now
        return keep_backup(self._store, content, why, now)

    def _is_time(self, now: datetime, after: timedelta) -> bool:
        if not self._has_looked:
            self._has_looked = True
            newest = next(iter(backups_of(self._store)), None)
            self._kept_at = None if newest is None else newest.at
        # Also when the clock was set back since.
        return self._kept_at is None or abs(now - self._kept_at) >= after
