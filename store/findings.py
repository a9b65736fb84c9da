"""One shape for every complaint about data."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a finding is."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the data that a person should know.

    Args:
        severity: how bad it is.
        message: one sentence.
        table: the table it is in, if any.
        record: the id of the record, if any.
        field: the field, if any.
        line: one-based line in the file, if known.
        hint: what to do about it.
    """

    severity: Severity
    message: str
    table: str = ""
    record: int | None = None
    field: str = ""
    line: int | None = None
    hint: str = ""
