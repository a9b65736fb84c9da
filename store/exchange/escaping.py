"""Text on its way out: harmless in a spreadsheet, literal in Markdown, visible on a page."""

import re
from typing import Final

from store.hidden import HIDDEN, JOINING, belongs, revealed

# First characters a spreadsheet takes for a formula, their full-width forms, and those it skips before it looks.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\0＝＋－＠]")
_DEFUSED: Final = re.compile("''*[=+\\-@\t\r\0＝＋－＠]")

# Line breaks and tabs have a meaning in a cell. A backslash that begins like a symbol of ours is told by its number.
_UNSAFE: Final = re.compile(rf"[\x00-\x08\x0b-\x1f{HIDDEN}{JOINING}]|\\(?=u\{{)")
_SYMBOL: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
# Everything that can open something in CommonMark or its common extensions: emphasis, code, links, images, HTML,
# tables, strikethrough, entities, mathematics.
_MARKS: Final = re.compile(r"[\\`*_\[\]<>|~&$]")
# What counts only at the start of a line: headings, lists, rules, quotes.
_OPENING: Final = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]{2,}\s*$|(?P<number>\d{1,9})(?P<sign>[.)])(?=\s|$))")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: `'` is put in front where one might.

    A text that starts with `'` and then looks like a formula gets one too, so that `armed` gives back every text as it
    was.
    Source: OWASP ASVS 5, 1.2.10.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def armed(text: str) -> str:
    """The text before it was `defused`: exactly one `'` is taken off."""
    return text[1:] if text[:1] == "'" and _DEFUSED.match(text) else text


def told(text: str) -> str:
    """The text with the number in braces for each character that acts or hides; line breaks and tabs stay.

    Unlike symbols for the eye these can be taken back: `untold` gives the text as it was.
    """
    return text if text.isascii() and text.isprintable() and "\\" not in text else _UNSAFE.sub(_number, text)


def untold(text: str) -> str:
    """The text before it was `told`."""
    return _SYMBOL.sub(_character, text) if "\\u{" in text else text


def visible(text: str) -> str:
    """The text with characters that act or hide shown as symbols; line breaks and tabs stay."""
    return revealed(text.replace("\r\n", "\n"), breaks=True)


def inline(text: str) -> str:
    """One line of Markdown that shows exactly this text."""
    text = _MARKS.sub(r"\\\g<0>", visible(" ".join(text.split())))
    return _OPENING.sub(_held, text)


def fenced(text: str, language: str = "") -> str:
    """A code block that holds this text, whatever is in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text)}\n{fence}"


def _number(found: re.Match[str]) -> str:
    return found[0] if belongs(found.string, found.start()) else f"\\u{{{ord(found[0]):x}}}"


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else found[0]


def _held(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\{found['sign']}"
    return f"\\{found[0]}"
