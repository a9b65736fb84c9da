"""When work was started and finished, from its moves alone.

Terms as in the Kanban Guide, https://kanbanguides.org: cycle time is the elapsed time from start to finish, work item
age the elapsed time from start to now. Both count calendar days inclusively: begun and finished on one day is 1.
"""

from datetime import datetime

from store.clock import whole_days
from store.models import Item, Settings, StageKind


def started_at(item: Item, settings: Settings) -> datetime | None:
    """The first moment it stood in an active stage; None while it never did."""
    for move in item.moves:
        if settings.kind_of(move.stage) is StageKind.ACTIVE:
            return move.since
    return None


def finished_at(item: Item, settings: Settings) -> datetime | None:
    """The moment it was finished, whatever finished stages it went through since; None unless it stands finished."""
    return _since(item, settings, frozenset({StageKind.FINISHED}))


def closed_at(item: Item, settings: Settings) -> datetime | None:
    """The moment it was finished or dropped; None while it is open."""
    return _since(item, settings, frozenset({StageKind.FINISHED, StageKind.DROPPED}))


def cycle_days(item: Item, settings: Settings) -> int | None:
    """Days from start to finish, inclusive; None unless it was both started and finished."""
    start, end = started_at(item, settings), finished_at(item, settings)
    return None if start is None or end is None or end < start else whole_days(start, end) + 1


def age_days(item: Item, settings: Settings, now: datetime) -> int | None:
    """Work item age: days from start to now, inclusive; None unless it was started and is still open."""
    start = started_at(item, settings)
    kind = settings.kind_of(item.stage.stage)
    # What was put back into the inbox or the queue is no work in progress, whenever it was started.
    is_on = kind in {StageKind.ACTIVE, StageKind.WAITING}
    return whole_days(start, now) + 1 if start is not None and is_on else None


def _since(item: Item, settings: Settings, kinds: frozenset[StageKind]) -> datetime | None:
    if settings.kind_of(item.stage.stage) not in kinds:
        return None
    return item.standing_since({stage.name for stage in settings.stages if stage.kind in kinds})
