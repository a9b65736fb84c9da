"""What the list of the sharing screen shows: conflicts first, then what changed here, then what came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from screens.widgets.item_rows import cells_of
from screens.widgets.record_columns import Column
from screens.widgets.record_lines import Group
from screens.widgets.record_painter import Row
from screens.wording.differences import Group as People
from screens.wording.differences import Told
from screens.wording.dispute import Dispute
from screens.wording.dispute_rows import dispute_row, told_row

Entry = Dispute | Told


NARROWEST_TITLE: Final = 18
TITLE_SHARE: Final = 0.36
"""Of the width, how much titles take; what changed has the rest."""


@dataclass(frozen=True, eq=False)
class Listing:
    """Rows under headings. Conflicts are known by their own ids, changes by ids that no record can have."""

    entries: Mapping[int, Entry] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    first_that_came: int | None = None
    """The first row of what came, where anything did."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the rows in their order."""
        return tuple(self.entries)

    def cells(self, number: int) -> Row:
        """The cells of one row."""
        entry = self.entries.get(number)
        if entry is None:
            return {}
        words = dispute_row(entry) if isinstance(entry, Dispute) else told_row(entry)
        return {key: cells_of(value) for key, value in words.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """Changes under one heading, by person."""

    heading: str
    people: tuple[People, ...]
    is_news: bool = False
    """Whether it came from others."""


def listing(open_ones: Sequence[Dispute], settled: Sequence[Dispute], sections: Sequence[Section]) -> Listing:
    """The rows: what is to settle, the changes by person, and what was settled."""
    entries: dict[int, Entry] = {}
    groups: list[Group] = []
    came: int | None = None

    def add(heading: str, found: Sequence[Entry], number_of: Callable[[Entry], int]) -> None:
        if found:
            groups.append(Group(len(entries), heading, f"{len(found):,}"))
            entries.update({number_of(each): each for each in found})

    add("To settle", open_ones, _conflict_id)
    for place, section in enumerate(sections):
        if section.is_news and section.people:
            came = _told_id(place, section.people[0].told[0])
        for people in section.people:
            who = f" · @{people.by}" if people.by else ""
            add(f"{section.heading}{who}", people.told, partial(_told_id, place))
    add("Settled", settled, _conflict_id)
    return Listing(entries, tuple(groups), came)


def _conflict_id(entry: Entry) -> int:
    return entry.conflict.id if isinstance(entry, Dispute) else 0


def _told_id(place: int, entry: Entry) -> int:
    """A number that stays the same while the list changes, above those of records."""
    if isinstance(entry, Dispute):
        return 0
    return hash((place, entry.table, entry.record, entry.by)) % 2**60 + 2**60


def columns_for(width: int) -> tuple[Column, ...]:
    """The columns of the list in a window of a width."""
    return (
        Column("state", "", 1, 0, gap=1),
        Column("id", "Id", 9, 1),
        Column("title", "Title", max(NARROWEST_TITLE, round(width * TITLE_SHARE)), 0),
        Column("says", "What", None, least=20),
    )
