"""Two or three clones of a store and made-up histories of them, with real git and real processes of the merge driver.

Every merge, pick and stash on the way is judged by the oracle, so that no value is ever lost between two commits; where
sides have crossed before, and so there is no one base, only losses are looked for. At the end all clones are alike.
"""

from collections import Counter
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Final

import pytest

from store.disk.git.installed import DRIVER
from store.disk.reading.reading import read_store
from tests.proofs.clones import WORKING
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.proofs.steps import team, walk

PARTS: Final = 4
HISTORIES: Final = size(80, 500) // PARTS
STEPS: Final = size(20, 40)


@pytest.mark.parametrize("part", range(PARTS))
def test_clones_end_alike_and_no_merge_is_wrong(
    part: int, tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", "true")
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(HISTORIES):
        random = Random(f"clones {part} {number}")  # noqa: S311 - the same every time
        group = team(tmp_path / "team", random)
        walk(group, random.randint(STEPS // 2, STEPS))
        seen.update(histories=1, clones=len(group.clones))
        found = [problem for clone in group.clones for problem in clone.wrong]
        texts = [clone.text for clone in group.clones]
        if len(set(texts)) != 1:
            found.append("the clones are not alike")
        reading = read_store(texts[0], "leadline.json", {})
        if reading.findings or reading.workspace.disputes:
            found.append(f"{len(reading.findings)} findings, {len(reading.workspace.disputes)} disputes at the end")
        for clone in group.clones:
            seen.update(clone.seen, working=clone.mode in WORKING)
        wrong += [f"history {number} of part {part}: {each}" for each in found]
        rmtree(tmp_path / "team")
    report(f"Two clones, part {part + 1} of {PARTS}", _figures(seen, len(wrong)))
    assert not wrong, "\n".join(wrong[:8])


def test_a_driver_that_keeps_one_side_in_silence_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_EDITOR", "true")
    group = team(tmp_path / "team", Random("one side"))  # noqa: S311 - the same every time
    for clone in group.clones:
        clone.git("config", DRIVER, "true")
    walk(group, STEPS)
    assert any(clone.wrong for clone in group.clones)


def _figures(seen: Counter[str], wrong: int) -> dict[str, str | int | float]:
    return {
        "histories": seen["histories"],
        "clones": seen["clones"],
        "of them with a driver that works": seen["working"],
        "merges": seen["merges"],
        "of crossed sides": seen["crossed"],
        "% clean": round(100 * seen["clean"] / max(1, seen["merges"]), 1),
        "picks and stashes": seen["picks"],
        "stops": seen["stopped"],
        "of them with marks": seen["marked"],
        "conflicts settled": seen["conflicts"],
        "wrong": wrong,
    }
