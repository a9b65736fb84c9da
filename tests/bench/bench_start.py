"""How long a person waits: first frame, command line, memory. Run with `python -m tests.bench.bench_start`."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.stores import written
from tests.bench.timing import Timed, median

BARE = Path(__file__).with_name("bare.py")


def main() -> None:
    """Print first frame, `add`, `list` and memory, each beside its floor in the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="*", default=[100, 10_000, 100_000])
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        env = {
            "HOME": name,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "LEADLINE_USER": "bench",
            "COLORTERM": "truecolor",
        }
        bare = median([_first_frame([sys.executable, str(BARE)], env, "bare and ready") for _ in range(given.times)])
        python = median([_seconds([sys.executable, "-c", "import click, pydantic"], env) for _ in range(given.times)])
        print(f"floor: bare Textual program {bare:.3f} s; python with click and pydantic {python:.3f} s")
        for count in given.items:
            folder = home / str(count)
            folder.mkdir()
            store = written(count, folder)
            _report(count, store, env, (bare, python), given.times)


def _report(count: int, store: Path, env: dict[str, str], floors: tuple[float, float], times: int) -> None:
    bare, python = floors
    leadline = [sys.executable, "-m", "tui", "--store", str(store)]
    # Every day but the first, leadline opens a file that it wrote itself.
    subprocess.run([*leadline, "add", "Monday"], env=env, check=True, capture_output=True)
    frames = [_first_frame(leadline, env, "saved") for _ in range(times)]
    frame = median(frames)
    print(f"\n{count:,} items, {store.stat().st_size / 1e6:.1f} MB")
    print(f"  first frame    {frame:.3f} s = bare + {frame - bare:.3f} s   (bound at 10,000: bare + 0.25 s)")
    with Timed(leadline, env) as program:
        program.seconds_until("saved")
        program.settle()
        print(f"  memory         {program.memory():.0f} MB   (bound at 10,000: 150 MB)")
    commands: dict[str, Callable[[int], Sequence[str]]] = {
        "add": lambda n: ["add", f"Captured number {n} #bench"],
        "list": lambda _: ["list", "stage:doing"],
        "list --json": lambda _: ["list", "--json", "--limit", "50"],
    }
    for words, arguments in commands.items():
        whole = median([_seconds([*leadline, *arguments(n)], env) for n in range(times)])
        print(f"  {words:<14} {whole:.3f} s = {whole / python:.1f} x python with imports   (bound at 10,000: 0.2 s)")


def _first_frame(command: Sequence[str], env: dict[str, str], text: str) -> float:
    with Timed(command, env) as program:
        return program.seconds_until(text)


def _seconds(command: Sequence[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
