"""Values of fields: checked when a query is read, and turned into numbers and days when it runs."""

import re
from datetime import date

from store.clock import parse_day
from store.errors import QueryError, RuleError
from store.query.fields import STATES, Field, Takes
from store.query.lexer import Value
from store.query.nearest import nearest_name, quoted
from store.query.vocabulary import Vocabulary

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
_DAYS = re.compile(r"([0-9]{1,6})(d|w|m|y)?", re.ASCII)
_IN_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365, None: 1}
_PROBE = date(2024, 1, 1)


def checked(value: Value, field: Field, vocabulary: Vocabulary, *, is_comparison: bool) -> Value:
    """The value in its one spelling.

    Raises:
        QueryError: the field does not take this value; the hint names the nearest one or an example.
    """
    text = value.text.casefold()
    if field.can_be_none and text in {"none", "any"} and not is_comparison:
        return Value(text, value.column, value.is_quoted)
    names = _closed(field, vocabulary)
    if names is not None:
        return Value(_one_of(value, names, field), value.column, value.is_quoted)
    if field.takes is Takes.NUMBER and not _NUMBER.fullmatch(text):
        _refuse(value, "is not a number", field)
    if field.takes is Takes.DAYS and not _DAYS.fullmatch(text):
        _refuse(value, "is not a number of days", field)
    if field.takes is Takes.DAY:
        try:
            parse_day(value.text, _PROBE)
        except RuleError as error:
            raise QueryError(error.message, value.column, error.hint) from error
    return value


def number_of(text: str) -> float:
    """A number as written in a query."""
    return float(text)


def days_of(text: str) -> int:
    """Days from `30d`, `5w`, `3m` (30 days each), `1y` (365 days) or a bare number."""
    match = _DAYS.fullmatch(text.casefold())
    if match is None:
        message = f"not days: {text}"
        raise ValueError(message)
    return int(match[1]) * _IN_DAYS[match[2]]


def day_of(text: str, today: date) -> date:
    """The day a value names, seen from `today`; one beyond the calendar is the calendar's last."""
    try:
        return parse_day(text, today)
    except RuleError:
        return date.min if text.startswith("-") else date.max


def _closed(field: Field, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    names: dict[Takes, tuple[str, ...]] = {
        Takes.STAGE: vocabulary.stages,
        Takes.KIND: vocabulary.kinds,
        Takes.HORIZON: vocabulary.horizons,
        Takes.VERDICT: vocabulary.verdicts,
        Takes.STATE: tuple(STATES),
    }
    return names.get(field.takes)


def _one_of(value: Value, names: tuple[str, ...], field: Field) -> str:
    folded = value.text.casefold()
    for name in names:
        if name.casefold() == folded:
            return str(name)
    nearest = nearest_name(folded, names)
    hint = f"Did you mean {nearest}?" if nearest else f"Possible: {', '.join(names)}."
    message = f"{quoted(value.text)} is not {field.takes.value}."
    raise QueryError(message, value.column, hint)


def _refuse(value: Value, problem: str, field: Field) -> None:
    message = f"{quoted(value.text)} {problem}."
    raise QueryError(message, value.column, f"For example {field.example}.")
