"""Which value is shown while a conflict waits: never by side, and never one that ends work by accident.

* Where one value is there and the other is none: the one that is there (a goal without a status is active).
* The stage of an item, the status of a goal and of a decision: the least finished. Stages are ordered by their kind
  (inbox, queued, active, waiting, finished, dropped) and then as the settings list them; a stage that the settings do
  not know counts as inbox. A status that is not known comes first.
* Everything else, and among equals: the value with the smaller JSON text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from store.merge.comparing import text_of
from store.merge.members import shown
from store.models import DecisionStatus, GoalStatus, Json, Settings, StageKind

_GOAL_STATUS: Final = "goals", "status"
_KINDS: Final = list(StageKind)
_GOALS: Final = list(GoalStatus)
_DECISIONS: Final = [
    DecisionStatus.PROPOSED,
    DecisionStatus.DEFERRED,
    DecisionStatus.ACCEPTED,
    DecisionStatus.REJECTED,
    DecisionStatus.DEPRECATED,
    DecisionStatus.SUPERSEDED,
]


@dataclass(frozen=True)
class Picks:
    """The choice between two values.

    Args:
        settings: the merged settings, whose stages are in order.
    """

    settings: Settings = field(default_factory=Settings)

    def of(self, place: tuple[str, str], ours: Json, theirs: Json) -> Json:
        """The value to show; the same for either order of the two.

        Args:
            place: table and field.
            ours: one value, None where there is none.
            theirs: another one.
        """
        # A goal that is active says nothing, so there a missing value is one.
        if place != _GOAL_STATUS and (ours is None or theirs is None):
            return shown(ours, theirs)
        return min(ours, theirs, key=lambda value: (self._rank(place, value), text_of(value)))

    def _rank(self, place: tuple[str, str], value: Json) -> tuple[int, int]:
        """How finished a value is."""
        if place == ("items", "stage"):
            return self._stage_rank(_is(value))
        if place == _GOAL_STATUS:
            return 0, _place(_GOALS, GoalStatus.ACTIVE if value is None else value)
        if place == ("decisions", "status"):
            return 0, _place(_DECISIONS, _is(value))
        return 0, 0

    def _stage_rank(self, stage: Json) -> tuple[int, int]:
        names = [known.name for known in self.settings.stages]
        if stage not in names:
            return _KINDS.index(StageKind.INBOX), -1
        place = names.index(stage)
        return _KINDS.index(self.settings.stages[place].kind), place


def _is(value: Json) -> Json:
    return value.get("is") if isinstance(value, Mapping) else None


def _place(order: Sequence[str], value: Json) -> int:
    return order.index(value) if value in order else -1
