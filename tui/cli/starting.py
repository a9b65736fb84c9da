"""`leadline init`: start a store."""

import errno
import os
import subprocess
from pathlib import Path
from typing import Final

import click

from store.disk.limited import read_limited
from store.disk.locating import FILE_NAME, create_store
from store.errors import NotSavedError
from store.models import Settings, sentence_of
from tui.cli.telling import put, say

IGNORED: Final = ".{name}.*"
"""What git leaves alone beside a store: files that are being written, and the lock. They belong to this machine."""


LARGEST_IGNORE: Final = 2**20
"""Bytes of a list of names that git ignores."""


@click.command("init", short_help="Start a store here, or in PATH.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--team", default="", metavar="NAME", help="Whose work it is.")
@click.option("--prefix", default="LL", show_default=True, metavar="LETTERS", help="What item ids start with.")
def command(path: Path | None, team: str, prefix: str) -> None:
    """Start a store: leadline.json in this folder, in the folder PATH, or as the file PATH.

    In a git repository it also tells git which files beside the store to leave alone.
    """
    target, ignoring = start_store(_target(path or Path()), _settings(team, prefix))
    put(str(target))
    say(f"Started an empty store in {target}.")
    if ignoring is not None:
        say(f"Told git in {ignoring} to leave its temporary files alone.")
    say("Next: `leadline add 'What is on your mind?'`, `leadline import FILE`, or `leadline` for the full screen.")


def start_store(path: Path, settings: Settings) -> tuple[Path, Path | None]:
    """A new store, and the `.gitignore` that was changed for it, if any.

    Raises:
        NotSavedError: something has that name already, or the system refused.
    """
    target = create_store(path, settings)
    return target, _ignore_in_git(target.parent, IGNORED.format(name=target.name))


def _target(path: Path) -> Path:
    # Not the methods of Path, which fail where a name is too long.
    if os.path.isdir(path) or (not path.suffix and not os.path.exists(path)):  # noqa: PTH110, PTH112
        return path / FILE_NAME
    return path


def _settings(team: str, prefix: str) -> Settings:
    from pydantic import ValidationError

    try:
        return Settings(team=team, prefix=prefix.upper())
    except ValidationError as error:
        message = f"--{sentence_of(error)}"
        raise click.UsageError(message) from error


def _ignore_in_git(folder: Path, line: str) -> Path | None:
    """The `.gitignore` that the line was added to; None outside a repository, or where it is there already."""
    if not _is_in_git(folder):
        return None
    path = folder / ".gitignore"
    try:
        before = read_limited(path, LARGEST_IGNORE) if os.path.lexists(path) else b""
        if line.encode() in before.splitlines():
            return None
        # Only ever a line more, and never through a link: git follows none here either.
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        with os.fdopen(handle, "ab") as file:
            file.write(b"" if not before or before.endswith(b"\n") else b"\n")
            file.write(f"{line}\n".encode())
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else error.strerror or "the system gave no reason"
        message = f"{path} was not changed: {reason}."
        raise NotSavedError(message, f"The store was written. Add the line {line} to that file yourself.") from error
    return path


def _is_in_git(folder: Path) -> bool:
    try:
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", "rev-parse", "--is-inside-work-tree"],  # noqa: S607
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and done.stdout.strip() == b"true"
