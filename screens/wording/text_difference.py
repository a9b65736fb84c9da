"""What became of a long text, line by line: what was taken out, what was added, and a little of what stayed."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from screens.wording.counting import counted
from screens.wording.item_lines import TOGETHER, Line, wrapped

AROUND: Final = 2
"""Lines that stayed, shown around a change."""

SIGNS: Final = {"+": "good", "-": "warning"}
"""The sign in front of a line that came or went, and its tone."""


def difference_lines(before: Sequence[str], after: Sequence[str], width: int) -> list[Line]:
    """The lines of both texts with a sign each; long runs that stayed are one line that counts them."""
    lines: list[Line] = []
    for sign, text in _signed(before, after):
        if sign == "…":
            lines += wrapped([(f"  {text}", "muted")], width, hang=2)
            continue
        shown = _indented(text, width)
        if sign == " ":
            lines += wrapped([(f"{TOGETHER}{TOGETHER}{shown}", "muted")], width, hang=2)
        else:
            lines += wrapped([(f"{sign}{TOGETHER}", SIGNS[sign]), (shown, "")], width, hang=2)
    return lines


def _indented(text: str, width: int) -> str:
    """A line whose blanks at the beginning stay, as far as there is room."""
    rest = text.lstrip(" ")
    return TOGETHER * min(len(text) - len(rest), width // 3) + rest


def _signed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    changes = SequenceMatcher(None, before, after).get_opcodes()
    for number, (kind, start, end, start_after, end_after) in enumerate(changes):
        if kind != "equal":
            yield from (("-", line) for line in before[start:end])
            yield from (("+", line) for line in after[start_after:end_after])
            continue
        head = AROUND if number else 0
        tail = AROUND if number < len(changes) - 1 else 0
        hidden = end - start - head - tail
        # Counting one line takes as much room as showing it.
        if hidden <= 1:
            yield from ((" ", line) for line in before[start:end])
            continue
        yield from ((" ", line) for line in before[start : start + head])
        yield "…", f"… {counted(hidden, 'line')} as before"
        yield from ((" ", line) for line in before[end - tail : end])
