"""Emoji of several characters, drawn so that every terminal gives them the same room."""

import re
from typing import Final

from rich.cells import cell_len

from store.hidden import PICTURES

_UNSTEADY: Final = re.compile(r"[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
_SEQUENCE: Final = re.compile(
    rf"([{PICTURES}#*0-9])(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[{PICTURES}])+",
)


def steady(text: str) -> str:
    """The text with the first picture of each emoji sequence, followed by blanks up to the width of the sequence.

    Terminals disagree whether a family, a skin tone or a keycap is one picture or several side by side. Who is wrong
    pushes the rest of the line aside; a plain thumb where somebody typed a brown one is the smaller loss.
    """
    if text.isascii() or _UNSTEADY.search(text) is None:
        return text
    return _SEQUENCE.sub(_first_picture, text)


def _first_picture(found: re.Match[str]) -> str:
    return found[1] + " " * (cell_len(found[0]) - cell_len(found[1]))
