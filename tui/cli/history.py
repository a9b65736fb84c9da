"""`leadline log`: what each commit changed in the store, or the history of one record."""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Final

import click

from screens.wording.counting import counted
from screens.wording.differences import Told, summary, told
from screens.wording.field_values import Names
from store.clock import day_words, local_day, utc_now
from store.disk.files import read_file
from store.disk.git.history import History, Step, Wanted
from store.disk.keeping.known import KnownTexts
from store.disk.reading.versions import version_of
from store.errors import StoreError
from store.models import TABLE_OF, Json, Workspace
from tui.cli.explaining import Explained
from tui.cli.stores import kept_path, repository_of_store
from tui.cli.telling import put, say

EXAMPLES: Final = """
leadline log
leadline log 7KQ2
leadline log -n 3 --from v1.2
"""
MOST_SENTENCES: Final = 20
"""Sentences of one commit that are shown; an import has thousands."""


@click.command("log", cls=Explained, examples=EXAMPLES, short_help="Say what each commit changed.")
@click.argument("name", metavar="[ID]", required=False)
@click.option("-n", "--number", "count", type=click.IntRange(min=1), default=20, metavar="N", help="At most N commits.")
@click.option("--from", "revision", default="HEAD", metavar="REV", help="Begin with this commit instead of the last.")
@click.option("--json", "as_json", is_flag=True, help="Commits, records and fields, as JSON.")
@click.pass_context
def command(ctx: click.Context, name: str | None, count: int, revision: str, as_json: bool) -> None:  # noqa: FBT001 - click's form
    """Say what each commit changed in the store, newest first; with ID, what happened to that record.

    Of a merge it says only what is like neither of its sides.
    """
    path = kept_path(ctx)
    repository = repository_of_store(path)
    try:
        now = version_of(read_file(path)[0], path.name, KnownTexts(repository.store).marks())
    except StoreError as error:
        # What git keeps can be told all the same.
        say(error.message)
        now = None
    present = Workspace() if now is None else now.workspace
    steps = History(repository, now).steps(revision, count, None if name is None else _wanted(present, name))
    today = local_day(utc_now())
    if as_json:
        _put_json(steps, present, today)
        return
    shown = 0
    for step in steps:
        _tell(step, Names(step.after, step.before, present, today=today), today)
        shown += 1
    if not shown:
        say("No commit has changed it yet." if name else "No commit has changed the store yet.")
    elif shown == count:
        say(f"{counted(count, 'commit')}; more with -n.")


def _wanted(present: Workspace, name: str) -> Wanted:
    """The record that is meant, also by the ids it had before."""
    record = present.find(name)
    former = getattr(record, "aliases", ())
    return frozenset((TABLE_OF[type(record)], number) for number in (record.id, *former))


def _tell(step: Step, names: Names, today: date) -> None:
    commit = step.commit
    when = commit.at.astimezone()
    put(f"{commit.short}  {day_words(when.date(), today)} {when:%H:%M}  {commit.by}  {commit.subject}")
    if step.problem:
        put(f"    cannot be compared: {step.problem}")
        return
    if commit.is_merge and not step.differences:
        put("    merge; nothing but what its sides brought")
    sentences = told(step.differences, names, commit.by)
    for each in sentences[:MOST_SENTENCES]:
        put(f"    {_sentence(each, commit.by)}")
    if len(sentences) > MOST_SENTENCES:
        put(f"    … in all {summary(step.differences)}")


def _sentence(each: Told, author: str) -> str:
    return each.sentence if each.by in {"", author} else f"{each.sentence} ({each.by})"


def _put_json(steps: Iterator[Step], present: Workspace, today: date) -> None:
    from store.json_shape import document, json_text  # late: only scripts ask for it
    from tui.cli.difference_shapes import commit_shape, difference_shape

    shapes: list[Json] = []
    for step in steps:
        names = Names(step.after, step.before, present, today=today)
        changes = [difference_shape(each, names) for each in step.differences]
        shapes.append({**commit_shape(step.commit), "changes": changes, "problem": step.problem or None})
    sys.stdout.write(json_text(document(commits=shapes)))
