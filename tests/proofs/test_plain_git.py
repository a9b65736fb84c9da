"""What git makes of a store without our driver, as on a hosting site: right, or a conflict, and never silently wrong.

A merge is mergeable where neither branch contradicts the other (see `oracle`). Git joins lines and cannot know better,
so a share of those end in a conflict all the same; how small it is depends on the layout of the file.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from shutil import rmtree

import pytest

from tests.proofs.figures import Report
from tests.proofs.git_merges import can_merge, merged_by_git
from tests.proofs.histories import History, Shape, histories, tables_of
from tests.proofs.leads import EVERYDAY, WITH_REMOVALS
from tests.proofs.oracle import Tables, complaints
from tests.proofs.sizes import size

pytestmark = pytest.mark.skipif(not can_merge(), reason="git before 2.39 cannot merge without a work tree")

AT_ONCE = 50
"""Merges in one repository, which is thrown away afterwards: about 50 MB."""


@pytest.mark.parametrize(("edits", "least_clean"), [(5, 99), (20, 90), (50, 60)])
def test_plain_git_merges_most_of_what_can_be_merged_and_nothing_wrong(
    edits: int, least_clean: int, tmp_path: Path, report: Report
) -> None:
    shape = Shape(items=500, decisions=150, goals=12, edits=edits, mix=EVERYDAY)
    seen, wrong = _judged(histories(f"plain {edits}", size(1_000, 25_000), shape), tmp_path)
    report(f"Plain git, {edits:2} edits a branch", _figures(seen))
    assert not wrong, wrong[:3]
    assert _clean_share(seen) >= least_clean


@pytest.mark.parametrize("edits", [5, 20])
def test_plain_git_is_hardly_ever_wrong_where_records_were_taken_out(
    edits: int, tmp_path: Path, report: Report
) -> None:
    shape = Shape(items=500, decisions=150, goals=12, edits=edits, mix=WITH_REMOVALS)
    seen, wrong = _judged(histories(f"removals {edits}", size(500, 12_500), shape), tmp_path)
    report(f"Plain git, {edits:2} edits a branch, some of them removals", _figures(seen))
    assert len(wrong) * 1_000 <= sum(seen.values()), wrong[:3]


def test_plain_git_is_hardly_ever_wrong_in_a_young_store(tmp_path: Path, report: Report) -> None:
    """Twenty items and ten edits a branch: a new record often stands right beside one that the other side edits."""
    shape = Shape(items=20, decisions=6, goals=4, edits=10, mix=EVERYDAY)
    seen, wrong = _judged(histories("young", size(1_000, 50_000), shape), tmp_path)
    report("Plain git, 10 edits a branch of a young store", _figures(seen))
    assert len(wrong) * 1_000 <= sum(seen.values()), wrong[:3]


def _judged(made: Iterator[History], folder: Path) -> tuple[Counter[str], list[str]]:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for some in iter(lambda: list(islice(made, AT_ONCE)), []):
        repository = folder / "merges"
        repository.mkdir()
        merged = merged_by_git(repository, [(each.base, each.ours, each.theirs) for each in some])
        for history, text in zip(some, merged, strict=True):
            problems = [] if text is None else _problems(history, text)
            seen[_kind(history, text, problems)] += 1
            wrong += problems[:1]
        rmtree(repository)
    return seen, wrong


def _kind(history: History, text: bytes | None, problems: Sequence[str]) -> str:
    if problems:
        return "wrong"
    if text is not None:
        return "clean"
    return "needless" if history.truth.is_mergeable else "conflict"


def _problems(history: History, text: bytes) -> list[str]:
    try:
        result = tables_of(text)
    except ValueError as error:
        return [str(error)]
    if history.truth.must_flag:
        return [f"no conflict at {min(history.truth.must_flag)}"]
    return complaints(history.truth, result) or _touched(_tables(history.base), result, history)


def _touched(base: Tables, result: Tables, history: History) -> list[str]:
    """The records that are others than before though nobody changed them."""
    changed = history.truth.gone | history.truth.there
    keys = {(table, key) for side in (base, result) for table, records in side.items() for key in records}
    return [
        f"{table} {key} was not changed by anybody"
        for table, key in sorted(keys - changed)
        if base.get(table, {}).get(key) != result.get(table, {}).get(key)
    ]


@lru_cache(maxsize=2)
def _tables(text: bytes) -> Tables:
    return tables_of(text)


def _clean_share(seen: Counter[str]) -> float:
    """The part of the mergeable ones that git merged, in per cent."""
    return 100 * seen["clean"] / (seen["clean"] + seen["needless"])


def _figures(seen: Counter[str]) -> dict[str, str | int | float]:
    return {
        "merges": sum(seen.values()),
        "% clean of the mergeable": round(_clean_share(seen), 1),
        "true conflicts": seen["conflict"],
        "needless conflicts": seen["needless"],
        "silently wrong": seen["wrong"],
    }
