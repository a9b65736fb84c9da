"""`leadline merge`: three versions of a store become one, as git's merge driver or by hand."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from screens.wording.counting import counted
from store.disk.files import read_file
from store.disk.merging.merging import Merged, merge_texts
from store.disk.writing.writing import confirm_directory, replace_file
from store.errors import ExitCode, LeadlineError, NotSavedError
from store.merge import NO_LABELS, Decision, Labels
from store.models import TABLES
from tui.cli.telling import put, say, tell_error

if TYPE_CHECKING:
    from store.models import Json, Workspace

STOP: Final = "stop"
RECORD: Final = "record"
HIGHEST_EXIT: Final = 125


@click.command("merge", short_help="Merge three versions of a store, as git's merge driver does.")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("--path", "name", default="leadline.json", metavar="NAME", help="What to call the file; git's %P.")
@click.option("--marker-size", type=int, hidden=True, help="Taken so that git may give it; there are never markers.")
@click.option(
    "--on-conflict",
    type=click.Choice([STOP, RECORD]),
    default=STOP,
    envvar="LEADLINE_ON_CONFLICT",
    show_default=True,
    help="record: end with 0 although there are conflicts; they wait in the store.",
)
@click.option(
    "--conflict-exit",
    type=click.IntRange(0, HIGHEST_EXIT),
    default=int(ExitCode.FAILED),
    show_default=True,
    help="The exit code for recorded conflicts.",
)
@click.option("--explain", is_flag=True, help="Say what would be decided, and why; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="The decisions as JSON with a schema number; nothing is written.")
def command(  # noqa: PLR0913, PLR0917 - one argument for each of git's and one for each option
    base: Path,
    ours: Path,
    theirs: Path,
    name: str,
    marker_size: int | None,
    on_conflict: str,
    conflict_exit: int,
    explain: bool,  # noqa: FBT001 - click's form
    as_json: bool,  # noqa: FBT001 - click's form
) -> int:
    """Merge OURS and THEIRS, which both started from BASE, and write the result into OURS.

    Records are merged field by field. What both changed differently is kept as a record of a conflict, and the field
    shows one of the values; the file never holds markers. Sides of an older schema are brought to that of the others; a
    side of a newer leadline is refused, so that git merges by lines and stops where it cannot. Only the three files are
    read and only OURS is written.

    Exit code 0: everything is merged, or only explained. 1: merged, and conflicts were recorded. Any other: OURS is as
    it was.
    """
    del marker_size
    try:
        content, status = read_file(ours)
        merged = merge_texts(read_file(base)[0], content, read_file(theirs)[0], Path(name).name, lambda: _labels(name))
        if explain or as_json:
            _explain(merged, name, as_json=as_json)
        else:
            # Through a file beside it, so that whatever ends this process leaves the one or the other.
            real = Path(os.path.realpath(ours))
            replace_file(real, [merged.text], content, status, keep=lambda _text: None)
            with suppress(NotSavedError):
                # It is written, and git reads it at once: that a power cut might take it back is no failure.
                confirm_directory(real)
    except LeadlineError as error:
        tell_error(error)
        # A recorded conflict is what 1 stands for, and nothing else.
        return error.exit_code if error.exit_code is not ExitCode.FAILED else ExitCode.BAD_DATA
    for sentence in merged.brought:
        say(sentence)
    if not merged.conflicts or explain or as_json:
        return ExitCode.OK
    say(f"{name}: {counted(len(merged.conflicts), 'conflict')} to settle; open leadline to do so.")
    return ExitCode.OK if on_conflict == RECORD else conflict_exit


def _labels(name: str) -> Labels:
    """Who wrote the sides, as far as git tells; it starts a driver at the top of the work tree."""
    # late: a merge without conflicts asks nobody
    from store.disk.git.finding import repository_of
    from store.disk.git.sides import labels_in

    repository = repository_of(Path.cwd() / name)
    return NO_LABELS if repository is None else labels_in(repository, os.environ)


def _explain(merged: Merged, name: str, *, as_json: bool) -> None:
    # late: git merges without asking for words
    from screens.wording.merging import merge_lines
    from store.disk.reading.reading import read_store
    from store.json_shape import document, json_text

    workspace = read_store(merged.text, name, {}).workspace
    if not as_json:
        for line in merge_lines(workspace, merged.plan.decisions):
            put(line)
        return
    shapes = [_shape(workspace, decision) for decision in merged.plan.decisions]
    conflicts = [{"id": conflict.id, **conflict.raw()} for conflict in merged.conflicts]
    sys.stdout.write(json_text(document(decisions=shapes, conflicts=conflicts)))


def _shape(workspace: "Workspace", decision: Decision) -> "dict[str, Json]":
    number = int(decision.key) if decision.key.isdecimal() else None
    is_known = number is not None and decision.table in TABLES and decision.table != "settings"
    record = workspace.get(decision.table, number) if is_known and number is not None else None
    return {
        "table": decision.table,
        "record": number,
        "short": None if record is None else workspace.name_of(record),
        "field": decision.field or None,
        "base": decision.base,
        "ours": decision.ours,
        "theirs": decision.theirs,
        "taken": decision.taken,
        "why": decision.why.value,
    }
