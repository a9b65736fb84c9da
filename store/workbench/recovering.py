"""What can be brought back: changes that the file does not have, and copies of the whole file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from store.change import ChangeSet, Did, Edit, FieldEdit, Step, lacking, unmet
from store.disk.files import sha256_of
from store.disk.journal.journal import Journals
from store.disk.keeping.backups import Backup, backups_of
from store.disk.keeping.rescuing import Rescued, rescued_of
from store.models import Record, Workspace
from store.workbench.filing import THE_FILE
from store.workbench.past import edits_of
from store.workbench.replaying import OnTop, Place, put_on_top, wishes_of


class Source(StrEnum):
    """Where something that can be brought back is kept."""

    UNSAVED = "unsaved"
    """In the journal of a program that is gone, and it never reached the file."""
    MISSING = "missing"
    """In the journal; it was in the file and is not there now, such as after a reset."""
    RESCUED = "rescued"
    """In a copy of a store that could not be saved when the program was left."""
    BACKUP = "backup"
    """In a copy of the file as it was."""


@dataclass(frozen=True, slots=True)
class Recoverable:
    """One thing that can be brought back.

    Args:
        source: where it is kept.
        at: when the newest of its changes was made, or the copy.
        steps: its changes, oldest first; none for a copy.
        path: the copy; None for changes.
        why: what a backup was kept for, in a word or two.
    """

    source: Source
    at: datetime
    steps: tuple[Step, ...] = ()
    path: Path | None = None
    why: str = ""


def recoverables(store: Path, present: bytes, workspace: Workspace | None, journals: Journals) -> list[Recoverable]:
    """Everything that can be brought back: changes first, then copies, the newest first.

    Args:
        store: the real path of the store.
        present: the bytes of the file; empty where there is none.
        workspace: what it holds; None where it cannot be read, so that nobody knows what it lacks.
        journals: what the journals say.
    """
    unsaved = journals.unsaved()
    found = [
        each for each in _by_sitting(Source.UNSAVED, unsaved) if workspace is None or _is_worth(workspace, each.steps)
    ]
    if workspace is not None:
        names = {step.name for step in unsaved}.union(step.of for step in unsaved if step.did is Did.LEFT)
        missing = lacking(workspace, (step for step in journals.steps if step.name not in names))
        found += _by_sitting(Source.MISSING, missing)
    found.sort(key=lambda each: each.at, reverse=True)
    copies = [_of_rescued(copy) for copy in rescued_of(store)]
    digest = sha256_of(present)
    copies += [_of_backup(copy) for copy in backups_of(store) if not digest.startswith(copy.digest)]
    return [*found, *sorted(copies, key=lambda copy: copy.at, reverse=True)]


def recovered(workspace: Workspace, steps: Iterable[Step], set_aside: frozenset[Place], by: str) -> OnTop:
    """What has to be done so that a workspace has the changes as well.

    Args:
        workspace: the present records.
        steps: the changes, oldest first.
        set_aside: records of the file that cannot be used.
        by: who brings them back, for conflicts.
    """
    edits: dict[Place, Edit] = {}
    refused: list[Place] = []
    # One sitting after the other: each began with what was in the file, not with what the one before made of it.
    for of_sitting in _sittings(steps):
        wishes = wishes_of(workspace, _unmet(workspace, of_sitting))
        top = put_on_top(workspace, wishes, set_aside, (by, THE_FILE))
        refused += top.refused
        tables: dict[str, dict[int, Record | None]] = {}
        for edit in top.edits:
            place = edit.table, edit.id
            edits[place] = Edit(edits[place].before if place in edits else edit.before, edit.after)
            tables.setdefault(edit.table, {})[edit.id] = edit.after
        workspace = workspace.with_records(tables)
    return OnTop(tuple(edit for edit in edits.values() if edit.before != edit.after), tuple(refused))


def _is_worth(workspace: Workspace, steps: Iterable[Step]) -> bool:
    """Whether a workspace lacks anything of what was done, also where it has no place for it now."""
    top = recovered(workspace, steps, frozenset(), "")
    return bool(top.edits or top.refused)


def _unmet(workspace: Workspace, steps: Iterable[Step]) -> Iterator[FieldEdit]:
    """What steps of one sitting did to each record that it has not got."""
    edits: dict[Place, list[FieldEdit]] = {}
    for edit in edits_of(steps):
        edits.setdefault((edit.table, edit.id), []).append(edit)
    for place, of_record in edits.items():
        present = workspace.get(*place)
        left = unmet(of_record, None if present is None else present.raw())
        if left is not None:
            yield left


def recovering(sentence: str, top: OnTop, now: datetime, by: str) -> ChangeSet:
    """The change set that brings something back, which can be undone as a whole."""
    return ChangeSet(sentence, top.edits, now, by)


def _by_sitting(source: Source, steps: Iterable[Step]) -> Iterator[Recoverable]:
    for of_sitting in _sittings(steps):
        yield Recoverable(source, max(step.change.at for step in of_sitting), of_sitting)


def _sittings(steps: Iterable[Step]) -> list[tuple[Step, ...]]:
    """The steps of each sitting, in the order in which the sittings made the first of these."""
    sittings: dict[str, list[Step]] = {}
    for step in steps:
        sittings.setdefault(step.run, []).append(step)
    return [tuple(sorted(each, key=lambda step: step.number)) for each in sittings.values()]


def _of_rescued(copy: Rescued) -> Recoverable:
    return Recoverable(Source.RESCUED, copy.at, path=copy.path)


def _of_backup(copy: Backup) -> Recoverable:
    return Recoverable(Source.BACKUP, copy.at, path=copy.path, why=copy.why)
