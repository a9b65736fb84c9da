"""Where a store is, as typed by a person."""

from pathlib import Path

from rich.cells import cell_len

from store.disk import FILE_NAME
from store.errors import NoStoreError


def store_at(text: str) -> Path:
    """The file a person means: a store, or the folder that holds one; `~` is the home folder.

    Raises:
        NoStoreError: there is no such file.
    """
    try:
        path = Path(text).expanduser()
        found = path / FILE_NAME if path.is_dir() else path
        if found.is_file():
            return found
    except (OSError, RuntimeError, ValueError) as error:
        message = f"{text} is not a path."
        raise NoStoreError(message, "Try ~/work/backlog or ../team/leadline.json.") from error
    if path.is_dir():
        message = f"There is no {FILE_NAME} in {text}."
        raise NoStoreError(message, "Name the file itself if it is called otherwise.")
    message = f"There is no file {text}."
    raise NoStoreError(message, "Give the path of a leadline.json, or of the folder it is in.")


def short_path(path: Path, home: Path, most: int) -> str:
    """The path in at most so many cells: `~` for the home folder, and `…` for folders in front that have no room."""
    shown = f"~/{path.relative_to(home).as_posix()}" if path != home and path.is_relative_to(home) else str(path)
    kept = shown.removeprefix("/").split("/")
    while cell_len(shown) > most and len(kept) > 1:
        kept.pop(0)
        shown = "/".join(("…", *kept))
    return shown
