"""Records that are made when they are first asked for.

A store holds years of finished work, and the first screen looks at what is open. Reading everything before the first
frame would make a person wait for records nobody looks at.
"""

from collections.abc import Callable, Collection, ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import cached_property
from threading import Lock
from typing import Final, Generic, TypeVar, cast

from store.models.item import Item
from store.models.many import many_at_once
from store.models.record import Record

_ALIASES: Final = b'\n  "aliases": '
"""How a canonical text says that a record had another id before."""

R = TypeVar("R", bound=Record)
Place = tuple[int, int]
"""Where the text of a record starts and ends."""
Standings = Mapping[int, tuple[str, bool]]
"""The stage of items, and whether they are archived."""


class Unread(Generic[R]):
    """The records of a text that are made when they are asked for.

    One for all snapshots over that text, and for all threads: a record that did not change is known by its identity.

    Args:
        read: makes the record of an id from its place. The text was read strictly before, or each of its
            records was read back when it was written, so this does not fail.
        standings: finds out how all items stand without making them; asked once, when somebody wants a glance.
        depending: finds out which items depend on others, also only once.
        text: the text at a place, so that records can be compared without making them; None where it is not known.
    """

    def __init__(
        self,
        read: Callable[[int, Place], R],
        standings: Callable[[], Standings],
        depending: Callable[[], Collection[int]],
        text: Callable[[Place], bytes] | None = None,
    ) -> None:
        self._read = read
        self._find_standings = standings
        self._find_depending = depending
        self.text = text
        self._made: dict[int, R] = {}
        self._lock = Lock()

    def record(self, number: int, place: Place) -> R:
        """The record of an id, whose text is at a place."""
        made = self._made.get(number)
        if made is None:
            with self._lock:
                made = self._made.get(number)
                if made is None:
                    made = self._made[number] = self._read(number, place)
        return made

    def is_made(self, number: int, record: object) -> bool:
        """Whether a record is the one that was made of this text."""
        return self._made.get(number) is record

    @cached_property
    def standings(self) -> Standings:
        """How all items of the text stand."""
        return self._find_standings()

    @cached_property
    def depending(self) -> Collection[int]:
        """The items of the text that depend on others."""
        return self._find_depending()


class Shelf(Mapping[int, R], Generic[R]):
    """Records by id; those that were not asked for yet are places in a text.

    Args:
        entries: a record, or the place where its text is, by id.
        unread: makes records of places; None when there are none.
    """

    __slots__ = ("_entries", "_unread")

    def __init__(self, entries: dict[int, R | Place], unread: Unread[R] | None) -> None:
        self._entries = entries
        self._unread = unread

    def __getitem__(self, number: int) -> R:
        # Asked for before the entry: when a thread has made all records in between, the entry is one of them.
        unread = self._unread
        entry = self._entries[number]
        if unread is not None and isinstance(entry, tuple):
            entry = self._entries[number] = unread.record(number, entry)
        return cast("R", entry)

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
        return Shelf(entries, self._unread)

    def differing(self, other: "Shelf[R]") -> set[int]:
        """The ids of records that may not be the same in both; those that were not read yet are not made for it."""
        ours, theirs = self._entries, other._entries  # noqa: SLF001 - another of this class
        if ours is theirs:
            return set()
        gone = ours.keys() ^ theirs.keys()
        return gone | {
            number
            for number, entry in ours.items()
            if number not in gone
            and entry is not (there := theirs[number])
            and not self._is_same(number, entry, there, other)
        }

    def _is_same(self, number: int, entry: R | Place, there: R | Place, other: "Shelf[R]") -> bool:
        """Whether two entries of one id, which are not the same object, are the same record, as far as a look tells."""
        unread, others = self._unread, other._unread  # noqa: SLF001 - another of this class
        if isinstance(entry, tuple) and isinstance(there, tuple):
            if unread is others:
                return entry == there
            if unread is None or others is None or unread.text is None or others.text is None:
                return False
            return unread.text(entry) == others.text(there)
        if isinstance(entry, tuple):
            return unread is not None and unread.is_made(number, there)
        return isinstance(there, tuple) and others is not None and others.is_made(number, entry)

    def glances(self) -> Iterator[tuple[int, str, bool]]:
        """Id, stage and whether it is archived, of every item; no record is made for them."""
        standings = {} if self._unread is None else self._unread.standings
        for number, entry in self._entries.items():
            if isinstance(entry, tuple):
                stage, is_archived = standings[number]
                yield number, stage, is_archived
            elif isinstance(entry, Item):
                yield number, entry.stage.stage, entry.archived is not None

    def depending(self) -> Iterator[int]:
        """The ids of the items that depend on others; no record is made for them."""
        unread = self._unread
        for number, entry in self._entries.items():
            if entry.depends_on if isinstance(entry, Item) else unread is not None and number in unread.depending:
                yield number

    def renamed(self) -> Iterator[R]:
        """The records that had another id before; of the others none is made, where the text is known."""
        unread = self._unread
        for number, entry in self._entries.items():
            if isinstance(entry, tuple) and unread is not None and unread.text is not None:
                if _ALIASES in unread.text(entry):
                    yield self[number]
            elif getattr(self[number], "aliases", None):
                yield self[number]

    def _all(self) -> dict[int, R]:
        unread = self._unread
        if unread is not None:
            with many_at_once():
                for number, entry in self._entries.items():
                    if isinstance(entry, tuple):
                        self._entries[number] = unread.record(number, entry)
            # Megabytes of text go with the last snapshot that still has places in it.
            self._unread = None
        return cast("dict[int, R]", self._entries)


def glances(items: Mapping[int, Item]) -> Iterator[tuple[int, str, bool]]:
    """Id, stage and whether it is archived, of every item, in whatever it is kept."""
    if isinstance(items, Shelf):
        yield from items.glances()
    else:
        for number, item in items.items():
            yield number, item.stage.stage, item.archived is not None


def depending(items: Mapping[int, Item]) -> Iterator[int]:
    """The ids of the items that depend on others, in whatever they are kept."""
    if isinstance(items, Shelf):
        yield from items.depending()
    else:
        yield from (number for number, item in items.items() if item.depends_on)


def renamed(table: Mapping[int, R]) -> Iterator[R]:
    """The records that had another id before, in whatever they are kept."""
    if isinstance(table, Shelf):
        yield from table.renamed()
    else:
        yield from (record for record in table.values() if getattr(record, "aliases", None))


def differing(table: Mapping[int, R], other: Mapping[int, R]) -> set[int]:
    """The ids of records that may not be the same in both tables, in whatever they are kept."""
    if table is other:
        return set()
    if isinstance(table, Shelf) and isinstance(other, Shelf):
        return table.differing(other)
    both = table.keys() & other.keys()
    return (table.keys() ^ other.keys()) | {number for number in both if table[number] is not other[number]}


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
