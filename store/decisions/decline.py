"""A decline in triage that becomes a decision, so that the next who asks finds the answer."""

from datetime import datetime

from store.errors import RuleError
from store.models import Decision, DecisionRuled, DecisionStatus, Item, NewId, Ruling, Stamp

LONGEST_TITLE = 480


def from_decline(item: Item, new_id: NewId, now: datetime, by: str) -> Decision:
    """An accepted decision not to do the item, with the reason of its verdict and a link to it and to its goals.

    Raises:
        RuleError: the item was not declined.
    """
    verdict = item.verdict
    if verdict is None or verdict.ruling is not Ruling.DECLINE:
        message = f"“{item.title}” was not declined."
        raise RuleError(message, "Log a decision that is linked to it instead.")
    asked = f"Asked for by @{item.requester}." if item.requester else ""
    return Decision(
        id=new_id(),
        title=f"We will not do: {item.title}"[:LONGEST_TITLE],
        created=Stamp(at=now, by=by),
        status=DecisionRuled(status=DecisionStatus.ACCEPTED, since=verdict.at, by=verdict.by, reason=verdict.reason),
        owner=verdict.by or by,
        deciders=frozenset({verdict.by or by} - {""}),
        informed=frozenset({item.requester} - {""}),
        items=frozenset({item.id}),
        goals=frozenset(link.goal for link in item.goals),
        chosen="Not doing it",
        because=verdict.reason,
        context="\n\n".join(part for part in (asked, item.body) if part),
    )
