"""A store that is not whole is mended before it is opened, if the person at the terminal says so."""

from pathlib import Path

import click

from store.clock import utc_now
from store.disk.mending import mend, opened_for_mending
from store.errors import UnreadableStoreError
from tui.cli.checking import plan_of
from tui.cli.telling import say


def mended_first(path: Path, error: UnreadableStoreError) -> None:
    """Shows what is wrong and what would be done, asks, and does it.

    Args:
        path: the store.
        error: why it cannot be opened as it is.

    Raises:
        UnreadableStoreError: there is nothing to mend, or the person wants it left alone.
        NotSavedError: it could not be written.
    """
    _, mending = opened_for_mending(path)
    if mending is None or mending.refusal:
        raise error
    say(error.message)
    for line in plan_of(mending):
        say(line)
    if not click.confirm("Write that, and open it?", default=True, err=True):
        raise error
    kept = mend(mending, utc_now())
    if kept is not None:
        say(f"The file as it was is kept: {kept.path}.")
