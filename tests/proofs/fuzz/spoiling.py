"""Ways to spoil the text of a store. Each knows where it touched the text, so that the other records are known."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.proofs.fuzz.origins import Origin, Untouched

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What became of a store.

    Args:
        content: its bytes.
        touched: where the text of the origin was changed; where something was put in, both ends are the same.
        words: what must be found in the store again, because one side of a merge said it.
    """

    content: bytes
    touched: Spans
    words: tuple[str, ...] = ()


Way = Callable[[Random, Origin], Spoilt]

_NASTY: Final = (
    "\x00", "\x1b]0;x\x07", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\U000e0041", "\ufffe", "👩‍👧", "\\ud800",
    "\\u0000", '"', "\\", "{", "}", "[", "]", ",", ":", "//", "'", "\r", "\t", "NaN", "1e999", "é" * 40,
)  # fmt: skip
_RAW: Final = (
    "null", "true", "0", "-1", "1.5", "9007199254740993", "1e308", "1e999", "-Infinity", "NaN", '""', '"x"', "[]", "{}",
    "[[]]", '{"": {}}', '"\\ud800"', "9" * 5000, "[" * 40 + "]" * 40, '{"a":' * 40 + "1" + "}" * 40, "[" * 100_000,
    '["x", 1, null]', '[{"goal": "x"}]', '{"is": 5}', "tru", "'x'", '"' + "x" * 5000 + '"', '"2026-02-30"', "01",
)  # fmt: skip
_KEYS: Final = (
    "0",
    "01",
    "-1",
    "+1",
    "1e3",
    " 5",
    "5 ",
    "٥",
    "abc",
    "",
    "9007199254740992",
    "9" * 40,
    "17592186045005",
    "17592186045006",
)
_LABELS: Final = ("HEAD", "ana/x", "1234567 (Change the queue)", "Updated upstream", "", "a" * 200, "東京")
_LINE: Final = re.compile(r'^  "(?:title|owner|requester|said_by|guideline)": "[^"\\]*"', re.MULTILINE)


def cut(text: str, at: int) -> Spoilt:
    """The end is missing."""
    return Spoilt(text.encode()[:at], ((_chars(text, at), len(text)),))


def beheaded(text: str, at: int) -> Spoilt:
    """The beginning is missing."""
    return Spoilt(text.encode()[at:], ((0, _chars(text, at, up=True)),))


def flipped(random: Random, origin: Origin) -> Spoilt:
    """One to three bytes are others; often one bit, sometimes a run of zeros."""
    data = bytearray(origin.text.encode())
    touched = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = random.randrange(len(data))
        length = 1
        match random.randrange(8):
            case 0:
                length = min(random.choice((1, 16, 512)), len(data) - at)
                data[at : at + length] = bytes(length)
            case 1 | 2:
                data[at] = random.randrange(256)
            case _:
                data[at] ^= 1 << random.randrange(8)
        touched.append((_chars(origin.text, at), _chars(origin.text, at + length, up=True)))
    return Spoilt(bytes(data), tuple(touched))


def lines_moved(random: Random, origin: Origin) -> Spoilt:
    """Lines are dropped, doubled, swapped, joined or out of their indent."""
    lines = origin.text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    first = random.randrange(len(lines))
    last = min(len(lines), first + random.choice((1, 1, 1, 2, 5, 20)))
    span = starts[first], starts[last]
    match random.randrange(5):
        case 0:
            return Spoilt("".join((*lines[:first], *lines[last:])).encode(), (span,))
        case 1:
            return Spoilt("".join((*lines[:last], *lines[first:])).encode(), ((span[1], span[1]),))
        case 2:
            other = random.randrange(len(lines))
            lines[first], lines[other] = lines[other], lines[first]
            both = ((starts[first], starts[first + 1]), (starts[other], starts[other + 1]))
            return Spoilt("".join(lines).encode(), both)
        case 3:
            joined = " ".join(line.strip() for line in lines[first:last])
            return Spoilt("".join((*lines[:first], joined, "\n", *lines[last:])).encode(), (span,))
        case _:
            moved = [random.choice(("", "  ", "\t")) + line.lstrip() for line in lines[first:last]]
            return Spoilt("".join((*lines[:first], *moved, *lines[last:])).encode(), (span,))


