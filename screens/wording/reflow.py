"""Long text that was broken at a fixed width, put back together so that it can be broken at another."""

import re
from typing import Final

BROKEN_FROM: Final = 60
"""A line of at least so many characters was broken because it was full; a shorter one ended where its writer wanted."""

_OWN_LINE: Final = re.compile(r" {0,3}(?:#{1,6} |>|[-*+] |\d{1,4}[.)] |\||```|~~~|[-*_=]{3,} *$)| {4}|\t|\s*$")
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")
_BREAK: Final = re.compile(r"(?:  |\\)$")


def reflowed(text: str) -> str:
    """The text with full lines joined to the plain ones below them; lists, tables and code stay as they are."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if not fence and lines and _goes_on(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line)
        if found:
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
    return "\n".join(lines)


def _goes_on(above: str, line: str) -> bool:
    last = above.rsplit("\n", 1)[-1]
    is_heading = last.lstrip().startswith(("#", "|", "```", "~~~"))
    return len(last) >= BROKEN_FROM and not is_heading and not _OWN_LINE.match(line) and not _BREAK.search(last)
