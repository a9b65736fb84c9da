"""GitHub issues: what `gh issue list --json` writes, what the REST list answers, and mixes of the two."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from store.errors import ImportFailedError
from store.exchange.collecting import Collector, Draft
from store.exchange.dates import DateReader
from store.exchange.imported import EVERY, ImportedItem, ImportOptions, Progress, Reading
from store.exchange.json_rows import JsonRows
from store.exchange.vocabulary import is_dropped, kind_of_labels, kind_of_type
from store.models import Json, StageKind

FORMAT: Final = "github"
_ADDRESS: Final = re.compile(
    r"^https?://(?P<host>[^/\s]+)/(?:api/v3/)?(?:repos/)?(?P<repo>[^/\s]+/[^/\s]+)/(?P<what>issues|pull|pulls)/\d+",
    re.IGNORECASE,
)
_FIELDS: Final = {
    "body": "body",
    "labels": "tags",
    "assignees": "owner",
    "assignee": "owner",
    "author": "requester",
    "user": "requester",
    "state": "state",
    "closedAt": "state",
    "closed_at": "state",
}
_WANTED: Final = (
    "gh issue list --state all --limit 10000 "
    "--json number,title,body,state,stateReason,labels,assignees,author,createdAt,closedAt,updatedAt,url"
)


def read_github(text: str, name: str, options: ImportOptions, progress: Progress | None = None) -> Reading:
    """Read issues; pull requests are left out and counted.

    Raises:
        ImportFailedError: not JSON, no list, or a field that every issue needs is nowhere.
    """
    source = JsonRows(text, name)
    rows = source.rows
    for needed in ("number", "title"):
        if not any(isinstance(row, dict) and needed in row for row in rows):
            message = f"No entry of {name} has a “{needed}”, so it is not a list of GitHub issues."
            raise ImportFailedError(message, f"Export them with: {_WANTED}")
    reader = _Reader(source, options, options.project or name.rsplit(".", 1)[0])
    for index, row in enumerate(rows):
        reader.take(index, row)
        if progress and not index % EVERY:
            progress(index, len(rows))
    if progress:
        progress(len(rows), len(rows))
    return reader.collector.reading(name, FORMAT, {}, warnings=reader.warnings())


class _Reader:
    """Takes rows one by one; what they have in common is worked out once."""

    def __init__(self, source: JsonRows, options: ImportOptions, stem: str) -> None:
        self.collector = Collector(lambda place: source.line(place - 1))
        self._dates = DateReader(options.zone)
        self._project = options.project
        self._stem = stem
        self._says: dict[tuple[str, ...], frozenset[str]] = {}
        self._nameless = 0

    def warnings(self) -> tuple[str, ...]:
        if not self._nameless or self._project:
            return ()
        system = f"{FORMAT}:{self._stem}"
        sentence = f"The issues have no address, so the name of the file tells them apart: they are known as {system}."
        return (sentence, "Better, now and at every later import: --project owner/repo, or an export with url.")

    def take(self, index: int, row: Json) -> None:
        if not isinstance(row, dict):
            self.collector.refuse(index + 1, "it is not an object")
            return
        url = _text(row.get("html_url")) or _text(row.get("url"))
        address = _ADDRESS.match(url)
        if row.get("pull_request") or (address is not None and address["what"].startswith("pull")):
            self.collector.leave_out("pull requests")
            return
        labels = _names(row.get("labels"))
        draft = Draft(
            place=index + 1,
            key=_text(row.get("number")),
            title=_text(row.get("title")),
            body=_text(row.get("body")),
            labels=labels,
            owner=_login(row.get("assignee")) or next(iter(_names(row.get("assignees"))), ""),
            requester=_login(row.get("author")) or _login(row.get("user")),
            url=url,
        )
        item = self.collector.item(draft, self._system(address), self._spoken(row))
        if item is not None:
            if len(_names(row.get("assignees"))) > 1:
                self.collector.note("several people are assigned; the first is the owner", item.place)
            self._finish(row, item, labels)

    def _finish(self, row: Mapping[str, Json], item: ImportedItem, labels: list[str]) -> None:
        try:
            created, closed, updated = (self._moment(row, name) for name in ("created", "closed", "updated"))
        except ValueError as error:
            self.collector.refuse(item.place, str(error))
            return
        stands = _stands(row)
        kind = kind_of_type(_name(row.get("type")) or _name(row.get("issueType"))) or kind_of_labels(labels)
        self.collector.add(
            replace(
                item,
                kind=kind,
                stands=stands,
                created=created,
                closed=closed,
                updated=updated,
            )
        )

    def _moment(self, row: Mapping[str, Json], name: str) -> datetime | None:
        value = row.get(f"{name}At", row.get(f"{name}_at"))
        if value is None or value == "":
            return None
        try:
            return self._dates.moment(_text(value))
        except ValueError as error:
            message = f"“{_text(value)[:40]}” is not a date"
            raise ValueError(message) from error

    def _system(self, address: re.Match[str] | None) -> str:
        if self._project:
            return f"{FORMAT}:{self._project}"
        if address is None:
            self._nameless += 1
            return f"{FORMAT}:{self._stem}"
        host = address["host"].lower().removeprefix("api.").removeprefix("www.")
        return f"{FORMAT}:{address['repo']}" if host == "github.com" else f"{FORMAT}:{host}/{address['repo']}"

    def _spoken(self, row: Mapping[str, Json]) -> frozenset[str]:
        keys = tuple(row)
        says = self._says.get(keys)
        if says is None:
            says = self._says[keys] = frozenset({"title", "kind"} | {_FIELDS[key] for key in keys if key in _FIELDS})
        return says


def _stands(row: Mapping[str, Json]) -> StageKind | None:
    state = _text(row.get("state")).lower()
    if state in {"open", "opened", "reopened"}:
        return StageKind.INBOX
    if state not in {"closed", "merged"} and (state or not row.get("closedAt", row.get("closed_at"))):
        return None
    return (
        StageKind.DROPPED if is_dropped(_text(row.get("stateReason", row.get("state_reason")))) else StageKind.FINISHED
    )


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _name(value: Json) -> str:
    """The name of something that is an object in one shape and a plain text in another."""
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _login(value: Json) -> str:
    return _text(value.get("login")) or _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _names(value: Json) -> list[str]:
    """Names of labels or logins of people; a connection with `nodes` is looked into."""
    if isinstance(value, dict):
        value = value.get("nodes")
    if not isinstance(value, list):
        return []
    return [name for entry in value if (name := _login(entry))]
