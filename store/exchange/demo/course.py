"""How an item of the demo went through the stages, in days counted backwards from today."""

from dataclasses import dataclass
from math import exp, log

from store.exchange.demo.draft import Draft
from store.exchange.demo.scene import Scene

HALF_A_YEAR = 182
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Course:
    """The days on which an item came, was triaged, started, went to review and ended; None has not happened."""

    created: int
    triaged: int | None = None
    started: int | None = None
    reviewed: int | None = None
    ended: int | None = None


def course_of(draft: Draft, scene: Scene) -> Course:
    """The course the script gives; triage is on the first Monday after the item came."""
    return Course(
        created=draft.created,
        triaged=None if draft.ruling is None else scene.monday_after(draft.created),
        started=draft.started,
        reviewed=draft.reviewed,
        ended=draft.ended,
    )


def finished_course(draft: Draft, place: int, of: int, scene: Scene) -> Course:
    """A course that ends at its place among `of` items, which finish at a steady pace over half a year.

    Cycle times are log-normal around a median that grows with the size, as those of most teams are.
    """
    chance = scene.chance
    spacing = (HALF_A_YEAR - _NEWEST) / max(1, of - 1)
    ended = max(_NEWEST - 1, round(HALF_A_YEAR - place * spacing) + chance.randint(-2, 2))
    median_days = 1.5 + 1.2 * (draft.size or 2)
    cycle_days = min(30, max(1, round(exp(chance.gauss(log(median_days), 0.55)))))
    started = ended + cycle_days
    # A week at least, so that a Monday lies between.
    created = started + 7 + chance.randint(0, 24)
    return Course(
        created=created,
        triaged=scene.monday_after(created),
        started=started,
        reviewed=ended + cycle_days // 4,
        ended=ended,
    )
