"""What somebody wrote and probably meant."""

from collections.abc import Sequence
from difflib import get_close_matches

LONGEST = 40


def quoted(text: str) -> str:
    """What somebody wrote, in quotes, cut where it would fill the line."""
    return f"“{text}”" if len(text) <= LONGEST else f"“{text[: LONGEST - 1]}…”"


def nearest_name(name: str, names: Sequence[str]) -> str:
    """The name that looks most like `name`: one that begins with it, or a close match; empty where none does."""
    begun = [candidate for candidate in names if name and candidate.startswith(name)]
    # The comparison costs the product of the lengths; nobody mistypes a longer word by a letter.
    close = begun or get_close_matches(name[:LONGEST], names, n=1)
    return str(close[0]) if close else ""
