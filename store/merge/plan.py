"""What a merge comes to: decisions that a person can read, and the records after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from store.merge.comparing import Fields, Why, one_sided, same
from store.models import Conflict, Json, always_written, rules_of


@dataclass(frozen=True, slots=True)
class Labels:
    """Who wrote each side and when, in words; only for people, and part of no decision."""

    ours: str = ""
    theirs: str = ""


NO_LABELS: Final = Labels()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one record or one field of it.

    Args:
        table: the table of the record.
        key: its key in the merged store.
        field: the field as the file names it, `field.key` for a part of it; empty for the whole record.
        base: the value that both sides started from; None where there was none.
        ours: the value of our side.
        theirs: the value of their side.
        taken: the value in the merged store.
        why: why it was taken.
    """

    table: str
    key: str
    field: str
    base: Json
    ours: Json
    theirs: Json
    taken: Json
    why: Why


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """One record after the merge, beside what it was made of; None where there is none.

    Args:
        table: its table.
        key: its key in the merged store.
        base: what both sides started from.
        ours: our side.
        theirs: their side.
        taken: the merged record.
        special: decisions that do not follow from comparing the four.
        is_plain: whether the fields are as a model would write them, as far as one can read them at all.
    """

    table: str
    key: str
    base: Json
    ours: Json
    theirs: Json
    taken: Json
    special: tuple[Decision, ...] = ()
    is_plain: bool = False

    def decisions(self) -> Iterator[Decision]:
        """What was decided, field by field; one for the whole record where it was added or removed."""
        yield from self.special
        told = {decision.field.partition(".")[0] for decision in self.special}
        four = self.base, self.ours, self.theirs, self.taken
        if not all(isinstance(record, Mapping) for record in four):
            taken = one_sided(self.base, self.ours, self.theirs)
            # What was nowhere before is a conflict of this merge, which the field it is about tells.
            is_new = self.base is None and self.ours is None and self.theirs is None
            if taken is not None and "" not in told and not is_new:
                yield Decision(self.table, self.key, "", *four, taken.why)
            return
        rules = rules_of(self.table)
        nothing = always_written(self.table)
        for name in (*rules, *sorted(set().union(*four) - set(rules))):
            # A file may say that a field holds nothing, or not: that is one and the same.
            base, ours, theirs, value = (
                None if name in nothing and same(record.get(name), nothing[name]) else record.get(name)
                for record in four
            )
            if name not in told and not base == ours == theirs == value:
                taken = one_sided(base, ours, theirs)
                why = Why.MERGED if taken is None else taken.why
                yield Decision(self.table, self.key, name, base, ours, theirs, value, why)


@dataclass(frozen=True)
class Plan:
    """A merge that was decided and not yet put anywhere.

    Args:
        records: every record that was looked at, conflicts among them.
        conflicts: the conflicts that a person has to settle, those of this merge only.
        gone: keys that records had before this merge and have no more, by table: they were renumbered or joined.
    """

    records: tuple[MergedRecord, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    gone: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Everything that was decided, table by table and record by record."""
        return tuple(decision for record in self.records for decision in record.decisions())

    def settle(self) -> dict[str, dict[str, Fields | None]]:
        """The merged records by table and key; None for a key under which there is none any more."""
        settled: dict[str, dict[str, Fields | None]] = {table: dict.fromkeys(keys) for table, keys in self.gone.items()}
        for record in self.records:
            settled.setdefault(record.table, {})[record.key] = record.taken
        return settled
