"""The life of a decision: which status may follow which, and what each step needs.

    proposed -> accepted | rejected | deferred
    deferred -> proposed | accepted | rejected
    accepted -> proposed (reopened) | deprecated | superseded
    rejected -> proposed (reopened)
    deprecated -> proposed (reopened)

`superseded` is never set by hand: it follows from a newer decision that was accepted.
"""

from collections.abc import Mapping
from datetime import datetime

from store.clock import local_day
from store.errors import RuleError
from store.models import Decision, DecisionRuled, DecisionStatus, made

NEXT: dict[DecisionStatus, tuple[DecisionStatus, ...]] = {
    DecisionStatus.PROPOSED: (DecisionStatus.ACCEPTED, DecisionStatus.REJECTED, DecisionStatus.DEFERRED),
    DecisionStatus.DEFERRED: (DecisionStatus.PROPOSED, DecisionStatus.ACCEPTED, DecisionStatus.REJECTED),
    DecisionStatus.ACCEPTED: (DecisionStatus.PROPOSED, DecisionStatus.DEPRECATED),
    DecisionStatus.REJECTED: (DecisionStatus.PROPOSED,),
    DecisionStatus.DEPRECATED: (DecisionStatus.PROPOSED,),
    DecisionStatus.SUPERSEDED: (),
}
"""What a person may set from each status."""

_VERB = {
    DecisionStatus.PROPOSED: "reopened",
    DecisionStatus.ACCEPTED: "accepted",
    DecisionStatus.REJECTED: "rejected",
    DecisionStatus.DEFERRED: "deferred",
    DecisionStatus.DEPRECATED: "deprecated",
    DecisionStatus.SUPERSEDED: "superseded",
}


def needs_reason(status: DecisionStatus) -> bool:
    """Whether setting this status takes a reason: all but accepting, whose reason is the decision itself."""
    return status is not DecisionStatus.ACCEPTED


def accept(decision: Decision, reason: str, now: datetime, by: str) -> Decision:
    """In force from now on; a reason may be given, the decision's own `because` is where it belongs.

    Raises:
        RuleError: it is neither proposed nor deferred.
    """
    return _ruled(decision, DecisionStatus.ACCEPTED, reason, now, by)


def reject(decision: Decision, reason: str, now: datetime, by: str) -> Decision:
    """Decided against.

    Raises:
        RuleError: it is neither proposed nor deferred, or there is no reason.
    """
    return _ruled(decision, DecisionStatus.REJECTED, reason, now, by)


def defer(decision: Decision, reason: str, now: datetime, by: str) -> Decision:
    """Not decided now. The decision has an owner, and a trigger or a day to decide by, so that it comes back.

    Raises:
        RuleError: it is not proposed, or a reason, the owner, or both trigger and day are missing.
    """
    if not decision.owner:
        message = "A deferred decision needs an owner."
        raise RuleError(message, "Say who brings it back.")
    has_day = decision.decide_by is not None and decision.decide_by > local_day(now)
    if not decision.trigger and not has_day:
        message = "A deferred decision needs a trigger, or a day in the future to decide by."
        raise RuleError(message, "For example “when the second customer asks”, or eoq.")
    return _ruled(decision, DecisionStatus.DEFERRED, reason, now, by)


def deprecate(decision: Decision, reason: str, now: datetime, by: str) -> Decision:
    """Out of force, with nothing in its place.

    Raises:
        RuleError: it is not accepted, or there is no reason.
    """
    return _ruled(decision, DecisionStatus.DEPRECATED, reason, now, by)


def reopen(decision: Decision, reason: str, now: datetime, by: str) -> Decision:
    """Proposed again, because something has changed.

    Raises:
        RuleError: it is proposed already or superseded, or there is no reason.
    """
    return _ruled(decision, DecisionStatus.PROPOSED, reason, now, by)


def rule(decision: Decision, status: DecisionStatus, reason: str, now: datetime, by: str) -> Decision:
    """The decision in another status, with all that the step demands.

    Raises:
        RuleError: the step is not allowed, or something it needs is missing.
    """
    if status is DecisionStatus.DEFERRED:
        return defer(decision, reason, now, by)
    return _ruled(decision, status, reason, now, by)


def checked_supersession(newer: Decision, older: Decision, decisions: Mapping[int, Decision]) -> None:
    """Says nothing if one decision may take the place of the other.

    Args:
        newer: the decision that is to take the place.
        older: the decision whose place it takes.
        decisions: all decisions by id: in a ring of them each would be superseded, and nothing in force.

    Raises:
        RuleError: they are the same, the newer one is neither proposed nor accepted, the older one supersedes it
            directly or through others, or was never accepted.
    """
    if newer.id == older.id:
        message = "A decision cannot supersede itself."
        raise RuleError(message, "Reopen it, or log a new one.")
    if newer.status.status not in {DecisionStatus.PROPOSED, DecisionStatus.ACCEPTED}:
        message = f"“{newer.title}” is {newer.status.status.value}; only what is proposed or accepted can supersede."
        raise RuleError(message, "Reopen it first, or log a new one.")
    if newer.id in _replaced_through(older, decisions):
        is_direct = any(link.decision == newer.id for link in older.supersedes)
        message = f"“{older.title}” supersedes this one already{'' if is_direct else ', through others'}."
        raise RuleError(message, "Take that link away first.")
    if older.status.status not in {DecisionStatus.ACCEPTED, DecisionStatus.SUPERSEDED}:
        message = f"“{older.title}” is {older.status.status.value}; only what was accepted can be superseded."
        raise RuleError(message, "Reject it instead.")


def _replaced_through(decision: Decision, decisions: Mapping[int, Decision]) -> set[int]:
    """The ids of all decisions that it supersedes, directly or through others, in whole or in part."""
    found: set[int] = set()
    waiting = [decision]
    while waiting:
        new = {link.decision for link in waiting.pop().supersedes} - found
        found |= new
        waiting += (decisions[number] for number in new if number in decisions)
    return found


def as_superseded(older: Decision, by_title: str, now: datetime, by: str) -> Decision:
    """The older decision after a newer one took its place as a whole."""
    if older.status.status is DecisionStatus.SUPERSEDED:
        return older
    reason = f"Superseded by “{by_title}”"
    return older.with_(status=DecisionRuled(status=DecisionStatus.SUPERSEDED, since=now, by=by, reason=reason))


def as_back_in_force(older: Decision, reason: str, now: datetime, by: str) -> Decision:
    """The older decision after the newer one was reopened."""
    if older.status.status is not DecisionStatus.SUPERSEDED:
        return older
    return older.with_(status=DecisionRuled(status=DecisionStatus.ACCEPTED, since=now, by=by, reason=reason))


def _ruled(decision: Decision, status: DecisionStatus, reason: str, now: datetime, by: str) -> Decision:
    before = decision.status.status
    if status is before:
        message = f"“{decision.title}” is {before.value} already."
        raise RuleError(message)
    if status not in NEXT[before]:
        allowed = " or ".join(_VERB[step] for step in NEXT[before])
        message = f"A decision that is {before.value} cannot be {_VERB[status]}."
        hint = f"It can be {allowed}." if allowed else "Reopen the decision that superseded it."
        raise RuleError(message, hint)
    if needs_reason(status) and not reason.strip():
        message = f"Nothing is {_VERB[status]} without a reason."
        raise RuleError(message, "One sentence is enough.")
    return decision.with_(status=made(DecisionRuled, status=status, since=now, by=by, reason=reason))
