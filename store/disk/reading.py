"""Reading a store: strict about the file, patient with a single record.

A record that cannot be used is set aside: it becomes a finding with its line, its text is kept as it is, and the others
stay usable. Bytes that were read strictly before, by their hash, take a faster way.
"""

import gc
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from store.disk.canonical import APP, META, SCHEMA, Entry, is_key, safe
from store.disk.known import Mark
from store.disk.scanning import Found, Scan
from store.disk.slicing import places
from store.errors import UnreadableStoreError
from store.findings import Finding, Severity
from store.models import SETTINGS_ID, TABLES, Json, Record, Settings, Workspace, sentence_of

META_KEY: Final = "1"
_MARKER = re.compile(r"^(?:<{7,}|>{7,})(?: |$)", re.MULTILINE)
_KEPT = "It stays in the file as it is; mend it there, or take the record from git again."


@dataclass(frozen=True, eq=False)
class Reading:
    """What one file holds.

    Args:
        workspace: all records that can be used.
        entries: the same records, and those of tables this version does not know, by table and key; None when the
            text is canonical, so that the file itself has them.
        kept: the text of everything that was set aside, by table and key; key None is a table that is no object.
        findings: what was set aside, and why.
        schema: the schema the file was written with.
        sha256: the hash of the file's bytes.
        mark: what is known now about those bytes.
    """

    workspace: Workspace
    entries: Mapping[str, Mapping[str, Entry]] | None
    kept: Mapping[tuple[str, str | None], bytes]
    findings: tuple[Finding, ...]
    schema: int
    sha256: str
    mark: Mark

    @property
    def is_newer(self) -> bool:
        """Whether a newer version wrote the file, which this one must not write."""
        return self.schema > SCHEMA


