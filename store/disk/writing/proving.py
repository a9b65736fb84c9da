"""Texts of records that are known to be readable before anything is written.

Items of our own texts are read when somebody asks for them, long after the start. A record that could be written and
not be read would break every later start, so each is read back when it is rendered.
"""

from collections.abc import Callable

from pydantic import ValidationError

from store.disk.canonical import Entry, Text, record_text
from store.disk.reading.slicing import json_of
from store.errors import NotSavedError
from store.models import Record, sentence_of


def proved_text(table: str, key: str, entry: Entry) -> Text:
    """The canonical text of one record. One that was given as a record has been read back and is the same.

    Raises:
        NotSavedError: it cannot be written, or would be another one when read.
    """
    if isinstance(entry, (bytes, memoryview)):
        return entry
    if not isinstance(entry, Record):
        return _rendered(table, key, lambda: record_text(table, key, entry))
    return _rendered(table, key, lambda: _read_back(table, key, entry))


def _read_back(table: str, key: str, record: Record) -> bytes:
    text = record_text(table, key, record.raw())
    again = type(record).model_validate_json(json_of(text, key, (0, len(text))))
    # A part that holds an unknown field without a value loses that field, which says nothing; the text is the same.
    if again != record and record_text(table, key, again.raw()) != text:
        message = "it would be another one when read again"
        raise ValueError(message)
    return text


def _rendered(table: str, key: str, render: Callable[[], bytes]) -> bytes:
    try:
        return render()
    except ValidationError as error:
        problem = sentence_of(error).removesuffix(".")
        cause: Exception = error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        problem = str(error).partition("\n")[0].removesuffix(".")
        cause = error
    message = f"Record {key} of {table} cannot be written: {problem}."
    raise NotSavedError(message, "Nothing was written; change that field, or undo the change.") from cause
