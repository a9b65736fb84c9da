"""Three texts of a store merged into one: records that all three have alike are never parsed."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from store.disk.canonical import META, Text, record_text, store_text
from store.disk.merging.sides import MEND, OPAQUE, Side, capitalised
from store.disk.reading.sifting import Sifting
from store.errors import UnreadableStoreError
from store.merge import NO_LABELS, Labels, MergedRecord, Plan, decide
from store.models import SETTINGS_ID, TABLES, Conflict, Json, many_at_once

_SETTINGS: Final = "settings", str(SETTINGS_ID)


@dataclass(frozen=True, eq=False)
class Merged:
    """A merge of three texts.

    Args:
        text: the merged store in canonical form.
        plan: what was decided.
        conflicts: what a person has to settle; the records are in the text as well.
        brought: the sides that had an older schema than the text has now, each as a sentence.
    """

    text: bytes
    plan: Plan
    conflicts: tuple[Conflict, ...]
    brought: tuple[str, ...] = ()


def merge_texts(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    name: str,
    labels: Labels | Callable[[], Labels] = NO_LABELS,
    to: int = 0,
) -> Merged:
    """Merges two texts of a store with the one they started from.

    The text does not depend on which side is ours. It has been read back as JSON, and each merged record by its model;
    a record that no model can read is merged as well and stays as it is.
    Where the texts have several schemas, all of them are brought to the newest of these first: a merge of texts that
    all have an older one stays in it, since only a person decides that a store gets another one.

    Args:
        base: the text both sides started from; blank where there was none.
        ours: the text of our side.
        theirs: the text of their side.
        name: the file as people say it.
        labels: who wrote the sides, for the records of conflicts; a function is asked only where there are some.
        to: the schema the merge has at least, where nobody is going to write it.

    Raises:
        UnreadableStoreError: a text is no whole store, or a newer version wrote it; or both sides changed something
            that can be no record, so that no conflict could name it.
    """
    with many_at_once():
        versions = (
            Side(base, f"{name} as both sides had it", may_be_blank=True),
            Side(ours, f"our {name}"),
            Side(theirs, f"their {name}"),
        )
        newest = max(to, *(side.schema for side in versions))
        older = [side for side in versions if side.bring_to(newest)]
        brought = (f"{side.name} had schema {side.schema} and was brought to schema {newest}." for side in older)
        return _Merge(versions, name).merged(labels, tuple(map(capitalised, brought)))


Differing = dict[str, dict[str, Json]]
"""The records of one version that have to be decided about."""


Texts = tuple[bytes | None, bytes | None, bytes | None]
"""The text of one record in the base and on both sides; None where it is not there."""

_BOTH: Final = b""
"""What stands for two different changes; no record has an empty text."""


class _Merge:
    """The merge of three versions."""

    def __init__(self, versions: tuple[Side, Side, Side], name: str) -> None:
        self.base, self.ours, self.theirs = self.versions = versions
        self.name = name
        self.texts: dict[str, dict[str, Text]] = {}
        self.odd: dict[str, Text] = {}
        self._differing: tuple[Differing, Differing, Differing] = ({}, {}, {})
        self._ready: dict[tuple[str, str], tuple[Json, bytes | None]] = {}

    def merged(self, labels: Labels | Callable[[], Labels], brought: tuple[str, ...]) -> Merged:
        for table in dict.fromkeys(table for version in self.versions for table in (*version.texts, *version.odd)):
            self._sort_out(table)
        base, ours, theirs = self._differing
        plan = decide(base, ours, theirs, labels if isinstance(labels, Labels) else NO_LABELS, self.texts)
        if plan.conflicts and not isinstance(labels, Labels):
            plan = decide(base, ours, theirs, labels(), self.texts)
        for record in plan.records:
            self._put(record)
        for table, keys in plan.gone.items():
            for key in keys:
                self.texts[table].pop(key, None)
        text = store_text({**{table: there for table, there in self.texts.items() if self._stays(table)}, **self.odd})
        self._prove(text)
        return Merged(text, plan, plan.conflicts, brought)

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

    def _put_aside(self, table: str, key: str, three: Texts) -> None:
        values: list[Json] = []
        for text, version in zip(three, self.versions, strict=True):
            # Alike is the same object, so that comparing it costs nothing.
            at = three.index(text)
            values.append(values[at] if at < len(values) else version.value(table, key))
        if any(value is OPAQUE for value in values):
            taken = self._whole(three, f"record {key} of {table}")
            if taken is not None:
                self.texts[table][key] = taken
            return
        for differing, value in zip(self._differing, values, strict=True):
            if value is not None:
                differing.setdefault(table, {})[key] = value
        only = _only_change(three)
        if only is not _BOTH:
            self._ready[table, key] = values[three.index(only)], only

    def _put(self, record: MergedRecord) -> None:
        """The text of a merged record: that of the one side which changed it, or a new one."""
        table, key = record.table, record.key
        value, text = self._ready.get((table, key), (None, None))
        if record.taken is None:
            self.texts.setdefault(table, {}).pop(key, None)
        elif record.taken is value and text is not None:
            self.texts[table][key] = text
        else:
            there = self.texts.setdefault(table, {})
            there[key] = record_text(table, key, record.taken) if record.is_plain else _text(table, key, record.taken)

    def _take_odd(self, table: str) -> None:
        if any(version.texts.get(table) for version in self.versions):
            message = f"“{table}” in {self.name} holds records on one side only."
            raise UnreadableStoreError(message, MEND)
        base, ours, theirs = (version.odd.get(table) for version in self.versions)
        taken = self._whole((base, ours, theirs), f"“{table}”")
        if taken is not None:
            self.odd[table] = taken

    def _whole(self, three: Texts, what: str) -> bytes | None:
        """Something that is no proper record, in its only sound version."""
        only = _only_change(three)
        if only is not _BOTH:
            return only
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
            raise UnreadableStoreError(message, MEND)


def _only_change(three: Texts) -> bytes | None:
    """The text where at most one side has another one than the base, or both have the same; else `_BOTH`."""
    base, ours, theirs = three
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else _BOTH


def _text(table: str, key: str, fields: Mapping[str, Json]) -> bytes:
    """The canonical text of a merged record, proved by its model where that can read it."""
    model = TABLES.get(table)
    if model is not None and "id" not in fields:
        # Keys of these tables that are no ids cannot be read either.
        with suppress(ValueError):
            return record_text(table, key, model.model_validate({**fields, "id": int(key)}).raw())
    return record_text(table, key, fields)
