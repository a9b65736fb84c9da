"""The kinds of fields a record has: how they are checked, written and merged.

Every alias carries the rule by which two versions of the field are merged, so that no field can lack one.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, PlainSerializer, StringConstraints

from store.clock import FIRST_DAY, LAST_DAY

Json = Any
"""A value as JSON knows it."""

MAX_TITLE = 500
MAX_LINE = 10_000
MAX_LINES = 5_000
MAX_TAGS = 100
MAX_TAG = 100
MAX_PERSON = 200

# A day more on either side: who writes the first day in a zone of their own may mean the day before.
_EARLIEST = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) - timedelta(days=1)
_LATEST = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC) + timedelta(days=2)


class MergeRule(StrEnum):
    """How a field is merged when both sides changed it."""

    SCALAR = "scalar"
    """One value: both changed it differently is a conflict."""
    UNIT = "unit"
    """Several values that change together and are merged as one."""
    SET = "set"
    """Members are added and removed one by one; a removal by either side counts."""
    KEYED = "keyed"
    """A mapping merged key by key."""
    LOG = "log"
    """Entries are only ever added; both sides' entries are kept."""
    LINKS = "links"
    """Parts known by their first field, such as the goal they lead to; added and removed like members of a set."""
    LINES = "lines"
    """Long text, merged line by line."""


class Layout(Enum):
    """What else a field declares about its place in the file."""

    SELDOM = "seldom"
    """It is left out when it holds nothing, also in records that are written whole (see `Record.is_written_whole`)."""


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).strip() if "\n" in text else text.strip()


def _not_blank(text: str) -> str:
    if not text:
        message = "must not be blank"
        raise ValueError(message)
    return text


def _joined(value: object) -> object:
    """Long text is a list of lines in the file and one string in memory."""
    if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value


def _split(text: str) -> list[str]:
    return text.split("\n")


def _written(moment: datetime) -> str:
    # Unlike strftime, this writes four figures of every year.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0) if moment.microsecond else moment


def _frozen(value: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(sorted(value.items())))


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values)


Line = Annotated[str, StringConstraints(max_length=MAX_LINE), AfterValidator(_one_line), MergeRule.SCALAR]
"""One line of text; line breaks become spaces."""

Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TITLE),
    AfterValidator(_one_line),
    AfterValidator(_not_blank),
    MergeRule.SCALAR,
]
"""A name: one line, not empty."""

Text = Annotated[
    str,
    StringConstraints(max_length=MAX_LINE * MAX_LINES),
    BeforeValidator(_joined),
    PlainSerializer(_split, return_type=list[str]),
    MergeRule.LINES,
]
"""Long text, usually Markdown; a list of lines in the file."""

Person = Annotated[str, StringConstraints(max_length=MAX_PERSON), AfterValidator(_one_line), MergeRule.SCALAR]
"""A handle such as `ana`; empty when nobody is named."""

Instant = Annotated[
    AwareDatetime,
    Field(ge=_EARLIEST, lt=_LATEST),
    AfterValidator(_whole_seconds),
    PlainSerializer(_written, return_type=str, when_used="json"),
    MergeRule.SCALAR,
]
"""A moment in whole seconds, of the years that a day may be in; in the file in UTC."""

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), MergeRule.SCALAR]
"""A day of the years 1900 to 2999: one outside is a slip of the pen, and sums with it may leave the calendar."""

RecordId = Annotated[int, Field(gt=0, lt=2**53), MergeRule.SCALAR]
"""A reference to a record: safe in JavaScript and jq."""

Tag = Annotated[str, StringConstraints(max_length=MAX_TAG)]
"""A short word. The limit also makes sure that it is whole text: without one, half a character would pass."""

Names = Annotated[
    frozenset[Tag], Field(max_length=MAX_TAGS), PlainSerializer(_sorted, return_type=list[str]), MergeRule.SET
]
"""A set of short words, sorted in the file."""

People = Annotated[
    frozenset[Annotated[str, StringConstraints(max_length=MAX_PERSON)]],
    Field(max_length=MAX_TAGS),
    PlainSerializer(_sorted, return_type=list[str]),
    MergeRule.SET,
]
"""A set of handles, sorted in the file."""

References = Annotated[frozenset[RecordId], PlainSerializer(_sorted, return_type=list[int]), MergeRule.SET]
"""A set of record ids, sorted in the file."""

Ratings = Annotated[
    Mapping[Tag, int],
    AfterValidator(_frozen),
    PlainSerializer(dict, return_type=dict[str, int]),
    MergeRule.KEYED,
]
"""Inputs of the score by their name; results are never stored."""

NO_RATINGS: Mapping[str, int] = MappingProxyType({})
