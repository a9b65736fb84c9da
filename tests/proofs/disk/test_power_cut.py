"""The power is cut at every point of every kind of write; whatever the disk kept of it, nothing is lost."""

import json
import subprocess
import sys

import pytest

from tests.proofs.disk.sittings import LongSession, Session
from tests.proofs.disk.workloads import WORKLOADS
from tests.proofs.figures import Report
from tests.proofs.sizes import is_long, size

AT_LEAST = size(50_000, 1_000_000)


CHOSEN = [name for name in WORKLOADS if is_long() or name != Session.name]


@pytest.mark.parametrize("workload", CHOSEN)
def test_whatever_the_disk_kept_the_store_is_whole_and_has_what_was_called_saved(workload: str, report: Report) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.disk.power_cut", workload, "--most", str(size(7_500, 150_000))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["problems"] == []
    report(
        f"Power cut, {workload}",
        {
            "points": found["points"],
            "states": found["states"],
            "next sessions": found["recovered"],
            "violations": len(found["problems"]),
        },
    )
    assert found["states"] > found["points"]
    if workload == LongSession.name:
        assert found["states"] >= AT_LEAST
