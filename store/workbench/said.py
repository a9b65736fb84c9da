"""Who said something, and when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Who wrote one side of a conflict, and when, as the commits tell."""

    by: str
    at: datetime
