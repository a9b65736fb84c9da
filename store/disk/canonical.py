"""The canonical text of a store: one store has one text, and one edit changes one or two of its lines.

Tables come in a fixed order, records by id, fields in the order of their model and unknown fields after them by name.
Items, goals and decisions have a line for each field, also where it holds nothing, as `"verdict": null`; the other
records leave those out. `Record.is_written_whole` says why.
A field is one line with a blank line after it, so that git merges edits of neighbouring fields. Long text and lists
in which entries are added or arranged have one entry a line:

    "18533187727534": {
      "title": "Move the billing queue",

      "stage": {"is": "doing", "since": "2026-03-04T09:00:00Z", "by": "bo"},

      "tags": ["infra", "q2"],

      "past_moves": [{"is": "inbox", "since": "2026-03-02T09:12:44Z", "by": "ana"},
        {"is": "ready", "since": "2026-03-03T10:00:00Z", "by": "ana"}],

      "body": [
        "First line",
        "second line"
      ]
    }

A list opens and closes on the lines of its first and last entry, so that the first past move of an item adds one
line to the file and not three. Long text, which grows at either end, has its brackets on lines of their own.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from store.hidden import HIDDEN
from store.models import TABLES, Json, MergeRule, Record, always_written, rules_of

META: Final = "meta"
META_KEY: Final = "1"
APP: Final = "leadline"
Fields = Mapping[str, Json]
"""The raw fields of one record."""

Text = bytes | memoryview
"""The text of one record, which begins with its key, or of a table that holds no records."""

Entry = Record | Fields | Text
"""One record, or its raw fields, or its text where that is known already."""

Texts = Mapping[str, Mapping[str, Text] | Text]
"""The text of every record by table and key; a table that holds no records is one text."""

# The first set of control characters is missing: JSON escapes them, and between texts they are layout.
_DANGEROUS: Final = re.compile(f"[{HIDDEN}]")
_META_RULES: Final = {"app": MergeRule.SCALAR, "schema": MergeRule.SCALAR}
_KEY = re.compile(r"[1-9][0-9]{0,15}")
_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode


def safe(text: str) -> str:
    """JSON text of the same value with every dangerous character escaped, so that the file can be printed."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _DANGEROUS.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x10000:
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 | point >> 10:04x}\\u{0xDC00 | point & 0x3FF:04x}"


def record_text(table: str, key: str, fields: Fields) -> bytes:
    """The text of one record, from its key to its closing brace.

    Raises:
        ValueError: a number that JSON does not know, such as infinity.
    """
    rules = _rules(table)
    always = always_written(table)
    known = [name for name in rules if name in fields or name in always]
    unknown = sorted(name for name in fields if name not in rules)
    values = {**always, **fields}
    lines = [_opening(name) + _value(values[name], rules.get(name)) for name in (*known, *unknown)]
    body = ",\n\n".join(lines)
    return safe(f"{_one_line(key)}: {{\n{body}{chr(10) if body else ''}}}").encode()


def entry_text(table: str, key: str, entry: Entry) -> Text:
    """The text of one record, whatever form it is in."""
    if isinstance(entry, (bytes, memoryview)):
        return entry
    return record_text(table, key, entry.raw() if isinstance(entry, Record) else entry)


def _rules(table: str) -> Mapping[str, MergeRule]:
    return _META_RULES if table == META else rules_of(table)


@lru_cache(maxsize=1_000)
def _opening(name: str) -> str:
    return f"  {_one_line(name)}: "


def _value(value: Json, rule: MergeRule | None) -> str:
    if value is None:
        return "null"
    if not isinstance(value, (list, tuple)) or not value:
        return _one_line(value)
    if rule is MergeRule.LINES:
        return "[\n    " + ",\n    ".join(map(_one_line, value)) + "\n  ]"
    is_inline = rule in {MergeRule.SET, MergeRule.LINKS, MergeRule.KEYED} or all(
        isinstance(entry, (int, float)) for entry in value
    )
    if is_inline:
        return _one_line(value)
    return "[" + ",\n    ".join(map(_one_line, value)) + "]"


def store_text(texts: Texts) -> bytes:
    """The text of a whole store. Tables of records are written even when empty, so that two first records merge."""
    return b"".join(store_pieces(texts))


def store_pieces(texts: Texts) -> list[Text]:
    """The same in pieces that have to be put together: each copy of a large text costs as much as writing it."""
    parts: list[Text] = []
    for table in in_file_order(texts):
        records = texts.get(table, {})
        parts += [b",\n" if parts else b"{\n", safe(_one_line(table)).encode()]
        if not isinstance(records, Mapping):
            parts += [b": ", records]
            continue
        parts.append(b": {\n")
        # By length and then by letters is by number for ids, and still an order for any other key.
        for key in sorted(records, key=lambda key: (len(key), key)):
            parts += (records[key], b",\n")
        if records:
            parts[-1] = b"\n"
        parts.append(b"}")
    parts.append(b"\n}\n")
    return parts


def in_file_order(tables: Iterable[str]) -> list[str]:
    """The tables every store has and those given: `meta` first, then ours, then unknown ones by name."""
    return [META, *TABLES, *sorted(table for table in tables if table != META and table not in TABLES)]


def is_key(key: str) -> bool:
    """Whether a key is a record id in its one true form: no sign, no leading zero, safe in JavaScript and jq."""
    return _KEY.fullmatch(key) is not None and int(key) < 2**53
