"""Import, decided before it is done: what would be new, what would change, what is refused and why."""

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from store.change import ChangeSet, Edit
from store.errors import NotFoundError
from store.exchange.following import first_seen, followed
from store.exchange.imported import EVERY, ImportedItem, Progress, Reading, Refused
from store.exchange.landing import first_moves
from store.exchange.texts import counted
from store.models import Item, Kind, NewId, Ruling, Source, StageKind, Stamp, Workspace, sentence_of

_SHOWN: Final = 5
_SHOWN_COLUMNS: Final = 12


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that follows its tracker: before, after, and the names of the fields that differ.

    `source` alone means that only the memory of what the tracker says is renewed.
    """

    before: Item
    after: Item
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An item with fields that changed both here and there; they stay as they are here."""

    item: Item
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; `to_change` makes it one undoable change.

    Args:
        name: the name of the file.
        format: what it was read as.
        new: items that are not here yet.
        changed: items that follow their tracker.
        unchanged: how many items are up to date already.
        refused: rows that cannot be imported, each with its line and the reason.
        kept: items whose fields were changed on both sides.
        left_out: what was left out on purpose and how often.
        mapping: field to column, as used.
        unused: columns with values that were not used.
        warnings: sentences about the file and the result.
        stages: how many of the new items land in each stage.
    """

    name: str
    format: str
    new: tuple[Item, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    kept: tuple[Kept, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    stages: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not self.new and not self.changed

    def summary(self) -> list[str]:
        """The plan in sentences, most important first."""
        counts = (len(self.new), "new"), (len(self.changed), "changed"), (self.unchanged, "unchanged")
        told = ", ".join(f"{number:,} {what}" for number, what in (*counts, (len(self.refused), "refused")))
        lines = [f"{self.name}: {told}."]
        if self.stages:
            lines.append(f"New items by stage: {_tally(self.stages)}.")
        if self.changed:
            lines.append(f"Changed fields: {_tally(Counter(name for one in self.changed for name in one.fields))}.")
        if self.kept:
            fields = _tally(Counter(name for one in self.kept for name in one.fields))
            lines.append(f"Changed here and there, kept as they are here: {fields}.")
        if self.left_out:
            lines.append(f"Left out: {_tally(self.left_out)}.")
        lines += [f"Refused: {_lowered(refused)}" for refused in self.refused[:_SHOWN]]
        if len(self.refused) > _SHOWN:
            lines.append(f"Refused: {len(self.refused) - _SHOWN:,} more.")
        if self.mapping and self.format == "csv":
            lines.append(f"Columns: {', '.join(f'{ours} = {theirs}' for ours, theirs in self.mapping.items())}.")
        if self.unused:
            more = f" and {len(self.unused) - _SHOWN_COLUMNS:,} more" if len(self.unused) > _SHOWN_COLUMNS else ""
            lines.append(f"Columns not used: {', '.join(self.unused[:_SHOWN_COLUMNS])}{more}.")
        return [*lines, *self.warnings]


def plan_import(
    workspace: Workspace, reading: Reading, now: datetime, by: str, new_id: NewId, progress: Progress | None = None
) -> ImportPlan:
    """Compare what was read with what is here; nothing is changed.

    Items are known by their source: system (in any case) and key. See `store.exchange.following` for what an item that
    is here already takes over.
    """
    here, doubles = _by_source(workspace)
    new: list[Item] = []
    changed: list[Changed] = []
    kept: list[Kept] = []
    refused = list(reading.refused)
    left_out = Counter(reading.left_out)
    unchanged = 0
    for done, row in enumerate(reading.items):
        if progress and not done % EVERY:
            progress(done, len(reading.items))
        item = here.get((row.system.casefold(), row.key))
        if row.own and (item is not None or _is_here(workspace, row.own)):
            # An export of ours is no news from a tracker: what is here is newer or the same.
            left_out["rows of items that are here already"] += 1
            continue
        if item is None:
            made = _new_item(row, workspace, (now, by, new_id))
            if isinstance(made, Item):
                new.append(made)
            else:
                refused.append(made)
            continue
        result = followed(item, row, workspace.settings, now)
        if result.kept:
            kept.append(Kept(item, result.kept))
        if result.after is item:
            unchanged += 1
        else:
            changed.append(Changed(item, result.after, result.fields))
    if progress:
        progress(len(reading.items), len(reading.items))
    return ImportPlan(
        name=reading.name,
        format=reading.format,
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        refused=tuple(sorted(refused, key=lambda one: one.line)),
        kept=tuple(kept),
        left_out=dict(left_out),
        mapping=reading.mapping,
        unused=reading.unused,
        warnings=(*reading.warnings, *_warnings(workspace, reading, doubles), *_known_elsewhere(new, here)),
        stages=_stages(workspace, new),
    )


def to_change(plan: ImportPlan, now: datetime, by: str) -> ChangeSet:
    """The plan as one change, undone and redone as a whole; empty when there is nothing to do."""
    parts = [f"{len(plan.new):,} new"] if plan.new else []
    parts += [f"{len(plan.changed):,} changed"] if plan.changed else []
    number = len(plan.new) + len(plan.changed)
    sentence = f"Imported {counted(number, 'item')} from {plan.name}: {', '.join(parts) or 'nothing new'}"
    edits = [Edit(before=None, after=item) for item in plan.new]
    edits += [Edit(before=one.before, after=one.after) for one in plan.changed]
    return ChangeSet(sentence=sentence, edits=tuple(edits), at=now, by=by)


def _by_source(workspace: Workspace) -> tuple[dict[tuple[str, str], Item], int]:
    """Items by source; where two share one, as after two branches imported one file, the lower id is taken.

    One that is archived or called a duplicate gives way, so that the tracker goes on with the item that people keep.
    """
    here: dict[tuple[str, str], Item] = {}
    doubles = 0
    for item in sorted(
        workspace.items.values(), key=lambda item: (item.archived is not None, _gives_way(item), item.id)
    ):
        if item.source is not None:
            first = here.setdefault((item.source.system.casefold(), item.source.key), item)
            doubles += first is not item and not _gives_way(item)
    return here, doubles


def _gives_way(item: Item) -> bool:
    return item.verdict is not None and item.verdict.ruling is Ruling.DUPLICATE


def _is_here(workspace: Workspace, short: str) -> bool:
    try:
        workspace.find(short, tables=("items",))
    except NotFoundError:
        return False
    return True


def _known_elsewhere(new: list[Item], here: Mapping[tuple[str, str], Item]) -> list[str]:
    """A word of warning where a file may be a later export of one that went by another name.

    A file named its items then, or does now; where both times the tracker's own address did, they are two trackers.
    """
    system_of = {item.source.key: item.source.system for item in new if item.source}
    others = Counter(known for known, key in here if key in system_of and _is_same_tracker(known, system_of[key]))
    known, same = others.most_common(1)[0] if others else ("", 0)
    if same * 2 < len(system_of) or not same:
        return []
    ids = f"{counted(same, 'id')} of this file {'is' if same == 1 else 'are'}"
    option = shlex.join(("--project", known.partition(":")[2]))
    return [f"{ids} here already as {known}: if it is a later export of that, import it with `{option}`."]


def _is_same_tracker(one: str, other: str) -> bool:
    return (_is_nameless(one) or _is_nameless(other)) and one.partition(":")[0] == other.partition(":")[0]


def _is_nameless(system: str) -> bool:
    return system.startswith("csv:") or (system.startswith("github:") and "/" not in system)


def _new_item(row: ImportedItem, workspace: Workspace, born: tuple[datetime, str, NewId]) -> Item | Refused:
    now, by, new_id = born
    created = row.created or min((date for date in (row.updated, row.changed, row.closed) if date), default=now)
    try:
        moves = first_moves(row, workspace.settings, created)
        return Item(
            id=new_id(),
            title=row.title,
            kind=row.kind or Kind.FEATURE,
            created=Stamp(at=created, by=row.requester or ("" if row.created else by)),
            stage=moves[-1],
            past_moves=moves[:-1],
            source=Source(system=row.system, key=row.key, url=row.url, seen=first_seen(row, moves[-1].stage)),
            requester=row.requester,
            owner=row.owner,
            size=row.size,
            tags=row.tags,
            due=row.due,
            body=row.body,
        )
    except ValidationError as error:
        return Refused(row.place, sentence_of(error).rstrip("."))


def _stages(workspace: Workspace, new: list[Item]) -> dict[str, int]:
    counts = Counter(item.stage.stage for item in new)
    return {stage.name: counts[stage.name] for stage in workspace.settings.stages if counts[stage.name]}


def _warnings(workspace: Workspace, reading: Reading, doubles: int) -> list[str]:
    warnings = []
    unknown = Counter(row.status for row in reading.items if row.stands is None and row.status)
    for stage in workspace.settings.stages:
        for status in [status for status in unknown if status.casefold() == stage.name.casefold()]:
            del unknown[status]
    if unknown:
        inbox = workspace.settings.first_stage(StageKind.INBOX)
        warnings.append(f"States we do not know, put into {inbox}: {_tally(dict(unknown.most_common(_SHOWN)))}.")
    if doubles:
        warnings.append(
            f"{counted(doubles, 'item')} here {'has' if doubles == 1 else 'have'} the same source as another; "
            "the one with the lower id follows the tracker; `leadline check` names them."
        )
    return warnings


def _tally(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {number:,}" for name, number in counts.items())


def _lowered(refused: Refused) -> str:
    text = str(refused)
    return text[:1].lower() + text[1:]
