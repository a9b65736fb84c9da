"""What the store file costs: one edit beside its floor and its peer, opening, memory.

Run with `python -m tests.bench.bench_store [--items 10000 100000] [--folder DIR]`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import orjson
import tinydb

from store.change import ChangeSet, edits_between
from store.clock import utc_now
from store.disk import FileStorage, Identity, keep_backup, locked
from store.disk.keeping.known import KnownTexts
from store.disk.reading.reading import read_store
from store.disk.writing.exchanging import exchange
from store.disk.writing.patching import Patch
from store.workbench import Workbench
from tests.bench.stores import written
from tests.bench.timing import median, p95

WHO = Identity("bench", "bench@example.com")


def main() -> None:
    """Print every figure beside what it is measured against, in the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--folder", type=Path, help="where to write; the disk matters")
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.look:
        print(json.dumps(_look(given.look)))
        return
    for count in given.items:
        with tempfile.TemporaryDirectory(dir=given.folder) as name:
            os.environ["LEADLINE_STATE_DIR"] = f"{name}/state"
            store = written(count, Path(name))
            print(f"\n{count:,} items, {store.stat().st_size / 1e6:.1f} MB")
            _report_opening(store)
            _report_edits(store, given.times)
            _report_protocol(store, given.times)
            _report_outside(store, given.times)


def _report_edits(store: Path, times: int) -> None:
    """The same edit by our whole protocol, by a bare write of the same bytes and by stock TinyDB, turn by turn."""
    bench = Workbench.open(store, now=utc_now, who=WHO)
    numbers = list(bench.workspace.items)
    peer = _stock_copy(store)
    ours, raw, stock = [], [], []
    for turn in range(times):
        number = numbers[(turn + 1) * 997 % len(numbers)]
        content = store.read_bytes()
        raw.append(_milliseconds(partial(_write, store.with_name("raw"), content)))
        ours.append(_milliseconds(partial(_edit, bench, number)))
        stock.append(_milliseconds(partial(_stock_edit, peer, number)))
    floor, edit = median(raw), median(ours)
    print(f"  edit, whole protocol    {edit:7.1f} ms  = {edit / floor:.1f} x raw   (bound at 10,000: 8 x and 100 ms)")
    print(f"  write and fsync, raw    {floor:7.1f} ms")
    print(f"  stock TinyDB            {median(stock):7.1f} ms  = {median(stock) / edit:.1f} x ours (bound: slower)")


def _report_protocol(store: Path, times: int) -> None:
    """What the lock and the exchange of names add, and how long a key waits while a save runs in a thread."""
    lock = [_milliseconds(partial(_hold, store)) for _ in range(times)]
    one, other = store.with_name("one"), store.with_name("other")
    _write(one, b"1")
    _write(other, b"2")
    exchange(one, other)
    swap = [_milliseconds(partial(exchange, one, other)) for _ in range(times)]
    bench = Workbench.open(store, now=utc_now, who=WHO)
    numbers = list(bench.workspace.items)
    waits: list[float] = []
    for turn in range(times):
        waits += _waits(partial(_edit, bench, numbers[(turn + 1) * 991 % len(numbers)]))
    print(f"  of it: lock {median(lock):.3f} ms, exchange of names {median(swap):.3f} ms")
    print(f"  a key beside a save     {p95(waits):7.1f} ms  p95, longest {max(waits):.1f} ms (bound: 16 ms)")


def _hold(store: Path) -> None:
    with locked(store):
        pass


def _waits(action: Callable[[], object]) -> list[float]:
    """How late a thread that wants to go on every millisecond can, while another one is busy; milliseconds."""
    busy = threading.Thread(target=action)
    busy.start()
    waits = []
    while busy.is_alive():
        waits.append(_milliseconds(partial(time.sleep, 0.001)) - 1)
    busy.join()
    return waits


