"""A plan becomes a file: the old bytes are kept first, then the new ones take their place by the write protocol."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from store.disk.keeping.backups import Backup, keep_backup
from store.disk.mending.decoding import is_blank
from store.disk.mending.mending import Mending
from store.disk.writing.locking import locked
from store.disk.writing.writing import confirm_directory, look_unchanged, replace_file
from store.errors import NotSavedError

WHY: Final = "before mending"
WHY_OLDER: Final = "before upgrading"


def mend(mending: Mending, now: datetime) -> Backup | None:
    """Does what a plan says.

    Args:
        mending: the plan, which a person has accepted.
        now: the present moment.

    Returns:
        The copy of the file as it was; None where nothing was in it.

    Raises:
        ChangedOutsideError: the file is another one by now and needs another plan; it was left alone.
        NotSavedError: this version must not write it, no copy could be kept, or the system refused; the file is what
            it was.
    """
    if mending.refusal:
        raise NotSavedError(mending.refusal, "Upgrade leadline.")
    path = mending.path
    with locked(path):
        status = look_unchanged(path, mending.content)
        kept = None
        if not is_blank(mending.content):
            kept = keep_backup(path, mending.content, WHY if mending.from_schema is None else WHY_OLDER, now)
            if kept is None:
                message = f"{path.name} was not mended: no copy of it could be kept in the state directory."
                raise NotSavedError(message, "Make room there, or name another place with LEADLINE_STATE_DIR.")
        replace_file(path, (mending.text,), mending.content, status, partial(_keep, path=path, now=now))
        confirm_directory(path)
    return kept


def _keep(content: bytes, *, path: Path, now: datetime) -> None:
    keep_backup(path, content, "replaced by others", now)
