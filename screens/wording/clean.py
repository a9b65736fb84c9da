"""Text from elsewhere, made fit for a terminal: what acts or cannot be seen becomes a symbol (`store.hidden`)."""

import re
from functools import cache
from typing import Final

from rich.cells import cell_len, set_cell_size

from store.hidden import ALL_HIDDEN, MARKS_PER_BASE, belongs, revealed, symbol, with_few_marks

TAB: Final = "    "

# Large blocks without combining marks. Five characters in a row from outside them may hide a tower of marks.
_MARKLESS: Final = (
    r"\x20-\u02ff\u0370-\u0482\u048a-\u0590\u1100-\u135c\u13a0-\u1711\u1e00-\u20cf\u2100-\u2cee\u2e00-\u3029"
    r"\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufe30-\ufffd\U0001f000-\U0001faff\U00020000-\U0003ffff"
)

# Compiled when they are first needed: together they take longer than a command has, and plain text needs none.
_compiled = cache(re.compile)

_PERHAPS_A_TOWER: Final = f"[^{_MARKLESS}]{{{MARKS_PER_BASE + 1}}}"
_SUSPECT: Final = f"[{ALL_HIDDEN}]|{_PERHAPS_A_TOWER}"
_SUSPECT_IN_BLOCK: Final = rf"(?!\n)(?:{_SUSPECT})"
_EACH_HIDDEN: Final = f"[{ALL_HIDDEN}]"
_BREAK: Final = r"\r\n|[\n\t]"


def clean(text: str) -> str:
    """The text for one line: breaks and tabs are spaces, hidden characters are shown, towers of marks are cut.

    Plain text comes back as the same object after one search, so that calling this twice costs next to nothing.
    """
    if (text.isascii() and text.isprintable()) or _compiled(_SUSPECT).search(text) is None:
        return text
    return revealed(_compiled(_BREAK).sub(" ", text))


def clean_block(text: str) -> str:
    """The text for several lines: as `clean`, but line breaks stay and a tab is four spaces."""
    if _compiled(_SUSPECT_IN_BLOCK).search(text) is None:
        return text
    return revealed(text.replace("\r\n", "\n").replace("\t", TAB), breaks=True)


def masked(text: str) -> str:
    """The text with one symbol in place of each hidden character, for lines that are laid out already."""
    if text.isascii() and text.isprintable():
        return text
    return _compiled(_EACH_HIDDEN).sub(_mask, text)


def lowered(text: str) -> str:
    """The text with towers of marks cut, for lines that are laid out already: marks have no width."""
    if text.isascii() or _compiled(_PERHAPS_A_TOWER).search(text) is None:
        return text
    return with_few_marks(text)


def fit(text: str, width: int, *, pad: bool = False, right: bool = False) -> str:
    """Clean text cut to `width` terminal cells, with `…` where something is missing.

    Wide characters are never halved. With `pad` the result fills the width, at the right edge with `right`.
    """
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width:
        text = set_cell_size(text, width - 1).rstrip(" ") + "…"
        size = cell_len(text)
    if not pad:
        return text
    room = " " * (width - size)
    return room + text if right else text + room


def _mask(found: re.Match[str]) -> str:
    if belongs(found.string, found.start()):
        return found[0]
    mark = symbol(found[0])
    return mark if len(mark) == 1 else "\ufffd"
