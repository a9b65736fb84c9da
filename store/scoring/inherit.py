"""Blockers are worth as much as what they block."""

from collections.abc import Callable, Iterable

from store.models import Item


def inherited(
    depending: Iterable[tuple[Item, float | None]], open_item: Callable[[int], Item | None]
) -> dict[int, tuple[float, int]]:
    """For each item that others wait for, the highest score among them and whose score it is.

    What an item waits for, directly or through others, takes its score. Best first and each item once: an item that
    was reached has its highest already, so circles end and the time is linear in the number of links.

    Args:
        depending: the open items that wait for others, with their own scores.
        open_item: the open item with an id, if there is one; what is closed holds nothing up.
    """
    waiting = [(value, item) for item, value in depending if value is not None]
    waiting.sort(key=lambda pair: (-pair[0], pair[1].id))
    found: dict[int, tuple[float, int]] = {}
    for value, item in waiting:
        reached = [item]
        while reached:
            for number in sorted(reached.pop().depends_on):
                blocker = None if number in found or number == item.id else open_item(number)
                if blocker is not None:
                    found[number] = (value, item.id)
                    reached.append(blocker)
    return found
