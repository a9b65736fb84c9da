"""Which open conflicts are questions of their own, and which go along with another one.

A verdict moves an item and sets its horizon in the same act, so two verdicts give up to three conflicts. A person is
asked once: what triage said decides where the item stands and when it is meant to happen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from store.models.fields import Json
from store.models.item import Horizon, Ruling
from store.models.practice import Conflict

_ITEMS: Final = "items"
_HORIZONS: Final[Mapping[Json, Json]] = {
    **{horizon.value: horizon.value for horizon in Horizon},
    Ruling.DECLINE.value: None,
    Ruling.DUPLICATE.value: None,
}
"""The horizon that comes with a ruling; one that asks leaves it as it is."""


def going_along(conflict: Conflict, others: Iterable[Conflict]) -> Sequence[Conflict]:
    """Those of `others` that are answered with the same breath as `conflict`, which is about a verdict; else none.

    They are about the same item, wait or were settled like it, and each of their sides came with one of the verdicts:
    a standing by its time and author, a horizon by what the verdicts say.
    """
    if (conflict.table, conflict.field) != (_ITEMS, "verdict"):
        return ()
    verdicts = [side for side in conflict.sides if isinstance(side, Mapping)]
    stamps = {_stamp(verdict, "at") for verdict in verdicts}
    horizons = {
        _HORIZONS[said] for verdict in verdicts if isinstance(said := verdict.get("is"), str) and said in _HORIZONS
    }
    return [
        other
        for other in others
        if (other.table, other.record, other.settled) == (_ITEMS, conflict.record, conflict.settled)
        and (
            (other.field == "stage" and all(_stamp(side, "since") in stamps for side in other.sides))
            or (other.field == "horizon" and all(_is_among(side, horizons) for side in other.sides))
        )
    ]


def asked(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Of the conflicts about one record or many, those that a person has to be asked about, in their order."""
    everything = list(conflicts)
    by_record: dict[int, list[Conflict]] = {}
    for conflict in everything:
        if conflict.table == _ITEMS:
            by_record.setdefault(conflict.record, []).append(conflict)
    along = {
        other.id
        for conflict in everything
        if (conflict.table, conflict.field) == (_ITEMS, "verdict")
        for other in going_along(conflict, by_record[conflict.record])
    }
    return [conflict for conflict in everything if conflict.id not in along]


def _stamp(side: object, at: str) -> tuple[object, object] | None:
    return (str(side.get(at)), side.get("by") or "") if isinstance(side, Mapping) else None


def _is_among(side: object, horizons: Iterable[Json]) -> bool:
    return any(side == horizon for horizon in horizons)
