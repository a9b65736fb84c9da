"""Cutting a canonical text into its records without parsing it.

Only for texts that are known to be canonical: inside a record every line is blank or starts with two spaces, so a
closing brace at the start of a line ends the record.
"""

import json

TEXT_END = b"\n}\n"


def sliced(text: bytes) -> dict[str, dict[str, bytes]] | None:
    """The text of every record by table and key; None where the text is not laid out as we write it."""
    if not text.startswith(b"{\n") or not text.endswith(TEXT_END):
        return None
    tables: dict[str, dict[str, bytes]] = {}
    at = 2
    while True:
        heading, at = _heading(text, at)
        if heading is None or heading in tables:
            return None
        records, at = _records(text, at)
        if records is None:
            return None
        tables[heading] = records
        if text.startswith(b"},\n", at):
            at += 3
        elif text.startswith(b"}\n}\n", at) and at + 4 == len(text):
            return tables
        else:
            return None


def _heading(text: bytes, at: int) -> tuple[str | None, int]:
    """The key on the line that starts at `at` and opens an object, and where the next line starts."""
    end = text.find(b": {\n", at)
    if end < 0:
        return None, at
    try:
        key = json.loads(text[at:end])
    except ValueError:
        return None, at
    return (key if isinstance(key, str) else None), end + 4


def _records(text: bytes, at: int) -> tuple[dict[str, bytes] | None, int]:
    records: dict[str, bytes] = {}
    find = text.find
    while not text.startswith(b"}", at):
        # Keys of records in a canonical text are digits, so that the text between the quotes is the key.
        colon = find(b'": {\n', at)
        end = find(b"\n}", colon)
        if colon < 0 or end < 0 or text[at : at + 1] != b'"':
            return None, at
        key = text[at + 1 : colon].decode("ascii", "replace")
        if not key.isdecimal() or key in records:
            return None, at
        records[key] = text[colon + 3 : end + 2]
        at = end + 2
        if text.startswith(b",\n", at):
            at += 2
        elif text.startswith(b"\n}", at):
            at += 1
        else:
            return None, at
    return records, at
