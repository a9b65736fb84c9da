"""Goals: the tree, what serves it, how far it is, and where effort goes beside where it was wished to go."""

from store.goals.effort import Effort, effort, share_by_origin
from store.goals.forest import Row, idle, idle_since, items_under, rows, unmapped
from store.goals.progress import Band, Progress, expected_by, progress_of, progress_under, result_figures, result_words
from store.goals.rules import can_reparent

__all__ = [
    "Band",
    "Effort",
    "Progress",
    "Row",
    "can_reparent",
    "effort",
    "expected_by",
    "idle",
    "idle_since",
    "items_under",
    "progress_of",
    "progress_under",
    "result_figures",
    "result_words",
    "rows",
    "share_by_origin",
    "unmapped",
]
