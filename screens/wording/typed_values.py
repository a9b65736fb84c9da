"""A typed value for a disputed field, read as what the field takes."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from screens.wording.dispute import Dispute
from store.change import split_name
from store.clock import parse_day
from store.errors import RuleError
from store.models import Json, Ruling, Workspace

REFERENCES: Final = {"parent": "goals", "team": "teams"}
"""Fields that hold the id of a record, and the table it is in."""
_NUMBERS: Final = {"size", "weight", "share", "wip_limit", "capacity", "answer_days", "stale_days"}
_DAYS: Final = {"due", "decide_by", "review_on"}
_PEOPLE: Final = {"owner", "requester", "said_by"}
_YES: Final = {"yes": True, "no": False}


def typed(dispute: Dispute, text: str, today: date) -> Json:
    """A typed or picked value as the file holds it; None for nothing.

    Raises:
        RuleError: it cannot be read as what the field takes.
    """
    text = text.strip()
    if not text:
        return None
    table, (name, key) = dispute.conflict.table, split_name(dispute.conflict.table, dispute.conflict.field)
    if is_strength(dispute):
        return {"goal": int(key), "strength": _number(text)}
    if key:
        return _number(text)
    readers: Mapping[str, Callable[[str], Json]] = {
        **dict.fromkeys((*_NUMBERS, *REFERENCES), _number),
        **dict.fromkeys(_DAYS, lambda day: parse_day(day, today).isoformat()),
        **dict.fromkeys(_PEOPLE, lambda person: person.removeprefix("@")),
        "is_reversible": _yes,
        "verdict": partial(_verdict, dispute.workspace),
        "status": _status if table == "decisions" else str,
    }
    return readers.get(name, _lines if dispute.is_list else str)(text)


def is_strength(dispute: Dispute) -> bool:
    """Whether it is about how strongly an item serves a goal."""
    name, key = split_name(dispute.conflict.table, dispute.conflict.field)
    return name == "goals" and key.isdecimal()


def _verdict(workspace: Workspace, text: str) -> Json:
    """A verdict typed as its word, for a duplicate the item it repeats, and the reason: `decline not this year`."""
    word, _, rest = text.partition(" ")
    said = word.rstrip(":").casefold()
    if said not in set(Ruling):
        message = f"“{word}” is no verdict."
        raise RuleError(message, f"Type one of {', '.join(Ruling)}, then the reason.")
    if said == Ruling.DUPLICATE:
        name, _, rest = rest.strip().partition(" ")
        if not name:
            message = "A duplicate needs the item that it repeats."
            raise RuleError(message, "Type duplicate LL-7KQ2 and the reason.")
        return {"is": said, "of": workspace.find(name).id, "reason": rest.strip()}
    return {"is": said, "reason": rest.strip()}


def _status(text: str) -> Json:
    """The status of a decision typed as its word and the reason: `rejected too dear`."""
    word, _, reason = text.partition(" ")
    return {"is": word.rstrip(":").casefold(), "reason": reason.strip()}


def _lines(text: str) -> Json:
    return [line.strip() for line in text.split("\n") if line.strip()]


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
