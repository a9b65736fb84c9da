"""One store has one text: whoever laid it out, wherever it is written, and one edit touches one or two lines of it."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

import pytest

from store.disk.canonical import record_text
from store.disk.reading.reading import read_store
from store.disk.writing.laying_out import laid_out
from store.models import MergeRule, rules_of
from tests.proofs.canonical_states import (
    FIELDS_OF_ALL,
    NAME,
    digest,
    edited_once,
    lines_changed,
    of_others,
    record_of,
    states,
)
from tests.proofs.figures import Report
from tests.proofs.sizes import size

SEED: Final = "20261126"
CHUNKS: Final = 4
STATES: Final = size(10_000, 500_000)
EDITS_OF_A_FIELD: Final = size(200, 5_000)
ELSEWHERE: Final = size(300, 5_000)
ROOT: Final = Path(__file__).resolve().parent.parent.parent

MACHINES: Final = {
    "other hashes": {"PYTHONHASHSEED": "1"},
    "Turkish": {"PYTHONHASHSEED": "77", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kolkata"},
    "no locale and no UTF-8": {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_written_and_read_is_written_the_same_again_whoever_laid_it_out(chunk: int, report: Report) -> None:
    start, records = time.process_time(), 0
    random = Random(f"{SEED} {chunk}")  # noqa: S311 - the same every time
    numbers = range(chunk, STATES, CHUNKS)
    for _, text in states(SEED, numbers):
        content = text if random.random() < 0.5 else of_others(random, text)
        reading = read_store(content, NAME, {})
        assert reading.findings == ()
        assert laid_out(reading) == text
        records += text.count(b'": {\n  ')
    figures = {"states": len(numbers), "records": records, "other texts": 0}
    report("Canonical text is a fixed point", {**figures, "s of CPU": round(time.process_time() - start, 1)})


def test_one_edit_touches_one_or_two_lines_whatever_the_field(report: Report) -> None:
    random = Random(SEED)  # noqa: S311 - the same every time
    most: Counter[int] = Counter()
    begun = 0
    for table, name in FIELDS_OF_ALL:
        is_text = rules_of(table).get(name) is MergeRule.LINES
        for _ in range(EDITS_OF_A_FIELD):
            fields = record_of(random, table)
            after = edited_once(random, table, fields, name)
            lines = max(lines_changed(record_text(table, "7", fields), record_text(table, "7", after)))
            if is_text and bool(fields.get(name)) != bool(after.get(name)):
                # The brackets of a text have lines of their own, so that it can grow at both ends; and where it is the
                # last field, the one before gets a comma.
                begun += 1
                assert lines <= 4, (table, name, fields, after)
                continue
            most[lines] += 1
            assert lines <= 2, (table, name, fields, after)
    figures = {f"of {count} lines": most[count] for count in sorted(most)}
    report("One edit in the text", {"fields": len(FIELDS_OF_ALL), **figures, "texts begun or ended": begun})


def test_the_text_is_the_same_on_every_machine(report: Report) -> None:
    here = digest(SEED, ELSEWHERE)
    script = "import locale, sys; sys.path.insert(0, '.'); from tests.proofs.canonical_states import digest\n"
    script += "try: locale.setlocale(locale.LC_ALL, '')\nexcept locale.Error: pass\n"
    script += f"print(digest({SEED!r}, {ELSEWHERE}))"
    for machine, variables in MACHINES.items():
        told = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == here, machine
    report("The same text on every machine", {"states": ELSEWHERE, "machines": 1 + len(MACHINES), "other texts": 0})
