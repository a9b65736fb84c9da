"""What keeping costs: a change in the journal, and what others wrote on the screen.

Run with `python -m tests.bench.bench_keeping [--items 10000] [--folder DIR]`. The journal stands beside a bare append
of as many bytes with fsync, by turns, in the same run; the reload is in a real terminal.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from store.change import ChangeSet, Did, Edit, Step
from store.clock import utc_now
from store.disk import FileStorage
from store.disk.journal.journal import Journal
from store.disk.journal.lines import line_of
from store.disk.writing.patching import Patch
from tests.bench.bench_screens import SIZE
from tests.bench.stores import made_up, written
from tests.bench.timing import Timed, median, p95

APPENDS = 200
RELOADS = 15
RECORD_BYTES = 1_000


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="*", default=[10_000])
    parser.add_argument("--folder", type=Path, help="where to write; the disk matters")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        os.environ["LEADLINE_STATE_DIR"] = f"{name}/state"
        _report_journal(Path(name))
        for count in given.items:
            folder = Path(name, str(count))
            folder.mkdir()
            _report_reload(written(count, folder), count)


def _report_journal(folder: Path) -> None:
    """One change of about 1 KB at a time, and the same bytes by a bare append."""
    before = next(item for item in made_up(50).items.values() if item.body)
    after = before.with_(body="x" * (RECORD_BYTES - len(before.body) - 300))
    change = ChangeSet("Changed the text", (Edit(before, after),), utc_now(), "bench")
    steps = [Step("bench", number, Did.DO, change) for number in range(1, APPENDS + 1)]
    line = line_of(steps[0], time.time_ns())
    journal = Journal(folder / "leadline.json", "bench")
    journal.append(steps[:1])
    handle = os.open(folder / "raw", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    ours, raw = [], []

    def append() -> None:
        os.write(handle, line)
        os.fsync(handle)

    for step in steps[1:]:
        raw.append(_milliseconds(append))
        ours.append(_milliseconds(partial(journal.append, (step,))))
    os.close(handle)
    journal.close()
    floor, own = median(raw), median(ours)
    print(f"\njournal, a change of {len(line):,} bytes, {len(ours)} times")
    print(f"  append, safe on disk    {own:7.3f} ms  p95 {p95(ours):.3f}  = {own / floor:.2f} x raw (bound: 2 x)")
    print(f"  append and fsync, raw   {floor:7.3f} ms  p95 {p95(raw):.3f}")


def _report_reload(store: Path, count: int) -> None:
    """Another file with one title changed is put in place; then `R`, until the title is on the screen."""
    env = {
        "HOME": str(store.parent),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "LEADLINE_USER": "bench",
        "LEADLINE_STATE_DIR": str(store.parent / "state"),
        "COLORTERM": "truecolor",
    }
    theirs = FileStorage(store)
    items = theirs.load().workspace.items
    asked: list[float] = []
    noticed: list[float] = []
    computed: list[float] = []
    with Timed([sys.executable, "-m", "tui", "--store", str(store)], env, *SIZE) as program:
        program.seconds_until("saved")
        program.settle()
        program.press(b"g")
        program.press(b"b")
        program.settle(1.0)
        by_name = {each.title[:20]: each for each in items.values()}
        row = next(line for line in program.screen.display[4:] if any(title in line for title in by_name))
        shown = next(each for title, each in by_name.items() if title in row)
        for turn in range(2 * RELOADS):
            word = f"Reloaded {turn} times"
            theirs.load()
            old = store.read_bytes()
            theirs.write(Patch({"items": {shown.id: shown.with_(title=word)}}))
            new = store.with_name("new")
            new.write_bytes(store.read_bytes())
            store.write_bytes(old)
            program.settle(1.5)  # what was put back is read again meanwhile
            new.replace(store)
            busy = program.cpu()
            # Without a key the program looks by itself, twice a second.
            took = program.milliseconds_until(b"R" if turn % 2 else b"", word)
            (asked if turn % 2 else noticed).append(took)
            if turn % 2:
                computed.append((program.cpu() - busy) * 1000)
            program.settle(0.3)
    print(f"\n{count:,} items, one changed by others, in the backlog")
    print(
        f"  R until it is painted   {median(asked):7.1f} ms  p95 {p95(asked):.1f}, {median(computed):.1f} ms of CPU"
        " (bound at 10,000: 150 ms)"
    )
    print(f"  by itself               {median(noticed):7.1f} ms  longest {max(noticed):.0f} (bound: 1,000 ms)")


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
