"""What came, what went and what lay in the inbox, week by week."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean

from store.clock import local_day
from store.flow.spans import closed_at, finished_at
from store.models import Item, StageKind, Workspace


@dataclass(frozen=True, slots=True)
class Week:
    """One calendar week, Monday to Sunday, where the reader sits.

    Args:
        monday: its first day.
        arrived: items created in it.
        departed: items finished or dropped in it, counted at the last time they were closed.
        finished: those of them that were finished: the throughput, a plain count.
        inbox: items in an inbox stage at its end, or now if it is not over; snoozed ones count.
        is_over: whether it has ended.
    """

    monday: date
    arrived: int
    departed: int
    finished: int
    inbox: int
    is_over: bool


def weeks(workspace: Workspace, now: datetime, count: int = 8) -> list[Week]:
    """The last weeks, oldest first; the last one is the present week, which is not over."""
    this_monday = local_day(now) - timedelta(days=local_day(now).weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    bounds = [datetime.combine(day, time()).astimezone().timestamp() for day in mondays]
    counter = _Counter(bounds, now.timestamp(), workspace)
    for item in workspace.items.values():
        counter.take(item)
    inboxes = counter.inboxes()
    return [
        Week(
            monday=monday,
            arrived=counter.arrived[place],
            departed=counter.departed[place],
            finished=counter.finished[place],
            inbox=inboxes[place],
            is_over=place < count - 1,
        )
        for place, monday in enumerate(mondays)
    ]


def pace(past: Sequence[Week]) -> float | None:
    """Mean throughput of the weeks that are over; None where nothing was finished in any of them."""
    counts = [week.finished for week in past if week.is_over]
    return fmean(counts) if any(counts) else None


class _Counter:
    """Counts items into weeks; times are seconds, since comparing those is far cheaper than comparing moments."""

    def __init__(self, bounds: list[float], now: float, workspace: Workspace) -> None:
        self.arrived = [0] * len(bounds)
        self.departed = [0] * len(bounds)
        self.finished = [0] * len(bounds)
        self._bounds = bounds
        self._now = now
        self._settings = workspace.settings
        self._beyond_inbox = {stage.name for stage in workspace.settings.stages if stage.kind is not StageKind.INBOX}
        # Comings less goings of the inbox; place 0 is all that was before the first week.
        self._inbox_steps = [0] * (len(bounds) + 1)

    def take(self, item: Item) -> None:
        """Counts one item."""
        self._count(self.arrived, item.created.at)
        closed = closed_at(item, self._settings)
        if closed is not None:
            self._count(self.departed, closed)
            finished = finished_at(item, self._settings)
            if finished is not None:
                self._count(self.finished, finished)
        moves = item.moves
        for place, move in enumerate(moves):
            if move.stage in self._beyond_inbox:
                continue
            self._inbox_steps[self._step(move.since)] += 1
            if place + 1 < len(moves):
                self._inbox_steps[self._step(moves[place + 1].since)] -= 1
            elif item.archived is not None:
                self._inbox_steps[self._step(max(item.archived.at, move.since))] -= 1

    def inboxes(self) -> list[int]:
        """Items in the inbox at the end of each week."""
        sizes = []
        size = self._inbox_steps[0]
        for step in self._inbox_steps[1:]:
            size += step
            sizes.append(size)
        return sizes

    def _step(self, moment: datetime) -> int:
        return bisect_right(self._bounds, moment.timestamp())

    def _count(self, counts: list[int], moment: datetime) -> None:
        at = moment.timestamp()
        if self._bounds[0] <= at <= self._now:
            counts[bisect_right(self._bounds, at) - 1] += 1
