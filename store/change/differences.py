"""What is different between two snapshots of the store: which records, and which of their fields. No words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from store.models import TABLE_OF, TABLES, Json, MergeRule, Record, Serves, Supersedes, Workspace, differing, rules_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record with its old and its new value.

    Args:
        name: the field as the file names it; `ratings.urgency` and `goals.18533187727534` for one entry of a field
            that is merged entry by entry.
        before: the value before, as the model holds it; None or empty where there was none.
        after: the value afterwards.
        by: who changed it, where a stamp in the value says so; empty otherwise.
        at: when, as far as a stamp says.
    """

    name: str
    before: Json
    after: Json
    by: str = ""
    at: datetime | None = None

    @property
    def field(self) -> str:
        """The name of the whole field, without the entry."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is not the same in two snapshots; None before is a new one, None after a removed one.

    A record that was added or removed has no field changes: all of it is the change.
    """

    table: str
    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def record(self) -> Record:
        """The record as it is now, or as it was before it was removed."""
        record = self.after or self.before
        if record is None:
            message = "a difference needs a record before or after"
            raise ValueError(message)
        return record

    @property
    def is_added(self) -> bool:
        """Whether the record is new."""
        return self.before is None

    @property
    def is_removed(self) -> bool:
        """Whether the record is gone."""
        return self.after is None

    @property
    def by(self) -> str:
        """Who made the new record, where it says so."""
        return _stamp_of(self.record)[0] if self.is_added else ""


def differences(before: Workspace, after: Workspace) -> tuple[Difference, ...]:
    """Every record that is not the same, table by table in the order of the file, by id.

    Records that are the same object are not looked into, so that two snapshots of one sitting cost next to nothing.
    """
    return tuple(
        found
        for table in TABLES
        for number in sorted(differing(before.table(table), after.table(table)))
        if (found := difference(before.get(table, number), after.get(table, number))) is not None
    )


def difference(before: Record | None, after: Record | None) -> Difference | None:
    """What is different about one record; None where nothing is."""
    if before is None or after is None:
        record = after or before
        return None if record is None else Difference(TABLE_OF[type(record)], before, after)
    fields = tuple(_field_changes(before, after))
    return Difference(TABLE_OF[type(after)], before, after, fields) if fields else None


def _field_changes(before: Record, after: Record) -> Iterator[FieldChange]:
    was, is_now = _values(before), _values(after)
    rules = rules_of(TABLE_OF[type(after)])
    names = [*rules, *sorted((was.keys() | is_now.keys()) - rules.keys())]
    for name in names:
        old, new = was.get(name), is_now.get(name)
        # 1 and true are equal to Python and not to anybody else.
        if old is new or (old == new and type(old) is type(new)):
            continue
        rule = rules.get(name)
        if rule is MergeRule.KEYED:
            yield from _entries(name, old or {}, new or {})
        elif rule is MergeRule.LINKS:
            yield from _entries(name, _by_target(old or ()), _by_target(new or ()))
        else:
            yield FieldChange(name, old, new, *_stamp_of_value(old, new))


def _values(record: Record) -> dict[str, Json]:
    return {name: value for name, value in record if name != "id"}


def _entries(name: str, was: Mapping[str, Json], is_now: Mapping[str, Json]) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*was, *is_now)):
        if was.get(key) != is_now.get(key):
            yield FieldChange(f"{name}.{key}", was.get(key), is_now.get(key))


def _by_target(links: Iterable[Serves | Supersedes]) -> dict[str, Serves | Supersedes]:
    return {str(link.goal if isinstance(link, Serves) else link.decision): link for link in links}


def _stamp_of_value(old: Json, new: Json) -> tuple[str, datetime | None]:
    """Who wrote the new value, and when: of a list, who wrote the newest of the entries that are new in it."""
    if isinstance(new, tuple):
        before = old if isinstance(old, tuple) else ()
        added = [entry for entry in new if entry not in before]
        return _stamp(added[-1]) if added else ("", None)
    return _stamp(new)


def _stamp(value: Json) -> tuple[str, datetime | None]:
    by = getattr(value, "by", "")
    at = getattr(value, "at", None) or getattr(value, "since", None)
    return (by if isinstance(by, str) else ""), (at if isinstance(at, datetime) else None)


def _stamp_of(record: Record) -> tuple[str, datetime | None]:
    return _stamp(getattr(record, "created", None) or getattr(record, "started", None))
