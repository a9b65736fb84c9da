"""What can be brought back, in words and as JSON."""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from screens.wording.counting import counted
from screens.wording.differences import summary, told
from screens.wording.field_values import Names
from store.change import Difference, applied, differences
from store.clock import day_words, local_day, utc_now
from store.disk.files import read_file
from store.disk.journal.journal import read_journals
from store.disk.keeping.known import KnownTexts
from store.disk.reading.reading import Reading, read_store
from store.errors import NoStoreError, StoreError
from store.models import Json, Workspace
from store.workbench.past import edits_of
from store.workbench.recovering import Recoverable, recoverables, recovered, recovering
from tui.cli.telling import say

if TYPE_CHECKING:
    from datetime import date, datetime

MOST: Final = 40
"""Sentences that are shown of one thing."""
MOST_NAMED: Final = 3


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


def what_it_is(each: Recoverable) -> str:
    """A thing in a line."""
    if each.path is not None:
        kept = {"": "what could not be saved when leadline was left"}.get(each.why, f"kept: {each.why}")
        return f"the whole file, {math.ceil(each.path.stat().st_size / 1000):,} kB, {kept}"
    named = "; ".join(step.change.sentence for step in each.steps[:MOST_NAMED])
    more = f"; and {len(each.steps) - MOST_NAMED} more" if len(each.steps) > MOST_NAMED else ""
    return f"{counted(len(each.steps), 'change')}: {named}{more}"


def lines_of(shelf: Shelf, chosen: Recoverable, content: bytes | None, today: "date") -> Iterator[str]:
    """What a thing is, and what would be different with it."""
    yield f"{chosen.source.value}, {when_words(chosen.at, today)}: {what_it_is(chosen)}"
    for step in chosen.steps[:MOST]:
        yield f"  {when_words(step.change.at, today)}  {step.change.sentence}"
    if len(chosen.steps) > MOST:
        yield f"  and {len(chosen.steps) - MOST} more"
    after, broken = _after(shelf, chosen, content)
    if broken:
        yield f"It is not whole: {broken}"
        yield "Brought back, it stands there as it was; `leadline check --fix` mends it again."
    if shelf.workspace is None or after is None:
        return
    found = differences(shelf.workspace, after)
    yield from _out_of_reach(shelf.workspace, chosen)
    yield f"Brought back, the store has this that it has not now: {summary(found) or 'nothing'}."
    yield from (f"  {line}" for line in _sentences(found, after, shelf.workspace, today))


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


def _after(shelf: Shelf, chosen: Recoverable, content: bytes | None) -> tuple[Workspace | None, str]:
    """The store with a thing brought back; None where the file cannot be read, and with a reason where a copy cannot.

    Raises:
        UnreadableStoreError: the copy is no store, and nothing could mend it.
    """
    if content is None:
        if shelf.workspace is None:
            return None, ""
        top = recovered(shelf.workspace, chosen.steps, frozenset(), "")
        return applied(shelf.workspace, recovering("", top, chosen.at, "")), ""
    try:
        return read_store(content, f"the copy of {shelf.path.name}", KnownTexts(shelf.path).marks()).workspace, ""
    except StoreError as error:
        from store.disk.mending import DiskSources, mending_of  # late: few copies need it

        mending_of(shelf.path, content, DiskSources(shelf.path, is_the_file=False))
        return None, error.message


def when_words(at: "datetime", today: "date") -> str:
    """When it was."""
    local = at.astimezone()
    return f"{day_words(local.date(), today)} {local:%H:%M}"


def put_json(shelf: Shelf, number: int | None = None) -> None:
    """All of it as JSON; with a number only that, and what would be different with it."""
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
                after, broken = _after(shelf, each, content)
                shape["problem"] = broken or None
                if after is not None:
                    names = Names(after, shelf.workspace, today=local_day(utc_now()))
                    found = differences(shelf.workspace, after)
                    shape["differences"] = [difference_shape(difference, names) for difference in found]
            shapes.append(shape)
    sys.stdout.write(json_text(document(recoverable=shapes)))
