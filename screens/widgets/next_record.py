"""Where the cursor of a list goes when its record has left the list."""

from collections.abc import Container, Sequence


def next_record(before: Sequence[int], at: int, now: Container[int]) -> int | None:
    """The first record behind row `at` that is still there, else the nearest in front of it; None if none is left."""
    behind = (record for record in before[at + 1 :] if record in now)
    in_front = (record for record in reversed(before[:at]) if record in now)
    return next(behind, next(in_front, None))
