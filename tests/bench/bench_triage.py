"""What a verdict costs, from key to next card painted, in a real terminal.

Run with `python -m tests.bench.bench_triage`. The figure stands beside the key of a bare Textual program in one run.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.bench_screens import SIZE, bare_key, report
from tests.bench.stores import written
from tests.bench.timing import Timed

VERDICTS = 60


class Triage(Timed):
    """leadline with the first card in front."""

    def begin(self) -> None:
        """Wait for the first frame, go to triage, and let the words of all items be indexed."""
        self.seconds_until("saved")
        self.settle()
        self.press(b"g")
        self.press(b"t")
        self.settle(1.0)


def verdicts(program: Triage) -> Iterator[float]:
    """Now and next by turns, each until the number of the next card is on the screen."""
    for number in range(VERDICTS):
        yield program.milliseconds_until(b"12"[number % 2 :][:1], f"{number + 2} of ")
        program.settle(0.4)  # the save and the look ahead are not what is timed here


def main() -> None:
    """Print the milliseconds of a verdict for each size of store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="*", default=[1_000, 10_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        env = {
            "HOME": name,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "LEADLINE_USER": "bench",
            "COLORTERM": "truecolor",
        }
        bare = bare_key(env)
        for count in given.items:
            folder = Path(name, str(count))
            folder.mkdir()
            with Triage([sys.executable, "-m", "tui", "--store", str(written(count, folder))], env, *SIZE) as program:
                program.begin()
                print(f"\n{count:,} items")
                report("verdict to next card", list(verdicts(program)), "bound: p95 33 ms at 10,000", bare)


if __name__ == "__main__":
    main()
