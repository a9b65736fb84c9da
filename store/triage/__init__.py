"""Triage: what waits for a verdict and why, what a verdict does, what is alike, and how a sitting went."""

from store.triage.likeness import Likeness, LikenessIndex, similar
from store.triage.pace import Outcome, Pace, TriageSummary, minutes_markdown, summary
from store.triage.queue import Card, Rule, inbox_count, queue, waiting
from store.triage.ruling import NEEDS_REASON, decide, default_until

__all__ = [
    "NEEDS_REASON",
    "Card",
    "Likeness",
    "LikenessIndex",
    "Outcome",
    "Pace",
    "Rule",
    "TriageSummary",
    "decide",
    "default_until",
    "inbox_count",
    "minutes_markdown",
    "queue",
    "similar",
    "summary",
    "waiting",
]
