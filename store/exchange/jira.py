"""Jira CSV, Cloud and Server: a row for each issue; a column name is repeated as often as the fullest issue needs."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from store.errors import ImportFailedError
from store.exchange.collecting import Collector, Draft
from store.exchange.csv_rows import CsvRows, csv_rows, fitted, unused_columns
from store.exchange.dates import DateReader, order_of_day_and_month
from store.exchange.imported import EVERY, ImportedItem, ImportOptions, Progress, Reading
from store.exchange.sizes import size_of
from store.exchange.texts import cut, one_line
from store.exchange.vocabulary import LONGEST, is_dropped, kind_of_type, stands_as
from store.models import StageKind

FORMAT: Final = "jira"

# Our name of a column, and theirs in small letters, the preferred one first. In 2025 "issue" became "work item".
_COLUMNS: Final = {
    "key": ("issue key", "work item key"),
    "title": ("summary",),
    "body": ("description",),
    "type": ("issue type", "work type", "work item type"),
    "status": ("status",),
    "category": ("status category",),
    "changed": ("status category changed",),
    "resolution": ("resolution",),
    "owner": ("assignee",),
    "requester": ("reporter", "creator"),
    "created": ("created",),
    "updated": ("updated",),
    "closed": ("resolved",),
    "due": ("due date",),
    "labels": ("labels",),
    "size": ("custom field (story points)", "custom field (story point estimate)", "story points"),
    "project": ("project key",),
}
_SAID: Final = {
    "body": "body",
    "type": "kind",
    "status": "state",
    "owner": "owner",
    "requester": "requester",
    "due": "due",
    "labels": "tags",
    "size": "size",
}
_CATEGORIES: Final = {
    "to do": StageKind.INBOX,
    "new": StageKind.INBOX,
    "in progress": StageKind.ACTIVE,
    "done": StageKind.FINISHED,
    "complete": StageKind.FINISHED,
}
_KEY: Final = re.compile(r"^[A-Z][A-Z0-9_]*-\d+$")


def looks_like(header: Iterable[str]) -> bool:
    """Whether these are the columns of Jira."""
    names = {name.lower() for name in header}
    return "summary" in names and not names.isdisjoint(_COLUMNS["key"])


def read_jira(text: str, name: str, options: ImportOptions, progress: Progress | None = None) -> Reading:
    """Read issues; comments, links, sprints and custom fields are not taken.

    A row is refused when it has more or fewer cells than the header, when its key is no Jira key, or when a date in it
    is none: then its cells are shifted and nothing in it can be trusted.

    Raises:
        ImportFailedError: not CSV, or nothing in it.
    """
    table = csv_rows(text, name)
    reader = _Reader(table, name, options)
    for done, (line, cells) in enumerate(table.rows):
        reader.take(line, cells)
        if progress and not done % EVERY:
            progress(done, len(table.rows))
    if progress:
        progress(len(table.rows), len(table.rows))
    return reader.collector.reading(name, FORMAT, reader.mapping, reader.unused)


class _Reader:
    def __init__(self, table: CsvRows, name: str, options: ImportOptions) -> None:
        self.collector = Collector()
        self._at = _places(table.header)
        for field in ("key", "title"):
            if field not in self._at:
                message = f"{name} has no column “{_COLUMNS[field][0].capitalize()}”."
                raise ImportFailedError(message, "Export all fields from Jira, or import it as csv.")
        self._width = len(table.header)
        self._project = options.project
        self.mapping = {field: table.header[places[0]] for field, places in self._at.items()}
        taken = {table.header[place] for places in self._at.values() for place in places}
        self.unused = unused_columns(table, taken)
        self._says = frozenset({"title"} | {said for field, said in _SAID.items() if field in self._at})
        dated = [self._at[field][0] for field in ("created", "updated", "closed", "due") if field in self._at]
        samples = (cells[at] for _, cells in table.rows for at in dated if at < len(cells))
        order = options.day_first if options.day_first is not None else order_of_day_and_month(samples)
        # Jira writes the day first unless somebody changed it.
        self._dates = DateReader(options.zone, day_first=order is not False)

    def take(self, line: int, cells: list[str]) -> None:
        row = fitted(cells, self._width)
        if row is None:
            self.collector.refuse(line, f"it has {len(cells):,} cells where the header has {self._width:,}")
            return
        key = self._cell(row, "key").strip()
        if key and not _KEY.match(key):
            self.collector.refuse(line, f"“{key[:40]}” in {self.mapping['key']} is not the key of an issue")
            return
        draft = Draft(
            place=line,
            key=key,
            title=self._cell(row, "title"),
            body=self._cell(row, "body"),
            labels=[label for at in self._at.get("labels", ()) for label in row[at].split()],
            owner=self._cell(row, "owner"),
            requester=self._cell(row, "requester"),
        )
        project = self._project or self._cell(row, "project").strip() or key.rpartition("-")[0]
        item = self.collector.item(draft, f"{FORMAT}:{project}", self._says)
        if item is not None:
            self._finish(row, item)

    def _finish(self, row: list[str], item: ImportedItem) -> None:
        try:
            created, updated, closed, changed = (
                self._moment(row, field) for field in ("created", "updated", "closed", "changed")
            )
            due = self._day(row, "due")
        except ValueError as error:
            self.collector.refuse(item.place, f"{error}; its cells may be shifted")
            return
        stands = self._stands(row)
        self.collector.add(
            replace(
                item,
                kind=kind_of_type(self._cell(row, "type")),
                status=cut(one_line(self._cell(row, "status")), LONGEST),
                stands=stands,
                created=created,
                updated=updated,
                closed=closed,
                changed=changed,
                due=due,
                size=size_of(self._cell(row, "size")),
            )
        )

    def _stands(self, row: list[str]) -> StageKind | None:
        status, resolution = self._cell(row, "status"), self._cell(row, "resolution")
        stands = stands_as(status) or _CATEGORIES.get(self._cell(row, "category").strip().lower())
        if stands is None and self._cell(row, "closed").strip():
            stands = StageKind.FINISHED
        if stands is StageKind.FINISHED and is_dropped(resolution):
            return StageKind.DROPPED
        return stands

    def _cell(self, row: list[str], field: str) -> str:
        """The first value among the columns of that field."""
        for at in self._at.get(field, ()):
            if row[at]:
                return row[at]
        return ""

    def _moment(self, row: list[str], field: str) -> datetime | None:
        text = self._cell(row, field).strip()
        try:
            return self._dates.moment(text) if text else None
        except ValueError as error:
            message = f"“{text[:40]}” in {self.mapping[field]} is not a date"
            raise ValueError(message) from error

    def _day(self, row: list[str], field: str) -> date | None:
        text = self._cell(row, field).strip()
        try:
            return self._dates.day(text) if text else None
        except ValueError as error:
            message = f"“{text[:40]}” in {self.mapping[field]} is not a date"
            raise ValueError(message) from error


def _places(header: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    by_name: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        by_name.setdefault(name.lower(), []).append(place)
    places: dict[str, tuple[int, ...]] = {}
    for field, names in _COLUMNS.items():
        found = [place for name in names for place in by_name.get(name, ())]
        if found:
            places[field] = tuple(found)
    return places
