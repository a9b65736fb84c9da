"""Decisions, with the fields of MADR 4 and what a decision needs to be kept true.

MADR: Markdown Architectural Decision Records, https://adr.github.io/madr/
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from store.models.fields import Day, Instant, Layout, Line, MergeRule, People, Person, RecordId, References, Text, Title
from store.models.item import Stamp
from store.models.record import Part, Record


class DecisionStatus(StrEnum):
    """Where a decision is in its life."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"

    @property
    def was_in_force(self) -> bool:
        """Whether a decision of this status is in force or was once: what it replaced stays replaced."""
        return self in {DecisionStatus.ACCEPTED, DecisionStatus.DEPRECATED, DecisionStatus.SUPERSEDED}


class Ruled(Part):
    """The status of a decision, since when, who set it and why."""

    status: Annotated[DecisionStatus, Field(alias="is")] = DecisionStatus.PROPOSED
    since: Instant
    by: Person = ""
    reason: Line = ""


class Option(Part):
    """One considered option with what speaks for it, what is neutral and what speaks against it."""

    title: Title
    good: tuple[Line, ...] = ()
    neutral: tuple[Line, ...] = ()
    bad: tuple[Line, ...] = ()


class Supersedes(Part):
    """An older decision that this one replaces, whole or in part; `part` says which part."""

    decision: RecordId
    part: Line = ""


class Expectation(Part):
    """What the decision is expected to bring and how sure we are, in per cent."""

    text: Line
    confidence: Annotated[int, Field(ge=0, le=100)] = 80


class Decision(Record):
    """A decision and its reasons.

    A superseded decision does not point forward: the newer one names it in `supersedes`, and both sides are read from
    that one link, so that they cannot disagree.
    """

    is_written_whole: ClassVar[bool] = True

    title: Title
    status: Annotated[Ruled, MergeRule.UNIT]
    owner: Person = ""
    decide_by: Day | None = None
    default: Line = ""
    is_reversible: Annotated[bool | None, MergeRule.SCALAR] = None
    review_on: Day | None = None
    trigger: Line = ""
    deciders: People = frozenset()
    consulted: People = frozenset()
    informed: People = frozenset()
    items: References = frozenset()
    goals: References = frozenset()
    standards: References = frozenset()
    supersedes: Annotated[tuple[Supersedes, ...], MergeRule.LINKS] = ()
    drivers: Annotated[tuple[Line, ...], MergeRule.UNIT] = ()
    options: Annotated[tuple[Option, ...], MergeRule.UNIT] = ()
    chosen: Line = ""
    expectation: Annotated[Expectation | None, MergeRule.UNIT] = None
    outcome_seen: Line = ""
    aliases: Annotated[References, Layout.SELDOM] = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None
    source: Annotated[Line, Layout.SELDOM] = ""
    context: Text = ""
    because: Text = ""
    consequences: Text = ""
    confirmation: Text = ""
    more: Text = ""
    # Unlike any other line of the file, and so last: git cannot take the end of one record for that of another.
    created: Annotated[Stamp, MergeRule.UNIT]
