"""What a snapshot has worked out about its items, carried on to the next one.

An edit changes one item of ten thousand. Looking at all of them again takes longer than everything else an edit does.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from store.models.item import Item

Changes = Mapping[int, Item | None]
"""Items that were replaced, added, or (None) taken out."""
IsOpen = Callable[[Item], bool]


def recounted(counts: Mapping[str, int], before: Mapping[int, Item], changes: Changes) -> Mapping[str, int]:
    """The number of items in each stage, archived ones left out; stages without any are left out, too."""
    after = Counter(counts)
    for number, item in changes.items():
        old = before.get(number)
        if old is not None and old.archived is None:
            after[old.stage.stage] -= 1
        if item is not None and item.archived is None:
            after[item.stage.stage] += 1
    return +after


def reopened(
    items: tuple[Item, ...], before: Mapping[int, Item], changes: Changes, is_open: IsOpen
) -> tuple[Item, ...] | None:
    """The open items in the order of all items; None where one came back that was closed, whose place is not known.

    Args:
        items: the open items before.
        before: all items before.
        changes: what changed.
        is_open: whether an item is open, then and now.
    """
    opened = {number: item for number, item in changes.items() if item is not None and is_open(item)}
    added = [item for number, item in opened.items() if number not in before]
    if any(number in before and not is_open(before[number]) for number in opened):
        return None
    kept = [opened.get(item.id, item) for item in items if item.id not in changes or item.id in opened]
    return (*kept, *added)
