"""Text on its way out: harmless in a spreadsheet, literal in Markdown, visible on a page."""

import re
from typing import Final

from store.models import HIDDEN

# First characters a spreadsheet takes for a formula, their full-width forms, and those it skips before it looks.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\0＝＋－＠]")
_DEFUSED: Final = re.compile("''*[=+\\-@\t\r\0＝＋－＠]")

# A soft hyphen does no harm in a file, but on a page two words that differ by one look the same.
_HIDDEN: Final = re.compile(f"[\x00-\x08\x0b-\x1f\xad{HIDDEN}]")
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


def visible(text: str) -> str:
    """The text with characters that act or hide shown as symbols; line breaks and tabs stay."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(_symbol, text)


def inline(text: str) -> str:
    """One line of Markdown that shows exactly this text."""
    text = _MARKS.sub(r"\\\g<0>", visible(" ".join(text.split())))
    return _OPENING.sub(_held, text)


def fenced(text: str, language: str = "") -> str:
    """A code block that holds this text, whatever is in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text)}\n{fence}"


def _symbol(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{{{code:x}}}"


def _held(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\{found['sign']}"
    return f"\\{found[0]}"
