"""Long Markdown on its way out: a page shows all of it, runs none of it, and links only to web and mail addresses.

Emphasis, lists, tables and code stay as they were written. What could be HTML is held by a backslash, and so is a link
that leads anywhere else. Code is left alone only where every reader of Markdown agrees that it is code; elsewhere a
backslash too many in it is the smaller harm.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from store.exchange.escaping import visible

WIDEST: Final = 3
"""Blanks before a fence; more make it something else."""

MOST_HELD: Final = 100
"""Fences that may turn out to be none; after these all count as none."""

_FENCE: Final = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})")
_HEADING: Final = re.compile(r"^#{1,2}(?=\s|$)")
_TICKS: Final = re.compile(r"`+")
_TAG: Final = re.compile(r"(\\*)<(?=[A-Za-z/!?])")
_LINK: Final = re.compile(r"\]([(:])[ \t]*")
_WEB_OR_MAIL: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_RELATIVE: Final = re.compile(r"(?!//)[\w./#?=%+~-]+(?=[)\s]|$)|\)", re.ASCII)


def long_markdown(text: str) -> str:
    """The text, harmless; headings of the first two levels become third-level ones, so that none ends its section."""
    lines = visible(text).strip("\n").split("\n")
    done: list[str] = []
    words: list[str] = []
    at = held = 0
    while at < len(lines):
        found = _FENCE.match(lines[at])
        # Each look for an end may go through the whole text, so that there must be an end to looking.
        block = _block(lines, at, found) if found and held < MOST_HELD else None
        held += found is not None and block is None
        if block is None:
            # What is no block of code for every reader is one for none.
            words.append(f"{found[1]}\\{lines[at][found.end(1) :]}" if found else lines[at])
            at += 1
        else:
            done += [*_text(words), *block]
            words = []
            at += len(block)
    return "\n".join([*done, *_text(words)]).rstrip()


def _block(lines: Sequence[str], at: int, opening: re.Match[str]) -> list[str] | None:
    """The lines of a block of code, closed if it was left open; None where it may end elsewhere.

    Behind blanks it may belong to a list, and ends with it at the first line that stands farther left. With a bar it
    may be the head of a table.
    """
    blanks, fence = len(opening[1]), opening[2]
    if "|" in lines[at]:
        return None
    for number, line in enumerate(lines[at + 1 :], at + 1):
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if blanks and bare and indent < blanks:
            return None
        if bare.startswith(fence) and not bare.strip(fence[0]):
            if line.startswith(bare, indent) and indent <= WIDEST:
                return list(lines[at : number + 1])
            if blanks:
                return None
    return None if blanks else [*lines[at:], fence]


def _text(lines: Iterable[str]) -> Iterator[str]:
    """Text between blocks of code, paragraph by paragraph."""
    for _, group in groupby(lines, key=lambda line: not line.strip()):
        paragraph = [_HEADING.sub("###", line) for line in group]
        pieces = [_pieces(line) for line in paragraph]
        if None in pieces:
            yield from map(_held, paragraph)
        else:
            yield from ("".join(_held_between(each)) for each in pieces if each is not None)


def _held_between(pieces: Sequence[str]) -> Iterator[str]:
    """Text and code in turn; the code stays."""
    return (words if number % 2 else _held(words) for number, words in enumerate(pieces))


def _pieces(line: str) -> list[str] | None:
    """Text and code in turn; None where it is not certain what is code.

    Code that goes on in the next line, a backslash before it, or a bar in it, which may be the edge of a table's cell:
    readers of Markdown see such lines differently.
    """
    pieces: list[str] = []
    at = 0
    runs = list(_TICKS.finditer(line))
    while runs:
        begin = runs.pop(0)
        length = len(begin[0])
        ends = next((number for number, run in enumerate(runs) if len(run[0]) == length), None)
        if ends is None or line[begin.start() - 1 : begin.start()] == "\\":
            return None
        end = runs[ends].end()
        if "|" in line[begin.start() : end]:
            return None
        pieces += [line[at : begin.start()], line[begin.start() : end]]
        at = end
        del runs[: ends + 1]
    return [*pieces, line[at:]]


def _held(text: str) -> str:
    text = _TAG.sub(_held_tag, text)
    return _LINK.sub(_held_link, text)


def _held_tag(found: re.Match[str]) -> str:
    return found[0] if len(found[1]) % 2 else f"{found[1]}\\<"


def _held_link(found: re.Match[str]) -> str:
    text, at = found.string, found.end()
    if _WEB_OR_MAIL.match(text, at) or _RELATIVE.match(text, at):
        return found[0]
    return f"]\\{found[0][1:]}"
