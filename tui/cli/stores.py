"""From `--store`, `LEADLINE_STORE` or the present folder to a store."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screens.wording.counting import counted
from store.clock import utc_now
from store.disk.locating import FILE_NAME, VARIABLE, find_store
from store.errors import GitError, NoStoreError, NotSavedError, UnreadableStoreError
from store.models import TABLES
from tui.cli.program import PAST
from tui.cli.telling import say

if TYPE_CHECKING:
    from store.disk import Reading
    from store.disk.git.finding import Repository
    from store.workbench import Workbench


def store_path(ctx: click.Context) -> Path:
    """The store a command is about; with `--at` also one that is gone, as long as git has it.

    Raises:
        NoStoreError: there is none.
    """
    return kept_path(ctx) if past_of(ctx) is not None else find_store(Path(), ctx.find_object(Path), os.environ)


def kept_path(ctx: click.Context) -> Path:
    """The store a command about its past is about, also one that is gone, as long as git has it.

    Raises:
        NoStoreError: there is none, and git knows none of that name.
    """
    given = ctx.find_object(Path)
    try:
        return find_store(Path(), given, os.environ)
    except NoStoreError:
        from store.disk.git.commits import commits_of  # late: seldom
        from store.disk.git.finding import repository_of

        path = Path(os.path.realpath(given or os.environ.get(VARIABLE) or FILE_NAME))
        repository = None if os.path.lexists(path) else repository_of(path)
        if repository is None or not commits_of(repository, count=1):
            raise
        return path


def past_of(ctx: click.Context) -> str | None:
    """The commit that `--at` names; None for the file as it is now."""
    revision = ctx.meta.get(PAST)
    return revision if isinstance(revision, str) else None


def reading_of(ctx: click.Context) -> "Reading":
    """What the store holds, now or as of the commit that `--at` names, for commands that only look.

    Raises:
        GitError: there is no such commit, or git refused.
        StoreError: nothing of it can be read.
    """
    path, revision = store_path(ctx), past_of(ctx)
    if revision is None:
        return read_only(path)
    from tui.cli.past import reading_at  # late: seldom asked for

    return reading_at(path, revision)


def read_only(path: Path) -> "Reading":
    """What the store holds, for commands that only look; what is sound of it where the file is not whole.

    Raises:
        StoreError: nothing of it can be read.
    """
    from store.disk.storage import FileStorage

    try:
        reading = FileStorage(path).load()
    except UnreadableStoreError as error:
        return _sound_part(path, error)
    tell_findings(len(reading.findings))
    if reading.is_newer:
        say("A newer leadline wrote this store: what only that one knows is not shown.")
    return reading


def _sound_part(path: Path, error: UnreadableStoreError) -> "Reading":
    """What a file will hold when it is mended, with a warning.

    Raises:
        UnreadableStoreError: there is nothing to mend: it is no store, or cannot be read at all.
    """
    from store.disk.mending import opened_for_mending  # late: few files need it

    reading, mending = opened_for_mending(path)
    if mending is None or not any(reading.workspace.table(table) for table in TABLES if table != "settings"):
        raise error
    say(f"{error.message} What follows is what can be read; `leadline check --fix` mends the file.")
    return reading


def open_workbench(path: Path) -> "Workbench":
    """The store, ready for changes.

    Raises:
        StoreError: it cannot be read.
    """
    from store.workbench import Workbench  # late: commands that only look need less

    bench = Workbench.open(path, now=utc_now)
    tell_findings(len(bench.findings))
    return bench


def save(bench: "Workbench") -> None:
    """Put the changes into the file, merged with what others may have written in the meantime.

    Raises:
        NotSavedError: the system refused, or what others wrote is no whole store.
    """
    bench.save()
    for arrival in bench.arrivals():
        disputes = len(arrival.disputes)
        if disputes:
            what = "1 field" if disputes == 1 else f"{disputes:,} fields"
            say(f"Somebody else changed {what} meanwhile: both values are kept, to be settled in leadline.")
        if arrival.refused:
            records = counted(len(arrival.refused), "record is", "records are")
            message = f"{records} not readable in the file any more, or gone, and left as it is there."
            raise NotSavedError(message, "What was to be changed is kept; `leadline recover` has it.")


def repository_of_store(path: Path) -> "Repository":
    """The git repository the store is in.

    Raises:
        GitError: it is in none.
    """
    from store.disk.git.finding import repository_of  # late: most commands need no git

    found = repository_of(path)
    if found is None:
        message = f"{path} is not inside a git repository."
        raise GitError(message, "Start one there with `git init`, then commit the store.")
    return found


def me(path: Path) -> str:
    """The handle of the person at the keyboard."""
    from store.disk.identity import identity_in  # late: asks git

    return identity_in(path.parent, os.environ).handle


def tell_findings(count: int) -> None:
    """That something in the file was set aside, if it was."""
    if count:
        what = "1 record is" if count == 1 else f"{count:,} records are"
        say(f"{what} set aside; `leadline check` says why.")
