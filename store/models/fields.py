"""The kinds of fields a record has: how they are checked, written and merged.

Every alias carries the rule by which two versions of the field are merged, so that no field can lack one.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, PlainSerializer, StringConstraints

Json = Any
"""A value as JSON knows it."""

MAX_TITLE = 500
MAX_LINE = 10_000
MAX_LINES = 5_000
MAX_TAGS = 100


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
    LINES = "lines"
    """Long text, merged line by line."""


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
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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

Person = Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line), MergeRule.SCALAR]
"""A handle such as `ana`; empty when nobody is named."""

Instant = Annotated[AwareDatetime, PlainSerializer(_written, return_type=str, when_used="json"), MergeRule.SCALAR]
"""A moment; in the file in UTC and whole seconds."""

Day = Annotated[date, MergeRule.SCALAR]

RecordId = Annotated[int, Field(gt=0, lt=2**53), MergeRule.SCALAR]
"""A reference to a record: safe in JavaScript and jq."""

Names = Annotated[
    frozenset[str], Field(max_length=MAX_TAGS), PlainSerializer(_sorted, return_type=list[str]), MergeRule.SET
]
"""A set of short words, sorted in the file."""

References = Annotated[frozenset[RecordId], PlainSerializer(_sorted, return_type=list[int]), MergeRule.SET]
"""A set of record ids, sorted in the file."""

Ratings = Annotated[
    Mapping[str, int],
    AfterValidator(_frozen),
    PlainSerializer(dict, return_type=dict[str, int]),
    MergeRule.KEYED,
]
"""Inputs of the score by their name; results are never stored."""

NO_RATINGS: Mapping[str, int] = MappingProxyType({})
