"""How far goals are, from their key results.

A key result is scored (now - start) / (target - start), 0 at the start and 1 at the target; the score of a goal is the
plain mean of its key results, each held between 0 and 1 so that one cannot make up for another. Google's bands: from
0.7 good, from 0.4 fair, below that little (https://rework.withgoogle.com/guides/set-goals-with-okrs).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from store.clock import local_day
from store.models import Goal, GoalStatus, GoalTree, KeyResult


class Band(StrEnum):
    """How a score reads."""

    GOOD = "good"
    FAIR = "fair"
    LITTLE = "little"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal is, 0 to 1; `measured` of `of` key results could be scored."""

    score: float
    measured: int
    of: int

    @property
    def band(self) -> Band:
        """The band the score is in."""
        shown = round(self.score, 2)
        return Band.GOOD if shown >= 0.7 else Band.FAIR if shown >= 0.4 else Band.LITTLE


def progress_of(goal: Goal) -> Progress | None:
    """How far the goal itself is; None where it has no key result that can be scored."""
    scores = [min(1.0, max(0.0, part)) for result in goal.key_results if (part := result.progress) is not None]
    return Progress(fmean(scores), len(scores), len(goal.key_results)) if scores else None


def progress_under(tree: GoalTree, goal: int) -> Progress | None:
    """How far the goal is; without key results of its own, the mean of the goals directly below by weight.

    Goals below that are achieved count as well as active ones; proposed, dropped and archived ones do not.
    """
    found: dict[int, Progress | None] = {}
    # From the lowest goals up, without recursion: a store may hold a chain of any length.
    for number in reversed(list(tree.below(goal))):
        found[number] = progress_of(tree.goals[number]) or _mean(tree, number, found)
    return found[goal]


def _mean(tree: GoalTree, goal: int, found: Mapping[int, Progress | None]) -> Progress | None:
    below = [
        (child.weight, progress)
        for child in tree.children.get(goal, ())
        if child.archived is None
        and child.status in {GoalStatus.ACTIVE, GoalStatus.ACHIEVED}
        and (progress := found[child.id]) is not None
    ]
    weights = sum(weight for weight, _ in below)
    if not weights:
        return None
    score = sum(weight * progress.score for weight, progress in below) / weights
    return Progress(score, sum(progress.measured for _, progress in below), sum(progress.of for _, progress in below))


def expected_by(goal: Goal, today: date) -> float | None:
    """The part of the goal's time that is over, 0 to 1, from its creation to its due day; None without a due day."""
    start = local_day(goal.created.at)
    if goal.due is None:
        return None
    span = (goal.due - start).days
    return 1.0 if span <= 0 else min(1.0, max(0.0, (today - start).days / span))


def result_figures(result: KeyResult) -> str:
    """Where a key result stands, rising or falling: `31 now, from 40 to 20 h`."""
    unit = f" {result.unit}" if result.unit else ""
    return f"{result.now:g} now, from {result.start:g} to {result.target:g}{unit}"


def result_words(result: KeyResult) -> str:
    """A key result in words and figures: `Support hours: 31 now, from 40 to 20 h, 45 %`."""
    part = result.progress
    percent = "-" if part is None else f"{round(100 * part)} %"
    return f"{result.title}: {result_figures(result)}, {percent}"
