"""The Mondays on which the demo team triages."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from store.exchange.demo.scene import Scene
from store.models import Item, Session, SessionRuled, Stamp

LEAD: Final = "ana"
_HOUR: Final = 10
_REMEMBERED: Final = 4


class Sittings:
    """Hands out the moments of verdicts, so that what an item says and what its session says agree."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._clock: dict[datetime, int] = {}
        self._seconds: dict[datetime, int] = {}

    def verdict_at(self, days_ago: int) -> datetime:
        """The moment of the next verdict on the Monday so many days ago."""
        start = self._scene.moment(days_ago, _HOUR)
        taken = self._scene.chance.randint(14, 75)
        passed = self._clock.get(start, 0) + taken
        self._clock[start] = passed
        moment = start + timedelta(seconds=passed)
        self._seconds[moment] = taken
        return moment

    def sessions(self, items: Iterable[Item]) -> tuple[Session, ...]:
        """The latest Mondays, with the verdicts that were given on them."""
        by_day: dict[datetime, list[SessionRuled]] = {}
        for item in items:
            if item.verdict is not None:
                at = item.verdict.at
                start = at.replace(minute=0, second=0)
                ruled = SessionRuled(item=item.id, ruling=item.verdict.ruling, seconds=self._seconds[at], at=at)
                by_day.setdefault(start, []).append(ruled)
        return tuple(self._session(start, by_day[start]) for start in sorted(by_day)[-_REMEMBERED:])

    def _session(self, start: datetime, verdicts: list[SessionRuled]) -> Session:
        return Session(
            id=self._scene.id(f"sitting {start.isoformat()}"),
            started=Stamp(at=start, by=LEAD),
            agenda="new in the inbox",
            ended=start + timedelta(seconds=self._clock[start] + 20),
            people=frozenset({LEAD, "li", "omar", "mia"}),
            verdicts=tuple(sorted(verdicts, key=lambda ruled: ruled.at)),
        )
