"""`leadline import`: items from another tracker."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from store.clock import utc_now
from store.errors import ImportFailedError
from store.exchange.columns import FIELDS
from store.exchange.imported import ImportOptions, Progress, Reading
from store.exchange.plan import plan_import, to_change
from store.exchange.reading import FORMATS, read_bytes, read_file
from tui.cli.explaining import Explained
from tui.cli.stores import open_workbench, save, store_path
from tui.cli.telling import put, say, width

STANDARD_INPUT: Final = "-"
LARGEST: Final = 256 * 2**20
FEW: Final = 1_000
"""Rows that are read sooner than anybody could see it."""

TO_THE_END: Final = "\x1b[K"
"""Clears what is left of a line on a terminal."""


EXAMPLES: Final = """
leadline import issues.json --dry-run
leadline import backlog.csv --map title=Name --map owner="Assigned to"

gh issue list --state all --limit 5000 \\
  --json number,title,body,state,stateReason,labels,url \\
  --json assignees,author,createdAt,closedAt,updatedAt > issues.json
"""


@click.command("import", cls=Explained, examples=EXAMPLES, short_help="Bring items in from another tracker.")
@click.argument("file", metavar="FILE")
@click.option(
    "--format", "wanted", type=click.Choice(["auto", *FORMATS]), default="auto", help="By default the file shows it."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help=f"Which column of a CSV file holds a field; may be repeated. Fields: {', '.join(FIELDS)}.",
)
@click.option("--encoding", default="", metavar="NAME", help="How the text is encoded, for example cp1252.")
@click.option(
    "--project",
    default="",
    metavar="NAME",
    help="What the tracker calls the project, such as owner/repo, if the file does not say.",
)
@click.option("--day-first/--month-first", default=None, help="How 2/12/2026 is read; otherwise the file shows it.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    ctx: click.Context,
    file: str,
    wanted: str,
    dry_run: bool,  # noqa: FBT001 - click's form
    pairs: tuple[str, ...],
    encoding: str,
    project: str,
    day_first: bool | None,  # noqa: FBT001 - click's form
) -> None:
    """Bring items in from FILE, an export of GitHub issues or of Jira, or a CSV table; “-” reads standard input.

    The plan is shown first and then applied as one change. Items that were imported before follow their tracker; what
    was decided here (verdict, goals, ratings, horizon) stays.
    """
    path = store_path(ctx)
    options = ImportOptions(
        format=wanted, mapping=_mapping(pairs), encoding=encoding, project=project, day_first=day_first
    )
    with progress_bar("reading") as progress:
        reading = _read(file, options, progress)
    bench = open_workbench(path)
    now = utc_now()
    with progress_bar("comparing") as progress:
        plan = plan_import(bench.workspace, reading, now, bench.by, bench.new_id, progress)
    for line in plan.summary():
        put(line)
    if dry_run:
        say("Nothing was changed; without --dry-run the plan is applied.")
        return
    if plan.is_empty:
        if plan.refused and not plan.unchanged:
            message = f"No row of {reading.name} can be imported."
            raise ImportFailedError(message, "The reasons stand above, each with its line.")
        say("Everything is up to date.")
        return
    change = to_change(plan, now, bench.by)
    bench.do(change)
    save(bench)
    say(f"{change.sentence}.")


def _read(file: str, options: ImportOptions, progress: Progress | None) -> Reading:
    if file != STANDARD_INPUT:
        return read_file(Path(file), options, progress)
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"Standard input has more than {LARGEST // 2**20} MB."
        raise ImportFailedError(message, "Export fewer items at a time.")
    return read_bytes(data, "standard input", options, progress)


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or not field.strip():
            message = f"“{pair}” does not say which field is in which column."
            raise click.BadParameter(message + " Write it as title=Name.", param_hint="--map")
        mapping[field.strip()] = column.strip()
    return mapping


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """Shows how far a long reading is, on standard error and only if that is a terminal; gone when it is done."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    is_shown = False

    def tell(done: int, of: int) -> None:
        nonlocal is_shown
        if of > FEW:
            is_shown = True
            sys.stderr.write(f"\r{bar_line(label, done, of, width())}{TO_THE_END}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if is_shown:
            sys.stderr.write(f"\r{TO_THE_END}")
            sys.stderr.flush()


def bar_line(label: str, done: int, of: int, room: int) -> str:
    """`reading    ######------  2,000 of 20,000`, one cell narrower than the terminal so that it never wraps."""
    figures = f"{done:>{len(f'{of:,}')},} of {of:,}"
    cells = max(0, min(40, room - 1 - len(f"{label:<11}  {figures}")))
    filled = done * cells // of
    return f"{label:<11}{'#' * filled}{'-' * (cells - filled)}  {figures}"[: max(0, room - 1)]
