"""The three versions of a merge while their records get the keys under which they are the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from store.merge.comparing import same
from store.merge.conflicting import CONFLICTS
from store.merge.plan import Decision
from store.merge.sources import identity_of
from store.models import TABLES, Json

ALIASES: Final = "aliases"
_CREATED: Final = ("created", "started")


Version = dict[str, dict[str, Json]]
"""The records of the base or of one side, by table and key."""
Moves = dict[str, str]
"""New keys by old ones, in one table of one version."""


@dataclass
class Versions:
    """Base and sides, in which records get the keys under which they are the same.

    Args:
        base: the records both sides started from.
        ours: the records of our side.
        theirs: the records of their side.
        joined: items that both sides imported, by key.
        decisions: what was decided about keys.
        gone: former keys, by table.
    """

    base: Version
    ours: Version
    theirs: Version
    joined: set[str] = field(default_factory=set)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)

    @property
    def sides(self) -> Iterator[tuple[Version, Version]]:
        """Each side with the other one."""
        yield self.ours, self.theirs
        yield self.theirs, self.ours

    def tables(self) -> list[str]:
        """Every table of the three whose records can get another key."""
        known = {*self.base, *self.ours, *self.theirs} & set(TABLES)
        return sorted(known - {CONFLICTS, "settings"})

    def keys(self, table: str) -> set[str]:
        """Every key of a table in the three."""
        return {key for version in (self.base, self.ours, self.theirs) for key in version.get(table, {})}


def created_of(record: Json) -> Json:
    """When and by whom a record was created; None where it does not say."""
    if not isinstance(record, Mapping):
        return None
    return next((record[name] for name in _CREATED if record.get(name) is not None), None)


def is_one(one: Json, other: Json) -> bool:
    """Whether two records are the same one: created alike, or imported from the same thing."""
    return same(created_of(one), created_of(other)) or identity_of(one) == identity_of(other) is not None


def is_id(key: str) -> bool:
    """Whether a key is an id that a record can have."""
    return key.isascii() and key.isdecimal() and key[0] != "0" and 0 < int(key) < 2**53
