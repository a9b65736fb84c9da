"""Work in progress that is older than what is usually finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from store.flow.spans import age_days, cycle_days, finished_at
from store.models import Item, StageKind, Workspace

FEWEST_FINISHES = 5
"""Distinct days with a finish below which no percentile is told: too little to compare with."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """Items in progress older than the given percentile of cycle times, oldest first.

    `limit_days` is that percentile; None where too little was finished to tell, and then `items` is empty.
    """

    percent: int
    limit_days: int | None
    items: tuple[Item, ...]


def ageing(workspace: Workspace, now: datetime, percent: int = 85) -> Ageing:
    """What is in progress for longer than `percent` of the finished items took."""
    settings = workspace.settings
    cycles: list[int] = []
    days = set()
    for item in workspace.items.values():
        if workspace.kind_of(item) is StageKind.FINISHED and (cycle := cycle_days(item, settings)) is not None:
            cycles.append(cycle)
            days.add(finished_at(item, settings))
    if len({day.astimezone().date() for day in days if day is not None}) < FEWEST_FINISHES:
        return Ageing(percent, None, ())
    limit = percentile(sorted(cycles), percent)
    aged = [
        (age, item)
        for item in workspace.open_items
        if (age := age_days(item, settings, now)) is not None and age > limit
    ]
    aged.sort(key=lambda pair: (-pair[0], pair[1].id))
    return Ageing(percent, limit, tuple(item for _, item in aged))


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The smallest value that at least `percent` of the values do not exceed (nearest rank).

    Args:
        ordered: values from small to large, at least one.
        percent: 1 to 100.
    """
    return ordered[max(0, ceil(percent / 100 * len(ordered)) - 1)]
