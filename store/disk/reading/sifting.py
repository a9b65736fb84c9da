"""Strict reading of a store: what can be used, and what is set aside without hiding the rest."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from store.disk.canonical import APP, META, META_KEY, Entry, Fields, is_key, safe
from store.disk.reading.migrating import SCHEMA, migrated, schema_of
from store.disk.reading.scanning import Found, Scan, complaint_of
from store.errors import UnreadableStoreError
from store.findings import Finding, Severity
from store.models import LETTERS, SETTINGS_ID, TABLES, Json, Record, Settings, ShortIds, lean, sentence_of

_FIX: Final = "`leadline check --fix` shows how it can be mended, and asks; nothing was changed."
_LONGEST_TITLE: Final = 60
_MARKER: Final = re.compile(r"^(?:<{7,}|>{7,})(?: |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Aside:
    """Something that cannot be used: where it is, and why."""

    table: str
    key: str | None
    start: int
    end: int
    problem: str
    field: str = ""
    title: str = ""


class Sifting:
    """A strict reading of one text: what can be used and what was set aside.

    Args:
        content: the bytes of the file.
        name: the file as people say it.
        to: the schema that what can be used is brought to, where the file has an older one.

    Attributes:
        records: what can be used, by table and id.
        others: what tables hold that this version does not know, by table and key.
        kept: the text of everything that was set aside, by table and key; key None is a table that holds no records.
        findings: what was set aside, and why, in the order of the file.
        schema: the schema the file was written with.

    Raises:
        UnreadableStoreError: the bytes are no store, or not whole.
    """

    def __init__(self, content: bytes, name: str, to: int = SCHEMA) -> None:
        self.name = name
        self._to = to
        self._from = to
        self.records: dict[str, dict[int, Record]] = {}
        self.others: dict[str, dict[str, Entry]] = {}
        self._meta: Json = None
        self._spans: dict[tuple[str, str | None], tuple[int, int]] = {}
        self._aside: dict[int, _Aside] = {}
        self._indexes: dict[str, ShortIds] = {}
        scan = Scan(self._text(content))
        self._scan(scan)
        self.schema = self._schema()
        in_order = sorted(self._aside.values(), key=lambda aside: aside.start)
        self.kept = self._kept(in_order, scan)
        self.findings = tuple(self._finding(aside, scan) for aside in in_order)
        for table in scan.tables:
            if table not in TABLES and (table, None) not in self.kept:
                self.others.setdefault(table, {})

    def _text(self, content: bytes) -> str:
        if not content.strip():
            message = f"{self.name} is empty."
            raise UnreadableStoreError(message, _FIX)
        try:
            return content.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = f"{self.name} is not UTF-8 text: line {line}."
            raise UnreadableStoreError(message, _FIX) from error

    def _scan(self, scan: Scan) -> None:
        try:
            for found in self._in_order(scan):
                self._take(found)
        except RecursionError as error:
            message = f"{self.name} is nested too deeply at line {scan.line(scan.at)}."
            raise UnreadableStoreError(message, _FIX) from error
        except json.JSONDecodeError as error:
            marker = _MARKER.search(scan.text)
            if marker is not None:
                message = f"{self.name} holds a merge that was not finished: line {scan.line(marker.start())}."
                raise UnreadableStoreError(message, _FIX) from error
            message = f"{self.name} cannot be read at line {error.lineno}, column {error.colno}: {complaint_of(error)}."
            raise UnreadableStoreError(message, _FIX) from error

    def _in_order(self, scan: Scan) -> Iterator[Found]:
        """Everything in the text, as soon as it says which schema it has; our own texts say it first of all."""
        waiting: list[Found] | None = []
        for found in scan.found():
            if waiting is None:
                yield found
                continue
            waiting.append(found)
            if (found.table, found.key) == (META, META_KEY):
                self._from = schema_of(found.value)
                yield from waiting
                waiting = None
        yield from waiting or ()

    def _take(self, found: Found) -> None:
        place = found.table, found.key
        twin = self._spans.setdefault(place, (found.start, found.end))
        if twin[0] != found.start:
            # Two under one key, as after a careless merge: neither is used until a person chooses.
            self._drop(found.table, found.key, twin)
            self._set_aside(found, "its key stands there twice")
            return
        if place == (META, META_KEY):
            self._meta = found.value
        problem = "; ".join(found.problems) or _problem(found)
        if problem or found.key is None:
            self._set_aside(found, problem)
        elif found.table not in TABLES:
            self.others.setdefault(found.table, {})[found.key] = self._migrated(found.table, found.key, found.value)
        else:
            number = int(found.key)
            fields = self._migrated(found.table, found.key, found.value)
            try:
                record = lean(TABLES[found.table].model_validate({**fields, "id": number}))
            except ValidationError as error:
                first = error.errors(include_url=False)[0]["loc"]
                self._set_aside(found, sentence_of(error).removesuffix("."), str(first[0]) if first else "")
            else:
                self.records.setdefault(found.table, {})[number] = record

    def _migrated(self, table: str, key: str, fields: Fields) -> Fields:
        return migrated(table, key, fields, self._from, self._to)

    def _drop(self, table: str, key: str | None, span: tuple[int, int]) -> None:
        self._aside.setdefault(span[0], _Aside(table, key, *span, "its key stands there twice"))
        if key is not None:
            self.others.get(table, {}).pop(key, None)
            if is_key(key):
                self.records.get(table, {}).pop(int(key), None)

    def _set_aside(self, found: Found, problem: str, field: str = "") -> None:
        span = found.start, found.end
        self._aside[found.start] = _Aside(found.table, found.key, *span, problem, field, _title(found.value))

    def _schema(self) -> int:
        meta = self._meta
        if not isinstance(meta, dict) or meta.get("app") != APP:
            message = f"{self.name} is not a leadline store."
            raise UnreadableStoreError(message, "Name another file, or start a new store with `leadline init`.")
        schema = meta.get("schema")
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            message = f"{self.name} does not say which schema it has."
            raise UnreadableStoreError(message, _FIX)
        return schema

    def _kept(self, in_order: list[_Aside], scan: Scan) -> dict[tuple[str, str | None], bytes]:
        times = Counter(scan.tables)
        texts: dict[tuple[str, str | None], list[str]] = {}
        for aside in in_order:
            if aside.key is None and (aside.table in {META, *TABLES} or times[aside.table] > 1):
                line = scan.line(aside.start)
                message = f"{self.name} holds something else than records under “{aside.table}”: line {line}."
                raise UnreadableStoreError(message, _FIX)
            text = scan.text[aside.start : aside.end]
            if aside.key is not None:
                text = f"{json.dumps(aside.key, ensure_ascii=False)}: {text}"
            texts.setdefault((aside.table, aside.key), []).append(text)
        # Line ends and dangerous characters, which mean the same when escaped, are made safe.
        return {place: safe(",\n".join(several).replace("\r\n", "\n")).encode() for place, several in texts.items()}

    def _name(self, aside: _Aside) -> str:
        """The record as people say it, as far as its id and its title can be read; empty where neither can."""
        names = [f"“{aside.title}”"] if aside.title else []
        settings = self.records.get("settings", {}).get(SETTINGS_ID)
        prefix = settings.prefix if isinstance(settings, Settings) else Settings().prefix
        letters = LETTERS.get(aside.table, prefix if aside.table == "items" else "")
        if letters and aside.key is not None and is_key(aside.key):
            names.insert(0, f"{letters}-{self._short_ids(aside.table).short(int(aside.key))}")
        return " ".join(names)

    def _short_ids(self, table: str) -> ShortIds:
        """The ids of a table, those set aside among them."""
        index = self._indexes.get(table)
        if index is None:
            keys = (aside.key for aside in self._aside.values() if aside.table == table and aside.key is not None)
            aside = {int(key) for key in keys if is_key(key)}
            index = self._indexes[table] = ShortIds({*self.records.get(table, {}), *aside})
        return index

    def _finding(self, aside: _Aside, scan: Scan) -> Finding:
        if aside.key is None:
            return Finding(
                Severity.WARNING,
                f"“{aside.table}” holds no records; scripts that use TinyDB cannot list it.",
                table=aside.table,
                line=scan.line(aside.start),
                hint="It stays in the file as it is.",
            )
        inside = re.compile(rf'"{re.escape(aside.field)}"\s*:').search(scan.text, aside.start, aside.end)
        line = scan.line(inside.start() if aside.field and inside else aside.start)
        name = self._name(aside)
        place = f"{aside.key} of {aside.table}, line {line}, is set aside: {aside.problem}."
        return Finding(
            Severity.ERROR,
            f"{name}, record {place}" if name else f"Record {place}",
            table=aside.table,
            record=int(aside.key) if is_key(aside.key) else None,
            field=aside.field,
            line=line,
            hint="It stays in the file as it is; mend it there, or take the record from git again.",
        )


def _problem(found: Found) -> str:
    if found.key is None:
        return "it holds no records"
    if not is_key(found.key):
        return "its key is not a whole number from 1 to 9007199254740991 without leading zeros"
    if not isinstance(found.value, dict):
        return "it is not an object with fields"
    if found.table in TABLES and "id" in found.value:
        return "it has a field “id”, which is the key's place"
    if found.table == "settings" and int(found.key) != SETTINGS_ID:
        return f"settings are one record, with key {SETTINGS_ID}"
    return ""


def _title(value: Json) -> str:
    """What the record is called, on one line and not too long."""
    title = value.get("title", value.get("name")) if isinstance(value, dict) else None
    words = " ".join(title.encode(errors="replace").decode().split()) if isinstance(title, str) else ""
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
