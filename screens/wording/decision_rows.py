"""Decisions as rows: sign, title, what is to happen by when, who answers for it, what hangs on it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from screens.wording import disputed
from screens.wording.disputed import is_disputed
from screens.wording.item_lines import Words
from store.clock import day_words, local_day
from store.decisions import Band, Standing, held_up
from store.models import DecisionStatus, Workspace

SIGN: Final[Mapping[DecisionStatus, Words]] = {
    DecisionStatus.PROPOSED: ("?", "accent"),
    DecisionStatus.ACCEPTED: ("✓", "good"),
    DecisionStatus.REJECTED: ("✕", "muted"),
    DecisionStatus.DEFERRED: ("◷", ""),
    DecisionStatus.DEPRECATED: ("⊖", "muted"),
    DecisionStatus.SUPERSEDED: ("»", "muted"),
}
"""The sign of each status and its tone."""

WEEK: Final = 7
LONG_OVER: Final = 60
MONTHS_AHEAD: Final = 300
HEADINGS: Final = {
    Band.OVERDUE: "waits for a decision",
    Band.TO_DECIDE: "waits for a decision",
    Band.TO_REVIEW: "in force",
    Band.IN_FORCE: "in force",
    Band.DEFERRED: "put off",
    Band.PAST: "no longer in force",
}
"""What stands above the decisions of each band; neighbours with the same words share one heading."""


def sign_of(standing: Standing, workspace: Workspace) -> Words:
    """The sign of a decision and its tone: disputed goes first; what is late is a warning."""
    if is_disputed(standing.decision, workspace):
        return disputed.SIGN
    sign, tone = SIGN[standing.status]
    return sign, "warning" if standing.is_overdue or standing.is_review_due else tone


def decision_row(standing: Standing, workspace: Workspace, today: date) -> Mapping[str, Words | tuple[Words, ...]]:
    """The words of one decision by column."""
    decision = standing.decision
    is_past = standing.band is Band.PAST
    return {
        "state": sign_of(standing, workspace),
        "id": (workspace.name_of(decision), "muted"),
        "title": (decision.title, "muted" if is_past else ""),
        "when": when(standing, today),
        "owner": (f"@{decision.owner}" if decision.owner else "", "muted"),
        "links": links_words(standing, workspace),
    }


def when(standing: Standing, today: date) -> Words:
    """What is to happen by when, else since when it stands as it does."""
    decision = standing.decision
    since = short_day(local_day(decision.status.since), today)
    match standing.status:
        case DecisionStatus.PROPOSED:
            return decide_by(standing, today)
        case DecisionStatus.DEFERRED:
            if decision.decide_by is not None:
                return decide_by(standing, today)
            return decision.trigger or f"since {since}", ""
        case DecisionStatus.ACCEPTED:
            return review(standing, today)
        case status:
            return f"{status.value} {since}", "muted"


def review(standing: Standing, today: date) -> Words:
    """Since when it is in force, and when it is to be looked at again."""
    day, left = standing.decision.review_on, standing.review_in_days
    if day is None or left is None:
        return f"since {short_day(local_day(standing.decision.status.since), today)}", "muted"
    if left < 0:
        return f"review {_days(-left)} late", "warning"
    if left == 0:
        return "review today", "warning"
    since = short_day(local_day(standing.decision.status.since), today)
    return f"since {since}, review {short_day(day, today)}", "muted"


def decide_by(standing: Standing, today: date) -> Words:
    """How long there is to decide, or how late it is."""
    left, day = standing.decide_in_days, standing.decision.decide_by
    if left is None or day is None:
        return "no day to decide by", "muted"
    if left < 0:
        return f"{_days(-left)} overdue", "warning"
    if left <= 1:
        return f"decide {short_day(day, today)}", "warning"
    return f"decide by {short_day(day, today)}, in {_days(left)}", "accent" if standing.is_due_soon else ""


def links_words(standing: Standing, workspace: Workspace) -> Words:
    """What waits for it while it waits itself, else what it rests on."""
    decision = standing.decision
    waits = standing.status in {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}
    if waits:
        count = len(held_up(decision, workspace))
        return (f"blocks {count:,} item{'' if count == 1 else 's'}", "") if count else ("", "")
    if standing.superseded_by:
        newer = workspace.decisions[standing.superseded_by[0]]
        return f"by {workspace.name_of(newer)}", "muted"
    if standing.partly:
        return "in part replaced", "muted"
    goals = [workspace.goals[number].title for number in sorted(decision.goals) if number in workspace.goals]
    if goals and standing.is_in_force:
        more = f" +{len(goals) - 1}" if len(goals) > 1 else ""
        return f"for {goals[0]}{more}", "muted"
    return "", ""


def short_day(day: date, today: date) -> str:
    """A day in few words: `tomorrow`, `Fri` within a week, `3 Mar`, and `Mar 2025` once it is long over.

    A day of next year needs no year while the same day of this year is over.
    """
    ahead = (day - today).days
    words = day_words(day, today).split(" ")
    if len(words) == 1 or 1 < ahead < WEEK:
        return words[0]
    if day.year == today.year:
        return " ".join(words[1:])
    if 0 < ahead < MONTHS_AHEAD:
        return " ".join(words[:2])
    return " ".join(words[1:] if ahead < -LONG_OVER else words)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
