"""Long text for the eye: Markdown read line by line, as far as it helps reading, and nothing of it acted on."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from screens.wording.clean import clean_block
from screens.wording.item_lines import BLANK, TOGETHER, Line, Words, wrapped
from screens.wording.item_lines import LONGEST as LONGEST_LINE

LONGEST: Final = 200_000
"""Characters that are laid out; a log of megabytes that somebody pasted is for an editor."""

_HEADING: Final = re.compile(r"#{1,6} +(.*)")
_BULLET: Final = re.compile(r"( *)(?:[-*+]|(\d{1,4}[.)])) +(\[[ xX]\] +)?(.*)")
_QUOTE: Final = re.compile(r" {0,3}> ?(.*)")
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")
_RULE: Final = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_INLINE: Final = re.compile(r"\*\*([^*]+)\*\*|(!?)\[([^\[\]]*)\]\(([^()\s]*)\)")
_COMMENT_BEGINS: Final = "<!--"
_COMMENT_ENDS: Final = "-->"


def body_lines(text: str, width: int, *, most: int | None = None) -> list[Line]:
    """A body as lines of at most `width` cells, at most `most` of them.

    Headings are strong, lists hang, code stays as it is, comments are left out, and a link is its words and address.
    Each line is read once, so the time grows with the length alone.
    """
    lines = _laid_out(_without_comments(text[:LONGEST]), width)
    found = list(lines if most is None else islice(lines, most))
    while found and found[-1] == BLANK:
        found.pop()
    if len(text) > LONGEST and (most is None or len(found) < most):
        found += [BLANK, *wrapped([(f"… {len(text) - LONGEST:,} characters more", "muted")], width)]
    return found


def _laid_out(text: str, width: int) -> Iterator[Line]:
    fence = ""
    is_blank = True  # no blank line at the top, and never two in a row
    # Line by line: who wants the first few only does not wait for all of it.
    for whole in text.replace("\r\n", "\n").split("\n"):
        line = clean_block(whole[:LONGEST_LINE])
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence):
                fence = ""
                continue
            yield from _code(line, width)
            yield from _rest_of(whole, width)
            is_blank = False
            continue
        if opening:
            fence = opening[1]
            continue
        if not line.strip():
            if not is_blank:
                yield BLANK
            is_blank = True
            continue
        if _HEADING.match(line) and not is_blank:
            yield BLANK
        yield from _paragraph(line.rstrip(), width)
        yield from _rest_of(whole, width)
        is_blank = False


def _rest_of(line: str, width: int) -> list[Line]:
    """What is said below a line that is too long to be shown whole."""
    more = len(line) - LONGEST_LINE
    return wrapped([(f"… {more:,} characters more in this line", "muted")], width) if more > 0 else []


def _paragraph(line: str, width: int) -> list[Line]:
    if found := _HEADING.match(line):
        return wrapped([(found[1].rstrip(" #") or line, "strong")], width)
    if _RULE.match(line):
        return [(("─" * min(width, 24), "muted"),)]
    if found := _QUOTE.match(line):
        inner = wrapped([(found[1], "muted")], width - 2)
        return [(("▏ ", "muted"), *line) for line in inner]
    if found := _BULLET.match(line):
        indent, number, box, words = found.groups()
        sign = f"{number} " if number else "• " if box is None else "☐ " if box[1] == " " else "☑ "
        before = " " * min(len(indent), 8) + sign
        return wrapped([(before, "muted"), *_inline(words)], width, hang=len(before))
    return wrapped(_inline(line.strip()), width)


def _code(line: str, width: int) -> list[Line]:
    # Blanks mean something in code, so it is cut at the edge instead of wrapped at words.
    return wrapped([("  ", ""), (line.rstrip().replace(" ", TOGETHER), "muted")], width, hang=2)


def _inline(text: str) -> Iterator[Words]:
    at = 0
    for found in _INLINE.finditer(text):
        yield text[at : found.start()], ""
        bold, picture, words, address = found.groups()
        at = found.end()
        if bold is not None:
            yield bold, "strong"
        elif picture:
            yield f"[picture{': ' if words else ''}{words}]", "muted"
        else:
            yield words or address, ""
            if words and address and words != address:
                yield f" ({address})", "muted"
    yield text[at:], ""


def _without_comments(text: str) -> str:
    """The text without HTML comments: the questions of an issue template, which nobody asks the reader."""
    if _COMMENT_BEGINS not in text:
        return text
    kept = []
    at = 0
    while (begins := text.find(_COMMENT_BEGINS, at)) >= 0:
        kept.append(text[at:begins])
        ends = text.find(_COMMENT_ENDS, begins)
        if ends < 0:
            return "".join([*kept, text[begins:]])  # never closed, so it is no comment
        at = ends + len(_COMMENT_ENDS)
    return "".join([*kept, text[at:]])
