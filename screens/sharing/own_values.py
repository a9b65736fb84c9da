"""Values of one's own for a disputed field: what can be picked, what can be typed, and how it is read."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from screens.dialogs.picker import Choice as Option
from screens.wording.dispute import Dispute
from store.change import split_name
from store.clock import parse_day
from store.errors import RuleError
from store.models import GoalStatus, Horizon, Json, Kind, Origin

_WORDS: Final[Mapping[tuple[str, str], type[StrEnum]]] = {
    ("items", "horizon"): Horizon,
    ("items", "kind"): Kind,
    ("goals", "status"): GoalStatus,
    ("goals", "origin"): Origin,
}
"""The fields that take one of a few words."""
_REFERENCES: Final = {"parent": "goals", "team": "teams"}
_NUMBERS: Final = {"size", "weight", "share", "wip_limit", "capacity", "answer_days", "stale_days"}
_DAYS: Final = {"due", "decide_by", "review_on"}
_PEOPLE: Final = {"owner", "requester", "said_by"}
_YES: Final = {"yes": True, "no": False}


def why_not_typed(dispute: Dispute) -> str | None:
    """Why no value of one's own can be given; None where one can."""
    conflict = dispute.conflict
    if not conflict.field:
        return "One side deleted it and the other changed it: it can go or stay."
    if dispute.is_text or options_for(dispute) or _is_strength(dispute):
        return None
    if any(isinstance(value, Mapping | list | tuple) for value in (conflict.base, *conflict.sides)):
        return f"The {dispute.field} has several parts: take a side, then change it on its page."
    return None


def options_for(dispute: Dispute) -> list[Option]:
    """What can be picked for a field that takes one of a few words or a record; empty for any other."""
    table, field, workspace = dispute.conflict.table, dispute.conflict.field, dispute.workspace
    if (table, field) == ("items", "stage"):
        return [Option(stage.name, stage.name, stage.kind.value) for stage in workspace.settings.stages]
    if (table, field) in _WORDS:
        words = [Option(each.value, each.value) for each in _WORDS[table, field]]
        return [*words, Option("", "none")] if field == "horizon" else words
    if field in _REFERENCES:
        records = workspace.table(_REFERENCES[field]).values()
        named = [Option(str(each.id), str(getattr(each, "title", "")), workspace.name_of(each)) for each in records]
        return [*named, Option("", "none")]
    return []


def typed(dispute: Dispute, text: str, today: date) -> Json:
    """A typed or picked value as the file holds it; None for nothing.

    Raises:
        RuleError: it cannot be read as what the field takes.
    """
    text = text.strip()
    if not text:
        return None
    name, key = split_name(dispute.conflict.table, dispute.conflict.field)
    if _is_strength(dispute):
        return {"goal": int(key), "strength": _number(text)}
    if key or name in _NUMBERS or name in _REFERENCES:
        return _number(text)
    readers: Mapping[str, Callable[[str], Json]] = {
        **dict.fromkeys(_DAYS, lambda day: parse_day(day, today).isoformat()),
        **dict.fromkeys(_PEOPLE, lambda person: person.removeprefix("@")),
        "is_reversible": _yes,
    }
    reader = readers.get(name)
    return text if reader is None else reader(text)


def _is_strength(dispute: Dispute) -> bool:
    name, key = split_name(dispute.conflict.table, dispute.conflict.field)
    return name == "goals" and key.isdecimal()


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        message = f"“{text}” is not a whole number."
        raise RuleError(message, "Try 3.") from error


def _yes(text: str) -> bool:
    if text.casefold() not in _YES:
        message = f"“{text}” is neither yes nor no."
        raise RuleError(message, "Type yes or no.")
    return _YES[text.casefold()]
