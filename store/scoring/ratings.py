"""The inputs of a score that people rate, with their scales."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from store.errors import RuleError


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating: a whole number from `low` to `high`; `steps` are the values worth offering, with their words."""

    name: str
    low: int
    high: int
    question: str
    steps: tuple[tuple[int, str], ...]


URGENCY = Rating(
    "urgency",
    1,
    5,
    "What does waiting cost?",
    ((1, "nothing for long"), (2, "little"), (3, "the usual"), (4, "a lot"), (5, "it hurts every day")),
)
CONFIDENCE = Rating(
    "confidence",
    0,
    100,
    "How sure are we that it helps, in per cent?",
    ((20, "a guess"), (50, "low: an opinion"), (80, "medium: some evidence"), (100, "high: measured")),
)

RATINGS: Final = MappingProxyType({rating.name: rating for rating in (URGENCY, CONFIDENCE)})
"""Every rating by name."""


def checked_rating(name: str, value: int) -> int:
    """The value, if the rating exists and its scale has it.

    Raises:
        RuleError: no such rating, or a value outside its scale.
    """
    rating = RATINGS.get(name)
    if rating is None:
        message = f"There is no rating “{name}”."
        raise RuleError(message, f"Possible: {', '.join(RATINGS)}.")
    if not rating.low <= value <= rating.high:
        message = f"{name.capitalize()} goes from {rating.low} to {rating.high}, not {value}."
        raise RuleError(message, rating.question)
    return value
