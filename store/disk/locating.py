"""Where the store is: named, or found from any folder below it, as git finds its root."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Final

from store.disk.canonical import APP, META, META_KEY, store_text
from store.disk.files import flush_folder
from store.disk.reading.migrating import SCHEMA
from store.disk.writing.proving import proved_text
from store.disk.writing.writing import confirm_directory, create_file
from store.errors import NoStoreError, NotSavedError
from store.models import SETTINGS_ID, Record, Settings

FILE_NAME: Final = "leadline.json"
VARIABLE: Final = "LEADLINE_STORE"


def find_store(start: Path, explicit: Path | None, env: Mapping[str, str]) -> Path:
    """The store file: the one named, else `LEADLINE_STORE`, else `leadline.json` in a folder or any above it.

    Raises:
        NoStoreError: there is none; the sentence says where it was looked for.
    """
    if explicit is not None:
        return _existing(explicit, "--store")
    named = env.get(VARIABLE, "")
    if named:
        # Not Path.expanduser, which fails where there is no such person.
        return _existing(Path(os.path.expanduser(named)), VARIABLE)  # noqa: PTH111
    try:
        start = start.absolute()
    except OSError as error:
        message = "The folder you are in is not there any more."
        raise NoStoreError(message, "Go to another one, or say with --store where the store is.") from error
    odd: Path | None = None
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if _is_there(candidate):
            return candidate
        odd = odd or (candidate if os.path.lexists(candidate) else None)
    if odd is not None:
        message = f"{odd} is {_what(odd)}, and no store."
        raise NoStoreError(message, "Give it another name, or say with --store where the store is.")
    message = f"There is no {FILE_NAME} in {start} or any folder above it."
    raise NoStoreError(message, "Start one here with `leadline init`, or look around with `leadline demo`.")


def _existing(path: Path, named_by: str) -> Path:
    # Not Path.is_dir, which fails where a name is too long or a folder may not be looked into.
    is_folder = os.path.isdir(path)  # noqa: PTH112
    if is_folder and _is_there(path / FILE_NAME):
        return path / FILE_NAME
    if _is_there(path):
        return path
    named = f"./{path}" if str(path).startswith("-") else str(path)
    start = f"start a store there with `leadline init {quote(named)}`"
    if is_folder:
        message = f"{named_by} names the folder {path}, which has no {FILE_NAME}."
        raise NoStoreError(message, f"Name the file itself or another folder, or {start}.")
    if os.path.lexists(path):
        message = f"{named_by} names {path}, which is {_what(path)}, and no file."
        raise NoStoreError(message, f"Correct {named_by}.")
    message = f"{named_by} names {path}, and there is no such file."
    raise NoStoreError(message, f"Correct {named_by}, or {start}.")


def _what(path: Path) -> str:
    """What has the name of a store."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return "a link to something that is not there" if path.is_symlink() else "not to be looked at"
    return "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def create_store(path: Path, settings: Settings, records: Mapping[str, Mapping[int, Record]] | None = None) -> Path:
    """Writes a new store and returns its path. The folder it goes into is made if its own parent exists.

    Args:
        path: the file to write.
        settings: what the team agrees on.
        records: what the store starts with, by table and id.

    Raises:
        NotSavedError: something has that name already, the system refused, or a record cannot be written.
    """
    texts = {
        META: {META_KEY: proved_text(META, META_KEY, {"app": APP, "schema": SCHEMA})},
        "settings": {str(SETTINGS_ID): proved_text("settings", str(SETTINGS_ID), settings)},
    }
    for table, there in (records or {}).items():
        texts[table] = {str(number): proved_text(table, str(number), record) for number, record in there.items()}
    # Path.exists fails where a folder above may not be looked into.
    if not os.path.exists(path.parent):  # noqa: PTH110
        try:
            # One level only: a mistyped path must not leave a trail of folders.
            path.parent.mkdir()
            flush_folder(path.parent.parent)
        except OSError as error:
            message = f"{path} was not written: there is no folder {path.parent.parent}."
            raise NotSavedError(message, "Make that folder first, or correct the path.") from error
    create_file(path, store_text(texts))
    confirm_directory(path)
    return path


def private_store() -> Path:
    """Where a person's own store belongs when it should be in no repository; its folder is made."""
    from platformdirs import user_data_path  # only few starts need it

    return user_data_path("leadline", appauthor=False, ensure_exists=True) / FILE_NAME
