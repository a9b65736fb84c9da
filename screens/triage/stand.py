"""What the triage screen shows."""

from enum import Enum, auto


class Stand(Enum):
    """A card, or one of the pages in its place."""

    CARD = auto()
    PAUSED = auto()
    END = auto()
    EMPTY = auto()
