"""Numbers and lists as people say them."""

from collections.abc import Sequence


def counted(count: int, thing: str, things: str = "") -> str:
    """`1 change`, `2 changes`, `1,812 items`; `things` where the plural is not made with an s."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def listed(words: Sequence[str]) -> str:
    """`size`, `size and urgency`, `size, urgency and confidence`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
