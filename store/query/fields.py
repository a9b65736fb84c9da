"""The fields of the query language; help, README and completion are made from this table."""

from dataclasses import dataclass
from enum import Enum


class Takes(Enum):
    """What values a field takes."""

    STAGE = "a stage"
    GOAL = "a goal"
    KIND = "a kind"
    HORIZON = "a horizon"
    VERDICT = "a verdict"
    STATE = "a state"
    NAME = "a name"
    TEXT = "text"
    NUMBER = "a number"
    DAYS = "a number of days"
    DAY = "a day"
    ID = "an id"
    FIELD = "a field"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the language.

    Args:
        name: how it is written.
        takes: what its values are.
        help: what it finds, as one short sentence.
        example: a query that uses it.
        can_be_none: whether `none` and `any` are values: nothing there, anything there.
        can_compare: whether `<`, `<=`, `>` and `>=` work.
        can_sort: whether `sort:` takes it.
        can_group: whether `group:` takes it.
    """

    name: str
    takes: Takes
    help: str
    example: str
    can_be_none: bool = False
    can_compare: bool = False
    can_sort: bool = True
    can_group: bool = False


FIELDS = (
    Field("stage", Takes.STAGE, "Items in one of these stages.", "stage:ready,doing", can_group=True),
    Field(
        "goal",
        Takes.GOAL,
        "Items that serve this goal or one below it; a goal is its id or words that only its title has.",
        "goal:flow",
        can_be_none=True,
        can_group=True,
    ),
    Field("tag", Takes.NAME, "Items with this tag; * stands for any letters.", "tag:infra", can_be_none=True),
    Field("owner", Takes.NAME, "Items of this owner; @me is you.", "owner:@me", can_be_none=True, can_group=True),
    Field("kind", Takes.KIND, "Items of this kind.", "kind:bug", can_group=True),
    Field(
        "horizon",
        Takes.HORIZON,
        "Items meant for now, next or later.",
        "horizon:next",
        can_be_none=True,
        can_group=True,
    ),
    Field(
        "text",
        Takes.TEXT,
        "Items with these words in title or body; words without a field mean the same.",
        'text:"column widths"',
        can_sort=False,
    ),
    Field("size", Takes.NUMBER, "Items by size.", "size<=3", can_be_none=True, can_compare=True),
    Field("age", Takes.DAYS, "Items by days since they were created.", "age>30d", can_compare=True),
    Field("moved", Takes.DAYS, "Items by days since they came into their stage.", "moved>2w", can_compare=True),
    Field(
        "closed",
        Takes.DAYS,
        "Items by days since they were finished or dropped; open ones have none.",
        "closed<=8w",
        can_be_none=True,
        can_compare=True,
    ),
    Field("due", Takes.DAY, "Items by the day they are due.", "due<+2w", can_be_none=True, can_compare=True),
    Field("score", Takes.NUMBER, "Items by score.", "score>=5", can_be_none=True, can_compare=True),
    Field("id", Takes.ID, "The item with this id, whatever its state.", "id:7KQ2"),
    Field(
        "source",
        Takes.NAME,
        "Items imported from this tracker, or with this key there.",
        "source:github",
        can_be_none=True,
        can_group=True,
    ),
    Field("requester", Takes.NAME, "Items this person asked for.", "requester:@ana", can_be_none=True, can_group=True),
    Field("team", Takes.NAME, "Items of this team.", "team:web", can_be_none=True, can_group=True),
    Field(
        "verdict", Takes.VERDICT, "Items by what triage said last.", "verdict:later", can_be_none=True, can_group=True
    ),
    Field("is", Takes.STATE, "Items in this state.", "is:blocked", can_sort=False),
)

DIRECTIVES = (
    Field("sort", Takes.FIELD, "The order; - in front turns it round.", "sort:-score", can_sort=False),
    Field("group", Takes.FIELD, "One heading for each value.", "group:horizon", can_sort=False),
)

FIELD_BY_NAME = {field.name: field for field in FIELDS}
DIRECTIVE_BY_NAME = {field.name: field for field in DIRECTIVES}
SORTABLE = (*(field.name for field in FIELDS if field.can_sort), "title")
GROUPABLE = tuple(field.name for field in FIELDS if field.can_group)

STATES = {
    "open": "neither finished, dropped nor archived",
    "closed": "finished or dropped",
    "finished": "finished, not dropped",
    "any": "whatever their state, archived ones too",
    "archived": "archived",
    "inbox": "waiting in the inbox for a verdict",
    "active": "being worked on",
    "blocked": "blocked, or waiting for another open item",
    "snoozed": "put off until a later day",
    "waiting": "waiting for the answer to a question",
    "unmapped": "serving no goal",
    "overdue": "past the day they are due",
    "disputed": "with two versions of a field from a merge, whatever their state",
}
"""The values of `is:`, with what they mean."""

BARE_STATES = frozenset({"blocked", "snoozed", "unmapped", "overdue"})
"""States that may be written without `is:`; in quotes these words are looked for as text."""

LIFTING_STATES = {"open": False, "closed": False, "finished": False, "any": True, "archived": True, "disputed": True}
"""The states that lift the rule “open items only”, and whether they also let archived items in."""