def read_store(content: bytes, name: str, mark_of: Mapping[str, Mark]) -> Reading:
    """Everything in the bytes of a store.

    Args:
        content: the bytes of the file.
        name: the file as people say it.
        mark_of: what is known about bytes, by their hash.

    Raises:
        UnreadableStoreError: the bytes are no store, or not whole.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    mark = mark_of.get(sha256, Mark.UNKNOWN)
    with _no_garbage_collection():
        if mark is not Mark.UNKNOWN:
            reading = _read_known(content, sha256, mark)
            if reading is not None:
                return reading
        return _Strict(content, name, sha256).reading()


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Thousands of new records make the collector look at all of them again and again: three times the time.

    They live as long as the program, so the collector is told to leave them alone afterwards, too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


def _read_known(content: bytes, sha256: str, mark: Mark) -> Reading | None:
    """The quick way for bytes that a strict reading found nothing wrong with; None where it does not work out."""
    where = places(content)
    if where is None or not set(where) <= {META, *TABLES}:
        return None
    try:
        meta = json.loads(_json_of(content, META_KEY, where[META][META_KEY]))
        records = {
            table: {
                int(key): model.model_validate_json(_json_of(content, key, place))
                for key, place in where.get(table, {}).items()
            }
            for table, model in TABLES.items()
        }
        schema = meta["schema"]
    except (KeyError, ValueError):
        # A newer leadline may ask more of a record than the one that read it: the strict way says what.
        return None
    entries = None if mark is Mark.CANONICAL else {META: {META_KEY: meta}, **_by_key(records)}
    return Reading(_workspace(records), entries, {}, (), schema, sha256, mark)


def _json_of(content: bytes, key: str, place: tuple[int, int]) -> bytes:
    """The fields of a record with its id, as JSON."""
    start, end = place
    fields = content[start + len(key) + 5 : end]
    return b'{"id":%b%b' % (key.encode(), b"}" if fields == b"\n}" else b"," + fields)


def _by_key(records: Mapping[str, Mapping[int, Record]]) -> dict[str, Mapping[str, Entry]]:
    return {table: {str(number): record for number, record in there.items()} for table, there in records.items()}


def _workspace(records: Mapping[str, Mapping[int, Record]]) -> Workspace:
    tables: dict[str, Json] = dict(records)
    tables["settings"] = records.get("settings", {}).get(SETTINGS_ID) or Settings()
    return Workspace(**tables)


@dataclass(slots=True)
class _Strict:
    """One strict reading under way."""

    content: bytes
    name: str
    sha256: str
    records: dict[str, dict[int, Record]] = field(default_factory=dict)
    others: dict[str, dict[str, Entry]] = field(default_factory=dict)
    kept: dict[tuple[str, str | None], bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def reading(self) -> Reading:
        scan = Scan(self._text())
        entries = self._scanned(scan)
        schema = self._schema(entries)
        counts: dict[tuple[str, str | None], int] = {}
        for entry in entries:
            place = (entry.table, entry.key)
            counts[place] = counts.get(place, 0) + 1
        for table in scan.tables:
            if table not in TABLES:
                self.others.setdefault(table, {})
        for entry in entries:
            problem = "its key stands there twice" if counts[entry.table, entry.key] > 1 else ""
            self._take(entry, problem, scan)
        return Reading(
            workspace=_workspace(self.records),
            entries={**self.others, **_by_key(self.records)},
            kept=self.kept,
            findings=tuple(self.findings),
            schema=schema,
            sha256=self.sha256,
            mark=Mark.UNKNOWN if self.findings else Mark.CLEAN,
        )

    def _text(self) -> str:
        if not self.content.strip():
            message = f"{self.name} is empty."
            raise UnreadableStoreError(message, "Take it from git again, or remove it and start a new store.")
        try:
            return self.content.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            message = f"{self.name} is not UTF-8 text: line {line}."
            raise UnreadableStoreError(message, "Save it as UTF-8, or take it from git again.") from error

    def _scanned(self, scan: Scan) -> list[Found]:
        try:
            return list(scan.found())
        except RecursionError as error:
            message = f"{self.name} is nested too deeply at line {scan.line(scan.at)}."
            raise UnreadableStoreError(message, "No store looks like this; take it from git again.") from error
        except json.JSONDecodeError as error:
            marker = _MARKER.search(scan.text)
            if marker is not None:
                message = f"{self.name} holds a merge that was not finished: line {scan.line(marker.start())}."
                raise UnreadableStoreError(
                    message, "Finish the merge or take one side from git; nothing was changed."
                ) from error
            message = f"{self.name} cannot be read at line {error.lineno}, column {error.colno}: {_plain(error.msg)}."
            raise UnreadableStoreError(message, "Mend that place, or take the file from git again.") from error

    def _schema(self, entries: list[Found]) -> int:
        meta = next((entry.value for entry in entries if (entry.table, entry.key) == (META, META_KEY)), None)
        if not isinstance(meta, dict) or meta.get("app") != APP:
            message = f"{self.name} is not a leadline store."
            raise UnreadableStoreError(message, "Name another file, or start a new store with `leadline init`.")
        schema = meta.get("schema")
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            message = f"{self.name} does not say which schema it has."
            raise UnreadableStoreError(message, "Its meta record needs “schema”: 1, or take the file from git again.")
        return schema

    def _take(self, entry: Found, problem: str, scan: Scan) -> None:
        if entry.key is None:
            self._take_odd_table(entry, scan)
            return
        problem = problem or "; ".join(entry.problems) or _key_problem(entry)
        field_name = ""
        if not problem:
            if entry.table not in TABLES:
                self.others.setdefault(entry.table, {})[entry.key] = entry.value
                return
            number = int(entry.key)
            try:
                record = TABLES[entry.table].model_validate({**entry.value, "id": number})
            except ValidationError as error:
                problem = sentence_of(error).removesuffix(".")
                field_name = str(error.errors(include_url=False)[0]["loc"][0]) if error.errors()[0]["loc"] else ""
            else:
                self.records.setdefault(entry.table, {})[number] = record
                return
        self._set_aside(entry, problem, field_name, scan)

    def _take_odd_table(self, entry: Found, scan: Scan) -> None:
        if entry.table in TABLES or entry.table == META:
            message = (
                f"{self.name} holds something else than records under “{entry.table}”: line {scan.line(entry.at)}."
            )
            raise UnreadableStoreError(message, "Mend that place, or take the file from git again.")
        self.kept[entry.table, None] = _verbatim(entry.text)
        self.others.pop(entry.table, None)
        self.findings.append(
            Finding(
                Severity.WARNING,
                f"“{entry.table}” holds no records; scripts that use TinyDB cannot list it.",
                table=entry.table,
                line=scan.line(entry.at),
                hint="It stays in the file as it is.",
            )
        )

    def _set_aside(self, entry: Found, problem: str, field_name: str, scan: Scan) -> None:
        place = (entry.table, entry.key)
        text = _verbatim(f"{json.dumps(entry.key, ensure_ascii=False)}: {entry.text}")
        if place in self.kept:
            # Two records under one key: both stay, one after the other, until a person chooses.
            text = b"%b,\n%b" % (self.kept[place], text)
        self.kept[place] = text
        inside = re.search(rf'"{re.escape(field_name)}"\s*:', entry.text) if field_name else None
        line = scan.line(entry.at + (inside.start() if inside else 0))
        self.findings.append(
            Finding(
                Severity.ERROR,
                f"Record {entry.key} of {entry.table}, line {line}, is set aside: {problem}.",
                table=entry.table,
                record=int(entry.key) if entry.key and is_key(entry.key) else None,
                field=field_name,
                line=line,
                hint=_KEPT,
            )
        )


def _key_problem(entry: Found) -> str:
    if entry.key is None or not is_key(entry.key):
        return "its key is not a whole number from 1 to 9007199254740991 without leading zeros"
    if not isinstance(entry.value, dict):
        return "it is not an object with fields"
    if entry.table in TABLES and "id" in entry.value:
        return "it has a field “id”, which is the key's place"
    if entry.table == "settings" and int(entry.key) != SETTINGS_ID:
        return f"settings are one record, with key {SETTINGS_ID}"
    return ""


def _verbatim(text: str) -> bytes:
    """The text as it stands; line ends and dangerous characters, which mean the same escaped, are made safe."""
    return safe(text.replace("\r\n", "\n")).encode()


def _plain(complaint: str) -> str:
    """What Python's parser complains about, in the words of a person."""
    words = complaint.removesuffix(".")
    return f"{words[:1].lower()}{words[1:]}"
