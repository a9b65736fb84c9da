"""Blockers are worth as much as what they block."""

from collections.abc import Mapping

from store.models import Item


def inherited(own: Mapping[int, tuple[Item, float | None]]) -> dict[int, tuple[float, int]]:
    """For each item that others wait for, the highest score among them and whose score it is.

    What an item waits for, directly or through others, takes its score. Best first and each item once: an item that
    was reached has its highest already, so circles end and the time is linear in the number of links.
    """
    waiting = [(value, item) for item, value in own.values() if value is not None and item.depends_on]
    waiting.sort(key=lambda pair: (-pair[0], pair[1].id))
    found: dict[int, tuple[float, int]] = {}
    for value, item in waiting:
        reached = [item.id]
        while reached:
            for blocker in sorted(own[reached.pop()][0].depends_on):
                if blocker in own and blocker not in found and blocker != item.id:
                    found[blocker] = (value, item.id)
                    reached.append(blocker)
    return found
