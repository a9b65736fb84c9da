"""Spoilt stores: whatever is in the file, no record is lost that was not touched, and nothing is written."""

import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from store.errors import LeadlineError
from tests.proofs.figures import Report
from tests.proofs.fuzz.keeping import Outcome, outcome_of
from tests.proofs.fuzz.origins import Origin, origins
from tests.proofs.fuzz.spoiling import WAYS, Spoilt, beheaded, cut
from tests.proofs.fuzz.watching import watched
from tests.proofs.sizes import size
from tests.store.disk.mending.sources import MadeUp

SEED: Final = 20_261_123
CHUNKS: Final = 4
CASES: Final = {way: size(ci, ci * 150) for way, ci in zip(WAYS, (14_000, 10_000, 10_000, 8_000, 4_000), strict=True)}
MARKABLE: Final = frozenset({"canonical", "all fields"})
THOROUGH: Final = 7
MOST_TOLD: Final = 10


class _Tally:
    """What came of the spoilt stores so far."""

    def __init__(self) -> None:
        self.ways: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.slowest = 0.0

    def take(self, what: str, origin: Origin, spoilt: Spoilt, sources: MadeUp, *, is_thorough: bool) -> None:
        start = time.perf_counter()
        try:
            outcome = outcome_of(origin, spoilt, sources, is_thorough=is_thorough)
        except (
            LeadlineError,
            LookupError,
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
            AssertionError,
        ) as error:
            outcome = Outcome("crashed", f"{type(error).__name__}: {error}")
        self.slowest = max(self.slowest, time.perf_counter() - start)
        self.ways[outcome.way] += 1
        if outcome.wrong:
            self.wrong.append(f"{what}: {outcome.wrong}")

    def report_to(self, report: Report, name: str, writes: list[str]) -> None:
        figures = {"stores": self.ways.total(), **dict(sorted(self.ways.items()))}
        ends = {"wrong": len(self.wrong), "writes": len(writes), "ms for the slowest": round(self.slowest * 1000)}
        report(name, {**figures, **ends})
        assert self.wrong[:MOST_TOLD] == []
        assert writes == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("way", WAYS)
def test_a_spoilt_store_keeps_every_record_that_was_not_touched(way: str, chunk: int, report: Report) -> None:
    tally, stores = _Tally(), origins()
    with watched() as writes:
        for number in range(chunk, CASES[way], CHUNKS):
            random = Random(f"{SEED} {way} {number}")  # noqa: S311 - the same stores every time
            origin = random.choice([store for store in stores if way != "marks" or store.name in MARKABLE])
            # Two records under one key are two versions of it, of which the last commit says which one is newer.
            has_head = random.randrange(6) == 0 and way != "types"
            sources = MadeUp(head=stores[0].text.encode()) if has_head else MadeUp()
            spoilt = WAYS[way](random, origin)
            is_thorough = number % THOROUGH == 0
            tally.take(f"{way} {number} of {origin.name}", origin, spoilt, sources, is_thorough=is_thorough)
    tally.report_to(report, f"Spoilt stores, {way}", writes)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_store_that_is_cut_anywhere_keeps_what_is_left(chunk: int, report: Report) -> None:
    tally = _Tally()
    with watched() as writes:
        for what, origin, spoilt in _cuts(chunk):
            tally.take(what, origin, spoilt, MadeUp(), is_thorough=False)
    tally.report_to(report, "Spoilt stores, cut at every byte", writes)


def _cuts(chunk: int) -> Iterator[tuple[str, Origin, Spoilt]]:
    for origin in origins():
        for at in range(chunk, len(origin.text.encode()), CHUNKS):
            yield f"{origin.name} ends at {at}", origin, cut(origin.text, at)
            if origin.name != "all fields":
                yield f"{origin.name} begins at {at}", origin, beheaded(origin.text, at)
