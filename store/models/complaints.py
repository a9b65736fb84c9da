"""What a checker of values complains about, in the words of a person who looks at the file."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

LONGEST: Final = 60
"""Characters of a wrong value that are shown."""

_LIST: Final = "must be a list"
_TEXT: Final = "must be a text"
_WHOLE: Final = "must be a whole number"
_NUMBER: Final = "must be a number"
_TRUTH: Final = "must be true or false"
_FIELDS: Final = "must be an object with fields"
_DAY: Final = "must be a day such as 2026-12-01"
_MOMENT: Final = "must be a moment such as 2026-12-01T09:30:00Z"

_WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "dict_type": _FIELDS,
    "mapping_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "must be a finite number",
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "timezone_aware": f"{_MOMENT}, with its time zone",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    # The prefix of ids is the one text with a pattern.
    "string_pattern_mismatch": "must be one to six capital letters, A to Z",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "enum": "must be one of {expected}",
    "literal_error": "must be one of {expected}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
})
"""By the name that pydantic gives a kind of error: https://docs.pydantic.dev/latest/errors/validation_errors/."""


def words_of(error: Mapping[str, Any]) -> str:
    """One error of pydantic without its place: what must be, and what is there."""
    words = _WORDS.get(error["type"])
    if words is None:
        message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ")
        words = f"{message[:1].lower()}{message[1:]}"
    else:
        words = words.format_map(error.get("ctx", {})).replace("'", "")
    return f"{words}, but it is {_shown(error['input'])}"


def _shown(value: object) -> str:
    """A value as it stands in the file; only its start where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= LONGEST else f"“{value[: LONGEST - 1]}…”"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
