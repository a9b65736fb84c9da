"""`leadline recover`: what can be brought back, and bringing it back."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from screens.wording.counting import counted
from store.clock import local_day, utc_now
from store.disk.files import read_file
from store.disk.keeping.restoring import restore_copy
from store.errors import ExitCode, NotFoundError, RuleError
from store.workbench.recovering import Recoverable, Source, recovered, recovering
from tui.cli.explaining import Explained
from tui.cli.recoverable import Shelf, lines_of, look, put_json, what_it_is, when_words
from tui.cli.stores import open_workbench, save, store_path
from tui.cli.telling import put, say

if TYPE_CHECKING:
    from datetime import date

EXAMPLES: Final = """
leadline recover
leadline recover 2
leadline recover 2 --restore
"""


@click.command("recover", cls=Explained, examples=EXAMPLES, short_help="Bring back what was lost.")
@click.argument("number", metavar="[N]", type=click.IntRange(min=1), required=False)
@click.option(
    "--restore", is_flag=True, help="Bring number N back: changes as one that can be undone, a copy as a whole."
)
@click.option("--forget", is_flag=True, help="Never offer number N again; for changes that were never saved.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="As JSON with a schema number.")
@click.pass_context
def command(
    ctx: click.Context,
    number: int | None,
    restore: bool,  # noqa: FBT001 - click's form, as below
    forget: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """List what can be brought back; with N say what that is; with --restore bring it back.

    Listed are changes that a program which is gone never saved, changes that were in the file and are not there now,
    stores that could not be saved when the program was left, and copies of the file as it was. Changes are put on top
    of what others did since. Before a copy takes the place of the file, that is kept as a copy as well.
    """
    _check_asked(number, restore=restore, forget=forget)
    shelf = look(_store(ctx))
    if not (shelf.present or shelf.found):
        # Nothing was ever kept of it: the name is probably wrong.
        store_path(ctx)
    today = local_day(utc_now())
    if number is None:
        if as_json:
            put_json(shelf)
        else:
            _list(shelf, today)
        return ExitCode.OK
    chosen = _chosen(shelf, number, forget=forget)
    if as_json and not (restore or forget):
        put_json(shelf, number)
        return ExitCode.OK
    content = None if chosen.path is None else read_file(chosen.path)[0]
    for line in lines_of(shelf, chosen, content, today):
        put(line)
    if not (restore or forget):
        return ExitCode.OK
    if not yes and not _agreed(chosen, forget=forget):
        say("Nothing was written.")
        return ExitCode.FAILED
    if forget:
        return _forget(shelf.path, chosen)
    return _restore_changes(shelf.path, chosen) if content is None else _restore_copy(shelf.path, content)


def _check_asked(number: int | None, *, restore: bool, forget: bool) -> None:
    if (restore or forget) and number is None:
        message = f"Say which: leadline recover N --{'restore' if restore else 'forget'}."
        raise click.UsageError(message)
    if restore and forget:
        message = "Either --restore or --forget."
        raise click.UsageError(message)


def _chosen(shelf: Shelf, number: int, *, forget: bool) -> Recoverable:
    if number > len(shelf.found):
        message = f"There is no number {number}: {counted(len(shelf.found), 'thing')} can be brought back."
        raise NotFoundError(message, "leadline recover lists them.")
    chosen = shelf.found[number - 1]
    if forget and chosen.source is not Source.UNSAVED:
        message = f"Number {number} is not forgotten: only changes that were never saved are."
        raise RuleError(message, "Copies give way to newer ones by themselves.")
    return chosen


def _store(ctx: click.Context) -> Path:
    """The real path of the store, also of one that is gone: copies of it may be there."""
    given = ctx.find_object(Path)
    # Not those of Path, which fail where a name is too long.
    if given is not None and not os.path.exists(given) and os.path.isdir(given.parent):  # noqa: PTH110, PTH112
        return Path(os.path.realpath(given))
    return Path(os.path.realpath(store_path(ctx)))


def _list(shelf: Shelf, today: "date") -> None:
    for number, each in enumerate(shelf.found, start=1):
        put(f"{number:>3}  {each.source.value:<8}  {when_words(each.at, today):<18}  {what_it_is(each)}")
    if shelf.found:
        say("`leadline recover N` says what one of them is; with --restore it is brought back.")
    elif shelf.workspace is None:
        say(f"Nothing can be brought back: neither changes nor copies of {shelf.path.name} are kept here.")
    else:
        say(f"Nothing can be brought back: {shelf.path.name} has every change that is known here.")


def _agreed(chosen: Recoverable, *, forget: bool) -> bool:
    if not sys.stdin.isatty():
        say("Without a terminal nobody can be asked; --yes does it.")
        return False
    what = "Put this copy in the place of the file?" if chosen.path is not None else "Bring it back?"
    what = "Forget it?" if forget else what
    return click.confirm(what, err=True)


def _forget(path: Path, chosen: Recoverable) -> int:
    bench = open_workbench(path)
    bench.mark_saved(chosen.steps)
    bench.close()
    say("It is not offered any more.")
    return ExitCode.OK


def _restore_changes(path: Path, chosen: Recoverable) -> int:
    bench = open_workbench(path)
    now = utc_now()
    top = recovered(bench.workspace, chosen.steps, bench.set_aside, bench.by)
    if top.edits:
        change = recovering(f"Brought back {counted(len(chosen.steps), 'change')}", top, now, bench.by)
        bench.do(change)
        save(bench)
    if chosen.source is Source.UNSAVED:
        bench.mark_saved(chosen.steps, top.refused)
    bench.close()
    if top.refused:
        records = counted(len(top.refused), "record cannot be read or is", "records cannot be read or are")
        say(f"{records} gone: what was done to it is kept here; with --forget it is not.")
    if top.edits:
        say(f"{counted(len(top.edits), 'record')} changed; undo in leadline takes it back as one.")
    return ExitCode.FAILED if top.refused and not top.edits else ExitCode.OK


def _restore_copy(path: Path, content: bytes) -> int:
    kept = restore_copy(path, content, utc_now())
    where = f" What was there is kept: {kept.path}." if kept is not None else ""
    say(f"{path} is the copy now.{where}")
    return ExitCode.OK
