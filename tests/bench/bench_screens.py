"""What a key costs in the backlog, from key to painted, in a real terminal.

Run with `python -m tests.bench.bench_screens`. Every figure stands beside the key of a bare Textual program in the same
run.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.stores import written
from tests.bench.timing import Timed, median, p95

BARE = Path(__file__).with_name("bare.py")
SIZE = (140, 45)
KEYS = 60
FILTERS = ("stage:ready size<=3 -is:blocked grid", "is:any tag:cache owner:@ana login", "retry server kind:bug age>30d")
DOWN, UP, ESCAPE, ENTER = b"j", b"k", b"\x1b", b"\r"


class Backlog(Timed):
    """leadline with the backlog in front."""

    def begin(self) -> None:
        """Wait for the first frame and go to the backlog."""
        self.seconds_until("saved")
        self.settle()
        self.press(b"g")
        self.press(b"b")
        self.settle()

    def press_until(self, keys: bytes, text: str) -> float:
        """Milliseconds from the key until the text is written to the screen, whatever else is painted later."""
        return self.milliseconds_until(keys, text)


def cursor(program: Backlog) -> Iterator[float]:
    """The cursor one row down and up, and over the edge of the screen."""
    for number in range(KEYS):
        yield program.press(UP if number % 3 == 2 else DOWN)


def letters(program: Backlog) -> Iterator[float]:
    """Each letter of some filters."""
    for text in FILTERS:
        program.press(b"/")
        for letter in text:
            yield program.press(letter.encode())
        program.press(ESCAPE)
        program.press(ESCAPE)
        program.settle(0.2)


def stages(program: Backlog, times: int) -> Iterator[float]:
    """A stage picked for the item under the cursor, until the row and the count of that stage are painted."""
    for number in range(times):
        program.press(b"s")
        stage = "review" if number % 2 == 0 else "ready"
        for letter in stage:
            program.press(letter.encode())
        found = re.search(rf"([\d,]+) {stage}", program.text)
        count = int(found[1].replace(",", "")) if found else 0
        yield program.press_until(ENTER, f"{count + 1:,} {stage}")
        program.settle(1.5)  # the save is not what is timed here


def report(name: str, values: Sequence[float], bound: str, bare: float, cpu: float | None = None) -> None:
    """One line of the table; `cpu` is what one key costs in milliseconds of computing, beside which the clock waits."""
    computed = "" if cpu is None else f"   {cpu:5.1f} ms of CPU"
    print(
        f"  {name:<22} median {median(values):6.1f} ms   p95 {p95(values):6.1f} ms"
        f"   {median(values) / bare:5.1f} x bare{computed}   {bound}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="*", default=[100, 10_000, 100_000])
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
            measure(count, [sys.executable, "-m", "tui", "--store", str(written(count, folder))], env, bare)


def bare_key(env: dict[str, str]) -> float:
    """Median milliseconds of a key in the smallest Textual program."""
    with Timed([sys.executable, str(BARE)], env, *SIZE) as program:
        program.seconds_until("bare and ready")
        program.settle()
        values = [program.press(b"ab"[number % 2 : number % 2 + 1]) for number in range(KEYS)]
    print(f"floor: a key in a bare Textual program, median {median(values):.1f} ms, p95 {p95(values):.1f} ms")
    return median(values)


def measure(count: int, command: Sequence[str], env: dict[str, str], bare: float) -> None:
    """The keys in a store of so many items."""
    with Backlog(command, env, *SIZE) as program:
        program.begin()
        print(f"\n{count:,} items")

        def timed(name: str, keys: Iterator[float], bound: str) -> None:
            before = program.cpu()
            values = list(keys)
            report(name, values, bound, bare, (program.cpu() - before) * 1000 / len(values))

        timed("cursor", cursor(program), "bound: p95 16 ms")
        program.press(b" ")
        timed("cursor, with the pane", cursor(program), "bound: p95 16 ms")
        program.press(b" ")
        timed("letter of a filter", letters(program), "bound: p95 40 ms at 10,000")
        report("stage picked", list(stages(program, 8)), "bound: 50 ms at 10,000", bare)


if __name__ == "__main__":
    main()
