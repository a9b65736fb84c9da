"""Decisions: their life, how they stand today, and what rests on them."""

from store.decisions.decline import from_decline
from store.decisions.lifecycle import (
    NEXT,
    accept,
    as_back_in_force,
    as_superseded,
    checked_supersession,
    defer,
    deprecate,
    needs_reason,
    reject,
    reopen,
    rule,
)
from store.decisions.links import Links, by_goal, by_item, held_up, links_of
from store.decisions.standing import SOON_DAYS, Band, Standing, in_force, standing, standings, to_decide, was_accepted

__all__ = [
    "NEXT",
    "SOON_DAYS",
    "Band",
    "Links",
    "Standing",
    "accept",
    "as_back_in_force",
    "as_superseded",
    "by_goal",
    "by_item",
    "checked_supersession",
    "defer",
    "deprecate",
    "from_decline",
    "held_up",
    "in_force",
    "links_of",
    "needs_reason",
    "reject",
    "reopen",
    "rule",
    "standing",
    "standings",
    "to_decide",
    "was_accepted",
]
