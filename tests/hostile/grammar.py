"""What may reach a terminal: plain text, and the few sequences that Textual itself needs. Everything else is a leak."""

import base64
import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import Final

from store.hidden import ALL_HIDDEN, MARKS_PER_BASE, belongs

_ESC: Final = 0x1B
_CSI: Final = re.compile(rb"\x1b\[([<-?]*)([0-9;:]*)([ -/]*)([@-~])")
_CLIPBOARD: Final = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_POINTER: Final = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The shape of the mouse pointer, which Textual names itself."""

_HIDDEN: Final = re.compile(f"[{ALL_HIDDEN}]")
_PLACE: Final = re.compile("[0-9]+;[0-9]+")
_STYLE: Final = re.compile(r"(?:(?:0|[1-9]|2[1-9]|[34]8;2(?:;[0-9]{1,3}){3})(?:;|$))*")
"""Bold and the like, and colours by their three parts; the sixteen colours of a terminal are never asked for."""

PAINTED_MODES: Final = frozenset({25, 2026})
"""Private modes that are switched while the screen is painted: the cursor, and that it is shown all at once."""

MODES: Final = PAINTED_MODES | {7, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2027, 2031, 2048}
"""Those that are switched at the beginning and at the end as well."""


class Talk(Enum):
    """What is being said to the terminal."""

    LINES = "lines"
    """A command: text and nothing else."""
    PAINTING = "painting"
    """The full screen between its beginning and its end."""
    WHOLE = "whole"
    """The full screen, with its beginning or its end."""


def leaks(raw: bytes, talk: Talk, *, may_copy: bool = False) -> list[str]:
    """What was sent to a terminal and must not be, each with a few characters around it.

    Args:
        raw: everything the program wrote.
        talk: what it was doing.
        may_copy: whether text for the clipboard is expected; it has to be clean itself.
    """
    return list(_leaks(raw, talk, may_copy=may_copy))


def _leaks(raw: bytes, talk: Talk, *, may_copy: bool) -> Iterator[str]:
    text = bytearray()
    at = 0
    while at < len(raw):
        byte = raw[at]
        if byte != _ESC:
            is_break = byte == 0x0A or raw.startswith(b"\r\n", at)
            # Breaks are what ends a line of a terminal; a lone return would write over the line.
            if (byte < 0x20 and not is_break) or byte == 0x7F:
                yield f"control {byte:#x}: {raw[max(0, at - 20) : at + 20]!r}"
            else:
                text.append(byte)
            at += 1
            continue
        copied = _CLIPBOARD.match(raw, at)
        if copied and may_copy:
            yield from (f"on the clipboard: {leak}" for leak in _hidden_in(base64.b64decode(copied[1]).decode()))
        found = (copied if may_copy else None) or _POINTER.match(raw, at) or _sequence(raw, at, talk)
        if talk is Talk.LINES or found is None:
            yield f"sequence: {raw[max(0, at - 20) : at + 24]!r}"
        # Between two sequences text is read on its own: what belongs together is sent together.
        text += b"\n"
        at = found.end() if found else at + 1
    try:
        yield from _hidden_in(text.decode())
    except UnicodeDecodeError as error:
        yield f"not UTF-8: {bytes(text[max(0, error.start - 20) : error.start + 20])!r}"


def _sequence(raw: bytes, at: int, talk: Talk) -> re.Match[bytes] | None:
    """The sequence that begins there, if it is one that is needed."""
    found = _CSI.match(raw, at)
    if found is None:
        return None
    private, numbers, between, final = (part.decode() for part in found.groups())
    return found if _is_needed(private, numbers, between + final, talk) else None


def _is_needed(private: str, numbers: str, final: str, talk: Talk) -> bool:
    if private == "?" and final in {"h", "l"}:
        modes = {int(number) for number in numbers.split(";") if number}
        return bool(modes) and modes <= (MODES if talk is Talk.WHOLE else PAINTED_MODES)
    if private:
        # Whether a mode is known, and the keyboard of kitty: asked for, switched on and off.
        return talk is Talk.WHOLE and (final == "u" or (private, final) == ("?", "$p"))
    if final == "m":
        return _STYLE.fullmatch(numbers) is not None
    return final == "H" and _PLACE.fullmatch(numbers) is not None


def _hidden_in(text: str) -> Iterator[str]:
    for found in _HIDDEN.finditer(text):
        if found[0] not in "\r\n" and not belongs(text, found.start()):
            yield f"hidden {ord(found[0]):#x}: {text[max(0, found.start() - 20) : found.end() + 20]!r}"
    marks = 0
    for at, char in enumerate(text):
        marks = marks + 1 if char > "\x7f" and unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks == MARKS_PER_BASE + 1:
            yield f"tower of marks: {text[max(0, at - 20) : at + 2]!r}"
