"""Matching of names and ids: whole names, `*` for any letters, look-alike letters of ids; always in linear time."""

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache

from store.models import decoded


def name_test(texts: Iterable[str], me: str, *, by_beginning: bool = False) -> Callable[[Iterable[str]], bool]:
    """Whether one of several names fits one of the texts of a query; `none` fits where there are no names."""
    takes_none = takes_any = False
    exact: set[str] = set()
    patterns: list[list[str]] = []
    for text in texts:
        folded = text.casefold().removeprefix("@")
        if text == "none":
            takes_none = True
        elif text == "any":
            takes_any = True
        elif folded == "me" and text.startswith("@"):
            exact.add(me.casefold())
        elif "*" in folded:
            patterns.append(folded.split("*"))
        elif by_beginning:
            patterns.append([folded, ""])
        else:
            exact.add(folded)

    is_meant = _remembering(exact, patterns)

    def fits(names: Iterable[str]) -> bool:
        is_empty = True
        for name in names:
            is_empty = False
            if takes_any or is_meant(name):
                return True
        return is_empty and takes_none

    return fits


def _remembering(exact: Container[str], patterns: Sequence[list[str]]) -> Callable[[str], bool]:
    """Whether a name is one of those or fits a pattern; names come again and again, and each is matched once."""

    @cache
    def is_meant(name: str) -> bool:
        folded = name.casefold()
        return folded in exact or any(_matches(folded, pieces) for pieces in patterns)

    return is_meant


def ids_test(texts: Iterable[str]) -> Callable[[int], bool]:
    """Whether an id ends with one of the texts, with or without the letters in front."""
    by_mask: dict[int, set[int]] = {}
    for text in texts:
        letters = text.upper().rpartition("-")[2]
        value = decoded(letters)
        if value is not None:
            # The last letters of an id are its last bits, five each: nothing has to be spelt out for each item.
            by_mask.setdefault(32 ** len(letters) - 1, set()).add(value)
    return lambda number: any(number & mask in values for mask, values in by_mask.items())


def _matches(name: str, pieces: list[str]) -> bool:
    """Whether the pieces stand in the name in this order, the first at its start and the last at its end.

    Each piece is taken at its first place, which is always right and never goes back, unlike a regular expression.
    """
    first, *middle, last = pieces
    if not name.startswith(first) or len(name) < len(first) + len(last) or not name.endswith(last):
        return False
    at, end = len(first), len(name) - len(last)
    for piece in middle:
        at = name.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True
