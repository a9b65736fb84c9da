"""Three texts of a store merged into one: records that all three have alike are never parsed."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, META_KEY, SCHEMA, Text, entry_text, record_text, store_text
from store.disk.scanning import Scan
from store.disk.sifting import Sifting
from store.disk.slicing import places
from store.errors import UnreadableStoreError
from store.merge import NO_LABELS, Labels, Plan, decide
from store.models import SETTINGS_ID, TABLES, Conflict, Json, many_at_once

_OPAQUE: Final = object()
"""What stands for a record that no strict reader takes: a key twice, a number beyond all bounds, nothing at all."""

_MEND: Final = "Mend it, or take the file from git again; nothing was changed."
_SETTINGS: Final = "settings", str(SETTINGS_ID)


@dataclass(frozen=True, eq=False)
class Merged:
    """A merge of three texts.

    Args:
        text: the merged store in canonical form.
        plan: what was decided.
        conflicts: what a person has to settle; the records are in the text as well.
    """

    text: bytes
    plan: Plan
    conflicts: tuple[Conflict, ...]


def merge_texts(
    base: bytes, ours: bytes, theirs: bytes, name: str, labels: Labels | Callable[[], Labels] = NO_LABELS
) -> Merged:
    """Merges two texts of a store with the one they started from.

    The text does not depend on which side is ours. It has been read back as JSON, and each merged record by its model;
    a record that no model can read is merged as well and stays as it is.

    Args:
        base: the text both sides started from; blank where there was none.
        ours: the text of our side.
        theirs: the text of their side.
        name: the file as people say it.
        labels: who wrote the sides, for the records of conflicts; a function is asked only where there are some.

    Raises:
        UnreadableStoreError: a text is no whole store, or a newer version wrote it; or both sides changed something
            that can be no record, so that no conflict could name it.
    """
    with many_at_once():
        versions = (
            _Version(base, f"{name} as both sides had it", may_be_blank=True),
            _Version(ours, f"our {name}"),
            _Version(theirs, f"their {name}"),
        )
        return _Merge(versions, name).merged(labels)


class _Version:
    """One of the three texts: the text of every record, by table and key.

    Args:
        content: the bytes.
        name: what to call it in a sentence.
        may_be_blank: whether a text without anything is a store without records.
    """

    def __init__(self, content: bytes, name: str, *, may_be_blank: bool = False) -> None:
        self.name = name
        self.content = content
        self.odd: dict[str, bytes] = {}
        self.texts: dict[str, dict[str, bytes]] = {}
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
        self._check_meta()

    def value(self, table: str, key: str) -> Json:
        """The JSON value of a record; None where there is none, `_OPAQUE` where it is nothing to be merged.

        Raises:
            UnreadableStoreError: there is no JSON in its place.
        """
        text = self.texts.get(table, {}).get(key)
        if text is None:
            return None
        try:
            found = list(Scan(f'{{"t":{{{text.decode()}}}}}').found())
        except (ValueError, RecursionError) as error:
            # Laid out as we do it, and yet no JSON: the strict reader says what and where.
            Sifting(self.content, self.name)
            message = f"Record {key} of {table} in {self.name} cannot be read."
            raise UnreadableStoreError(message, _MEND) from error
        is_sound = len(found) == 1 and not found[0].problems and found[0].value is not None
        return found[0].value if is_sound else _OPAQUE

    def _sift(self, content: bytes) -> None:
        """The strict way, for any layout; says what is wrong where the text is no whole store."""
        sifting = Sifting(content, self.name)
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

    def _check_meta(self) -> None:
        text = self.texts.get(META, {}).get(META_KEY)
        try:
            fields: Json = json.loads(b"{%b}" % (text or b""))[META_KEY]
            is_known = isinstance(fields, dict) and fields["app"] == "leadline" and isinstance(fields["schema"], int)
        except (ValueError, KeyError):
            is_known = False
        if not is_known:
            # Says what is missing, where something is.
            Sifting(self.content, self.name)
            message = f"{self.name[:1].upper()}{self.name[1:]} is not a leadline store."
            raise UnreadableStoreError(message, _MEND)
        if fields["schema"] > SCHEMA:
            message = (
                f"{self.name[:1].upper()}{self.name[1:]} was written by a newer leadline (schema {fields['schema']})."
            )
            raise UnreadableStoreError(message, "Upgrade leadline, then merge again.")


Differing = dict[str, dict[str, Json]]
"""The records of one version that have to be decided about."""


class _Merge:
    """The merge of three versions."""

    def __init__(self, versions: tuple[_Version, _Version, _Version], name: str) -> None:
        self.base, self.ours, self.theirs = self.versions = versions
        self.name = name
        self.texts: dict[str, dict[str, Text]] = {}
        self.odd: dict[str, Text] = {}
        self._differing: tuple[Differing, Differing, Differing] = ({}, {}, {})

    def merged(self, labels: Labels | Callable[[], Labels]) -> Merged:
        for table in dict.fromkeys(table for version in self.versions for table in (*version.texts, *version.odd)):
            self._sort_out(table)
        base, ours, theirs = self._differing
        plan = decide(base, ours, theirs, labels if isinstance(labels, Labels) else NO_LABELS)
        if plan.conflicts and not isinstance(labels, Labels):
            plan = decide(base, ours, theirs, labels())
        for table, records in plan.settle().items():
            there = self.texts.setdefault(table, {})
            for key, fields in records.items():
                if fields is None:
                    there.pop(key, None)
                else:
                    there[key] = _text(table, key, fields)
        text = store_text({**{table: there for table, there in self.texts.items() if self._stays(table)}, **self.odd})
        self._prove(text)
        return Merged(text, plan, plan.conflicts)

    def _sort_out(self, table: str) -> None:
        """Takes what is alike, and puts aside what has to be decided."""
        if any(table in version.odd for version in self.versions):
            self._take_odd(table)
            return
        base, ours, theirs = (version.texts.get(table, {}) for version in self.versions)
        alike = self.texts.setdefault(table, {})
        for key in base.keys() | ours.keys() | theirs.keys():
            three = base.get(key), ours.get(key), theirs.get(key)
            if three[0] == three[1] == three[2] is not None and (table, key) != _SETTINGS:
                alike[key] = three[2]
            else:
                self._put_aside(table, key, three)

    def _put_aside(self, table: str, key: str, three: tuple[bytes | None, bytes | None, bytes | None]) -> None:
        values = [version.value(table, key) for version in self.versions]
        if not any(value is _OPAQUE for value in values):
            for version, value in zip(self._differing, values, strict=True):
                if value is not None:
                    version.setdefault(table, {})[key] = value
            return
        taken = self._whole(three, f"record {key} of {table}")
        if taken is not None:
            self.texts[table][key] = taken

    def _take_odd(self, table: str) -> None:
        if any(version.texts.get(table) for version in self.versions):
            message = f"“{table}” in {self.name} holds records on one side only."
            raise UnreadableStoreError(message, _MEND)
        base, ours, theirs = (version.odd.get(table) for version in self.versions)
        taken = self._whole((base, ours, theirs), f"“{table}”")
        if taken is not None:
            self.odd[table] = taken

    def _whole(self, three: tuple[bytes | None, bytes | None, bytes | None], what: str) -> bytes | None:
        """Something that is no proper record, in its only sound version."""
        base, ours, theirs = three
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        message = f"Both sides changed {what} in {self.name}, and what stands there can be no record."
        raise UnreadableStoreError(message, "Mend that place in one of the two files, then merge again.")

    def _stays(self, table: str) -> bool:
        """Whether a table is written: it has records, or none of the sides took it out."""
        if table in TABLES or table == META or self.texts[table]:
            return True
        there = [table in version.texts for version in (self.ours, self.theirs)]
        return all(there) or (any(there) and table not in self.base.texts)

    def _prove(self, text: bytes) -> None:
        """Makes sure that the text is JSON with just these records; what all three had alike was not looked at."""
        try:
            tables = json.loads(text)
        except (ValueError, RecursionError):
            # All three have the same flaw: the strict reader says which.
            Sifting(text, self.name)
            raise
        if any(tables[table].keys() != there.keys() for table, there in self.texts.items() if table in tables):
            message = f"{self.name} holds a key twice."
            raise UnreadableStoreError(message, _MEND)


def _text(table: str, key: str, fields: Mapping[str, Json]) -> bytes:
    """The canonical text of a merged record, proved by its model where that can read it."""
    model = TABLES.get(table)
    if model is not None and "id" not in fields:
        # Keys of these tables that are no ids cannot be read either.
        with suppress(ValueError):
            return record_text(table, key, model.model_validate({**fields, "id": int(key)}).raw())
    return record_text(table, key, fields)
