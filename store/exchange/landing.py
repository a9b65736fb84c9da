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
    """The moves of a new item, oldest first: into the inbox when it was created, on to its stage when that is known.

    Nobody here made these moves, so they name nobody.
    """
    stage = stage_for(row, settings)
    kind = settings.kind_of(stage) or StageKind.INBOX
    if kind is StageKind.INBOX:
        return (Standing(stage=stage, since=created),)
    first = Standing(stage=settings.first_stage(StageKind.INBOX), since=created)
    return (first, Standing(stage=stage, since=max(created, when(row, kind) or created)))


def when(row: ImportedItem, kind: StageKind) -> datetime | None:
    """The best date the row has for its arrival in a stage of that kind."""
    if kind.is_open:
        return row.changed or row.updated
    return row.closed or row.updated


def _named(status: str, settings: Settings) -> str:
    wanted = status.casefold()
    return next((stage.name for stage in settings.stages if stage.name.casefold() == wanted), "") if wanted else ""
