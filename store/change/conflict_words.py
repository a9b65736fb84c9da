"""Conflicts in the words of work: what the field is called, and a value in two or three words."""

from collections.abc import Mapping
from typing import Final

from store.change.building import quoted
from store.change.conflict_parts import lines_of, rule_of, split_name
from store.models import TABLES, Json, MergeRule, Record, Workspace

_FIELDS: Final[Mapping[str, str]] = {
    "body": "text",
    "decide_by": "last day to decide",
    "default": "default if nobody decides",
    "is_reversible": "way back",
    "review_on": "day of the review",
    "trigger": "trigger",
    "said_by": "one who said it",
    "key_results": "key results",
    "wip_limit": "limit of work in progress",
    "answer_days": "days to wait for an answer",
    "stale_days": "days until something is stale",
    "archived": "archive",
}
_PEOPLE: Final = {"owner", "requester", "said_by"}
_REFERENCES: Final = {"parent": "goals", "team": "teams"}


def record_words(workspace: Workspace, table: str, number: int) -> str:
    """A record as a sentence names it: items and decisions by id, goals and the like by title."""
    if table == "settings":
        return "the settings"
    if table not in TABLES:
        return f"record {number} of {table}, which only a newer leadline knows"
    record = workspace.known(table, number)
    if record is None:
        return f"{_singular(table)} {number}, which is not here"
    title = getattr(record, "title", "")
    return quoted(title) if table in {"goals", "standards", "teams"} and title else workspace.name_of(record)


def field_words(workspace: Workspace, table: str, field: str) -> str:
    """What people call the field, such as `owner`, `urgency` or `strength for “Flow”`."""
    name, key = split_name(table, field)
    if not key:
        return _FIELDS.get(name, name.replace("_", " "))
    if name == "goals":
        return f"strength for {_referred(workspace, 'goals', key)}"
    if name == "supersedes":
        return f"part it replaces of {_referred(workspace, 'decisions', key)}"
    return key.replace("_", " ")


def value_words(workspace: Workspace, table: str, field: str, value: Json) -> str:
    """A value of the field in a few words; a value that is left out in the file is its default."""
    name, key = split_name(table, field)
    if value is None and not key:
        value = _default(table, name)
    if value in (None, "", [], (), {}):
        return "nobody" if name in _PEOPLE else "nothing"
    if rule_of(table, field) is MergeRule.LINES:
        return quoted(next((line.strip() for line in lines_of(value) if line.strip()), "blank lines"))
    if name in _REFERENCES:
        return _referred(workspace, _REFERENCES[name], str(value))
    if isinstance(value, list | tuple):
        return listed([_one(part) for part in value])
    return quoted(value) if name == "title" and isinstance(value, str) else _one(value)


def _one(value: Json) -> str:
    if isinstance(value, Mapping):
        return _unit_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quoted(value) if isinstance(value, str) and " " in value else str(value)


def listed(words: list[str]) -> str:
    """A few members by name, many by number."""
    return ", ".join(words) if len(words) <= 4 else f"{', '.join(words[:3])} and {len(words) - 3} more"


def _unit_words(value: Mapping[str, Json]) -> str:
    """A value of several parts by the one that says most."""
    for name in ("is", "strength", "title", "text", "name", "part", "key", "at"):
        if value.get(name) not in (None, ""):
            return str(value[name]) if name != "at" else str(value[name])[:10]
    return "all of it" if set(value) == {"decision"} else ", ".join(f"{name} {part}" for name, part in value.items())


def _default(table: str, name: str) -> Json:
    fields = TABLES[table].model_fields if table in TABLES else {}
    found = next((field for known, field in fields.items() if (field.alias or known) == name), None)
    default = None if found is None else found.get_default()
    return default if isinstance(default, str | int) else None


def _referred(workspace: Workspace, table: str, key: str) -> str:
    record: Record | None = workspace.known(table, int(key)) if key.isdecimal() else None
    return quoted(getattr(record, "title", "")) if record is not None else f"{_singular(table)} {key}"


def _singular(table: str) -> str:
    return {"settings": "setting"}.get(table, f"the {table.removesuffix('s')}")
