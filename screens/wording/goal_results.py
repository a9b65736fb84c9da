"""Key results as people type them: `calls out of hours 14 -> 4 a week`."""

import re
from typing import Final

from store.errors import RuleError
from store.goals import result_figures
from store.models import KeyResult, made

EXAMPLE: Final = "calls out of hours 14 -> 4 a week"
FAR: Final = 10
"""How many times the way from start to target a value may lie beyond them before it is asked about."""
_NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?"
_RESULT: Final = re.compile(rf"(.+?)[,:]?\s+(?:from\s+)?({_NUMBER})\s*(?:->|→|\bto\b)\s*({_NUMBER})\s*(\D.*)?")
_LONGEST: Final = 600


def read_result(text: str) -> KeyResult:
    """A key result that begins where its first number says and ends where the second does.

    Raises:
        RuleError: there are no two numbers with an arrow between them, or they are the same.
    """
    found = _RESULT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        message = "A key result needs words and two numbers: where it starts and where it shall end."
        raise RuleError(message, f"For example: {EXAMPLE}.")
    title, start, target, unit = found.groups()
    return checked_result(
        made(
            KeyResult,
            title=title.strip(),
            start=number(start),
            now=number(start),
            target=number(target),
            unit=(unit or "").strip(),
        )
    )


def checked_result(result: KeyResult) -> KeyResult:
    """The key result itself, if there is a way to go.

    Raises:
        RuleError: it ends where it starts.
    """
    if result.start == result.target:
        message = "It ends where it starts, so nothing could be measured."
        raise RuleError(message, "Give another target.")
    return result


def result_words(text: str) -> str:
    """How a typed key result is read.

    Raises:
        RuleError: as `read_result`.
    """
    result = read_result(text)
    return f"{result.title}: {result_figures(result)}"


def measured_words(result: KeyResult, text: str) -> str:
    """What a new value means for the key result: `62 % of the way, 30 now, from 40 to 20 h`.

    Raises:
        RuleError: it is no number.
    """
    measured = result.with_(now=number(text))
    part = measured.progress
    percent = "" if part is None else f"{round(100 * part)} % of the way, "
    return f"{percent}{result_figures(measured)}"


def far_words(result: KeyResult, value: float) -> str:
    """Why a measured value is unlikely: it lies more than ten spans beyond start and target; empty if it does not."""
    span = abs(result.target - result.start)
    low, high = sorted((result.start, result.target))
    if low - FAR * span <= value <= high + FAR * span:
        return ""
    return f"{value:,.12g} is far from where it started ({result.start:g}) and shall end ({result.target:g})."


def number(text: str) -> float:
    """A number, with a point or a comma in it.

    Raises:
        RuleError: it is none.
    """
    words = text.strip()
    if re.fullmatch(_NUMBER, words) is None or len(words) > 18:
        message = f"“{words[:40]}” is not a number."
        raise RuleError(message, "Try 12 or 0.5.")
    return float(words.replace(",", "."))


def whole(text: str, most: int) -> int:
    """A whole number from 0 to `most`.

    Raises:
        RuleError: it is none.
    """
    words = text.strip().removesuffix("%").strip()
    if not (words.isascii() and words.isdecimal() and len(words) <= 9 and int(words) <= most):
        message = f"“{text.strip()[:40]}” is not a whole number from 0 to {most:,}."
        raise RuleError(message, "Try 3.")
    return int(words)
