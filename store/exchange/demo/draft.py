"""What the script of the demo says about one item; the dates of its moves are worked out from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.models import Kind, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item of the demo. Other records go by their names in the demo; days are counted backwards from today.

    `urgency` (1 to 5) and `confidence` (per cent) are ratings and left out when nobody has given them.
    `snoozed` and `due` are days from today, negative for a day that is over. `blocked` is the day since when, and why.
    """

    name: str = ""
    title: str
    kind: Kind = Kind.FEATURE
    created: int = 0
    by: str = "ana"
    requester: str = ""
    owner: str = ""
    team: str = ""
    serves: Mapping[str, int] = field(default_factory=dict)
    size: int | None = None
    urgency: int | None = None
    confidence: int | None = None
    tags: str = ""
    source: str = ""
    due: int | None = None
    depends_on: str = ""
    ruling: Ruling | None = None
    reason: str = ""
    snoozed: int | None = None
    repeats: str = ""
    started: int | None = None
    reviewed: int | None = None
    ended: int | None = None
    is_dropped: bool = False
    blocked: tuple[int, str] | None = None
    body: str = ""
