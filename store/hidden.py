"""Characters that act or cannot be seen, and so can make a text look like another one; and what is shown for them.

A title may hold anything: escape sequences that write to the clipboard, marks that turn the reading direction so that
"denied" reads "approved", characters nobody can see. A few of them belong to the writing around them, as the joiner in
a family of emoji does; all others become symbols that show what is there and do nothing.
"""

import re
import unicodedata
from functools import cache
from typing import Final

MARKS_PER_BASE: Final = 4
"""Combining marks kept on one letter; Vietnamese and pointed Hebrew need three, a tower of them hides other rows."""

# Written as escapes because the real ones would hide here too.
HIDDEN: Final = (
    r"\x7f-\x9f"  # DEL and the second set of control characters
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, fillers, Mongolian selectors
    r"\u200b\u2060-\u2065\ufeff\ufff0-\ufffb"  # zero width, annotations
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction of writing
    r"\u2028\u2029"  # line ends for some programs, not for others
    r"\ud800-\udfff"  # half characters, which no encoder takes
    r"\ufdd0-\ufdef\ufffe\uffff"  # never characters
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of hieroglyphs and music
    + r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags: text nobody sees; between them, selectors of ideographs
)
"""They, as the inside of a character class. The first set of control characters is left to the user of it: which of
them act depends on where the text goes."""

JOINING: Final = r"\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Joiners and selectors, as the inside of a character class: hidden, unless they belong to what stands around them."""

ALL_HIDDEN: Final = rf"\x00-\x1f{HIDDEN}{JOINING}"
"""Everything hidden, the first set of control characters included, as the inside of a character class."""

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
_EACH: Final = f"[{ALL_HIDDEN}]"
_EACH_BUT_BREAKS: Final = rf"(?![\n\t])[{ALL_HIDDEN}]"


def symbol(char: str) -> str:
    """What stands for a character that must not be sent: a control picture, or its number in hexadecimal."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{{{code:x}}}"


def revealed(text: str, *, breaks: bool = False) -> str:
    """The text with a symbol for each hidden character, and with towers of marks cut.

    Args:
        text: any text.
        breaks: whether line breaks and tabs stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return with_few_marks(_compiled(_EACH_BUT_BREAKS if breaks else _EACH).sub(_shown, text))


def belongs(text: str, at: int) -> bool:
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


def with_few_marks(text: str) -> str:
    """The text with at most `MARKS_PER_BASE` combining marks on each letter."""
    kept: list[str] = []
    marks = 0
    for char in text:
        # ASCII is most of what comes here and cannot be a mark; asking first saves the look-up.
        marks = marks + 1 if char > "\x7f" and unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MARKS_PER_BASE:
            kept.append(char)
    return "".join(kept)


def _shown(found: re.Match[str]) -> str:
    return found[0] if belongs(found.string, found.start()) else symbol(found[0])
