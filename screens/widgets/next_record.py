"""Where the cursor of a list goes when its record has left the list, and when one has come back."""

from collections.abc import Container, Mapping, Sequence

from store.models import Decision, Goal


def next_record(before: Sequence[int], at: int, now: Container[int]) -> int | None:
    """The first record behind row `at` that is still there, else the nearest in front of it; None if none is left."""
    behind = (record for record in before[at + 1 :] if record in now)
    in_front = (record for record in reversed(before[:at]) if record in now)
    return next(behind, next(in_front, None))


def came_back(before: Mapping[int, Goal | Decision], now: Mapping[int, Goal | Decision]) -> list[int]:
    """The records that were archived before and are not now, as after an undo; in the order of `now`."""
    if before is now:
        return []
    return [
        number
        for number, record in now.items()
        if record.archived is None and number in before and before[number].archived is not None
    ]
