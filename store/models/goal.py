"""Goals: outcomes that work serves. The roots are priorities."""

import math
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from store.models.fields import Day, Layout, Line, MergeRule, Person, RecordId, References, Text, Title
from store.models.item import Stamp
from store.models.record import Part, Record


class Origin(StrEnum):
    """Where a priority comes from."""

    COMPANY = "company"
    CUSTOMER = "customer"
    TEAM = "team"


class GoalStatus(StrEnum):
    """Where a goal is in its life."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    DROPPED = "dropped"


Figure = Annotated[float, Field(ge=-1e15, le=1e15)]
"""A measured value; beyond these limits a float has no room for fractions."""


class KeyResult(Part):
    """One measure of a goal, scored (now - start) / (target - start)."""

    title: Title
    start: Figure = 0
    now: Figure = 0
    target: Figure = 1
    unit: Line = ""

    @property
    def progress(self) -> float | None:
        """0.0 at the start, 1.0 at the target; None where they are the same, or too near each other to tell."""
        span = self.target - self.start
        if span == 0:
            return None
        part = (self.now - self.start) / span
        return part if math.isfinite(part) else None


class Goal(Record):
    """An outcome. A goal without a parent is a priority and has an origin, a weight and somebody who said it.

    `share` is the wished share of effort in per cent; `weight` is the goal's part among its siblings, any unit.
    """

    is_written_whole: ClassVar[bool] = True

    title: Title
    created: Annotated[Stamp, MergeRule.UNIT]
    origin: Annotated[Origin, MergeRule.SCALAR] = Origin.COMPANY
    status: Annotated[GoalStatus, MergeRule.SCALAR] = GoalStatus.ACTIVE
    parent: RecordId | None = None
    weight: Annotated[int, Field(ge=0, le=1000), MergeRule.SCALAR] = 1
    said_by: Person = ""
    share: Annotated[int | None, Field(ge=0, le=100), MergeRule.SCALAR] = None
    owner: Person = ""
    key_results: Annotated[tuple[KeyResult, ...], MergeRule.UNIT] = ()
    due: Day | None = None
    teams: References = frozenset()
    guideline: Line = ""
    aliases: Annotated[References, Layout.SELDOM] = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None
    body: Text = ""
