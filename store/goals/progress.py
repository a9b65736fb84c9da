"""How far goals are, from their key results.

A key result is scored (now - start) / (target - start), 0 at the start and 1 at the target; the score of a goal is the
plain mean of its key results, each held between 0 and 1 so that one cannot make up for another. Google's bands: from
0.7 good, from 0.4 fair, below that little (https://rework.withgoogle.com/guides/set-goals-with-okrs).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from store.clock import local_day
from store.models import Goal, GoalTree, KeyResult


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
    """How far the goal is; without key results of its own, the mean of the goals directly below by weight."""
    own = progress_of(tree.goals[goal])
    if own is not None:
        return own
    below = [
        (child.weight, progress)
        for child in tree.children.get(goal, ())
        if tree.is_pursued(child.id) and (progress := progress_under(tree, child.id)) is not None
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


def result_words(result: KeyResult) -> str:
    """A key result in figures: `support hours 40 -> 31 of 20 h, 45 %`."""
    unit = f" {result.unit}" if result.unit else ""
    part = result.progress
    percent = "-" if part is None else f"{round(100 * part)} %"
    return f"{result.title} {result.start:g} -> {result.now:g} of {result.target:g}{unit}, {percent}"
