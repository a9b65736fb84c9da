"""Every call of every kind of write, times everything that may happen at it."""

import json
import subprocess
import sys

import pytest

from tests.proofs.disk.sittings import LongSession
from tests.proofs.disk.workloads import WORKLOADS
from tests.proofs.figures import Report
from tests.proofs.sizes import is_long

CHOSEN = [name for name in WORKLOADS if is_long() or name != LongSession.name]


@pytest.mark.parametrize("workload", CHOSEN)
def test_whatever_happens_at_a_call_nothing_is_lost_and_the_next_session_goes_on(workload: str, report: Report) -> None:
    more = ["--twice"] if is_long() else ["--errors", "2"]
    # A program of its own: children of one that runs threads, as the test runner does, may never end.
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.disk.crash_points", workload, *more],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    ends = found["ends"]
    report(
        f"Crash points, {workload}",
        {"calls": found["calls"], "runs": sum(ends.values()), **ends, "violations": len(found["problems"])},
    )
    assert found["problems"] == []
    assert ends["killed"] >= found["calls"]
    assert ends["refused"] > 0
