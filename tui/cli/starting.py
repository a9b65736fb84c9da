"""`leadline init`: start a store."""

import os
from pathlib import Path

import click

from store.disk.git.finding import repository_of
from store.disk.git.setting_up import ignore_pattern, ignored_step
from store.disk.locating import FILE_NAME, create_store
from store.errors import GitError, NotSavedError
from store.models import Settings, sentence_of
from tui.cli.telling import put, say


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
    return target, _ignore_in_git(target)


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


def _ignore_in_git(store: Path) -> Path | None:
    """The `.gitignore` that a line was added to; None outside a repository, or where it is there already."""
    repository = repository_of(store)
    if repository is None:
        return None
    try:
        step = ignored_step(repository.store)
        if step is not None:
            step.do(repository)
    except GitError as error:
        message = f"The store was written. Add the line {ignore_pattern(store.name)} to its .gitignore yourself."
        raise NotSavedError(error.message, message) from error
    return None if step is None else step.path
