"""Scores: what an item is worth, with every step of the sum; inputs are stored, results are computed."""

from store.scoring.alignment import (
    ASSUMED_CONFIDENCE,
    ASSUMED_SIZE,
    ASSUMED_URGENCY,
    URGENCY_FACTORS,
    alignment,
    alignment_value,
)
from store.scoring.board import Place, Scoreboard
from store.scoring.ratings import RATINGS, Rating, checked_rating
from store.scoring.score import Score, Term, figure

__all__ = [
    "ASSUMED_CONFIDENCE",
    "ASSUMED_SIZE",
    "ASSUMED_URGENCY",
    "RATINGS",
    "URGENCY_FACTORS",
    "Place",
    "Rating",
    "Score",
    "Scoreboard",
    "Term",
    "alignment",
    "alignment_value",
    "checked_rating",
    "figure",
]
