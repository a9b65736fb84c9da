"""Record ids: never reused, never made from content, safe in JavaScript, short to say.

An id is a 13-bit bucket of its author above 32 random bits, so 14 decimal digits. Two leads on two branches almost
never insert at the same place of the file, which is what makes plain git merges clean.
"""

import secrets
from collections.abc import Callable, Container, Iterable
from zlib import crc32

from store.errors import NotFoundError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, https://www.crockford.com/base32.html: no I, L, O or U."""

SHORTEST = 4
ACCEPTED = 3
FULL = 9
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"I": 1, "L": 1, "O": 0}

NewId = Callable[[], int]
"""Draws an id that no record has."""


def bucket_of(author: str) -> int:
    """The 13-bit block that ids drawn by this author start with."""
    return crc32(author.encode()) & 0xFFF | 0x1000


def id_maker(author: str, taken: Container[int], random_bits: Callable[[int], int] = secrets.randbits) -> NewId:
    """A function that draws ids for `author`, never one in `taken` and never one twice."""
    block = bucket_of(author) << 32
    drawn: set[int] = set()

    def new_id() -> int:
        while True:
            candidate = block | random_bits(32)
            if candidate not in drawn and candidate not in taken:
                drawn.add(candidate)
                return candidate

    return new_id


def encoded(number: int) -> str:
    """All nine base-32 letters of an id."""
    letters = []
    for _ in range(FULL):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def decoded(letters: str) -> int | None:
    """The number that up to nine letters in upper case stand for, look-alike letters too; None where one is none."""
    if not letters or len(letters) > FULL or any(letter not in _VALUES for letter in letters):
        return None
    value = 0
    for letter in letters:
        value = value * 32 + _VALUES[letter]
    return value


class ShortIds:
    """The shortest unique suffixes of a set of ids, at least four letters long, and the way back from any suffix."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._by_suffix: dict[int, int | list[int]] = {}
        mask = 32**SHORTEST - 1
        for number in ids:
            low = number & mask
            there = self._by_suffix.get(low)
            if there is None:
                self._by_suffix[low] = number
            elif isinstance(there, list):
                there.append(number)
            else:
                self._by_suffix[low] = [there, number]

    def short(self, number: int) -> str:
        """The shortest suffix of at least four letters that no other id ends with."""
        letters = encoded(number)
        there = self._by_suffix.get(number & (32**SHORTEST - 1))
        if not isinstance(there, list):
            return letters[-SHORTEST:]
        others = [encoded(other) for other in there if other != number]
        for length in range(SHORTEST + 1, FULL):
            if not any(other.endswith(letters[-length:]) for other in others):
                return letters[-length:]
        return letters

    def find(self, text: str) -> int:
        """The id that ends with these letters; look-alike letters count as the digit they look like.

        Raises:
            NotFoundError: fewer than three letters, a letter outside the alphabet, no such id, or several.
        """
        letters = text.strip().upper()
        if len(letters) < ACCEPTED:
            message = f"“{text}” is too short for an id."
            raise NotFoundError(message, "Give at least the last three letters, for example 7KQ.")
        value = decoded(letters)
        if value is None:
            message = f"“{text}” is not an id."
            raise NotFoundError(message, "An id looks like LL-7KQ2.")
        found = list(self._ending_with(value, len(letters)))
        if not found:
            message = f"No record has an id that ends with {letters}."
            raise NotFoundError(message, "It may be archived in another branch, or mistyped.")
        if len(found) > 1:
            shown = ", ".join(self.short(number) for number in found[:5])
            message = f"{len(found)} records have an id that ends with {letters}: {shown}."
            raise NotFoundError(message, "Give one letter more.")
        return found[0]

    def _ending_with(self, value: int, length: int) -> Iterable[int]:
        modulus = 32**length
        if length >= SHORTEST:
            there = self._by_suffix.get(value & (32**SHORTEST - 1), [])
            numbers = there if isinstance(there, list) else [there]
            return (number for number in numbers if number % modulus == value)
        return (
            number
            for there in self._by_suffix.values()
            for number in (there if isinstance(there, list) else [there])
            if number % modulus == value
        )
