"""Whether a merge that real git made of a store, with or without our driver, is as promised."""

from collections.abc import Sequence

from tests.proofs.histories import tables_of
from tests.proofs.oracle import Tables, complaints, conflict_complaints, losses, truth, untangled

_APART = frozenset({"meta", "conflicts"})


def wrong_in(base: bytes, ours: bytes, theirs: bytes, result: bytes) -> list[str]:
    """What is wrong with a merge, in sentences; conflicts that a side has already are not asked for again.

    Args:
        base: the store both sides started from.
        ours: one side.
        theirs: the other side.
        result: what came out, before anybody settled anything.
    """
    try:
        merged = tables_of(result)
    except ValueError as error:
        return [str(error)]
    old, one, two = (tables_of(each) for each in (base, ours, theirs))
    known = {key for side in (one, two) for key in side.get("conflicts", {})}
    versions = untangled(_without_conflicts(old), _without_conflicts(one), _without_conflicts(two), merged)
    if versions.wrong:
        return versions.wrong
    said = truth(versions.base, versions.ours, versions.theirs, versions.started)
    return [
        *complaints(said, merged),
        *conflict_complaints(said, merged, known),
        *losses(versions, merged),
    ]


def lost_in(bases: Sequence[bytes], ours: bytes, theirs: bytes, result: bytes) -> list[str]:
    """What a merge of sides that crossed before has lost: values that are in none of the bases, and now nowhere."""
    try:
        merged = tables_of(result)
    except ValueError as error:
        return [str(error)]
    one, two = (_without_conflicts(tables_of(each)) for each in (ours, theirs))
    olds = (_without_conflicts(tables_of(base)) for base in bases)
    lost = [set(losses(untangled(old, one, two, merged), merged)) for old in olds]
    return sorted(set.intersection(*lost))


def _without_conflicts(tables: Tables) -> Tables:
    return {table: records for table, records in tables.items() if table not in _APART}
