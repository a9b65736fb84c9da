"""CSV of any origin: columns are told by their names. Linear, GitLab, Azure DevOps, Asana and our own export fit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zlib import crc32

from store.exchange.collecting import Collector, Draft, ends
from store.exchange.columns import LISTS, mapped, plain_name
from store.exchange.csv_rows import CsvRows, csv_rows, fitted, unused_columns
from store.exchange.dates import DateReader, is_ambiguous, order_of_day_and_month
from store.exchange.escaping import armed, untold
from store.exchange.imported import EVERY, ImportedItem, ImportOptions, Progress, Reading
from store.exchange.sizes import size_of
from store.exchange.texts import cut, one_line
from store.exchange.vocabulary import LONGEST, is_dropped, kind_of_labels, kind_of_type, stands_as
from store.models import StageKind

FORMAT: Final = "csv"
_DATES: Final = ("created", "started", "closed", "dropped", "updated", "changed", "due")
_SAID: Final = {
    "body": "body",
    "kind": "kind",
    "tags": "tags",
    "owner": "owner",
    "requester": "requester",
    "due": "due",
    "size": "size",
    "status": "state",
    "closed": "state",
    "dropped": "state",
}
_ADDRESS: Final = re.compile(r"^https?://(?P<host>[^/\s]+)/(?P<project>[^\s?#]+?)/(?:-/)?(?:issues|work_items)/\d+")
_LINEAR: Final = frozenset({"team", "cycle name", "parent issue"})
_LETTERS: Final = re.compile(r"^([A-Z][A-Z0-9]{0,9})-\d+$")


def read_csv(text: str, name: str, options: ImportOptions, progress: Progress | None = None) -> Reading:
    """Read a table with a header. What each column was taken for is in `mapping`.

    A row is refused when it has more or fewer cells than the header, no title, or something that is no date where the
    rest of the column has dates: then its cells are shifted.

    Raises:
        ImportFailedError: not CSV, nothing in it, or no column with titles.
    """
    table = csv_rows(text, name)
    reader = _Reader(table, mapped(table.header, options.mapping, name), options, name.rsplit(".", 1)[0])
    for done, (line, cells) in enumerate(table.rows):
        reader.take(line, cells)
        if progress and not done % EVERY:
            progress(done, len(table.rows))
    if progress:
        progress(len(table.rows), len(table.rows))
    return reader.collector.reading(
        name, FORMAT, reader.mapping, unused_columns(table, reader.taken), tuple(reader.warnings)
    )


class _Reader:
    def __init__(
        self, table: CsvRows, places: Mapping[str, tuple[int, ...]], options: ImportOptions, stem: str
    ) -> None:
        self.collector = Collector()
        self.warnings: list[str] = []
        self._width = len(table.header)
        self._at = dict(places)
        self._dates = self._date_reader(table, options)
        self.mapping = {field: table.header[at[0]] for field, at in self._at.items()}
        self.taken = {table.header[place] for at in self._at.values() for place in at}
        self._says = frozenset({"title"} | {said for field, said in _SAID.items() if field in self._at})
        names = {plain_name(column) for column in table.header}
        self._is_linear = names >= _LINEAR
        self._is_list = plain_name(self.mapping.get("status", "")) in LISTS
        # A table that we wrote ourselves.
        self._own_at = table.header.index("id") if set(table.header) >= {"id", "stage", "system", "key"} else None
        self._project = options.project
        self._stem = stem
        self._same_title: dict[str, int] = {}
        if not {"key", "url"} & self._at.keys():
            self.warnings.append(
                "There is no column with ids: items are known by their titles, so a changed title makes a new item."
            )

    def take(self, line: int, cells: list[str]) -> None:
        row = fitted(cells, self._width)
        if row is None:
            self.collector.refuse(line, f"it has {len(cells):,} cells where the header has {self._width:,}")
            return
        title = self._cell(row, "title")
        url = self._cell(row, "url").strip()
        key = self._cell(row, "key").strip() or url or (self._key_of_title(title) if title.strip() else "")
        draft = Draft(
            place=line,
            key=key,
            title=title,
            body=self._cell(row, "body"),
            labels=[label for at in self._at.get("tags", ()) for label in _labels(self._text(row[at]))],
            owner=self._person(row, "owner"),
            requester=self._person(row, "requester"),
            url=url,
            is_ours=self._own_at is not None,
        )
        item = self.collector.item(draft, self._system(row, key, url), self._says)
        if item is not None:
            self._finish(row, item, draft.labels)

    def _finish(self, row: list[str], item: ImportedItem, labels: list[str]) -> None:
        try:
            created, started, closed, dropped, updated, changed = (self._moment(row, field) for field in _DATES[:-1])
        except ValueError as error:
            self.collector.refuse(item.place, f"{error}; its cells may be shifted")
            return
        status = cut(one_line(self._cell(row, "status")), LONGEST)
        stands = self._stands(row, status, closed or dropped)
        if stands is StageKind.FINISHED and dropped is not None and closed is None:
            stands = StageKind.DROPPED
        self.collector.add(
            replace(
                item,
                kind=kind_of_type(self._cell(row, "kind")) or kind_of_labels(labels),
                status=status,
                stands=stands,
                created=created,
                started=started,
                closed=closed or dropped,
                updated=updated,
                changed=changed,
                due=self._due(row, item.place),
                size=size_of(self._cell(row, "size")),
                own="" if self._own_at is None else self._text(row[self._own_at]).strip(),
            )
        )

    def _stands(self, row: list[str], status: str, closed: datetime | None) -> StageKind | None:
        stands = stands_as(status) if status else None
        if closed is not None and (stands is None or (self._is_list and not ends(stands))):
            stands = StageKind.FINISHED
        if stands is StageKind.FINISHED and is_dropped(self._cell(row, "resolution")):
            return StageKind.DROPPED
        if stands is None and not status and "state" in self._says:
            return StageKind.INBOX
        return stands

    def _cell(self, row: list[str], field: str) -> str:
        """The first value among the columns of that field, as it was before it was made harmless."""
        return next((self._text(row[at]) for at in self._at.get(field, ()) if row[at]), "")

    def _text(self, cell: str) -> str:
        """A cell without the quote that keeps spreadsheets quiet; symbols of ours are what they stand for."""
        return armed(cell if self._own_at is None else untold(cell))

    def _person(self, row: list[str], field: str) -> str:
        return self._cell(row, field) if self._own_at is not None else _person(self._cell(row, field))

    def _moment(self, row: list[str], field: str) -> datetime | None:
        text = self._cell(row, field).strip()
        try:
            return self._dates.moment(text) if text else None
        except ValueError as error:
            message = f"“{text[:40]}” in {self.mapping[field]} is not a date"
            raise ValueError(message) from error

    def _due(self, row: list[str], place: int) -> date | None:
        text = self._cell(row, "due").strip()
        try:
            return self._dates.day(text) if text else None
        except ValueError:
            self.collector.note("a due date that cannot be read was left out", place)
            return None

    def _system(self, row: list[str], key: str, url: str) -> str:
        if self._project:
            return f"{FORMAT}:{self._project}"
        named = self._cell(row, "system").strip()
        if named and self._own_at is not None:
            return named
        letters = _LETTERS.match(key)
        if self._is_linear and letters:
            return f"linear:{letters[1]}"
        address = _ADDRESS.match(url)
        if address is not None:
            return _tracker(address["host"].lower(), address["project"])
        project = self._cell(row, "project").strip()
        return f"azure:{project}" if project else f"{FORMAT}:{self._stem}"

    def _key_of_title(self, title: str) -> str:
        """An id for a row that has none; rows with one title are counted through."""
        word = f"{crc32(title.strip().casefold().encode(errors='replace')):08x}"
        number = self._same_title[word] = self._same_title.get(word, 0) + 1
        return word if number == 1 else f"{word}-{number}"

    def _date_reader(self, table: CsvRows, options: ImportOptions) -> DateReader:
        """How this file writes dates; columns that hold something else are no longer taken for dates."""
        cells = {field: list(_column(table, self._at[field][0])) for field in _DATES if field in self._at}
        everything = [text for texts in cells.values() for text in texts]
        order = options.day_first if options.day_first is not None else order_of_day_and_month(everything)
        reader = DateReader(options.zone, day_first=order is not False)
        if order is None and (doubtful := next((text for text in everything if is_ambiguous(text)), "")):
            self.warnings.append(f"Dates such as {doubtful} are read with the day first.")
        for field, texts in cells.items():
            readable = sum(_is_date(reader, text) for text in texts)
            if texts and readable * 2 < len(texts):
                column = table.header[self._at.pop(field)[0]]
                self.warnings.append(f"The column {column} holds no dates; it was not used for {field}.")
        return reader


def _column(table: CsvRows, place: int) -> Iterator[str]:
    for _, cells in table.rows:
        if place < len(cells) and (text := armed(cells[place]).strip()):
            yield text


def _is_date(reader: DateReader, text: str) -> bool:
    try:
        reader.moment(text)
    except ValueError:
        return False
    return True


def _person(cell: str) -> str:
    """A name without the mail address that Azure DevOps puts behind it."""
    name, sign, _ = cell.strip().rpartition("<")
    return name if sign and name.strip() and cell.rstrip().endswith(">") else cell


def _labels(cell: str) -> list[str]:
    return cell.split(";" if ";" in cell else ",")


def _tracker(host: str, project: str) -> str:
    """Tracker and project of a web address; what is not on a public host keeps the name of the host."""
    host = host.removeprefix("www.")
    if host == "github.com":
        return f"github:{project}"
    return f"gitlab:{project}" if host == "gitlab.com" else f"gitlab:{host}/{project}"
