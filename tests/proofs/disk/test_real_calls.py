"""The same faults at real system calls, where strace can be used."""

import json
import subprocess
import sys

import pytest

from tests.proofs.disk.real_calls import attach_trouble
from tests.proofs.disk.workloads import WORKLOADS
from tests.proofs.figures import Report
from tests.proofs.sizes import is_long

CHOSEN = list(WORKLOADS) if is_long() else ["save", "journal", "merge driver"]


@pytest.fixture(scope="module", autouse=True)
def _tracing() -> None:
    trouble = attach_trouble()
    if trouble:
        pytest.skip(trouble)


@pytest.mark.parametrize("workload", CHOSEN)
def test_whatever_the_kernel_answers_nothing_is_lost_and_the_next_session_goes_on(
    workload: str, report: Report
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.disk.real_calls", workload], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    report(
        f"Real calls, {workload}",
        {**{name: found[name] for name in ("runs", "killed", "refused")}, "violations": len(found["problems"])},
    )
    assert found["problems"] == []
    assert found["killed"] > 0
    assert found["refused"] > 0
