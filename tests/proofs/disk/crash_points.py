"""Every call of a write, and everything that may happen at it: `python -m tests.proofs.disk.crash_points WORKLOAD`.

One loaded process makes a child for each run, because a fresh program would spend all its time on starting. It says
what it found as one line of JSON.
"""

import argparse
import json
import os
import shutil
import signal
import tempfile
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from store.errors import LeadlineError
from tests.proofs.disk.faults import ERRORS, HALF_AND_KILL, KILL, Fault, faults_at, is_possible
from tests.proofs.disk.layer import layered
from tests.proofs.disk.workload import Acts, Workload, age
from tests.proofs.disk.workloads import WORKLOADS

DONE, REFUSED, CRASHED = 0, 3, 4
_KILLED: Final = -signal.SIGKILL
_SAFE: Final = b"\0"
"""What a child says when one of its writes is called done."""


@dataclass
class Found:
    """What all runs of one workload came to."""

    calls: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def main() -> None:
    """Run one workload through all its faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--twice", action="store_true", help="also kill the session after a kill, at each of its calls")
    parser.add_argument("--errors", type=int, default=len(ERRORS), help="so many of the errors at each call, in turn")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(os.path.realpath(place))
        os.environ["LEADLINE_STATE_DIR"] = str(root / "run" / "state")
        found = _Runs(WORKLOADS[given.workload], root).all(given.errors, is_twice=given.twice)
    print(json.dumps({"calls": len(found.calls), "ends": found.ends, "problems": found.problems}))


class _Runs:
    """All runs of one workload, each in a folder of the same name, which is made anew from a copy."""

    def __init__(self, workload: Workload, root: Path) -> None:
        self._workload = workload
        self._copy, self._run = root / "copy", root / "run"
        self._folder = self._run / "work"
        self._folder.mkdir(parents=True)
        workload.prepare(self._folder)
        self._run.rename(self._copy)

    def all(self, errors: int, *, is_twice: bool) -> Found:
        # What is imported when it is first needed is read from the disk the first time only.
        self._calls()
        found = Found(calls=self._calls())
        for nth, name in enumerate(found.calls, start=1):
            for kind in faults_at(nth, errors):
                if is_possible(name, kind):
                    self._one(found, nth, name, kind)
                    if is_twice and kind in {KILL, HALF_AND_KILL}:
                        self._kills_after(found, nth, name, kind)
        return found

    def _calls(self) -> list[str]:
        """The calls of a run in which nothing happens."""
        acts = self._fresh()
        fault = Fault(0, "")
        # Some writes are to be refused even so.
        with suppress(LeadlineError), layered(fault):
            for act in acts:
                act()
        return fault.calls

    def _fresh(self) -> Acts:
        shutil.rmtree(self._run, ignore_errors=True)
        shutil.copytree(self._copy, self._run)
        return self._workload.start(self._folder)

    def _one(self, found: Found, nth: int, name: str, kind: str) -> None:
        where = f"{self._workload.name}: {kind} at call {nth} ({name})"
        ended, done, words = _in_child(self._fresh(), Fault(nth, kind))
        found.ends[_name_of(ended)] += 1
        if ended == CRASHED or (ended != _KILLED and kind in {KILL, HALF_AND_KILL}):
            found.problems.append(f"{where}: ended with {ended}\n{words}")
        self._check(found, where, done)
        self._recover(found, where)

    def _kills_after(self, found: Found, nth: int, name: str, kind: str) -> None:
        """The same fault, and then the next session is killed at its m-th call, for each m until it is not."""
        for again in range(1, 400):
            _in_child(self._fresh(), Fault(nth, kind))
            age(self._run)
            ended, *_ = _in_child([lambda: self._workload.recovery_problems(self._folder)], Fault(again, KILL))
            found.ends["killed twice" if ended == _KILLED else "recovered"] += 1
            if ended != _KILLED:
                return
            where = f"{self._workload.name}: {kind} at call {nth} ({name}), then at call {again} of the next session"
            self._recover(found, where)

    def _check(self, found: Found, where: str, done: int) -> None:
        found.problems += (f"{where}: {problem}" for problem in self._workload.problems(self._folder, done))

    def _recover(self, found: Found, where: str) -> None:
        age(self._run)
        try:
            wrong = self._workload.recovery_problems(self._folder)
        except (LeadlineError, OSError) as error:
            wrong = [f"the next session fails: {error!r}"]
        found.problems += (f"{where}: {problem}" for problem in wrong)


def _in_child(acts: Acts, fault: Fault) -> tuple[int, int, str]:
    """How a child ended that did it with that fault, how much it called done, and what it said about a crash."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        os._exit(_ended(acts, fault, writable))
    os.close(writable)
    with os.fdopen(readable, "rb") as said:
        words = said.read()
    _, status = os.waitpid(child, 0)
    done = len(words) - len(words.lstrip(_SAFE))
    return os.waitstatus_to_exitcode(status), done, words[done:].decode(errors="replace")


def _ended(acts: Acts, fault: Fault, said: int) -> int:
    write = os.write
    try:
        with layered(fault):
            for act in acts:
                act()
                write(said, _SAFE)
    except LeadlineError:
        return REFUSED
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the proof is looking for
        write(said, traceback.format_exc().encode()[-2000:])
        return CRASHED
    return DONE


def _name_of(ended: int) -> str:
    return {DONE: "done", REFUSED: "refused", CRASHED: "crashed", _KILLED: "killed"}.get(ended, f"ended {ended}")


if __name__ == "__main__":
    main()
