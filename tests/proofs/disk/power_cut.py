"""The power is cut at every point of a write: `python -m tests.proofs.disk.power_cut WORKLOAD`.

Each state that may be on the disk then is put into a folder and looked at with the same eyes as after a kill; of some,
the next session goes on. It says what it found as one line of JSON.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

from store.errors import LeadlineError
from tests.proofs.disk.layer import layered
from tests.proofs.disk.recording import Recorder
from tests.proofs.disk.states import Disk, done_after, states_after
from tests.proofs.disk.workload import Workload, age
from tests.proofs.disk.workloads import WORKLOADS

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one, because each state is a few files
_DRY: Final = 300
"""When so many in a row were seen before, there is hardly another one."""
_EVERY: Final = 20
"""Of so many states, the next session goes on with one."""


def main() -> None:
    """Look at the states of one workload."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--most", type=int, default=7500, help="how many to look at for each point of the write")
    given = parser.parse_args()
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        root = Path(os.path.realpath(name)) / "run"
        os.environ["LEADLINE_STATE_DIR"] = str(root / "state")
        cut = _Cut(WORKLOADS[given.workload], root)
        problems = list(cut.problems(given.most))
    found = {"points": cut.points, "states": len(cut.seen), "recovered": cut.recovered, "problems": problems[:50]}
    print(json.dumps(found))


class _Cut:
    """One workload, recorded once, and every state it may have left."""

    def __init__(self, workload: Workload, root: Path) -> None:
        self.seen: set[int] = set()
        self.recovered = 0
        self._workload = workload
        self._root, self._folder = root, root / "work"
        self._folder.mkdir(parents=True)
        workload.prepare(self._folder)
        acts = workload.start(self._folder)
        self._recorder = Recorder(root)
        with suppress(LeadlineError), layered(self._recorder):
            for act in acts:
                act()
                self._recorder.done()
        self.points = len(self._recorder.operations) + 1
        self._there: dict[str, bytes | None] = {}
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        # The next session must see that whoever wrote this is dead.
        self._alive, self._dead = f"-{os.getpid()}-", f"-{gone.pid}-"

    def problems(self, most: int) -> Iterator[str]:
        """What is wrong with the states, in sentences; at most so many of one point are looked at."""
        chance = Random(self._workload.name)  # noqa: S311 - the same states in every run
        for point in range(self.points):
            done = done_after(self._recorder, point)
            where = f"{self._workload.name}: after {point} of {self.points - 1} operations"
            known_before, dry = len(self.seen), 0
            states = states_after(self._recorder, point, chance, most)
            while dry < _DRY and len(self.seen) < known_before + most:
                disk = {name.replace(self._alive, self._dead): text for name, text in next(states).items()}
                digest = hash((done, frozenset(disk.items())))
                dry += 1
                if digest not in self.seen:
                    dry = 0
                    self.seen.add(digest)
                    self._put(disk)
                    yield from (f"{where}: {problem}" for problem in self._workload.problems(self._folder, done))
                    if len(self.seen) % _EVERY == 1:
                        yield from (f"{where}: {problem}" for problem in self._recovery_problems())

    def _put(self, disk: Disk) -> None:
        """Makes the folder hold that state; what is the same as before is left alone."""
        for name in sorted(self._there.keys() - disk.keys(), reverse=True):
            path = self._root / name
            if self._there[name] is None:
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for name, content in sorted(disk.items()):
            path = self._root / name
            if content is None:
                path.mkdir(parents=True, exist_ok=True)
            elif self._there.get(name, b"?") != content or not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        self._there = dict(disk)

    def _recovery_problems(self) -> list[str]:
        self.recovered += 1
        age(self._root)
        try:
            return self._workload.recovery_problems(self._folder)
        except (LeadlineError, OSError) as error:
            return [f"the next session fails: {error!r}"]
        finally:
            shutil.rmtree(self._root)
            self._folder.mkdir(parents=True)
            self._there = {}


if __name__ == "__main__":
    main()
