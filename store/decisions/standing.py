"""How each decision stands today, worked out from it and from the decisions that name it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from store.models import Decision, DecisionStatus, Workspace

SOON_DAYS = 7


class Band(IntEnum):
    """The part of the list a decision is in, from top to bottom."""

    OVERDUE = 0
    TO_DECIDE = 1
    TO_REVIEW = 2
    IN_FORCE = 3
    DEFERRED = 4
    PAST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands.

    Args:
        decision: the decision.
        status: its status today; superseded follows from a newer accepted decision, not from its own field alone.
        superseded_by: the accepted decisions that took its place as a whole.
        partly: the accepted decisions that took the place of a part, with that part.
        decide_in_days: days until it is to be decided, negative when overdue; None unless it waits and has a day.
        review_in_days: days until its review, negative when overdue; None unless it is in force and has a day.
    """

    decision: Decision
    status: DecisionStatus
    superseded_by: tuple[int, ...] = ()
    partly: tuple[tuple[int, str], ...] = ()
    decide_in_days: int | None = None
    review_in_days: int | None = None

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today, at least in part."""
        return self.status is DecisionStatus.ACCEPTED and self.decision.archived is None

    @property
    def is_overdue(self) -> bool:
        """Whether the day to decide is over."""
        return self.decide_in_days is not None and self.decide_in_days < 0

    @property
    def is_due_soon(self) -> bool:
        """Whether the day to decide is within the next seven days, today included."""
        return self.decide_in_days is not None and 0 <= self.decide_in_days <= SOON_DAYS

    @property
    def is_review_due(self) -> bool:
        """Whether the day of review has come."""
        return self.review_in_days is not None and self.review_in_days <= 0

    @property
    def band(self) -> Band:
        """The part of the list it belongs to."""
        if self.is_overdue:
            return Band.OVERDUE
        if self.status is DecisionStatus.PROPOSED or self.is_due_soon:
            return Band.TO_DECIDE
        if self.is_in_force:
            return Band.TO_REVIEW if self.is_review_due else Band.IN_FORCE
        return Band.DEFERRED if self.status is DecisionStatus.DEFERRED else Band.PAST


def standing(decision: Decision, workspace: Workspace, today: date) -> Standing:
    """How one decision stands.

    Where other decisions name it, their links decide: it is superseded while one that names it as a whole is or was in
    force, and else as if it had never been. Where none does, its own status counts, as it came from an import.
    """
    whole: list[int] = []
    partly: list[tuple[int, str]] = []
    newer_ids = workspace.named_as_older.get(decision.id, ())
    for number in newer_ids:
        newer = workspace.decisions[number]
        if number == decision.id or not was_accepted(newer):
            continue
        for link in newer.supersedes:
            if link.decision == decision.id and link.part:
                partly.append((number, link.part))
            elif link.decision == decision.id:
                whole.append(number)
    status = decision.status.status
    if whole:
        status = DecisionStatus.SUPERSEDED
    elif newer_ids and status is DecisionStatus.SUPERSEDED:
        status = DecisionStatus.ACCEPTED
    waits = status in {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}
    decide_by = decision.decide_by if waits else None
    review_on = decision.review_on if status is DecisionStatus.ACCEPTED else None
    return Standing(
        decision,
        status,
        tuple(whole),
        tuple(partly),
        (decide_by - today).days if decide_by else None,
        (review_on - today).days if review_on else None,
    )


def standings(workspace: Workspace, today: date, *, with_archived: bool = False) -> list[Standing]:
    """All decisions in the order of the list: overdue, to decide, to review, in force, deferred, past.

    What waits is ordered by its day, the most urgent first and those without a day last; the rest by the day it took
    its status, newest first.
    """
    found = [
        standing(decision, workspace, today)
        for decision in workspace.decisions.values()
        if with_archived or decision.archived is None
    ]
    return sorted(found, key=_place)


def in_force(workspace: Workspace, today: date) -> list[Standing]:
    """What holds today, newest first."""
    found = [each for each in standings(workspace, today) if each.is_in_force]
    return sorted(found, key=lambda each: (-each.decision.status.since.timestamp(), each.decision.id))


def to_decide(every: Iterable[Standing]) -> list[Standing]:
    """Those that wait for somebody to decide: proposed ones, and deferred ones whose day is near or over."""
    return [each for each in every if each.band in {Band.OVERDUE, Band.TO_DECIDE}]


def was_accepted(decision: Decision) -> bool:
    """Whether it is in force or was once: what it replaced stays replaced."""
    return decision.status.status.was_in_force


def _place(each: Standing) -> tuple[int, int, float, int]:
    days = each.review_in_days if each.band is Band.TO_REVIEW else each.decide_in_days
    far = 10**7
    return (each.band, far if days is None else days, -each.decision.status.since.timestamp(), each.decision.id)
