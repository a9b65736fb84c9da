"""What a record list shows: the lines on the screen, and only those."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from screens.widgets.record_columns import Column
from screens.widgets.record_lines import Group, GroupedLines
from screens.widgets.record_painter import COMPONENT_CLASSES, ROWS_KEPT, RecordPainter, Row
from screens.widgets.steady_view import SteadyView


class RecordView(SteadyView, can_focus=True, inherit_bindings=False):
    """Rows in columns under sticky headings, with one row marked as the cursor's. Takes no key; `RecordList` does.

    No work is done per row: cells are asked for when a line is painted, and lines are counted, not listed.
    """

    ALLOW_SELECT = False  # a drag with the mouse would compete with the click that moves the cursor
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENT_CLASSES)
    DEFAULT_CSS = """
    RecordView {
        & > .record-list--cursor { background: $block-cursor-blurred-background; }
        &:focus > .record-list--cursor { background: $block-cursor-background; }
        & > .record-list--selected { background: $block-hover-background; }
        & > .record-list--bar { color: $text-muted; }
        &:focus > .record-list--bar { color: $text-accent; }
        & > .record-list--mark { color: $text-accent; text-style: bold; }
        & > .record-list--header { color: $text-muted; }
        & > .record-list--heading { color: $foreground; text-style: bold; }
        & > .record-list--aside { color: $text-muted; }
        & > .record-list--empty { color: $text-muted; }
        & > .record-list--strong { color: $foreground; text-style: bold; }
        & > .record-list--muted { color: $text-muted; }
        & > .record-list--accent { color: $text-accent; text-style: bold; }
        & > .record-list--good { color: $text-success; }
        & > .record-list--warning { color: $text-warning; }
    }
    """

    show_header: reactive[bool] = reactive(default=False, init=False)
    """Whether the headings of the columns stand above the rows."""

    empty: reactive[str | Content] = reactive[str | Content]("", init=False)
    """What stands in the middle when there are no rows: what would be here, and which key puts it here."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str | Content = "",
        show_header: bool = False,
        id: str | None = None,  # noqa: A002  every widget calls it so
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(RecordView.empty, empty)
        self.set_reactive(RecordView.show_header, show_header)
        self._columns = tuple(columns)
        self._ids: Sequence[int] = ()
        self._cells: Callable[[int], Row] = lambda _: {}
        self._cells_known: LRUCache[int, Row] = LRUCache(ROWS_KEPT)
        self._lines = GroupedLines(0)
        self._painter: RecordPainter | None = None
        self._cursor = 0
        self._marked: frozenset[int] = frozenset()

    @property
    def ids(self) -> Sequence[int]:
        """Every id, in the order of the rows."""
        return self._ids

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns."""
        self._columns = tuple(columns)
        self._painter = None
        self.refresh()

    def refresh_row(self, record_id: int) -> None:
        """Ask for the cells of this record again, and paint its line if it is on the screen."""
        self._cells_known.discard(record_id)
        self._painter = None
        row = self._row_on_screen(record_id)
        if row is not None:
            self._repaint(row, row)

    def region_of(self, record_id: int, column_key: str) -> Region | None:
        """Where a cell is on the screen, for an input laid over it; None if it is not to be seen."""
        row, place = self._row_on_screen(record_id), self._current_painter().place_of(column_key)
        if row is None or place is None:
            return None
        return Region(place.x, self._y_of(row), place.width, 1).translate(self.content_region.offset)

    # Lines

    def _put_rows(self, ids: Sequence[int], cells: Callable[[int], Row], groups: Sequence[Group], cursor: int) -> None:
        """Show other rows; a cursor that is on the screen stays at its line of the screen."""
        offset = self._y_of(self._cursor)
        was_shown = bool(self._ids) and self._top <= offset < self.size.height
        self._ids, self._cells = ids, cells
        self._lines = GroupedLines(len(ids), groups)
        self._cells_known.clear()
        self._painter = None
        self._cursor = cursor
        self._measure()
        if was_shown:
            self._scroll_to_line(self._lines.line_of(cursor) - offset + self._top)
        self._reveal_cursor()
        self.refresh()

    @property
    def _top(self) -> int:
        """The lines at the top that do not scroll."""
        return 1 if self.show_header else 0

    def _y_of(self, row: int) -> int:
        """The line of the widget that shows this row, or would if it reached so far."""
        return self._lines.line_of(row) - self.scroll_offset.y + self._top

    def _row_at(self, y: int) -> int | None:
        """The row that this line of the widget shows; None for headings and blank lines."""
        first = self.scroll_offset.y
        if y < self._top or (y == self._top and self._lines.group_over(first) is not None):
            return None
        found = self._lines.at(first + y - self._top)
        return found if isinstance(found, int) and found < len(self._ids) else None

    def _rows_on_screen(self) -> Iterator[int]:
        for y in range(self._top, self.size.height):
            row = self._row_at(y)
            if row is not None:
                yield row

    def _row_on_screen(self, record_id: int) -> int | None:
        return next((row for row in self._rows_on_screen() if self._ids[row] == record_id), None)

    @property
    def _page_height(self) -> int:
        """The lines that scroll."""
        return max(1, self.size.height - self._top)

    # Scrolling

    def _measure(self) -> None:
        self.virtual_size = Size(0, self._lines.count + self._top)

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def _reveal_cursor(self) -> None:
        """Scroll no further than needed to see the cursor, with the heading of its group above it."""
        if not self.size.height or not self._ids:
            return
        line, first = self._lines.line_of(self._cursor), self.scroll_offset.y
        # The first line always shows the heading of its group, so a row under it would be hidden.
        above = line if self._lines.group_over(line) is None else line - 1
        if above < first:
            self._scroll_to_line(above)
        elif line >= first + self._page_height:
            self._scroll_to_line(line - self._page_height + 1)

    def on_resize(self) -> None:
        """Keep the cursor in sight; the columns are placed anew when the next line is painted."""
        self._reveal_cursor()

    def watch_show_header(self) -> None:
        """Make room for the headings of the columns."""
        self._measure()
        self._reveal_cursor()

    # Painting

    def _repaint(self, *rows: int) -> None:
        """Paint the lines of these rows, and no others, if they are on the screen."""
        width, height = self.size
        lines = (self._y_of(row) for row in rows)
        regions = [Region(0, y, width, 1) for y in lines if self._top <= y < height]
        if regions:
            self.refresh(*regions)

    def _current_painter(self) -> RecordPainter:
        if self._painter is None or self._painter.width != self.size.width:
            self._painter = RecordPainter(
                self._columns, self.size.width, self.get_visual_style, has_keys=self.has_focus
            )
        return self._painter

    def notify_style_update(self) -> None:
        """Paint anew: another theme, or the focus came or went."""
        self._painter = None
        super().notify_style_update()

    def _cells_of(self, record_id: int) -> Row:
        row = self._cells_known.get(record_id)
        if row is None:
            row = self._cells_known[record_id] = self._cells(record_id)
        return row

    def render_line(self, y: int) -> Strip:
        """One line of the widget: heading of the columns, heading of a group, row or blank."""
        painter = self._current_painter()
        if not self._ids:
            return painter.empty(self.empty, self.size.height)[y]
        if y < self._top:
            return painter.header()
        line = self.scroll_offset.y + y - self._top
        if y == self._top and (group := self._lines.group_over(line)) is not None:
            return painter.heading(group)
        found = self._lines.at(line)
        if isinstance(found, Group):
            return painter.heading(found)
        if found >= len(self._ids):
            return painter.blank()
        record_id = self._ids[found]
        return painter.row(
            record_id, self._cells_of, is_cursor=found == self._cursor, is_selected=record_id in self._marked
        )
