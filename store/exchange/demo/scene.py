"""Where the demo plays: its calendar, counted backwards from now, and the ids of its records by name."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from store.models import NewId, Stamp, id_maker

AUTHORS: Final = ("ana", "li", "omar", "mia")
_SATURDAY: Final = 5


class Scene:
    """The calendar and the ids of one demo.

    Everything happens before the day of `now`, on working days and in working hours of its time zone, so that nothing
    lies in the future wherever the reader sits.

    Args:
        now: the moment the demo is opened, with its time zone.
        chance: draws ids and durations; the same seed gives the same demo.
    """

    def __init__(self, now: datetime, chance: Random) -> None:
        self.today = now.date()
        self.chance = chance
        self._zone = now.tzinfo
        self._ids: dict[str, int] = {}
        self._makers: dict[str, NewId] = {
            author: id_maker(author, taken=(), random_bits=chance.getrandbits) for author in AUTHORS
        }

    def id(self, name: str, author: str = "ana") -> int:
        """The id of the record with that name in the demo, drawn when it is first asked for."""
        if name not in self._ids:
            self._ids[name] = self._makers[author]()
        return self._ids[name]

    def ids(self, names: str) -> frozenset[int]:
        """The ids of several records, by their names with spaces between."""
        return frozenset(self.id(name) for name in names.split())

    def day(self, days: int) -> date:
        """The day so many days from today; negative lies before it."""
        return self.today + timedelta(days=days)

    def moment(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment in working hours; a weekend counts as the Friday before it."""
        day = self.day(-max(1, days_ago))
        while day.weekday() >= _SATURDAY:
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour, minute), self._zone)

    def stamp(self, days_ago: int, by: str, hour: int = 9) -> Stamp:
        """Who, and so many days ago."""
        return Stamp(at=self.moment(days_ago, hour), by=by)

    def monday_after(self, days_ago: int) -> int:
        """How many days ago the first Monday was that came on that day or later; 0 when it is still to come."""
        day = self.day(-days_ago)
        return max(0, days_ago - (-day.weekday()) % 7)
