"""Where an imported row lands: its stage, and the moves that its dates tell of."""

from datetime import datetime

from store.exchange.imported import ImportedItem
from store.models import Settings, StageKind, Standing

# A store may lack a stage of a kind; the next best is the one that leaves more to do.
_NEXT_BEST = {
    StageKind.WAITING: StageKind.ACTIVE,
    StageKind.ACTIVE: StageKind.QUEUED,
    StageKind.QUEUED: StageKind.INBOX,
}


def stage_for(row: ImportedItem, settings: Settings) -> str:
    """The stage a row belongs into.

    A stage with the name of the row's status is taken, unless that would make an end of open work or the other way
    round; else the first stage of the kind that the status stands for; else the inbox.
    """
    named = _named(row.status, settings)
    kind = settings.kind_of(named) if named else None
    if kind is not None and row.stands in {None, kind}:
        return named
    if kind is not None and row.stands is not None and kind.is_open and row.stands.is_open:
        return named
    wanted = row.stands or StageKind.INBOX
    while not (stage := settings.first_stage(wanted)):
        wanted = _NEXT_BEST.get(wanted, StageKind.INBOX)
    return stage


def first_moves(row: ImportedItem, settings: Settings, created: datetime) -> tuple[Standing, ...]:
    """The moves of a new item, oldest first: the inbox when it was created, the stage it is in now since when that is.

    Where the row says when work began, an item that has ended, or waits, was active from then on. Nobody here made
    these moves, so they name nobody.
    """
    stage = stage_for(row, settings)
    kind = settings.kind_of(stage) or StageKind.INBOX
    if kind is StageKind.INBOX:
        return (Standing(stage=stage, since=created),)
    moves = [Standing(stage=settings.first_stage(StageKind.INBOX), since=created)]
    active = settings.first_stage(StageKind.ACTIVE)
    arrived = max(created, when(row, kind) or created)
    if row.started and active and kind not in {StageKind.ACTIVE, StageKind.QUEUED} and row.started <= arrived:
        moves.append(Standing(stage=active, since=max(created, row.started)))
    return (*moves, Standing(stage=stage, since=arrived))


def when(row: ImportedItem, kind: StageKind) -> datetime | None:
    """The best date the row has for its arrival in a stage of that kind."""
    if kind is StageKind.ACTIVE and row.started:
        return row.started
    if kind.is_open:
        return row.changed or row.updated
    return row.closed or row.updated


def _named(status: str, settings: Settings) -> str:
    wanted = status.casefold()
    return next((stage.name for stage in settings.stages if stage.name.casefold() == wanted), "") if wanted else ""
