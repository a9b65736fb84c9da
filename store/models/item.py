"""Work: items, where they stand, how they moved and what triage said of them."""

from collections.abc import Container
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from store.models.fields import (
    NO_RATINGS,
    Day,
    Instant,
    Layout,
    Line,
    MergeRule,
    Names,
    Person,
    Ratings,
    RecordId,
    References,
    Text,
    Title,
)
from store.models.record import Part, Record


class Kind(StrEnum):
    """What sort of work an item is."""

    FEATURE = "feature"
    IMPROVEMENT = "improvement"
    BUG = "bug"
    CHORE = "chore"
    INCIDENT = "incident"
    SPIKE = "spike"


class Horizon(StrEnum):
    """When an item is meant to happen."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


class Ruling(StrEnum):
    """What triage can say of an item."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"
    DECLINE = "decline"
    DUPLICATE = "duplicate"
    ASK = "ask"


class Stamp(Part):
    """Who did something, and when."""

    at: Instant
    by: Person = ""


class Standing(Part):
    """Where an item is, since when, and who put it there."""

    stage: Annotated[Title, Field(alias="is")]
    since: Instant
    by: Person = ""


class Verdict(Part):
    """What triage said: the ruling, the reason (for `ask` the question), and what the ruling needs.

    `until` is the day a `later` wakes up; `of` is the record a `duplicate` repeats.
    """

    ruling: Annotated[Ruling, Field(alias="is")]
    reason: Line = ""
    until: Day | None = None
    of: RecordId | None = None
    at: Instant
    by: Person = ""


class Serves(Part):
    """One goal an item serves, with strength 1 (helps) to 3 (is what the goal is about)."""

    goal: RecordId
    strength: Annotated[int, Field(ge=1, le=3)] = 2


class Blocked(Part):
    """A spell in which an item could not go on; `until` is empty while it lasts."""

    since: Instant
    until: Instant | None = None
    reason: Line = ""
    by: Person = ""


class Source(Part):
    """Where an item came from: `key` is unique inside `system`, which names the tracker and the project.

    `seen` is the importer's memory of what it found last, as digests (see `store.exchange.seen`).
    """

    system: Line
    key: Line
    url: Line = ""
    seen: Line = ""


class Item(Record):
    """A piece of work.

    `stage` is where it stands now and `past_moves` where it stood before, oldest first; together they are its moves,
    from which all flow measures come. Ratings are inputs of the score by name, `size` is in the team's own unit.
    """

    is_written_whole: ClassVar[bool] = True

    title: Title
    kind: Annotated[Kind, MergeRule.SCALAR] = Kind.FEATURE
    stage: Annotated[Standing, MergeRule.UNIT]
    past_moves: Annotated[tuple[Standing, ...], MergeRule.LOG] = ()
    source: Annotated[Source | None, MergeRule.UNIT, Layout.SELDOM] = None
    horizon: Annotated[Horizon | None, MergeRule.SCALAR] = None
    requester: Person = ""
    verdict: Annotated[Verdict | None, MergeRule.UNIT] = None
    owner: Person = ""
    goals: Annotated[tuple[Serves, ...], MergeRule.LINKS] = ()
    size: Annotated[int | None, Field(ge=1, le=1000), MergeRule.SCALAR] = None
    ratings: Ratings = Field(default_factory=lambda: NO_RATINGS)
    team: RecordId | None = None
    tags: Names = frozenset()
    due: Day | None = None
    depends_on: References = frozenset()
    blocked: Annotated[tuple[Blocked, ...], MergeRule.LOG] = ()
    aliases: Annotated[References, Layout.SELDOM] = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None
    body: Text = ""
    # Unlike any other line of the file, and so last: git cannot take the end of one record for that of another.
    created: Annotated[Stamp, MergeRule.UNIT]

    @property
    def moves(self) -> tuple[Standing, ...]:
        """Every standing it ever had, oldest first, the present one last."""
        return (*self.past_moves, self.stage)

    def standing_since(self, stages: Container[str]) -> datetime | None:
        """Since when it has stood in one of these stages without a break; None if it stands elsewhere."""
        found = None
        for move in reversed(self.moves):
            if move.stage not in stages:
                break
            found = move.since
        return found

    @property
    def is_blocked(self) -> bool:
        """Whether a blocked spell is still open."""
        return any(spell.until is None for spell in self.blocked)

    def strength(self, goal: int) -> int:
        """How strongly it serves the goal: 0 (not at all) to 3."""
        return next((link.strength for link in self.goals if link.goal == goal), 0)

    def moved(self, stage: str, now: datetime, by: str) -> "Item":
        """The same item in another stage; unchanged when it is there already."""
        if stage == self.stage.stage:
            return self
        return self.with_(stage=Standing(stage=stage, since=now, by=by), past_moves=self.moves)
