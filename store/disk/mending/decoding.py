"""From the bytes of a file to text, also where an editor saved it in another encoding.

Line by line: what is UTF-8 stays, and only a line that is none is read as the old encoding of western Windows.
"""

import codecs
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OPENINGS: Final = ((b"{\x00", "utf-16-le"), (b"\x00{", "utf-16-be"))
_BLANK: Final = b" \t\r\n\x00"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was come by.

    Args:
        text: the text, its lines ended by line feeds and nothing else.
        encoding: the other encoding the whole file had; empty for UTF-8.
        odd_lines: the one-based lines that were no UTF-8 and were read as Windows-1252.
    """

    text: str
    encoding: str = ""
    odd_lines: tuple[int, ...] = ()


def decoded(content: bytes) -> Decoded:
    """The text of a file, whatever its encoding and line ends."""
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return Decoded(_with_line_feeds(content.removeprefix(mark).decode(codec, errors="replace")), name)
    for opening, codec in _OPENINGS:
        if content.startswith(opening):
            return Decoded(_with_line_feeds(content.decode(codec, errors="replace")), "UTF-16")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(_with_line_feeds(content.decode()))
    except UnicodeDecodeError:
        return _line_by_line(content)


def is_blank(content: bytes) -> bool:
    """Whether nothing is in a file: no bytes, blanks, or the zeros that some disks leave after a power cut."""
    return not content.removeprefix(codecs.BOM_UTF8).strip(_BLANK)


def _line_by_line(content: bytes) -> Decoded:
    lines: list[str] = []
    odd: list[int] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            odd.append(number)
            lines.append(_as_windows(line))
    return Decoded(_with_line_feeds("\n".join(lines)), odd_lines=tuple(odd))


def _as_windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing there; this encoding takes every byte.
        return line.decode("latin-1")


def _with_line_feeds(text: str) -> str:
    if "\r" not in text:
        return text
    text = text.replace("\r\n", "\n")
    # Very old editors end lines by a carriage return alone; within JSON it is never part of a text.
    return text if "\n" in text else text.replace("\r", "\n")