def _report_outside(store: Path, times: int) -> None:
    """Others change twenty records: reading the file again beside reading all of it strictly."""
    file = FileStorage(store)
    numbers = list(file.load().workspace.items)
    other = FileStorage(store)
    other.load()
    again, whole = [], []
    for turn in range(times):
        chosen = [numbers[(turn + step) * 499 % len(numbers)] for step in range(20)]
        items = other.load().workspace.items
        other.write(Patch({"items": {number: items[number].with_(owner=f"o{turn}") for number in chosen}}))
        again.append(_milliseconds(file.load))
        content = store.read_bytes()
        whole.append(_milliseconds(partial(read_store, content, store.name, {})))
    floor = median(whole)
    pulled = _opened_after_a_pull(store, numbers[:20])
    print(f"  reload, 20 changed      {median(again):7.1f} ms  of {floor:.1f} ms for all (bound at 10,000: 60 ms)")
    print(f"  open, 20 changed        {pulled:7.1f} ms  after a pull, with a copy of an earlier day")


def _opened_after_a_pull(store: Path, numbers: list[int]) -> float:
    """Somebody whose notes are elsewhere changes items; then a program of ours starts."""
    kept = keep_backup(store, store.read_bytes(), "saving", utc_now())
    if kept is not None:
        KnownTexts(store).remember_copy(kept.digest)
    ours = os.environ["LEADLINE_STATE_DIR"]
    os.environ["LEADLINE_STATE_DIR"] = f"{ours}-theirs"
    theirs = FileStorage(store)
    items = theirs.load().workspace.items
    theirs.write(Patch({"items": {number: items[number].with_(owner="pulled") for number in numbers}}))
    os.environ["LEADLINE_STATE_DIR"] = ours
    return _looked(store)["open"]


def _report_opening(store: Path) -> None:
    strict, clean = _looked(store), _looked(store)
    bench = Workbench.open(store, now=utc_now, who=WHO)
    first = _milliseconds(partial(_edit, bench, next(iter(bench.workspace.items))))
    known = _looked(store)
    content = store.read_bytes()
    plain = _milliseconds(partial(json.loads, content))
    fast = _milliseconds(partial(orjson.loads, content))
    print(f"  parse only              {plain:7.1f} ms  json.loads; orjson.loads {fast:.1f}")
    print(f"  open, never seen        {strict['open']:7.1f} ms  = {strict['open'] / plain:.1f} x json.loads")
    print(f"  open, seen, not ours    {clean['open']:7.1f} ms")
    print(f"  open, written by us     {known['open']:7.1f} ms  then every record {known['records']:.1f} ms")
    print(f"  first save, all anew    {first:7.1f} ms")
    memory = f"imports {known['imports']:.0f} MB, open {known['opened']:.0f} MB, every record {known['all']:.0f} MB"
    print(f"  memory: {memory}")


def _looked(store: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.bench_store", "--look", str(store)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _look(store: Path) -> dict[str, float]:
    imports = _memory()
    started = time.perf_counter()
    bench = Workbench.open(store, now=utc_now, who=WHO)
    opened = time.perf_counter()
    figures = {"imports": imports, "open": (opened - started) * 1000, "opened": _memory()}
    records = list(bench.workspace.items.values())
    return {**figures, "records": (time.perf_counter() - opened) * 1000, "all": _memory(), "count": len(records)}


def _memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if "VmRSS" in line)
    return int(line.split()[1]) / 1024


def _edit(bench: Workbench, number: int) -> None:
    now = utc_now()
    items = bench.workspace.items
    moved = items[number].moved("done" if items[number].stage.stage != "done" else "ready", now, "bench")
    bench.do(ChangeSet("Moved it", edits_between(items, [moved]), now, "bench"))
    bench.save()


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)
    os.close(handle)


def _stock_copy(store: Path) -> tinydb.TinyDB:
    copy = store.with_name("stock.json")
    copy.write_text(json.dumps(json.loads(store.read_bytes()), indent=2, sort_keys=True))
    return tinydb.TinyDB(copy, indent=2, sort_keys=True)


def _stock_edit(peer: tinydb.TinyDB, number: int) -> None:
    stage = {"is": "done", "since": f"{utc_now():%Y-%m-%dT%H:%M:%SZ}", "by": "bench"}
    peer.table("items").update({"stage": stage}, doc_ids=[number])


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
