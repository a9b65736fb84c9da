"""Lines of words with tones, wrapped to a width: what pages and panes about records are made of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from rich.cells import cell_len, set_cell_size

from screens.wording.clean import clean

Words: TypeAlias = tuple[str, str]
"""A text and its tone, one of `screens.theme.TONES`; may be anything until it went through `wrapped`."""

Line: TypeAlias = tuple[Words, ...]
"""One line of a page: clean, and as wide as it was wrapped to at most."""

BLANK: Final[Line] = ()
TOGETHER: Final = "\N{NO-BREAK SPACE}"
"""A blank at which no line is broken."""
LONGEST: Final = 10_000  # characters of one paragraph; what the store allows for a line
_NEAR: Final = 8  # characters in a cell: a letter with all the marks it may carry is five
_PIECES: Final = re.compile(r" +|[^ ]+")


def wrapped(words: Iterable[Words], width: int, *, hang: int = 0) -> list[Line]:
    """The words as lines of at most `width` cells, broken at blanks; what follows the first line stands in by `hang`.

    Everything is cleaned here, so that text from data may be given as it is.
    """
    paper = _Paper(max(2, width), hang)
    for piece in _unbroken(words):
        paper.write(piece)
    return paper.lines


def text_of(lines: Iterable[Line]) -> str:
    """The lines as plain text."""
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)


class _Paper:
    """Takes words one after another and begins a new line where there is no room."""

    def __init__(self, width: int, hang: int) -> None:
        self._width = width
        self._hang = min(hang, width // 2, width - 2)  # the widest character has two cells
        self._blanks = 0
        self._used = 0
        self._left = 0  # where the words of this line may begin
        self._line: list[Words] = []
        self._full: list[Line] = []

    @property
    def lines(self) -> list[Line]:
        """The lines so far; at least one."""
        return [*self._full, tuple(self._line)]

    def write(self, piece: Sequence[Words]) -> None:
        """Add words that belong together, or one run of blanks."""
        if piece[0][0].isspace():
            self._blanks = len(piece[0][0])
            return
        size = sum(cell_len(text) for text, _ in piece)
        if self._used + self._blanks + size > self._width and self._used > self._left:
            self._turn()
        self._put(" " * min(self._blanks, self._width // 2), "")
        self._blanks = 0
        for text, tone in piece:
            self._fill(text, tone)

    def _fill(self, text: str, tone: str) -> None:
        """Put a text that may be wider than a line."""
        rest = text
        # Only what may have room is measured, or a word of thousands of characters would be measured for each line.
        near = _NEAR * self._width
        while len(rest) > near or cell_len(rest) > self._width - self._used:
            head = _beginning(rest[:near], self._width - self._used)
            if not head and self._used <= self._left:
                head = rest[:1]  # a character wider than the page
            self._put(head, tone)
            rest = rest[len(head) :]
            self._turn()
        self._put(rest, tone)

    def _put(self, text: str, tone: str) -> None:
        if not text:
            return
        self._used += cell_len(text)
        shown = text.replace(TOGETHER, " ")
        if self._line:
            # Blanks have no colour, so they end the words before them; words of one tone are one piece.
            before, tone_before = self._line[-1]
            words = shown.lstrip(" ")
            if (tone == tone_before and not before.isspace()) or not words:
                self._line[-1] = (before + shown, tone_before)
                return
            self._line[-1] = (before + shown[: len(shown) - len(words)], tone_before)
            shown = words
        self._line.append((shown, tone))

    def _turn(self) -> None:
        self._full.append(tuple(self._line))
        self._line, self._used, self._blanks = [], 0, 0
        self._put(" " * self._hang, "")
        self._left = self._hang


def _beginning(text: str, room: int) -> str:
    """As much of the text as has room; a wide character has no half."""
    head = set_cell_size(text, max(0, room))
    while head and not text.startswith(head):
        head = head[:-1]
    return head


def _unbroken(words: Iterable[Words]) -> Iterator[list[Words]]:
    """Runs of blanks, and words with no blank between them, though perhaps of several tones."""
    piece: list[Words] = []
    for text, tone in words:
        for found in _PIECES.findall(clean(text[:LONGEST])):
            if found[0] != " ":
                piece.append((found, tone))
                continue
            if piece:
                yield piece
                piece = []
            yield [(found, tone)]
    if piece:
        yield piece
