"""What follows from a settled verdict: where the item stands, and when it is meant to happen.

Two verdicts on one item are one question. A merge keeps field by field what each of them set, so the item may stand
where the one put it, with the horizon of the other, until a person says which of the two holds.
"""

from collections.abc import Mapping
from typing import Final

from store.models import Conflict, Item, Json, Ruling, Settings, Stamp, Standing, going_along, made
from store.triage import horizon_after, stage_after

_NONE: Final = object()


def followed(
    item: Item, conflict: Conflict, others: Mapping[int, Conflict], settings: Settings, stamp: Stamp
) -> tuple[Item, tuple[Conflict, ...]]:
    """The item brought in line with the verdict it has by now, and the conflicts that are answered by it.

    A stage or a horizon that came with neither of the verdicts stays.

    Args:
        item: the item with the verdict that was chosen.
        conflict: the conflict about the verdict.
        others: the conflicts of the store by their ids.
        settings: for what the stages are.
        stamp: who settles, and when.
    """
    along = tuple(going_along(conflict, others.values()))
    bases = {other.field: other.base for other in along}
    ruling = None if item.verdict is None else item.verdict.ruling
    after = item
    before = _stage_before(item, conflict, bases.get("stage", _NONE))
    if before is not None:
        wanted = before if ruling is None else stage_after(before, ruling, settings)
        after = put_in(item, _standing(wanted, item, along, stamp), stamp)
    came = {_horizon(ruling_of(side)) for side in conflict.sides} - {_NONE}
    present = item.horizon.value if item.horizon else None
    if ruling is None and "horizon" in bases:
        after = after.with_(horizon=bases["horizon"])
    elif ruling is not None and present in came:
        after = after.with_(horizon=horizon_after(item.horizon, ruling))
    return after, along


def put_in(item: Item, chosen: Standing, stamp: Stamp) -> Item:
    """The item in the chosen standing, with the one that is replaced among its past moves, in the order of time.

    A standing older than the one it replaces cannot be the present one any more: the item comes back to it now.
    """
    replaced = item.stage
    if chosen == replaced:
        return item
    past = [move for move in item.past_moves if move not in {chosen, replaced}]
    if chosen.since >= replaced.since:
        past = sorted([*past, replaced], key=lambda move: move.since)
        return item.with_(stage=chosen, past_moves=past)
    past = sorted([*past, chosen, replaced], key=lambda move: move.since)
    back = chosen.with_(since=max(stamp.at, replaced.since), by=stamp.by)
    return item.with_(stage=back, past_moves=past)


def ruling_of(verdict: Json) -> Ruling | None:
    """What a verdict of the file says; None where there is none, or one that only a newer version knows."""
    said = verdict.get("is") if isinstance(verdict, Mapping) else None
    return Ruling(said) if isinstance(said, str) and said in set(Ruling) else None


def _horizon(ruling: Ruling | None) -> object:
    if ruling is None or ruling is Ruling.ASK:
        return _NONE
    horizon = horizon_after(None, ruling)
    return horizon.value if horizon else None


def _stage_before(item: Item, conflict: Conflict, base: object) -> str | None:
    """The stage from before the verdicts; None where the item stands for another reason than one of them."""
    if isinstance(base, Mapping):
        return str(base.get("is"))
    stamps = {(side.get("at"), side.get("by") or "") for side in conflict.sides if isinstance(side, Mapping)}
    raw = item.raw()["stage"]
    if (raw["since"], raw.get("by") or "") in stamps and item.past_moves:
        return item.past_moves[-1].stage
    return None


def _standing(wanted: str, item: Item, along: tuple[Conflict, ...], stamp: Stamp) -> Standing:
    """The standing as the verdict gave it; one of now where it gave none."""
    if item.stage.stage == wanted:
        return item.stage
    sides = (side for other in along if other.field == "stage" for side in other.sides if isinstance(side, Mapping))
    given = next((side for side in sides if side.get("is") == wanted), None)
    if given is not None:
        return made(Standing, **given)
    return Standing(stage=wanted, since=max(stamp.at, item.stage.since), by=stamp.by)
