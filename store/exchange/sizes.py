"""Sizes as other trackers write them."""

import math
from typing import Final

LARGEST: Final = 1000


def size_of(text: str) -> int | None:
    """A size from a number: rounded up, at least 1; None for no number, for 0 and for what is above `LARGEST`."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return math.ceil(number) if 0 < number <= LARGEST else None
