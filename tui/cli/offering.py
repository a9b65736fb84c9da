"""A store that is not whole or has an older schema is put right before it is opened, if the person says so."""

from pathlib import Path

import click

from store.clock import utc_now
from store.disk.mending import Mending, mend, opened_for_mending
from store.disk.reading.migrating import SCHEMA
from store.errors import UnreadableStoreError
from tui.cli.checking import plan_of
from tui.cli.telling import say


def brought_up_first(path: Path) -> bool:
    """Shows what is needed to write a store of an older schema, asks, and does it; whether it was done.

    Raises:
        StoreError: it could not be read or written.
    """
    _, mending = opened_for_mending(path)
    if mending is None or mending.from_schema is None or mending.refusal:
        return False
    say(f"{path.name} has schema {mending.from_schema}, of an older leadline; this one writes schema {SCHEMA}.")
    for line in plan_of(mending):
        say(line)
    if not click.confirm("Write that? Else it opens for reading only.", default=False, err=True):
        return False
    _mended(mending)
    return True


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
    _mended(mending)


def _mended(mending: Mending) -> None:
    kept = mend(mending, utc_now())
    if kept is not None:
        say(f"The file as it was is kept: {kept.path}.")
