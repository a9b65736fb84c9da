"""Text from elsewhere, made fit for a terminal.

A title may hold anything: escape sequences that write to the clipboard, marks that turn the reading direction so that
"denied" reads "approved", characters nobody can see. Here they become symbols that show what is there and do nothing.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from rich.cells import cell_len, set_cell_size

MARKS_PER_BASE: Final = 4
"""Combining marks kept on one letter; Vietnamese and pointed Hebrew need three, a tower of them hides other rows."""

TAB: Final = "    "

# Characters that act on the terminal or cannot be seen. Written as escapes because the real ones would hide here too.
_HIDDEN: Final = (
    r"\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, fillers, Mongolian selectors
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, separators, direction
    r"\ufe00-\ufe0f\ufff9-\ufffb"  # variation selectors, annotations
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates, non-characters
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand, music, tags
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
)
# Large blocks without combining marks. Five characters in a row from outside them may hide a tower of marks.
_MARKLESS: Final = (
    r"\x20-\u02ff\u0370-\u0482\u048a-\u0590\u1100-\u135c\u13a0-\u1711\u1e00-\u20cf\u2100-\u2cee\u2e00-\u3029"
    r"\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufe30-\ufffd\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
PICTURES: Final = (
    r"\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""A character class of the pictures that a joiner or an emoji selector may belong to."""

# Compiled when they are first needed: together they take longer than a command has, and plain text needs none.
_compiled = cache(re.compile)

_PICTURE: Final = f"[{PICTURES}]"
_KEYCAPS: Final = frozenset("#*0123456789")
_IDEOGRAPH: Final = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_JOINING_SCRIPT: Final = r"[\u0600-\u0dff]"  # Arabic to Sinhala, where a joiner changes the letter

_SUSPECT: Final = f"[{_HIDDEN}]|[^{_MARKLESS}]{{{MARKS_PER_BASE + 1}}}"
_SUSPECT_IN_BLOCK: Final = rf"(?!\n)(?:{_SUSPECT})"
_EACH_HIDDEN: Final = f"[{_HIDDEN}]"
_EACH_HIDDEN_IN_BLOCK: Final = rf"(?!\n)[{_HIDDEN}]"
_BREAK: Final = r"\r\n|[\n\t]"


def clean(text: str) -> str:
    """The text for one line: breaks and tabs are spaces, hidden characters are shown, towers of marks are cut.

    Plain text comes back as the same object after one search, so that calling this twice costs next to nothing.
    """
    if (text.isascii() and text.isprintable()) or _compiled(_SUSPECT).search(text) is None:
        return text
    return _with_few_marks(_compiled(_EACH_HIDDEN).sub(_shown, _compiled(_BREAK).sub(" ", text)))


def clean_block(text: str) -> str:
    """The text for several lines: as `clean`, but line breaks stay and a tab is four spaces."""
    if _compiled(_SUSPECT_IN_BLOCK).search(text) is None:
        return text
    lines = text.replace("\r\n", "\n").replace("\t", TAB)
    return _with_few_marks(_compiled(_EACH_HIDDEN_IN_BLOCK).sub(_shown, lines))


def masked(text: str) -> str:
    """The text with one symbol in place of each hidden character, for lines that are laid out already."""
    if text.isascii() and text.isprintable():
        return text
    return _compiled(_EACH_HIDDEN).sub(_mask, text)


def symbol(char: str) -> str:
    """What stands for a character that must not be sent: a control picture, or its number in hexadecimal."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{{{code:x}}}"


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
    if _belongs(found.string, found.start()):
        return found[0]
    mark = symbol(found[0])
    return mark if len(mark) == 1 else "\ufffd"


def _shown(found: re.Match[str]) -> str:
    return found[0] if _belongs(found.string, found.start()) else symbol(found[0])


def _belongs(text: str, at: int) -> bool:
    """Whether the hidden character at this place is part of the writing: an emoji, an ideograph, a joined letter."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in "\ufe0e\ufe0f":
        # A digit takes the selector too: it becomes a keycap.
        return before in _KEYCAPS if before.isascii() else bool(_compiled(_PICTURE).match(before))
    if char in "\u200c\u200d" and _compiled(_JOINING_SCRIPT).match(before) and _compiled(_JOINING_SCRIPT).match(after):
        return True
    if char == "\u200d":
        # A selector may stand between a picture and its joiner: the red heart of "heart on fire".
        picture = text[at - 2 : at - 1] if before == "\ufe0f" else before
        return bool(_compiled(_PICTURE).match(picture) and _compiled(_PICTURE).match(after))
    return ("\ufe00" <= char <= "\ufe02" or "\U000e0100" <= char <= "\U000e01ef") and bool(
        _compiled(_IDEOGRAPH).match(before)
    )


def _with_few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        # ASCII is most of what comes here and cannot be a mark; asking first saves the look-up.
        marks = marks + 1 if char > "\x7f" and unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MARKS_PER_BASE:
            kept.append(char)
    return "".join(kept)
