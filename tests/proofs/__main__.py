"""The proofs: faults, fuzzing and simulations that take minutes. `python -m tests.proofs [--long] [NAME ...]`."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.proofs.sizes import LONG, VARIABLE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED = "20261123"


def main() -> int:
    """Run the proofs on two processes; the exit code is pytest's, whose own closing line ends the output."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the large sizes, which take hours")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these, such as plain_git; else all")
    given = parser.parse_args()
    command = (
        *(sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--durations=10"),
        f"--hypothesis-seed={SEED}",
        *_paths(given.names),
    )
    size = {VARIABLE: LONG} if given.long else {}
    print(f"\n== proofs, {'long' if given.long else 'short'}: {' '.join(command[2:])}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **size}).returncode


def _paths(names: Iterable[str]) -> list[str]:
    """Where the named proofs are: a file `test_<name>.py`, or a folder of that name."""
    relative = HERE.relative_to(ROOT)
    return [str(relative / (name if (HERE / name).is_dir() else f"test_{name}.py")) for name in names] or [
        str(relative)
    ]


if __name__ == "__main__":
    sys.exit(main())
