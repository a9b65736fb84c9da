"""What a merge of three stores costs as git waits for it: the whole process, beside its floor in the same run.

Where other programs keep the machine busy, the time of the processor says more than the clock; both are told. The
floor is a Python that reads the three files and writes one of them, with its bytes on the disk.

Run with `python -m tests.bench.bench_merge [--items 10000] [--edits 20 1000 10000] [--times 7]`.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from store.disk.canonical import record_text, store_text
from store.models import Json
from tests.bench.stores import WORDS, written
from tests.bench.timing import median

LEADLINE: Final = Path(sys.executable).with_name("leadline")
FLOOR: Final = """
import os, sys
base, ours, theirs = (open(name, "rb").read() for name in sys.argv[1:])
handle = os.open(sys.argv[2], os.O_WRONLY)
os.write(handle, ours)
os.fsync(handle)
"""
Tables = dict[str, dict[str, dict[str, Json]]]


def main() -> None:
    """Print the merge, its floor and git's merge by lines for each number of edits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--edits", type=int, nargs="*", default=[20, 1_000, 10_000])
    parser.add_argument("--times", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = written(given.items, folder).read_bytes()
        tables: Tables = json.loads(content)
        print(f"3 x {given.items:,} items of {len(content) / 1e6:.1f} MB, whole process  (bound: 1,000 ms)")
        for edits in given.edits:
            sides = [text_of(edited(tables, edits, seed)) for seed in (1, 2)]
            report(folder, content, sides, f"{edits:,} items edited on each side", given.times)
        report(folder, json.dumps(tables).encode(), sides, "the base as stock TinyDB writes it", given.times)


def report(folder: Path, base: bytes, sides: Sequence[bytes], words: str, times: int) -> None:
    """One line of figures."""
    paths = [folder / name for name in ("base", "ours", "theirs")]
    merges, floors, lines = [], [], []
    spent = 0.0
    for _ in range(times):
        for path, content in zip(paths, (base, *sides), strict=True):
            path.write_bytes(content)
        floors.append(milliseconds((sys.executable, "-c", FLOOR, *map(str, paths))))
        base_path, ours, theirs = map(str, paths)
        lines.append(milliseconds(("git", "merge-file", "-q", "-p", ours, base_path, theirs)))
        before = processor_seconds()
        merges.append(milliseconds((str(LEADLINE), "merge", *map(str, paths))))
        spent += processor_seconds() - before
    merged, floor, cpu = median(merges), median(floors), spent / times * 1000
    conflicts = len(json.loads(paths[1].read_bytes()).get("conflicts", {}))
    print(
        f"  {words:<40} {merged:7.0f} ms ({cpu:.0f} ms of the processor) = "
        f"{merged / floor:4.1f} x reading and writing ({floor:.0f} ms); "
        f"git by lines {median(lines):.0f} ms; {conflicts:,} conflicts"
    )


def milliseconds(command: Sequence[str]) -> float:
    """How long a command takes, from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    return (time.perf_counter() - start) * 1000


def processor_seconds() -> float:
    """What all programs that were started and have ended took of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def edited(tables: Tables, count: int, seed: int) -> Tables:
    """The tables with an owner, a tag or a line of text changed in so many items, and one new item for ten of them."""
    rolled = random.Random(seed)  # noqa: S311 - a benchmark wants the same numbers every time
    items = dict(tables["items"])
    for key in rolled.sample(sorted(items), count):
        fields = dict(items[key])
        match rolled.randrange(3):
            case 0:
                fields["owner"] = rolled.choice(("ana", "li", "omar", "bo"))
            case 1:
                fields["tags"] = sorted({*fields.get("tags", ()), rolled.choice(WORDS)})
            case _:
                fields["body"] = [*fields.get("body", ()), f"Seen again by {seed}."]
        items[key] = fields
    for _ in range(count // 10):
        items[str(2**44 + rolled.getrandbits(43))] = {**items[rolled.choice(sorted(tables["items"])[:50])]}
    return {**tables, "items": items}


def text_of(tables: Mapping[str, Mapping[str, Mapping[str, Json]]]) -> bytes:
    """The canonical text of raw tables."""
    return store_text({
        table: {key: record_text(table, key, fields) for key, fields in records.items()}
        for table, records in tables.items()
    })


if __name__ == "__main__":
    main()
