"""Records that are made when they are first asked for.

A store holds years of finished work, and the first screen looks at what is open. Reading everything before the first
frame would make a person wait for records nobody looks at.
"""

import gc
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Generic, TypeVar, cast

from store.models.item import Item
from store.models.record import Record

R = TypeVar("R", bound=Record)
Place = tuple[int, int]
"""Where the text of a record starts and ends."""


class Shelf(Mapping[int, R], Generic[R]):
    """Records by id; those that were not asked for yet are places in a text.

    Args:
        entries: a record, or the place where its text is, by id.
        read: makes the record of an id from its place. The text was checked before, so this cannot fail.
        standings: the stage, and whether it is archived, of every item that is only a place.
    """

    __slots__ = ("_entries", "_has_places", "_read", "_standings")

    def __init__(
        self,
        entries: dict[int, R | Place],
        read: Callable[[int, Place], R],
        standings: Mapping[int, tuple[str, bool]],
    ) -> None:
        self._entries = entries
        self._read = read
        self._standings = standings
        self._has_places = True

    def __getitem__(self, number: int) -> R:
        entry = self._entries[number]
        if isinstance(entry, tuple):
            entry = self._entries[number] = self._read(number, entry)
        return entry

    def __contains__(self, number: object) -> bool:
        return number in self._entries

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def keys(self) -> KeysView[int]:
        """The ids; no record is made for them."""
        return self._entries.keys()

    def values(self) -> ValuesView[R]:
        """All records, made now if they were not."""
        return self._all().values()

    def items(self) -> ItemsView[int, R]:
        """All records with their ids, made now if they were not."""
        return self._all().items()

    def replaced(self, changes: Mapping[int, R | None]) -> "Shelf[R]":
        """A shelf with records replaced, added, or (None) taken out; the others are not made for it."""
        entries = dict(self._entries)
        for number, record in changes.items():
            if record is None:
                entries.pop(number, None)
            else:
                entries[number] = record
        return Shelf(entries, self._read, self._standings)

    def glances(self) -> Iterator[tuple[int, str, bool]]:
        """Id, stage and whether it is archived, of every item; no record is made for them."""
        for number, entry in self._entries.items():
            if isinstance(entry, tuple):
                yield number, *self._standings[number]
            elif isinstance(entry, Item):
                yield number, entry.stage.stage, entry.archived is not None

    def _all(self) -> dict[int, R]:
        if self._has_places:
            # Thousands of new objects make the collector look at all of them again and again: three times the time.
            was_enabled = gc.isenabled()
            gc.disable()
            try:
                for number, entry in self._entries.items():
                    if isinstance(entry, tuple):
                        self._entries[number] = self._read(number, entry)
            finally:
                if was_enabled:
                    gc.enable()
            self._has_places = False
        return cast("dict[int, R]", self._entries)


def glances(items: Mapping[int, Item]) -> Iterator[tuple[int, str, bool]]:
    """Id, stage and whether it is archived, of every item, in whatever it is kept."""
    if isinstance(items, Shelf):
        yield from items.glances()
    else:
        for number, item in items.items():
            yield number, item.stage.stage, item.archived is not None


def replaced(table: Mapping[int, R], changes: Mapping[int, R | None]) -> Mapping[int, R]:
    """A table with records replaced, added, or (None) taken out."""
    if isinstance(table, Shelf):
        return table.replaced(changes)
    entries = dict(table)
    for number, record in changes.items():
        if record is None:
            entries.pop(number, None)
        else:
            entries[number] = record
    return entries
