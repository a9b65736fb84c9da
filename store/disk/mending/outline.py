"""Where records begin in a text that may be broken anywhere, whoever laid it out.

Nothing is parsed here. In a text with lines a record begins a line, always at the same indent; in a text without them,
as stock TinyDB writes it, a record is known by its key alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META
from store.models import TABLES, Json

_KNOWN: Final = frozenset({META, *TABLES})
_LINE_HEAD: Final = re.compile(r'^([ \t]*)"((?:[^"\\\n]|\\.)*)"[ \t]*:[ \t]*\{', re.MULTILINE)
_OPENS_TABLE: Final = re.compile(r'\s*(?:"[0-9]{1,17}"\s*:|\}|$)')
_RECORD: Final = re.compile(r'"([0-9]{1,17})"\s*:\s*\{')
_HOLDS_RECORDS: Final = r'"\s*:\s*\{\s*"[0-9]{1,17}"\s*:'
# Of a name we do not know, an empty object is rather an empty field of a record.
_TABLE: Final = re.compile(
    rf'"((?:{"|".join(sorted(_KNOWN))})(?={_HOLDS_RECORDS}|"\s*:\s*\{{\s*\}})'
    rf'|(?![0-9]+")[^"\\{{}}]{{1,100}}(?={_HOLDS_RECORDS}))"\s*:\s*\{{'
)
_MARKS: Final = frozenset({"title", "created", "started"})
"""Of these every record has one, but for those that are no work: settings and conflicts."""

_OF_OURS: Final = 10
"""So many digits the ids have that we give, but for one in four millions; a field may be called by fewer."""

_MOST_LINES: Final = 2
"""So many records a line, and the lines say nothing about where records begin."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a table (`key` is None) or of a record: where its name starts, and where its brace stands."""

    name: str
    start: int
    brace: int
    is_table: bool


def heads_of(text: str) -> list[Head]:
    """Every table and record that begins in a text, in its order."""
    lines = [
        (match[1], Head(match[2], match.start(), match.end() - 1, is_table=not _is_digits(match[2])))
        for match in _LINE_HEAD.finditer(text)
    ]
    indents = Counter(indent for indent, head in lines if not head.is_table)
    if not indents or _MOST_LINES * indents.total() < sum(1 for _ in _RECORD.finditer(text)):
        return _without_lines(text)
    of_records = indents.most_common(1)[0][0]
    of_tables = _indent_of_tables(lines, of_records)
    return [head for indent, head in lines if _belongs(head, indent, of_records, of_tables, text)]


def records_inside(text: str) -> list[Head]:
    """Every record that begins in a piece of a text, at whatever indent."""
    return [Head(match[1], match.start(), match.end() - 1, is_table=False) for match in _RECORD.finditer(text)]


def is_swallowed(name: str, value: Json) -> bool:
    """Whether a field of a record is another record, or a table, in it because a brace is not where it was."""
    if not isinstance(value, Mapping) or not value:
        return False
    if name in _KNOWN:
        return all(map(_is_digits, value))
    return _is_digits(name) and len(name) >= _OF_OURS and not _MARKS.isdisjoint(value)


def swallowed_in(text: str) -> list[Head]:
    """Every record that begins in the text of another one that is broken."""
    return [head for head in records_inside(text) if len(head.name) >= _OF_OURS]


def _without_lines(text: str) -> list[Head]:
    tables = [Head(match[1], match.start(), match.end() - 1, is_table=True) for match in _TABLE.finditer(text)]
    return sorted((*tables, *records_inside(text)), key=lambda head: head.start)


def _belongs(head: Head, indent: str, of_records: str, of_tables: str, text: str) -> bool:
    if not head.is_table:
        return indent == of_records
    # A field of a record that lost its indent holds something else than records.
    return indent == of_tables and _OPENS_TABLE.match(text, head.brace + 1) is not None


def _indent_of_tables(lines: Iterable[tuple[str, Head]], of_records: str) -> str:
    known = Counter(
        indent for indent, head in lines if head.is_table and head.name in _KNOWN and len(indent) <= len(of_records)
    )
    return known.most_common(1)[0][0] if known else of_records


def _is_digits(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= 17