def marked(random: Random, origin: Origin) -> Spoilt:
    """Git left the marks of a merge in one to four places; sometimes one of the marks is gone, too."""
    places = [match.span() for match in _LINE.finditer(origin.text)]
    style = random.choice(("merge", "diff3", "zdiff3"))
    marks = _Marks(random.randint(7, 32), random.choice(_LABELS), random.choice(_LABELS), has_base=style != "merge")
    words: list[str] = []
    touched: list[tuple[int, int]] = []
    text, at = [], 0
    for span in sorted(random.sample(places, min(len(places), random.randint(1, 4)))):
        line = span[0], origin.text.index("\n", span[1]) + 1
        start, end = line if style == "zdiff3" else _wider(random, origin.text, *line)
        if start >= at:
            base = origin.text[start:end]
            text += [origin.text[at:start], marks.around(base, *(_side(random, base, words) for _ in range(2)))]
            touched.append((start, end))
            at = end
    whole = "".join((*text, origin.text[at:]))
    if random.randrange(6) == 0:
        lines = [line for line in whole.splitlines(keepends=True) if line[0] in "<|=>"]
        whole = whole.replace(random.choice(lines), "", 1)
        words.clear()
    if random.randrange(8) == 0:
        whole = whole.replace("\n", "\r\n")
    return Spoilt(whole.encode(), tuple(touched), tuple(words))


@dataclass(frozen=True, slots=True)
class _Marks:
    """How git marks a place."""

    size: int
    ours: str
    theirs: str
    has_base: bool

    def around(self, base: str, ours: str, theirs: str) -> str:
        middle = f"{'|' * self.size} 1234567\n{base}" if self.has_base else ""
        first, last = f"{'<' * self.size} {self.ours}".rstrip(), f"{'>' * self.size} {self.theirs}".rstrip()
        return f"{first}\n{ours}{middle}{'=' * self.size}\n{theirs}{last}\n"


def _side(random: Random, base: str, words: list[str]) -> str:
    """What one side made of some lines: nothing, another text in them, or none of the lines where that is JSON."""
    has_braces = any(line.startswith(('"', "}")) for line in base.splitlines())
    match random.randrange(6):
        case 0:
            return base
        case 1 if not has_braces:
            return ""
        case _:
            word = f"side {random.randrange(10**9)}"
            words.append(word)
            return _LINE.sub(lambda found: f'{found[0].partition(": ")[0]}: "{word}"', base)


def retyped(random: Random, origin: Origin) -> Spoilt:
    """A record has a field of another type, name or number, or stands under another key."""
    record = random.choice(origin.records)
    fields = {name: json.dumps(value, ensure_ascii=False) for name, value in record.fields.items()}
    names = list(fields)
    key, extra = record.key, ""
    match random.randrange(6):
        case 0 | 1:
            fields[random.choice(names)] = random.choice(_RAW)
        case 2:
            del fields[random.choice(names)]
        case 3:
            fields[random.choice(("id", "", "x", "title", "𝕏", "é\\u0000"))] = random.choice(_RAW)
        case 4:
            extra = f', "{random.choice(names)}": {random.choice(_RAW)}'
        case _:
            key = random.choice(_KEYS)
    inside = ", ".join(f'"{name}": {raw}' for name, raw in fields.items())
    new = f'"{key}": {{{inside}{extra}}}'
    if random.randrange(30) == 0:
        new = f'"{key}": {random.choice(_RAW)}'
    return Spoilt(_replaced(origin.text, record, new).encode(), ((record.start, record.end),))


def odd_letters(random: Random, origin: Origin) -> Spoilt:
    """Characters that no text should have, or the whole text in another encoding or with other line ends."""
    text = origin.text
    match random.randrange(10):
        case 0:
            encoding = random.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"))
            return Spoilt(text.encode(encoding), ())
        case 1:
            return Spoilt(text.replace("\n", random.choice(("\r\n", "\n\n", "\n \n"))).encode(), ())
        case 2:
            at = random.randrange(len(text))
            stray = random.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\xe9", b"\x80" * 9))
            return Spoilt(text[:at].encode() + stray + text[at:].encode(), ((at, at),))
        case _:
            at = random.randrange(len(text))
            return Spoilt((text[:at] + random.choice(_NASTY) + text[at:]).encode(), ((at, at),))


WAYS: Final[dict[str, Way]] = {
    "bytes": flipped,
    "lines": lines_moved,
    "marks": marked,
    "types": retyped,
    "letters": odd_letters,
}


def _wider(random: Random, text: str, start: int, end: int) -> tuple[int, int]:
    """A few lines more, as git has them without zdiff3; never the lines of the first and the last brace."""
    for _ in range(random.choice((0, 0, 1, 2, 8))):
        if random.randrange(2) and start > 4:
            start = text.rindex("\n", 0, start - 1) + 1
        elif end < len(text) - 4:
            end = text.index("\n", end) + 1
    return max(start, 2), min(end, len(text) - 4)


def _replaced(text: str, record: Untouched, new: str) -> str:
    return text[: record.start] + new + text[record.end :]


def _chars(text: str, at: int, *, up: bool = False) -> int:
    """The character in which a byte of the text stands; `up` takes the one behind a character that is cut."""
    if text.isascii():
        return at
    whole = text.encode()[:at].decode(errors="ignore")
    return len(whole) + (up and len(whole.encode()) != at)
