"""Fields, their values and the records they name, in the words of the work."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from screens.wording.counting import counted, listed
from store.clock import day_words, local_day
from store.models import TABLES, Json, MergeRule, Part, Record, Workspace, rules_of

LONGEST: Final = 60
"""Characters of a text that are quoted."""

GONE: Final[Mapping[str, str]] = MappingProxyType({
    "items": "an item that is gone",
    "goals": "a goal that is gone",
    "decisions": "a decision that is gone",
    "teams": "a team that is gone",
    "standards": "a standard that is gone",
})
_PEOPLE: Final = frozenset({"owner", "requester", "said_by"})
_NO_NAMES: Final = frozenset({"HEAD", "ours", "theirs", "base"})
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")
_WORDS: Final = MappingProxyType({"body": "text", "is_reversible": "can be taken back"})
_TEXTS: Final = frozenset(name for table in TABLES for name, rule in rules_of(table).items() if rule is MergeRule.LINES)
LINKED: Final = MappingProxyType({
    "team": "teams",
    "parent": "goals",
    "depends_on": "items",
    "items": "items",
    "goals": "goals",
    "teams": "teams",
    "standards": "standards",
})
"""The fields whose values are ids, and the table they lead to."""


class Names:
    """The names of records, as people say them, in the first of some snapshots that has them.

    Args:
        workspaces: where to look, the one that counts first.
        today: the day that days are told from.
    """

    def __init__(self, *workspaces: Workspace, today: date) -> None:
        self._workspaces = workspaces
        self.today = today

    def of(self, record: Record) -> str:
        """`LL-7KQ2`."""
        return self._workspaces[0].name_of(record)

    def record(self, table: str, number: int) -> str:
        """An item or a decision by its id, anything else by its title."""
        for workspace in self._workspaces:
            found = workspace.known(table, number)
            if found is not None:
                return workspace.name_of(found) if table in {"items", "decisions"} else quoted(_title(found))
        return GONE.get(table, "something that is gone")

    def day(self, value: date | datetime) -> str:
        """A day in words."""
        return day_words(local_day(value) if isinstance(value, datetime) else value, self.today)


def field_word(name: str) -> str:
    """A field as people say it: `decide by`, `urgency` of `ratings.urgency`."""
    field, _, entry = name.partition(".")
    word = entry if field == "ratings" and entry else _WORDS.get(field, field)
    return word.replace("_", " ")


def value_words(name: str, value: Json, names: Names) -> str:
    """The value of a field in words, as the model or as the file holds it; empty where it has none."""
    field = name.partition(".")[0]
    if _is_none(value):
        return ""
    if isinstance(value, (bool, int, float)):
        return _number(field, value, names)
    if isinstance(value, (date, datetime)):
        return names.day(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return f"@{value}" if field in _PEOPLE else shown(value)
    return _several(field, value, names)


def _is_none(value: Json) -> bool:
    return value is None or value == "" or (isinstance(value, (tuple, frozenset, list, dict)) and not value)


def _number(field: str, value: Json, names: Names) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return names.record(LINKED[field], value) if field in LINKED else f"{value:,}"


def _several(field: str, value: Json, names: Names) -> str:
    """A value of several parts: members of a set, a unit as the file holds it, or anything else."""
    if isinstance(value, frozenset) or (
        isinstance(value, list) and all(isinstance(each, (str, int)) for each in value)
    ):
        if field in _TEXTS:
            return counted(len(value), "line")
        return listed(sorted(value_words(field, each, names) for each in value))
    if isinstance(value, dict) and isinstance(value.get("is"), str):
        reason = value.get("reason")
        return f"{value['is']} {quoted(reason)}" if isinstance(reason, str) and reason else str(value["is"])
    if isinstance(value, Part):
        value = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    elif isinstance(value, tuple):
        return counted(len(value), "entry", "entries")
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def shown(text: str) -> str:
    """A value that is a text: a word as it is, more than one word in quotes."""
    return text if text.isalnum() and len(text) < 20 else quoted(text)


def quoted(text: str) -> str:
    """A text in quotes, cut where it would make the sentence long."""
    return f"“{text}”" if len(text) <= LONGEST else f"“{text[: LONGEST - 1].rstrip()}…”"


def stamp_words(value: Json, names: Names) -> str:
    """`Mon 2 Mar by @ana`."""
    return f"{names.day(value.at)}{f' by @{value.by}' if value.by else ''}"


def _title(record: Record) -> str:
    return str(getattr(record, "title", "") or record.id)


def known_label(label: str) -> str:
    """What git called a side of a merge; empty where that is no name a person would know it by."""
    return "" if label in _NO_NAMES or _COMMIT.fullmatch(label) else label
