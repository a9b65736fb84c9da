"""The merge of records beside an oracle that knows only the promises: thousands of stores of three to eight records.

Of every triple: each field is as promised and each conflict recorded; nothing that a side said is lost; the text is the
same whichever side is ours. Of every second: merging again changes nothing. Of every fourth that is not about ids:
three sides end alike, up to conflicts, in whatever order they are merged.
"""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, Final

import pytest

from store.merge import deciding, identities, members, records, units
from store.merge.comparing import Taken, Why
from store.merge.members import Merged
from tests.proofs.figures import Report
from tests.proofs.promised import broken_chains, broken_promises, broken_repeats
from tests.proofs.sizes import size
from tests.proofs.triples import triples

PARTS: Final = 8
"""So that two processes share the work."""
EACH: Final = size(20_000, 1_000_000) // PARTS
REPEATED: Final = size(4, 2)
CHAINED: Final = 4
FEW: Final = 1_000


@pytest.mark.parametrize("part", range(PARTS))
def test_merges_are_as_promised_whichever_side_is_ours_and_however_often(part: int, report: Report) -> None:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for number, triple in enumerate(triples(f"merged {part}", EACH)):
        seen.update(triples=1, special=bool(triple.special))
        found = list(broken_promises(triple, seen))
        if number % REPEATED == 0:
            seen.update(repeated=1)
            found += broken_repeats(triple)
        if number % CHAINED == 0 and not triple.special:
            seen.update(chains=1)
            found += broken_chains(triple, Random(f"third {part} {number}"))  # noqa: S311 - the same every time
        wrong += [f"triple {number} of part {part}, {triple.special}: {each}" for each in found[:1]]
    report(
        f"Merged triples, part {part + 1} of {PARTS}",
        {
            "triples": seen["triples"],
            "with conflicts": seen["conflicts"],
            "about ids": seen["special"],
            "merged again": seen["repeated"],
            "chains of three sides": seen["chains"],
            "not as promised": len(wrong),
        },
    )
    assert not wrong, "\n".join(wrong[:5])


def _union(_base: Any, ours: Any, theirs: Any) -> Merged:
    return Merged(members.in_order({*(ours or ()), *(theirs or ())}) or None)


def _ours(base: Any, ours: Any, theirs: Any) -> Taken:
    return Taken(theirs if ours == base else ours, Why.OURS)


def _longer(_base: Any, ours: list[str], theirs: list[str]) -> list[str]:
    return ours if len(ours) > len(theirs) else theirs


BREAKS: Final[dict[str, tuple[object, str, Callable[..., Any]]]] = {
    "our side always wins": (records, "one_sided", _ours),
    "sets are united": (records, "merged_set", _union),
    "no conflict is recorded": (deciding, "_conflict_records", lambda _versions, _found: []),
    "our side is shown": (members, "shown", lambda ours, theirs: theirs if ours is None else ours),
    "the longer text wins": (records, "merged_lines", _longer),
    "no agreement is seen": (units, "is_stamped", lambda _value: False),
    "a move that gave way is forgotten": (records._Work, "_moves", lambda _work, _found: {}),
    "two records stay under one id": (identities, "_part_twins", lambda _versions, _alike: None),
    "two imports stay two": (identities, "_join_imports", lambda _versions: None),
    "a former id is forgotten": (identities, "_with_alias", lambda record, _former: record),
    "references stay": (identities, "renamed", lambda _table, fields, _names: fields),
    "a new id is made by chance": (identities, "_new_key", lambda *_: str(Random().getrandbits(44))),  # noqa: S311
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_merge_that_breaks_a_promise_is_found(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BREAKS[broken])
    seen: Counter[str] = Counter()
    assert any(any(broken_promises(triple, seen)) for triple in triples("broken", FEW))
