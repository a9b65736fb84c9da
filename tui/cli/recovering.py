"""`leadline recover`: what can be brought back, and bringing it back."""

import math
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from screens.wording.counting import counted
from screens.wording.differences import summary, told
from screens.wording.field_values import Names
from store.change import Difference, applied, differences
from store.clock import day_words, local_day, utc_now
from store.disk.files import read_file
from store.disk.journal.journal import read_journals
from store.disk.keeping.known import KnownTexts
from store.disk.keeping.restoring import restore_copy
from store.disk.reading.reading import Reading, read_store
from store.errors import ExitCode, NoStoreError, NotFoundError, RuleError, StoreError
from store.models import Json, Workspace
from store.workbench.past import edits_of
from store.workbench.recovering import Recoverable, Source, recoverables, recovered, recovering
from tui.cli.explaining import Explained
from tui.cli.stores import open_workbench, save, store_path
from tui.cli.telling import put, say

if TYPE_CHECKING:
    from datetime import date, datetime

MOST: Final = 40
"""Sentences that are shown of one thing."""
MOST_NAMED: Final = 3
EXAMPLES: Final = """
leadline recover
leadline recover 2
leadline recover 2 --restore
"""


@dataclass(frozen=True, eq=False)
class Shelf:
    """The store as it is, and what can be brought back into it."""

    path: Path
    present: bytes
    reading: Reading | None
    found: Sequence[Recoverable]

    @property
    def workspace(self) -> Workspace | None:
        """What the store holds; None where it cannot be read."""
        return None if self.reading is None else self.reading.workspace


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
            _put_json(shelf)
        else:
            _list(shelf, today)
        return ExitCode.OK
    chosen = _chosen(shelf, number, forget=forget)
    if as_json and not (restore or forget):
        _put_json(shelf, number)
        return ExitCode.OK
    content = None if chosen.path is None else read_file(chosen.path)[0]
    for line in _lines(shelf, chosen, content, today):
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


def _chosen(shelf: "Shelf", number: int, *, forget: bool) -> Recoverable:
    if number > len(shelf.found):
        message = f"There is no number {number}: {counted(len(shelf.found), 'thing')} can be brought back."
        raise NotFoundError(message, "leadline recover lists them.")
    chosen = shelf.found[number - 1]
    if forget and chosen.source is not Source.UNSAVED:
        message = f"Number {number} is not forgotten: only changes that were never saved are."
        raise RuleError(message, "Copies give way to newer ones by themselves.")
    return chosen


def look(path: Path) -> Shelf:
    """What can be brought back into a store."""
    try:
        present = read_file(path)[0]
    except NoStoreError:
        present = b""
    reading = None
    if present:
        try:
            reading = read_store(present, path.name, KnownTexts(path).marks())
        except StoreError as error:
            say(f"{error.message} So nobody can tell which changes it lacks.")
    workspace = None if reading is None else reading.workspace
    return Shelf(path, present, reading, recoverables(path, present, workspace, read_journals(path)))


def _store(ctx: click.Context) -> Path:
    """The real path of the store, also of one that is gone: copies of it may be there."""
    given = ctx.find_object(Path)
    # Not those of Path, which fail where a name is too long.
    if given is not None and not os.path.exists(given) and os.path.isdir(given.parent):  # noqa: PTH110, PTH112
        return Path(os.path.realpath(given))
    return Path(os.path.realpath(store_path(ctx)))


def _list(shelf: Shelf, today: "date") -> None:
    for number, each in enumerate(shelf.found, start=1):
        put(f"{number:>3}  {each.source.value:<8}  {_when(each.at, today):<18}  {_what(each)}")
    if shelf.found:
        say("`leadline recover N` says what one of them is; with --restore it is brought back.")
    elif shelf.workspace is None:
        say(f"Nothing can be brought back: neither changes nor copies of {shelf.path.name} are kept here.")
    else:
        say(f"Nothing can be brought back: {shelf.path.name} has every change that is known here.")


def _what(each: Recoverable) -> str:
    if each.path is not None:
        kept = {"": "what could not be saved when leadline was left"}.get(each.why, f"kept: {each.why}")
        return f"the whole file, {math.ceil(each.path.stat().st_size / 1000):,} kB, {kept}"
    named = "; ".join(step.change.sentence for step in each.steps[:MOST_NAMED])
    more = f"; and {len(each.steps) - MOST_NAMED} more" if len(each.steps) > MOST_NAMED else ""
    return f"{counted(len(each.steps), 'change')}: {named}{more}"


