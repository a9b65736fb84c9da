"""A whole store as plain lines, one fact a line, in full: what a comparison line by line can make sense of."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from screens.wording.clean import clean
from screens.wording.field_values import LINKED, field_word
from store.models import TABLES, Json, MergeRule, Record, Workspace, rules_of

INDENT: Final = "  "
TEXT: Final = "    | "
"""What stands in front of a line of a long text."""

_HEADINGS: Final[Mapping[str, str]] = MappingProxyType({"settings": "settings of the store"})
_LINKED_PARTS: Final[Mapping[str, str]] = MappingProxyType({
    "goal": "goals",
    "decision": "decisions",
    "item": "items",
    "of": "items",
})
"""The entries of a part that are ids, and the table they lead to."""


def plain_lines(workspace: Workspace) -> Iterator[str]:
    """Every record as a block of lines, in the order of the file, with a blank line between them; clean."""
    is_first = True
    for table in TABLES:
        for record in workspace.table(table).values():
            if not is_first:
                yield ""
            is_first = False
            yield from map(clean, _block(table, record, workspace))


def _block(table: str, record: Record, workspace: Workspace) -> Iterator[str]:
    raw = record.raw()
    title = raw.pop("title", "")
    name = "" if table in _HEADINGS else _name(workspace, table, record.id)
    yield " ".join(filter(None, (_HEADINGS.get(table, name), title)))
    rules = rules_of(table)
    for field, value in raw.items():
        word = field_word(field)
        if rules.get(field) is MergeRule.LINES and isinstance(value, list):
            yield f"{INDENT}{word}:"
            yield from (f"{TEXT}{line}" for line in value)
        elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            yield from (f"{INDENT}{word}: {_words(field, entry, workspace)}" for entry in value)
        else:
            yield f"{INDENT}{word}: {_words(field, value, workspace)}"


def _words(field: str, value: Json, workspace: Workspace) -> str:
    if isinstance(value, dict):
        first = (str(value["is"]),) if "is" in value else ()
        rest = (f"{key} {_words(key, each, workspace)}" for key, each in value.items() if key != "is")
        return ", ".join((*first, *rest))
    if isinstance(value, list):
        return ", ".join(_words(field, each, workspace) for each in value)
    table = LINKED.get(field) or _LINKED_PARTS.get(field)
    if table is not None and type(value) is int:
        return _name(workspace, table, value)
    return value if isinstance(value, str) else json.dumps(value)


def _name(workspace: Workspace, table: str, number: int) -> str:
    record = workspace.get(table, number)
    return f"{table} {number}" if record is None or table == "conflicts" else workspace.name_of(record)
