"""What has happened since a moment, from stamps and moves."""

from dataclasses import dataclass
from datetime import datetime

from store.clock import day_words, local_day
from store.flow.spans import closed_at
from store.models import Decision, DecisionStatus, Goal, Item, Ruling, StageKind, Workspace


@dataclass(frozen=True, slots=True)
class Digest:
    """What has happened since a moment, each list oldest first.

    Args:
        since: the moment.
        new: items created.
        started: items that came into an active stage and are still there.
        finished: items finished.
        dropped: items declined or otherwise dropped, without duplicates.
        duplicates: items dropped because another one says the same.
        decisions: decisions logged or given another status.
        goals: goals added.
    """

    since: datetime
    new: tuple[Item, ...]
    started: tuple[Item, ...]
    finished: tuple[Item, ...]
    dropped: tuple[Item, ...]
    duplicates: tuple[Item, ...]
    decisions: tuple[Decision, ...]
    goals: tuple[Goal, ...]

    def __bool__(self) -> bool:
        return bool(self.counts)

    @property
    def counts(self) -> str:
        """`6 new, 4 finished, 1 decision`; empty where nothing happened."""
        parts = [
            (len(self.new), "new"),
            (len(self.started), "started"),
            (len(self.finished), "finished"),
            (len(self.dropped), "declined"),
            (len(self.duplicates), "duplicate" if len(self.duplicates) == 1 else "duplicates"),
            (len(self.decisions), "decision" if len(self.decisions) == 1 else "decisions"),
            (len(self.goals), "new goal" if len(self.goals) == 1 else "new goals"),
        ]
        return ", ".join(f"{count} {what}" for count, what in parts if count)

    def sentence(self, now: datetime) -> str:
        """`since Friday 17:40: 6 new, 4 finished, 1 decision`."""
        return f"since {moment_words(self.since, now)}: {self.counts or 'nothing new'}"


def digest(workspace: Workspace, since: datetime) -> Digest:
    """What has happened after that moment."""
    items = workspace.items.values()
    settings = workspace.settings
    new: list[Item] = []
    started: list[Item] = []
    finished: list[Item] = []
    dropped: list[Item] = []
    duplicates: list[Item] = []
    for item in items:
        # Whatever happened to its stage, the last move is not older than that.
        if item.created.at > since:
            new.append(item)
        if item.stage.since <= since or item.archived is not None:
            continue
        kind = workspace.kind_of(item)
        if kind is StageKind.ACTIVE:
            started.append(item)
        elif not kind.is_open and (closed := closed_at(item, settings)) is not None and closed > since:
            is_duplicate = item.verdict is not None and item.verdict.ruling is Ruling.DUPLICATE
            (finished if kind is StageKind.FINISHED else duplicates if is_duplicate else dropped).append(item)
    decisions = [
        decision
        for decision in workspace.decisions.values()
        if decision.created.at > since
        or (decision.status.since > since and decision.status.status is not DecisionStatus.SUPERSEDED)
    ]
    return Digest(
        since=since,
        new=tuple(sorted(new, key=lambda item: (item.created.at, item.id))),
        started=_by_move(started),
        finished=_by_move(finished),
        dropped=_by_move(dropped),
        duplicates=_by_move(duplicates),
        decisions=tuple(sorted(decisions, key=lambda each: (each.status.since, each.id))),
        goals=tuple(goal for goal in workspace.goals.values() if goal.created.at > since),
    )


def moment_words(moment: datetime, now: datetime) -> str:
    """A moment as people name it: `10:02` today, `yesterday 17:40`, `Friday 17:40` within a week, else `3 Mar`."""
    local = moment.astimezone()
    clock = f"{local.hour:02}:{local.minute:02}"
    days = (local_day(now) - local.date()).days
    if days == 0:
        return clock
    if days == 1:
        return f"yesterday {clock}"
    if 1 < days < 7:
        return f"{_WEEKDAYS[local.weekday()]} {clock}"
    return day_words(local.date(), local_day(now))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _by_move(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.stage.since, item.id)))
