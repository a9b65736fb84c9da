"""Flow: ages, weeks and what has happened, all from moves and stamps."""

from store.flow.ageing import FEWEST_FINISHES, Ageing, ageing, percentile
from store.flow.digest import Digest, digest, moment_words
from store.flow.spans import age_days, closed_at, cycle_days, finished_at, started_at
from store.flow.weeks import Week, pace, weeks

__all__ = [
    "FEWEST_FINISHES",
    "Ageing",
    "Digest",
    "Week",
    "age_days",
    "ageing",
    "closed_at",
    "cycle_days",
    "digest",
    "finished_at",
    "moment_words",
    "pace",
    "percentile",
    "started_at",
    "weeks",
]
