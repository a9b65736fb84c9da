"""`leadline textconv`: a store as plain lines, which is what `git diff` compares once `leadline git-setup` was run."""

from pathlib import Path

import click

from screens.wording.plain_record import plain_lines
from store.disk.files import read_file
from store.disk.reading.reading import read_store
from store.errors import StoreError
from tui.cli.telling import put, put_block


@click.command("textconv", short_help="Show a store as plain lines, for `git diff`.")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Print the store FILE one record after the other, one fact a line, for `git diff` to compare.

    `leadline git-setup` sets git up to use it. What is no store is printed as it is.
    """
    content, _ = read_file(file)
    try:
        workspace = read_store(content, file.name, {}).workspace
    except StoreError:
        # A diff of a broken file is what somebody needs who mends it.
        put_block(content.decode(errors="replace").rstrip("\n"))
        return
    for line in plain_lines(workspace):
        put(line)
