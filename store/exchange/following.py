"""How an item that was imported before follows its tracker, without losing what was decided or written here.

For each field there are three values: what the last import found (remembered as a digest), what is here, and what is
there now.

* Unchanged there: what is here stays.
* Changed there, untouched here: it follows.
* Changed on both sides: what is here stays, and the plan says so.
* Tags merge one by one: added there is added, removed there is removed, everything else stays.
* The stage follows every change of state as long as nobody moved the item here. Once somebody did, only two changes
  count: closed there ends it here (finished, or dropped where the tracker says why), unless it has ended here already;
  reopened there brings it back, unless it was dropped here.

Verdict, goals, ratings, horizon, team, dependencies, blocked spells and the archive are never touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.exchange.imported import ImportedItem
from store.exchange.landing import stage_for, when
from store.exchange.seen import Seen, digest, seen_of, set_digest, written
from store.models import Item, Json, Kind, Ruling, Settings, Source, StageKind, Standing
from store.models.fields import MAX_TAGS

_SCALARS: Final = ("title", "kind", "body", "owner", "requester", "due", "size")
_DROPPING: Final = frozenset({Ruling.DECLINE, Ruling.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Followed:
    """An item after its tracker was asked.

    Args:
        after: the item; the same object where nothing has to be written.
        fields: what changed; `source` alone where only the memory did.
        kept: fields that changed on both sides and are kept as they are here.
    """

    after: Item
    fields: tuple[str, ...]
    kept: tuple[str, ...]


def first_seen(row: ImportedItem, stage: str) -> str:
    """The memory of a new item."""
    seen = {field: digest(value) for field, value in _upstream(row).items()}
    if "tags" in row.says:
        seen["tags"] = set_digest(row.tags)
    if row.stands is not None or row.status:
        seen |= {"state": _state(row), "stage": digest(stage)}
    return written(seen)


def followed(item: Item, row: ImportedItem, settings: Settings, now: datetime) -> Followed:
    """The item brought up to date with the row."""
    source = item.source or Source(system=row.system, key=row.key)
    before = seen_of(source.seen)
    seen = dict(before)
    changes: dict[str, Json] = {}
    kept: list[str] = []
    for field, value in _upstream(row).items():
        _follow_value(field, (getattr(item, field), value), seen, changes, kept)
    if "tags" in row.says:
        _follow_tags(item.tags, row.tags, seen, changes)
    if row.stands is not None or row.status:
        _follow_stage(item, row, settings, (seen, changes, kept, now))
    url = row.url or source.url
    if {name: value for name, value in seen.items() if value} != before or url != source.url:
        changes["source"] = source.with_(url=url, seen=written(seen))
    fields = tuple(field for field in changes if field not in {"source", "past_moves"}) or tuple(changes)
    return Followed(item.with_(**changes) if changes else item, fields, tuple(kept))


def _upstream(row: ImportedItem) -> Mapping[str, Json]:
    """The single values the row speaks of; a kind that it cannot name is what a new item would get."""
    values: dict[str, Json] = {field: getattr(row, field) for field in _SCALARS if field in row.says}
    if "kind" in values:
        values["kind"] = row.kind or Kind.FEATURE
    return values


def _follow_value(
    field: str, here_there: tuple[Json, Json], seen: dict[str, str], changes: dict[str, Json], kept: list[str]
) -> None:
    here, there = here_there
    base, now_there = seen.get(field, ""), digest(there)
    if here == there:
        seen[field] = now_there
    elif base == now_there:
        return
    elif base == digest(here):
        changes[field] = there
        seen[field] = now_there
    else:
        kept.append(field)


def _follow_tags(here: frozenset[str], there: frozenset[str], seen: dict[str, str], changes: dict[str, Json]) -> None:
    now_there = set_digest(there)
    if seen.get("tags", "") == now_there:
        return
    base = set(seen.get("tags", "").split("."))
    present = {digest(tag) for tag in there}
    names = {tag.casefold() for tag in here}
    stay = {tag for tag in here if digest(tag) not in base or digest(tag) in present}
    fresh = sorted(tag for tag in there if digest(tag) not in base and tag.casefold() not in names)
    tags = frozenset(stay) | frozenset(fresh[: max(0, MAX_TAGS - len(stay))])
    seen["tags"] = now_there
    if tags != here:
        changes["tags"] = tags


def _follow_stage(
    item: Item,
    row: ImportedItem,
    settings: Settings,
    into: tuple[dict[str, str], dict[str, Json], list[str], datetime],
) -> None:
    seen, changes, kept, now = into
    state = _state(row)
    former = seen.get("state")
    if former == state:
        return
    seen["state"] = state
    if former is None:
        return
    target = _target(item, row, settings, (former, seen))
    if target is None:
        if _is_open(state) and not _is_open(former) and _kind(item, settings) is StageKind.DROPPED:
            kept.append("stage")
        return
    seen["stage"] = digest(target)
    if target != item.stage.stage:
        arrived = when(row, settings.kind_of(target) or StageKind.INBOX) or now
        changes["stage"] = Standing(stage=target, since=max(arrived, item.stage.since))
        changes["past_moves"] = item.moves


def _target(item: Item, row: ImportedItem, settings: Settings, memory: tuple[str, Seen]) -> str | None:
    """The stage the item has to go to now that its state there has changed; None to let it stand where it is."""
    former, seen = memory
    kind = _kind(item, settings)
    is_moved_here = bool(item.stage.by) or seen.get("stage") != digest(item.stage.stage)
    is_declined = kind is StageKind.DROPPED and item.verdict is not None and item.verdict.ruling in _DROPPING
    if not is_moved_here and not is_declined:
        return stage_for(row, settings)
    was_open, is_open = _is_open(former), _is_open(_state(row))
    has_closed = was_open and not is_open and kind.is_open
    has_reopened = is_open and not was_open and kind is StageKind.FINISHED
    return stage_for(row, settings) if has_closed or has_reopened else None


def _state(row: ImportedItem) -> str:
    """The state as it is remembered: what it stands for, and its name where there is one."""
    stands = row.stands.value if row.stands is not None else "unknown"
    return f"{stands}.{digest(row.status)}" if row.status else stands


def _is_open(state: str) -> bool:
    return not state.startswith((StageKind.FINISHED.value, StageKind.DROPPED.value))


def _kind(item: Item, settings: Settings) -> StageKind:
    return settings.kind_of(item.stage.stage) or StageKind.INBOX
