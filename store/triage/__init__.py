"""Triage: what waits for a verdict and why, what a verdict does, what is alike, and how a sitting went."""

from store.triage.likeness import Likeness, LikenessIndex, similar
from store.triage.pace import Outcome, Pace, TriageSummary, minutes_markdown, summary
from store.triage.queue import Card, Rule, inbox_count, queue, waiting
from store.triage.ruling import NEEDS_REASON, completed, decide, default_until, horizon_after, stage_after

__all__ = [
    "NEEDS_REASON",
    "Card",
    "Likeness",
    "LikenessIndex",
    "Outcome",
    "Pace",
    "Rule",
    "TriageSummary",
    "completed",
    "decide",
    "default_until",
    "horizon_after",
    "inbox_count",
    "minutes_markdown",
    "queue",
    "similar",
    "stage_after",
    "summary",
    "waiting",
]
