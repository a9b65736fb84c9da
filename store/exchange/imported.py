"""What every reader produces: rows that no longer know which tracker they came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from store.models import Kind, StageKind

Progress = Callable[[int, int], None]
"""Told rows done and rows in all, now and then."""

EVERY: Final = 500
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read; the defaults find out.

    Args:
        format: `auto`, or one of `FORMATS`.
        mapping: field to column name, for generic CSV; replaces the guess for those fields. An empty name says that
            the file has no such column.
        encoding: how the text is encoded; empty accepts UTF-8, and UTF-16 or UTF-32 with a byte order mark.
        project: replaces the project that is derived from the file, as in `csv:<project>` or `github:<project>`.
        day_first: how `2/12/2026` is read; None finds out from the whole file.
        zone: the time zone of dates that name none. UTC, so that two people who import one file get one result.
    """

    format: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    project: str = ""
    day_first: bool | None = None
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One row.

    Args:
        system: tracker and project, such as `github:owner/repo`.
        key: what the tracker calls the item; unique inside the system.
        place: where it is in the file: the one-based line it starts on; in JSON its number among the entries.
        title: one line, not empty.
        says: the names among `title body kind tags owner requester due size state` that the file speaks of. An empty
            value of a field that is named here means that there is none; of one that is not, that nobody knows.
        kind: None where the file's word for it means nothing to us.
        status: the tracker's own name of the state; may be the name of a stage.
        stands: what that state means; None where that is not known.
        started: when somebody began to work on it, if the tracker says so.
        closed: when it was finished or dropped.
        changed: when its state last changed, if the tracker says so.
        own: our own id of it, where the file is an export of ours.
    """

    system: str
    key: str
    place: int
    title: str
    says: frozenset[str]
    url: str = ""
    body: str = ""
    kind: Kind | None = None
    status: str = ""
    stands: StageKind | None = None
    tags: frozenset[str] = frozenset()
    owner: str = ""
    requester: str = ""
    created: datetime | None = None
    started: datetime | None = None
    closed: datetime | None = None
    updated: datetime | None = None
    changed: datetime | None = None
    due: date | None = None
    size: int | None = None
    own: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be imported: the line it starts on and why, as half a sentence in lower case."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line:,}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a reader understood it.

    Args:
        name: the name of the file, for sentences.
        format: one of `FORMATS`.
        items: the rows that can be imported.
        refused: the rows that cannot.
        left_out: what was left out on purpose and how often, such as `pull requests`.
        mapping: field to column, as used; empty where the format fixes it.
        unused: columns with values that were not used.
        warnings: sentences about the whole file.
    """

    name: str
    format: str
    items: tuple[ImportedItem, ...]
    refused: tuple[Refused, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
