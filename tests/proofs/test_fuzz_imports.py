"""Spoilt files to import: read, row by row refused, or refused as a whole with a sentence; and nothing is written."""

import json
import time
from collections import Counter
from random import Random
from typing import Final

import pytest

from store.change import applied
from store.errors import ImportFailedError
from store.exchange import ImportOptions, plan_import, read_bytes, to_change
from store.models import Item, Workspace
from tests.proofs.figures import Report
from tests.proofs.fuzz.watching import watched
from tests.proofs.sizes import size
from tests.store.exchange.build import FIXTURES, NOW, ids

SEED: Final = 20_261_123
CHUNKS: Final = 2
CASES: Final = size(20_000, 1_000_000)
THOROUGH: Final = 10
MOST_TOLD: Final = 10

_SEEDS: Final = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.is_file()}
_BITS: Final = (
    b'"', b'""', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"[", b"]", b"{",
    b"}", b":", b"null", b"true", b"[]", b"{}", b"1e999", b"-0", b"NaN", b"\\u0000", b"\\ud800", b"9" * 5000,
    b"sep=;\n", b"=1+1", b"@x", b"https://", b"2026-02-30", b"31/Feb/26 9:00 AM", b"0001-01-01", b"[" * 100_000,
    b"9999-12-31T23:59:59+14:00", "\u2028\u202e\x1b[2J".encode(), "é".encode("latin-1"), b"x" * 100_000,
    b'{"a":' * 2000,
)  # fmt: skip
_ENCODINGS: Final = "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_spoilt_file_is_imported_or_refused_with_a_sentence(chunk: int, report: Report) -> None:
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    with watched() as writes:
        for number in range(chunk, CASES, CHUNKS):
            random = Random(f"{SEED} {number}")  # noqa: S311 - the same files every time
            name, data = _spoilt(random)
            start = time.perf_counter()
            try:
                problem = _problem_with(data, name, is_thorough=number // CHUNKS % THOROUGH == 0)
            except ImportFailedError as error:
                ends["refused"] += 1
                problem = "" if error.message.endswith((".", "?")) else f"no sentence: {error.message}"
            except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
                problem = f"{type(error).__name__}: {error}"
            else:
                ends["imported"] += 1
            slowest = max(slowest, time.perf_counter() - start)
            if problem:
                wrong.append(f"{number} of {name}: {problem}")
    figures = {"files": len(range(chunk, CASES, CHUNKS)), **dict(sorted(ends.items())), "wrong": len(wrong)}
    report("Spoilt imports", {**figures, "writes": len(writes), "ms for the slowest": round(slowest * 1000)})
    assert wrong[:MOST_TOLD] == []
    assert writes == []


def _problem_with(data: bytes, name: str, *, is_thorough: bool) -> str:
    """What is wrong with what a file is imported as; empty where nothing is."""
    workspace = Workspace()
    reading = read_bytes(data, name, ImportOptions())
    plan = plan_import(workspace, reading, NOW, "ana", ids())
    workspace = applied(workspace, to_change(plan, NOW, "ana"))
    if not is_thorough:
        return ""
    for item in workspace.items.values():
        if Item.model_validate({"id": item.id, **json.loads(json.dumps(item.raw()))}) != item:
            return f"{item.id} is not read as it was written"
    return "" if plan_import(workspace, reading, NOW, "ana", ids()).is_empty else "a second import changes something"


def _spoilt(random: Random) -> tuple[str, bytes]:
    name = random.choice(list(_SEEDS))
    data = bytearray(_SEEDS[name])
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        random.choice((_cut, _flip, _flip, _put, _put, _move_lines))(random, data)
    if random.randrange(20) == 0:
        return name, data.decode(errors="replace").encode(random.choice(_ENCODINGS), errors="replace")
    return name, bytes(data)


def _cut(random: Random, data: bytearray) -> None:
    """The beginning, the end, or something in between is missing."""
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.choice((1, 2, 8, 40, 400)))
    start, stop = random.choice(((0, at), (at, len(data)), (at, end), (at, end)))
    del data[start:stop]


def _flip(random: Random, data: bytearray) -> None:
    """One bit is another."""
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _put(random: Random, data: bytearray) -> None:
    """Something is put in, or put over what was there: an odd bit, the same once more, or a piece of another file."""
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.choice((1, 2, 8, 40, 400)))
    other = _SEEDS[random.choice(list(_SEEDS))]
    data[at : random.choice((at, end))] = random.choice((random.choice(_BITS), data[at:end], other[at:end]))


def _move_lines(random: Random, data: bytearray) -> None:
    """Drops, doubles or swaps lines."""
    lines = data.split(b"\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(3):
        case 0:
            del lines[first]
        case 1:
            lines.insert(second, lines[first])
        case _:
            lines[first], lines[second] = lines[second], lines[first]
    data[:] = b"\n".join(lines)
