"""Workbenches for tests, with a clock and ids of our own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from store.change import ChangeSet, Edit
from store.disk import Identity
from store.models import Item, Record, Workspace
from store.workbench import Workbench

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = Identity("ana", "ana@example.com")


def clock() -> Callable[[], datetime]:
    """Every look is a second later."""
    seconds = count()
    return lambda: START + timedelta(seconds=next(seconds))


def counted_bits() -> Callable[[int], int]:
    """Chance that counts."""
    numbers = count(1)
    return lambda _bits: next(numbers)


def opened(path: Path) -> Workbench:
    """A workbench on a file."""
    return Workbench.open(path, now=clock(), who=ANA, random_bits=counted_bits())


def in_memory(*items: Item) -> Workbench:
    """A workbench without a file, with some items."""
    workspace = Workspace(items={item.id: item for item in items})
    return Workbench.in_memory(workspace, now=clock(), who=ANA, random_bits=counted_bits())


def change(sentence: str, *edits: tuple[Record | None, Record | None]) -> ChangeSet:
    """A change set of these befores and afters."""
    return ChangeSet(sentence, tuple(Edit(before, after) for before, after in edits), START, "ana")


def edited(bench: Workbench, number: int, sentence: str = "Changed it", **fields: object) -> ChangeSet:
    """A change of some fields of an item as it is now."""
    item = bench.workspace.items[number]
    return change(sentence, (item, item.with_(**fields)))
