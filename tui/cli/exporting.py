"""`leadline export`: items for another program or a page."""

import sys
from pathlib import Path
from typing import Final

import click

from screens.wording.clean import clean_block
from screens.wording.counting import counted
from store.clock import local_day, utc_now
from store.exchange.export import items_text
from store.exchange.writing import write_export
from store.query import Context, Vocabulary, parse
from store.scoring import Scoreboard
from tui.cli.explaining import Explained
from tui.cli.stores import me, reading_of, store_path
from tui.cli.telling import is_for_eyes, say

FORMATS: Final = {"json": "json", "csv": "csv", "md": "markdown", "list": "list"}
"""What the option says, and what the store calls it."""


EXAMPLES: Final = """
leadline export is:any --format csv -o backlog.csv
leadline export 'goal:support' --format md
"""


@click.command("export", cls=Explained, examples=EXAMPLES, short_help="Write items as JSON, CSV or Markdown.")
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="md is a table, list a Markdown list with the long texts.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Otherwise standard output.")
@click.option("--raw", is_flag=True, help="CSV without the quotes that keep a spreadsheet from running formulas.")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], wanted: str, output: Path | None, raw: bool) -> None:  # noqa: FBT001 - click's form
    """Write the items that QUERY finds: without it all open ones, with is:any all there are."""
    path = store_path(ctx)
    workspace = reading_of(ctx).workspace
    text = " ".join(query)
    now = utc_now()
    board = Scoreboard(workspace, local_day(now))
    who = me(path) if "@me" in text.casefold() else ""
    items = parse(text, Vocabulary(workspace)).select(workspace, Context(workspace, now, who, board.value))
    exported = items_text(workspace, items, FORMATS[wanted], raw=raw)
    count = counted(len(items), "item")
    if output is not None:
        write_export(output, exported, store=path)
        say(f"Wrote {count} to {output}.")
    else:
        # What goes to a program stays byte for byte; what goes to a terminal must not act on it.
        sys.stdout.write(clean_block(exported) if is_for_eyes() else exported)
        say(f"{count}.")
