"""Change sets: what was done, as before and after of every record it touched, and one plain sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.models import TABLE_OF, Record, Workspace


@dataclass(frozen=True, slots=True)
class Edit:
    """One record before and after; None before is a new record, None after takes it out again."""

    before: Record | None
    after: Record | None

    @property
    def table(self) -> str:
        """The table the record is in."""
        return TABLE_OF[type(self._some)]

    @property
    def id(self) -> int:
        """The id of the record."""
        return self._some.id

    @property
    def _some(self) -> Record:
        record = self.after or self.before
        if record is None:
            message = "an edit needs a record before or after"
            raise ValueError(message)
        return record


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One thing a person did, undone and redone as a whole.

    `sentence` is in the past tense and starts with a capital: "Moved LL-7KQ2 to doing". `note` marks what the change
    belongs to, such as a triage session, for those who want to find it again.
    """

    sentence: str
    edits: tuple[Edit, ...]
    at: datetime
    by: str = ""
    note: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.edits)


def edits_between(before: Mapping[int, Record], after: Iterable[Record]) -> tuple[Edit, ...]:
    """The edits that turn records of `before` into those of `after`; records that did not change are left out."""
    edits = []
    for record in after:
        old = before.get(record.id)
        if old is not record and old != record:
            edits.append(Edit(before=old, after=record))
    return tuple(edits)


def applied(workspace: Workspace, change: ChangeSet) -> Workspace:
    """The workspace after the change."""
    tables: dict[str, dict[int, Record | None]] = {}
    for edit in change.edits:
        tables.setdefault(edit.table, {})[edit.id] = edit.after
    return workspace.with_records(tables)


def together(workspace: Workspace, sentence: str, changes: Iterable[ChangeSet], now: datetime, by: str) -> ChangeSet:
    """Changes made one after another as one, undone as a whole.

    Args:
        workspace: the state before the first of them.
        sentence: what they did together.
        changes: each made for the state that the one before it left.
        now: when they are done.
        by: who does them.
    """
    after: dict[tuple[str, int], Record | None] = {}
    for change in changes:
        after.update({(edit.table, edit.id): edit.after for edit in change.edits})
    edits = tuple(
        Edit(before, record)
        for (table, number), record in after.items()
        if (before := workspace.get(table, number)) is not None or record is not None
        if before != record
    )
    return ChangeSet(sentence, edits, now, by)
