"""How the team works: standards, triage sessions and teams."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from store.models.fields import Day, Instant, Line, MergeRule, Names, People, Person, RecordId, References, Text, Title
from store.models.item import Ruling, Stamp
from store.models.record import Part, Record


class Obligation(StrEnum):
    """How binding a standard is."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class StandardStatus(StrEnum):
    """Where a standard is in its life."""

    DRAFT = "draft"
    TRIAL = "trial"
    IN_FORCE = "in force"
    RETIRED = "retired"


class Deviation(Part):
    """A reasoned exception: evidence about the standard, not about people."""

    item: RecordId | None = None
    reason: Line
    at: Instant
    by: Person = ""


class Standard(Record):
    """A practice, the work it applies to (a query) and the measure it should move."""

    title: Title
    created: Annotated[Stamp, MergeRule.UNIT]
    status: Annotated[StandardStatus, MergeRule.SCALAR] = StandardStatus.DRAFT
    obligation: Annotated[Obligation, MergeRule.SCALAR] = Obligation.SHOULD
    applies_to: Line = ""
    owner: Person = ""
    measure: Line = ""
    review_on: Day | None = None
    checklist: Annotated[tuple[Line, ...], MergeRule.UNIT] = ()
    deviations: Annotated[tuple[Deviation, ...], MergeRule.LOG] = ()
    aliases: References = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None
    body: Text = ""


class Ruled(Part):
    """One verdict given in a session and the seconds it took."""

    item: RecordId
    ruling: Annotated[Ruling, Field(alias="is")]
    seconds: Annotated[int, Field(ge=0)] = 0
    at: Instant


class Session(Record):
    """One triage sitting: who, which agenda rule, what was said and how long it took."""

    started: Annotated[Stamp, MergeRule.UNIT]
    agenda: Line = ""
    ended: Instant | None = None
    people: People = frozenset()
    verdicts: Annotated[tuple[Ruled, ...], MergeRule.LOG] = ()
    aliases: References = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None


class Team(Record):
    """A team: what it can do, how much at once, and what it may decide alone."""

    title: Title
    created: Annotated[Stamp, MergeRule.UNIT]
    disciplines: Names = frozenset()
    wip_limit: Annotated[int | None, Field(ge=1), MergeRule.SCALAR] = None
    capacity: Annotated[int | None, Field(ge=0), MergeRule.SCALAR] = None
    decision_rights: Annotated[tuple[Line, ...], MergeRule.UNIT] = ()
    aliases: References = frozenset()
    archived: Annotated[Stamp | None, MergeRule.UNIT] = None


class Conflict(Record):
    """A true conflict of a merge, kept with base and both sides, also after a person has settled it.

    Its id is made from what it is about, so that every clone that merges the same two sides writes the same record.

    Args:
        table: the table of the record it is about.
        record: the id of that record.
        field: the field as the file names it, `field.key` where a part of it is meant; empty for the whole record,
            which one side deleted and the other edited.
        base: the value both sides started from; None where there was none.
        sides: the two values in the order of their texts, whichever side they came from; None where there is none.
        labels: who wrote each of `sides`, and when, as far as git told.
        settled: who settled it, and when; None as long as it waits.
    """

    table: Line
    record: RecordId
    field: Line = ""
    base: Annotated[object, MergeRule.UNIT] = None
    sides: Annotated[tuple[object, ...], MergeRule.UNIT] = ()
    labels: Annotated[tuple[Line, ...], MergeRule.UNIT] = ()
    settled: Annotated[Stamp | None, MergeRule.UNIT] = None
