"""`leadline demo`: look around in a made-up team."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from store.clock import utc_now
from store.disk.locating import FILE_NAME, create_store
from store.errors import ExitCode
from store.models import TABLES
from tui.cli.telling import put, say

if TYPE_CHECKING:
    from store.workbench import Workbench

WHO: Final = "ana"
"""In the demo the person at the keyboard is its lead, so that what is hers shows as hers."""


@click.command("demo", short_help="Look around in a made-up team.")
@click.option("--keep", type=click.Path(path_type=Path), metavar="PATH", help="Write the copy to PATH and keep it.")
def command(keep: Path | None) -> int:
    """Open half a year of a made-up team, in a temporary copy that is thrown away at the end."""
    from tui.cli.fullscreen import has_terminal, open_screen, tell_no_terminal  # late: `--help` needs none of it

    if keep is not None:
        # Not Path.is_dir, which fails where a name is too long.
        path = write_demo(keep / FILE_NAME if os.path.isdir(keep) else keep)  # noqa: PTH112
        put(str(path))
        if not has_terminal():
            return ExitCode.OK
        return open_screen(demo_workbench(path, is_kept=True))
    if not has_terminal():
        return tell_no_terminal()
    with temporary_demo() as path:
        return open_screen(demo_workbench(path), is_copy=True)


def write_demo(path: Path) -> Path:
    """The demo as a new store file.

    Raises:
        NotSavedError: something has that name already, or the system refused.
    """
    from store.exchange.demo import demo_workspace  # late: some hundred texts

    workspace = demo_workspace(datetime.now().astimezone())
    records = {table: workspace.table(table) for table in TABLES if table != "settings"}
    return create_store(path, workspace.settings, records)


def demo_workbench(path: Path, *, is_kept: bool = False) -> "Workbench":
    """A store of the demo, opened by its lead; nothing is remembered of one that is thrown away."""
    from store.disk import Identity
    from store.workbench import Workbench

    return Workbench.open(path, now=utc_now, who=Identity(WHO), keeps_journal=is_kept)


@contextmanager
def temporary_demo() -> Iterator[Path]:
    """A copy of the demo in a folder of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="leadline-demo-"))
    try:
        yield write_demo(folder / FILE_NAME)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            say(f"{folder} could not be removed.")
