"""Faults at real system calls, made by strace: `python -m tests.proofs.disk.real_calls WORKLOAD`.

The other proof stands between Python and the system, where it is quick. This one stands between the process and the
kernel, so that it also meets calls that no line of ours names. It says what it found as one line of JSON.
"""

import argparse
import json
import mmap
import os
import re
import shutil
import signal
import subprocess
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from store.errors import LeadlineError
from tests.proofs.disk.crash_points import CRASHED, DONE, REFUSED
from tests.proofs.disk.workload import Acts, Workload, age
from tests.proofs.disk.workloads import WORKLOADS

FALLIBLE: Final = (
    *("openat", "write", "fsync", "read", "pread64", "readv", "fstat", "newfstatat", "close", "flock", "fchmod"),
    *("rename", "renameat2", "unlink", "link", "mkdir", "getdents64"),
)
"""Calls that a disk can refuse; of others only a kill is tried."""
ERRORS: Final = ("ENOSPC", "EIO", "EINTR")
_GO, _DONE = 0, 1
_KILLED: Final = -signal.SIGKILL
_NEVER: Final = 60_000


def main() -> None:
    """Run one workload through faults of real calls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=WORKLOADS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(os.path.realpath(name))
        os.environ["LEADLINE_STATE_DIR"] = str(root / "run" / "state")
        runs = _Runs(WORKLOADS[given.workload], root)
        problems = list(runs.problems())
    print(json.dumps({"runs": runs.count, "killed": runs.killed, "refused": runs.refused, "problems": problems}))


class _Runs:
    def __init__(self, workload: Workload, root: Path) -> None:
        self.count = self.killed = self.refused = 0
        self._workload = workload
        self._copy, self._run = root / "copy", root / "run"
        self._folder = self._run / "work"
        self._folder.mkdir(parents=True)
        workload.prepare(self._folder)
        self._run.rename(self._copy)

    def problems(self) -> Iterator[str]:
        """What is wrong after each fault, in sentences."""
        made = sorted(self._names())
        for call in made:
            yield from self._each(f"{call}:signal=KILL", "killed by SIGKILL")
        for call in made:
            if call in FALLIBLE:
                for error in ERRORS:
                    yield from self._each(f"{call}:error={error}", "(INJECTED)")

    def _names(self) -> set[str]:
        """The system calls of a run in which nothing happens."""
        shutil.copytree(self._copy, self._run)
        *_, said = _in_traced_child(self._workload.start(self._folder), f"fsync:error=EIO:when={_NEVER}")
        return {match[1] for match in re.finditer(r"^(\w+)\(", said, re.MULTILINE)} - {"exit_group"}

    def _each(self, inject: str, sign: str) -> Iterator[str]:
        """The same fault at the first such call, at the second, and so on, until there is none to happen at."""
        for nth in range(1, _NEVER):
            said, wrong = self._one(f"{inject}:when={nth}")
            if sign not in said:
                return
            self.count += 1
            yield from wrong

    def _one(self, inject: str) -> tuple[str, list[str]]:
        shutil.rmtree(self._run, ignore_errors=True)
        shutil.copytree(self._copy, self._run)
        ended, done, said = _in_traced_child(self._workload.start(self._folder), inject)
        self.killed += ended == _KILLED
        self.refused += ended == REFUSED
        wrong = [] if ended in {DONE, REFUSED, _KILLED} else [f"it ended with {ended}: {said[-500:]}"]
        wrong += self._workload.problems(self._folder, done)
        age(self._run)
        try:
            wrong += self._workload.recovery_problems(self._folder)
        except (LeadlineError, OSError) as problem:
            wrong.append(f"the next session fails: {problem!r}")
        return said, [f"{self._workload.name}, {inject}: {each}" for each in wrong]


def _in_traced_child(acts: Acts, inject: str) -> tuple[int, int, str]:
    """How a child ended, how much it called done, and what strace says of the calls that were changed."""
    # Memory that both see, because a call of ours would be counted and changed like any other.
    shared = mmap.mmap(-1, 2)
    child = os.fork()
    if child == 0:
        os._exit(_ended(acts, shared))
    with subprocess.Popen(
        ["strace", "-p", str(child), "-e", "trace=all", "-e", f"inject={inject}"],  # noqa: S607
        stderr=subprocess.PIPE,
        text=True,
    ) as tracer:
        assert tracer.stderr is not None
        # Its first line tells that it has taken hold of the child.
        said = tracer.stderr.readline()
        shared[_GO] = 1
        said += tracer.stderr.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shared[_DONE], said


def _ended(acts: Acts, shared: mmap.mmap) -> int:
    while not shared[_GO]:
        pass
    try:
        for act in acts:
            act()
            shared[_DONE] += 1
    except LeadlineError:
        return REFUSED
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the proof is looking for
        traceback.print_exc()
        return CRASHED
    return DONE


def attach_trouble() -> str:
    """Why this machine cannot do it, in a sentence; empty if it can."""
    if shutil.which("strace") is None:
        return "there is no strace here"
    with subprocess.Popen(["sleep", "10"]) as sleeper:  # noqa: S607
        done = subprocess.run(
            ["timeout", "1", "strace", "-qq", "-p", str(sleeper.pid), "-e", "inject=read:error=EIO:when=9999"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        sleeper.kill()
    return f"strace may not be used here: {done.stderr.strip()}" if "attach" in done.stderr else ""


if __name__ == "__main__":
    main()
