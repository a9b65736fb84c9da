"""The one widget behind every long list."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message

from screens.widgets.next_record import next_record
from screens.widgets.record_columns import Column
from screens.widgets.record_lines import Group
from screens.widgets.record_painter import Row
from screens.widgets.record_selection import RangeSelection
from screens.widgets.record_view import RecordView


class RecordList(RecordView):
    """A list of records with a cursor, a selection, columns and headings of groups.

    It is given ids in order and a function that makes the cells of one id; the function is called for the lines on the
    screen only, so a key costs the same in a hundred and in a hundred thousand rows. Text in cells may be anything: it
    is cleaned and never parsed.

        records = RecordList([Column("id", "Id", 8), Column("title", "Title", None)], empty="Nothing here. c captures")
        records.set_rows(ids, lambda record_id: {"title": Cell(titles[record_id])}, [Group(0, "● now", "4")])

    The cursor stays on its id when rows are set anew, and at its line of the screen; if the id is gone, it goes to the
    next one that is still there. The selection keeps the ids that are still there. `targets` is what a command acts on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next row", show=False, id="list.down"),
        Binding("up,k", "move(-1)", "Previous row", show=False, id="list.up"),
        Binding("ctrl+d", "move_half_page(1)", "Half a page down", show=False, id="list.half_down"),
        Binding("ctrl+u", "move_half_page(-1)", "Half a page up", show=False, id="list.half_up"),
        Binding("pagedown", "move_page(1)", "Page down", show=False, id="list.page_down"),
        Binding("pageup", "move_page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("home", "move_to_first", "First row", show=False, id="list.first"),
        Binding("end,G", "move_to_last", "Last row", show=False, id="list.last"),
        Binding("enter", "choose", "Open", show=False, id="list.choose"),
        Binding("x", "toggle_row", "Select this row, or no longer", show=False, id="list.toggle"),
        Binding("shift+down", "extend(1)", "Select down to the next row", show=False, id="list.extend_down"),
        Binding("shift+up", "extend(-1)", "Select up to the previous row", show=False, id="list.extend_up"),
        Binding("v", "range", "Start or end selecting a range", show=False, id="list.range"),
        Binding("asterisk", "select_all", "Select every row", show=False, id="list.all"),
    ]

    class Told(Message):
        """What the list tells; `control` lets `@on` select by the list's id."""

        def __init__(self, record_list: "RecordList") -> None:
            super().__init__()
            self.record_list = record_list

        @property
        def control(self) -> "RecordList":
            """The list that tells."""
            return self.record_list

    class Highlighted(Told):
        """The cursor came to another record; None when no record is left."""

        def __init__(self, record_list: "RecordList", record_id: int | None) -> None:
            super().__init__(record_list)
            self.record_id = record_id

    class Chosen(Told):
        """A record was opened with enter, or with a click on the cursor's row."""

        def __init__(self, record_list: "RecordList", record_id: int) -> None:
            super().__init__(record_list)
            self.record_id = record_id

    class SelectionChanged(Told):
        """Other records are selected than before."""

        def __init__(self, record_list: "RecordList", record_ids: frozenset[int]) -> None:
            super().__init__(record_list)
            self.record_ids = record_ids

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str | Content = "",
        show_header: bool = False,
        id: str | None = None,  # noqa: A002  every widget calls it so
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, empty=empty, show_header=show_header, id=id, classes=classes)
        self._selection = RangeSelection()

    def set_rows(self, ids: Sequence[int], cells: Callable[[int], Row], groups: Sequence[Group] = ()) -> None:
        """Show these records in this order. The sequence is kept, not copied: give one that does not change."""
        was_on = self.cursor_id
        row = None if was_on is None else _row_of(was_on, ids, self._cursor)
        if row is None and was_on is not None:
            following = next_record(self._ids, self._cursor, frozenset(ids))
            row = None if following is None else _row_of(following, ids, self._cursor)
        self._selection.set_rows(ids)
        self._put_rows(ids, cells, groups, max(0, min(self._cursor, len(ids) - 1)) if row is None else row)
        if self.cursor_id != was_on:
            self.post_message(self.Highlighted(self, self.cursor_id))
        self._show_selection()

    @property
    def cursor_id(self) -> int | None:
        """The record under the cursor; None without rows."""
        return self._ids[self._cursor] if self._ids else None

    @property
    def cursor_row(self) -> int:
        """The number of the cursor's row, counted from 0."""
        return self._cursor

    @property
    def selected(self) -> frozenset[int]:
        """The selected records."""
        return self._selection.ids

    @property
    def is_ranging(self) -> bool:
        """Whether moving the cursor selects, after `v`."""
        return self._selection.is_held

    @property
    def targets(self) -> tuple[int, ...]:
        """What a command acts on: the selected records in the order of the rows, else the one under the cursor."""
        if self._selection.ids:
            return self._selection.in_order()
        return () if self.cursor_id is None else (self.cursor_id,)

    def move_to(self, record_id: int) -> bool:
        """Put the cursor on this record; False if it is not in the list."""
        row = _row_of(record_id, self._ids, self._cursor)
        if row is not None:
            self._go(row)
        return row is not None

    def move_by(self, rows: int) -> None:
        """Move the cursor by so many rows, as far as there are any."""
        self._go(self._cursor + rows)

    def clear_selection(self) -> None:
        """Select nothing, and end a range."""
        self._selection.clear()
        self._show_selection()

    def select_all(self) -> None:
        """Select every row."""
        self._selection.select_all()
        self._show_selection()

    def _go(self, row: int, *, extending: bool = False) -> None:
        """Move the cursor, and the end of a range with it; a range begun with shift ends when shift is let go."""
        if not self._ids:
            return
        before, self._cursor = self._cursor, max(0, min(row, len(self._ids) - 1))
        if extending:
            self._selection.start_range(before)
        elif not self._selection.is_held:
            self._selection.end_range()
        self._selection.extend_to(self._cursor)
        if self._cursor != before:
            self._repaint(before, self._cursor)
            self._reveal_cursor()
            self.post_message(self.Highlighted(self, self.cursor_id))
        self._show_selection()

    def _show_selection(self) -> None:
        """Paint and tell what is selected, if that has changed."""
        # Asked at every key; the same object needs no comparison of many ids.
        if self._marked is not self._selection.ids and self._marked != self._selection.ids:
            changed = self._marked ^ self._selection.ids
            self._marked = self._selection.ids
            self._repaint(*(row for row in self._rows_on_screen() if self._ids[row] in changed))
            self.post_message(self.SelectionChanged(self, self._marked))

    # Keys and mouse

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_by(rows)

    def action_move_half_page(self, direction: int) -> None:
        """Move the cursor by half of what the screen shows."""
        self.move_by(direction * max(1, self._page_height // 2))

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by what the screen shows, but for one row that carries over."""
        self.move_by(direction * max(1, self._page_height - 1))

    def action_move_to_first(self) -> None:
        """Move the cursor to the first row."""
        self._go(0)

    def action_move_to_last(self) -> None:
        """Move the cursor to the last row."""
        self._go(len(self._ids) - 1)

    def action_extend(self, rows: int) -> None:
        """Move the cursor and select what it passes."""
        self._go(self._cursor + rows, extending=True)

    def action_range(self) -> None:
        """Begin a range that follows the cursor, or end it and keep what it selected."""
        if self._selection.is_held:
            self._selection.end_range()
        elif self._ids:
            self._selection.start_range(self._cursor, held=True)
        self._show_selection()

    def action_toggle_row(self) -> None:
        """Select the row under the cursor, or no longer, and go on to the next."""
        if self.cursor_id is not None:
            self._selection.toggle(self.cursor_id)
            self._go(self._cursor + 1)

    def action_select_all(self) -> None:
        """Select every row."""
        self.select_all()

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self.cursor_id is not None:
            self.post_message(self.Chosen(self, self.cursor_id))

    def on_click(self, event: Click) -> None:
        """Move the cursor to the row, open it if it is there already; shift selects up to it, ctrl selects it."""
        at = event.get_content_offset(self)
        row = None if at is None else self._row_at(at.y)
        if row is None:
            return
        event.stop()
        if event.shift:
            self._go(row, extending=True)
        elif event.ctrl:
            self._selection.toggle(self._ids[row])
            self._go(row)
        elif row == self._cursor:
            self.action_choose()
        else:
            self._go(row)


def _row_of(record_id: int, ids: Sequence[int], near: int) -> int | None:
    """The row of this record, looked for where it was before it is searched for."""
    if near < len(ids) and ids[near] == record_id:
        return near
    try:
        return ids.index(record_id)
    except ValueError:
        return None
