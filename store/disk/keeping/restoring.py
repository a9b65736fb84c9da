"""A copy of a store put in the place of the store, as a whole."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from store.disk.files import read_file
from store.disk.keeping.backups import Backup, keep_backup
from store.disk.writing.locking import locked
from store.disk.writing.writing import confirm_directory, create_file, replace_file
from store.errors import NoStoreError, NotSavedError

WHY: Final = "before restoring"


def restore_copy(path: Path, content: bytes, now: datetime) -> Backup | None:
    """Puts a text in the place of the store, whatever stands there now; that is kept first.

    Args:
        path: the real path of the store.
        content: the text of the copy.
        now: the present moment.

    Returns:
        The copy of what stood there; None where nothing did.

    Raises:
        NotSavedError: what stands there could not be kept, others wrote it meanwhile, or the system refused; nothing
            was changed.
    """
    with locked(path):
        try:
            present, status = read_file(path)
        except NoStoreError:
            create_file(path, content)
            confirm_directory(path)
            return None
        kept = keep_backup(path, present, WHY, now)
        if kept is None:
            message = f"{path.name} was not replaced: no copy of it could be kept in the state directory."
            raise NotSavedError(message, "Make room there, or name another place with LEADLINE_STATE_DIR.")
        replace_file(path, (content,), present, status, partial(_keep, path=path, now=now))
        confirm_directory(path)
        return kept


def _keep(content: bytes, *, path: Path, now: datetime) -> None:
    keep_backup(path, content, "overtaken", now)
