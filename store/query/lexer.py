"""A query cut into words, in one pass."""

from dataclasses import dataclass
from enum import Enum

from store.errors import QueryError

MAX_LENGTH = 1000
OPERATORS = ("<=", ">=", "!=", ":", "<", ">", "=")
"""Longer ones first, so that `<=` is not read as `<`."""


class Sign(Enum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Value:
    """One value and where it starts; `is_quoted` values are never keywords."""

    text: str
    column: int
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    A word with an operator is a field with its values, `stage:ready,doing`; without, it is text to look for and stands
    in `values` alone.
    """

    sign: Sign
    column: int
    name: str = ""
    operator: str = ""
    values: tuple[Value, ...] = ()


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query. A quote that is never closed ends with the text, so that typing does not flicker.

    Raises:
        QueryError: the text is longer than a query may be.
    """
    if len(text) > MAX_LENGTH:
        message = f"A filter has at most {MAX_LENGTH} characters, this one has {len(text)}."
        raise QueryError(message, MAX_LENGTH, "Leave something out.")
    found = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
        elif letter in "()":
            found.append(Token(Sign(letter), at))
            at += 1
        elif letter == "-" and at + 1 < len(text) and not text[at + 1].isspace():
            found.append(Token(Sign.MINUS, at))
            at += 1
        else:
            end = _end_of_word(text, at)
            found.append(_word(text, at, end))
            at = end
    return found


def _end_of_word(text: str, at: int) -> int:
    is_inside = False
    while at < len(text):
        letter = text[at]
        if letter == '"':
            is_inside = not is_inside
        elif not is_inside and (letter.isspace() or letter in "()"):
            break
        at += 1
    return at


def _word(text: str, start: int, end: int) -> Token:
    at = start
    # A field is letters and then an operator; anything else, such as 10:30, is text.
    while at < end and text[at].isalpha():
        at += 1
    operator = next((sign for sign in OPERATORS if text.startswith(sign, at, end)), "")
    if at == start or not operator or text.startswith("://", at):
        return Token(Sign.WORD, start, values=(_value(text, start, end),))
    name = text[start:at]
    return Token(Sign.WORD, start, name.casefold(), operator, _values(text, at + len(operator), end))


def _values(text: str, start: int, end: int) -> tuple[Value, ...]:
    values = []
    is_inside = False
    begin = start
    for at in range(start, end):
        if text[at] == '"':
            is_inside = not is_inside
        elif text[at] == "," and not is_inside:
            values.append(_value(text, begin, at))
            begin = at + 1
    values.append(_value(text, begin, end))
    return tuple(value for value in values if value.text)


def _value(text: str, start: int, end: int) -> Value:
    raw = text[start:end]
    return Value(raw.replace('"', "").strip(), start, is_quoted='"' in raw)