def _lines(shelf: Shelf, chosen: Recoverable, content: bytes | None, today: "date") -> Iterator[str]:
    """What a thing is, and what would be different with it."""
    yield f"{chosen.source.value}, {_when(chosen.at, today)}: {_what(chosen)}"
    for step in chosen.steps[:MOST]:
        yield f"  {_when(step.change.at, today)}  {step.change.sentence}"
    if len(chosen.steps) > MOST:
        yield f"  and {len(chosen.steps) - MOST} more"
    broken = _why_not_whole(content, shelf.path)
    if broken:
        yield f"It is not whole: {broken}"
        yield "Brought back, it stands there as it was; `leadline check --fix` mends it again."
    if shelf.workspace is None or broken:
        return
    after = _after(shelf, chosen, content)
    found = differences(shelf.workspace, after)
    yield from _out_of_reach(shelf.workspace, chosen)
    yield f"Brought back, the store has this that it has not now: {summary(found) or 'nothing'}."
    yield from (f"  {line}" for line in _sentences(found, after, shelf.workspace, today))


def _why_not_whole(content: bytes | None, path: Path) -> str:
    """Why a copy cannot be read, such as one that was kept before the file was mended; empty where it can.

    Raises:
        UnreadableStoreError: it is no store, and nothing could mend it.
    """
    if content is None:
        return ""
    try:
        read_store(content, f"the copy of {path.name}", {})
    except StoreError as error:
        from store.disk.mending import mending_of  # late: few copies need it

        mending_of(path, content)
        return error.message
    return ""


def _out_of_reach(workspace: Workspace, chosen: Recoverable) -> Iterator[str]:
    """What was done to records to which it cannot be done now, in its own words, so that it can be copied."""
    for place in recovered(workspace, chosen.steps, frozenset(), "").refused:
        table, number = place
        yield f"Record {number} of {table} cannot be read or is gone; this was done to it:"
        for edit in edits_of(chosen.steps):
            if (edit.table, edit.id) == place:
                for name, value in (edit.after or {}).items():
                    first, *more = value if isinstance(value, list) else [value]
                    yield f"  {name}: {first}"
                    yield from (f"    {line}" for line in more)


def _sentences(found: Sequence[Difference], after: Workspace, before: Workspace, today: "date") -> Iterator[str]:
    sentences = told(found, Names(after, before, today=today))
    yield from (each.sentence for each in sentences[:MOST])
    if len(sentences) > MOST:
        yield f"and {len(sentences) - MOST:,} more"


def _after(shelf: Shelf, chosen: Recoverable, content: bytes | None) -> Workspace:
    if content is not None:
        return read_store(content, shelf.path.name, KnownTexts(shelf.path).marks()).workspace
    workspace = shelf.workspace or Workspace()
    top = recovered(workspace, chosen.steps, frozenset(), "")
    return applied(workspace, recovering("", top, chosen.at, ""))


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


def _when(at: "datetime", today: "date") -> str:
    local = at.astimezone()
    return f"{day_words(local.date(), today)} {local:%H:%M}"


def _put_json(shelf: Shelf, number: int | None = None) -> None:
    from store.json_shape import document, json_text  # late: only scripts ask for it
    from tui.cli.difference_shapes import difference_shape

    shapes: list[Json] = []
    for at, each in enumerate(shelf.found, start=1):
        if number in {None, at}:
            shape: dict[str, Json] = {
                "number": at,
                "source": each.source.value,
                "at": each.at.isoformat(),
                "changes": [
                    {"sentence": step.change.sentence, "at": step.change.at.isoformat(), "by": step.change.by or None}
                    for step in each.steps
                ],
                "path": None if each.path is None else str(each.path),
                "why": each.why or None,
            }
            if number is not None and shelf.workspace is not None:
                content = None if each.path is None else read_file(each.path)[0]
                shape["problem"] = _why_not_whole(content, shelf.path) or None
                if shape["problem"] is None:
                    after = _after(shelf, each, content)
                    names = Names(after, shelf.workspace, today=local_day(utc_now()))
                    found = differences(shelf.workspace, after)
                    shape["differences"] = [difference_shape(difference, names) for difference in found]
            shapes.append(shape)
    sys.stdout.write(json_text(document(recoverable=shapes)))
