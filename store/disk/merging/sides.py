"""One of the three texts of a merge: the text of every record, and the value of those that have to be looked at."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from store.disk.canonical import META, META_KEY, entry_text, record_text
from store.disk.reading.migrating import SCHEMA, migrated
from store.disk.reading.scanning import MAX_DEPTH, MAX_NUMBER, Scan
from store.disk.reading.sifting import Sifting
from store.disk.reading.slicing import places
from store.errors import UnreadableStoreError
from store.models import Json

OPAQUE: Final = object()
"""What stands for a record that no strict reader takes: a key twice, a number beyond all bounds, nothing at all."""
MEND: Final = "Mend it, or take the file from git again; nothing was changed."


def _object(pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
    listed = list(pairs)
    fields = dict(listed)
    if len(fields) != len(listed):
        message = "a name stands there twice"
        raise ValueError(message)
    return fields


def _whole_number(digits: str) -> int:
    number = int(digits)
    if not -MAX_NUMBER < number < MAX_NUMBER:
        raise ValueError(digits)
    return number


def _odd(digits: str) -> float:
    # Fractions are rare; what is careful with them knows infinity, too.
    raise ValueError(digits)


_decode: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole_number, parse_float=_odd, parse_constant=_odd
).decode


def capitalised(sentence: str) -> str:
    """A sentence that begins with a capital, whatever it begins with."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


class Side:
    """One of the three texts: the text of every record, by table and key.

    Args:
        content: the bytes.
        name: what to call it in a sentence.
        may_be_blank: whether a text without anything is a store without records.

    Attributes:
        schema: the schema the text was written with; 0 for one that is blank.
    """

    def __init__(self, content: bytes, name: str, *, may_be_blank: bool = False) -> None:
        self.name = name
        self.content = content
        self.odd: dict[str, bytes] = {}
        self.texts: dict[str, dict[str, bytes]] = {}
        self.schema = 0
        self.is_blank = may_be_blank and not content.strip()
        if self.is_blank:
            return
        where = places(content)
        if where is None or any("\\" in key for records in where.values() for key in records):
            self._sift(content)
        else:
            self.texts = {
                table: {key: content[start:end] for key, (start, end) in records.items()}
                for table, records in where.items()
            }
        self.schema = self._sure_schema()

    def bring_to(self, schema: int) -> bool:
        """Puts every record into a newer schema; whether the text was written with an older one.

        Raises:
            UnreadableStoreError: there is no JSON in the place of a record.
        """
        if self.is_blank or self.schema >= schema:
            return False
        for table, records in self.texts.items():
            for key in records:
                fields = self.value(table, key)
                if isinstance(fields, dict):
                    records[key] = record_text(table, key, migrated(table, key, fields, self.schema, schema))
        return True

    def text(self, table: str, key: str) -> bytes | None:
        """The text of a record, which begins with its key; None where there is none."""
        return self.texts.get(table, {}).get(key)

    def value(self, table: str, key: str) -> Json:
        """The JSON value of a record; None where there is none, `OPAQUE` where it is nothing to be merged.

        Raises:
            UnreadableStoreError: there is no JSON in its place.
        """
        text = self.text(table, key)
        if text is None:
            return None
        # An escaped letter may be half of one, and many brackets may be too deep: few records have either.
        if b"\\u" not in text and text.count(b"{") + text.count(b"[") <= MAX_DEPTH:
            with suppress(ValueError):
                return self._quick(text)
        return self._careful(table, key, text)

    @staticmethod
    def _quick(text: bytes) -> Json:
        """The value where nothing about it is odd.

        Raises:
            ValueError: something is.
        """
        fields = _decode(f"{{{text.decode()}}}")
        (value,) = fields.values()
        if value is None:
            message = "nothing stands there"
            raise ValueError(message)
        return value

    def _careful(self, table: str, key: str, text: bytes) -> Json:
        try:
            found = list(Scan(f'{{"t":{{{text.decode()}}}}}').found())
        except (ValueError, RecursionError) as error:
            # Laid out as we do it, and yet no JSON: the strict reader says what and where.
            Sifting(self.content, self.name)
            message = f"Record {key} of {table} in {self.name} cannot be read."
            raise UnreadableStoreError(message, MEND) from error
        is_sound = len(found) == 1 and not found[0].problems and found[0].value is not None
        return found[0].value if is_sound else OPAQUE

    def _sift(self, content: bytes) -> None:
        """The strict way, for any layout; says what is wrong where the text is no whole store."""
        # As it stands: only `bring_to` knows which schema is wanted.
        sifting = Sifting(content, self.name, to=1)
        for table, there in sifting.others.items():
            self.texts[table] = {key: bytes(entry_text(table, key, entry)) for key, entry in there.items()}
        for table, records in sifting.records.items():
            by_key = {str(number): record for number, record in records.items()}
            self.texts[table] = {key: bytes(entry_text(table, key, record)) for key, record in by_key.items()}
        for (table, key), text in sifting.kept.items():
            if key is None:
                self.odd[table] = text
            else:
                self.texts.setdefault(table, {})[key] = text

    def _sure_schema(self) -> int:
        text = self.texts.get(META, {}).get(META_KEY)
        try:
            fields: Json = json.loads(b"{%b}" % (text or b""))[META_KEY]
            is_known = isinstance(fields, dict) and fields["app"] == "leadline" and isinstance(fields["schema"], int)
        except (ValueError, KeyError):
            is_known = False
        if not is_known:
            # Says what is missing, where something is.
            Sifting(self.content, self.name)
            message = capitalised(f"{self.name} is not a leadline store.")
            raise UnreadableStoreError(message, MEND)
        if fields["schema"] > SCHEMA:
            message = capitalised(f"{self.name} was written by a newer leadline (schema {fields['schema']}).")
            raise UnreadableStoreError(message, "Upgrade leadline, then merge again.")
        return int(fields["schema"])
