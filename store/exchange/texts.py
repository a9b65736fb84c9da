"""Foreign text, made fit for a record: line ends, halves of characters, lengths."""

import re
from typing import Final

MAX_PERSON: Final = 200
MAX_TAG: Final = 100

# One class and no more: blanks around it would be looked at again and again, and a text may hold a million of them.
_BREAKS: Final = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HALVES: Final = re.compile(r"[\ud800-\udfff]")


def whole(text: str) -> str:
    """Text that can be written as UTF-8: halves of characters, which JSON escapes can hold, become `�`."""
    return text if text.isascii() or _HALVES.search(text) is None else _HALVES.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text on one line, without blanks at its ends."""
    text = text.strip()
    if not text.isprintable():
        text = " ".join(stripped for part in _BREAKS.split(text) if (stripped := part.strip()))
    return whole(text)


def block(text: str) -> str:
    """Long text with plain line ends, no blank lines around it and no blanks behind its last line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return whole(text.strip("\n").rstrip())


def cut(text: str, longest: int) -> str:
    """The text, or its start and `…` where it is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 item`, `2,173 items`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
