"""The backlog: all items in one list, filtered, sorted and grouped, with a pane that shows the one under the cursor."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from screens.backlog.commands import OWN_COMMANDS
from screens.backlog.filter_bar import EXAMPLES, LEAD, FilterBar, trouble
from screens.backlog.listing import Arrangement, Lister, Listing
from screens.backlog.peek import PeekPane
from screens.backlog.summary import Summary, counted
from screens.backlog.title_input import TitleInput
from screens.backlog.typing_along import query_of, query_so_far
from screens.backlog.words import empty_words
from screens.item.why import facts_of
from screens.office import Office
from screens.requests import Open
from screens.screen import LeadlineScreen
from screens.widgets.item_rows import item_cells, item_columns
from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList
from screens.wording.rows import RowWords
from store.change import renamed
from store.errors import LeadlineError, QueryError
from store.models import Item, Record
from store.query import Query

PEEK_FROM = 130
"""Columns from which the pane is open until somebody closes it."""


class BacklogScreen(LeadlineScreen):
    """All items, or those a filter finds."""

    TITLE_WORDS = "backlog"
    OWN_COMMANDS = OWN_COMMANDS
    DEFAULT_CSS = """
    BacklogScreen {
        #note { height: 1; padding: 0 1; }
        &.-low #note { display: none; }
        &.-filtering #note { display: block; }
        &.-filtering #summary { display: none; }
        #panes { height: 1fr; }
        PeekPane { display: none; height: 50%; }
        &.-peek PeekPane { display: block; }
        &.-one-pane PeekPane { height: 1fr; }
        &.-one-pane.-peek RecordList { height: 6; }
        &.-wide #panes { layout: horizontal; }
        &.-wide PeekPane { width: 41%; height: 1fr; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.filtered_by = query_of("", office.vocabulary(self.workspace))
        """The last filter that could be read; it looks for everything where there is none."""
        self.arrangement = Arrangement()
        self._lister = Lister()
        self._listing = Listing((), (), 0)
        self._columns: tuple[Column, ...] = ()
        self._peek_wanted: bool | None = None
        self._cursor_before: int | None = None

    def compose_body(self) -> ComposeResult:
        """Filter, list and pane."""
        yield FilterBar()
        yield Static(id="note", markup=False)
        with Container(id="panes"):
            yield RecordList(item_columns(self.workspace))
            yield PeekPane()

    @property
    def filter(self) -> str:
        """The filter as it was typed."""
        return self.filtered_by.text

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    # Showing

    def show_work(self) -> None:
        """Find and sort anew; a filter may mean something else in another workspace."""
        try:
            self.set_filter(self.filter)
        except QueryError as error:
            # A goal or a stage that the filter names is gone.
            self.complain(error)
            self._find(query_of("", self.office.vocabulary(self.workspace)))

    def _show_listing(self) -> None:
        workspace, context = self.workspace, self.office.context(self.workspace)
        self._listing = self._lister.listing(self.filtered_by, self.arrangement, context)
        grouped_by = self.filtered_by.group or self.arrangement.group
        columns = item_columns(workspace, without=frozenset({grouped_by} & {"horizon", "stage", "owner"}))
        records = self.records
        if columns != self._columns:
            self._columns = columns
            records.set_columns(columns)
        records.empty = empty_words(self.filtered_by, workspace, self.office.key_of)
        words = RowWords(workspace, self.office.now(), context.score)
        records.set_rows(self._listing.ids, item_cells(words, workspace.items), self._listing.groups)
        self._show_summary()
        self._show_peek()

    def _show_summary(self) -> None:
        listing, filtered_by, bar = self._listing, self.filtered_by, self.query_one(FilterBar)
        if bar.is_open:
            bar.show_found(counted(len(listing.ids), listing.out_of), "$text-muted")
            return
        summary = Summary(
            filter=self.filter,
            found=len(listing.ids),
            out_of=listing.out_of,
            sort=", ".join(key.field for key in filtered_by.sort) or self.arrangement.sort,
            group=filtered_by.group or self.arrangement.group,
            selected=len(self.records.selected),
            is_ranging=self.records.is_ranging,
        )
        self.summarise(summary.line(self.size.width - 2))

    def _show_peek(self) -> None:
        if self.has_class("-peek"):
            item = self.item_under_cursor
            self.query_one(PeekPane).show_item(None if item is None else facts_of(self, item))

    def on_resize(self, event: Resize) -> None:
        """The pane and the summary go with the width."""
        self._set_peek(event.size.width)
        self._show_summary()
        self._leave_title()

    def _set_peek(self, width: int) -> None:
        is_open = width >= PEEK_FROM if self._peek_wanted is None else self._peek_wanted
        if is_open != self.has_class("-peek"):
            self.set_class(is_open, "-peek")
            self._show_peek()

    # Under the cursor

    @property
    def item_under_cursor(self) -> Item | None:
        """The item under the cursor of the list."""
        number = self.records.cursor_id
        return None if number is None else self.workspace.items.get(number)

    def target_items(self) -> tuple[Item, ...]:
        """The selection, else the item under the cursor."""
        items = self.workspace.items
        return tuple(items[number] for number in self.records.targets if number in items)

    def target_record(self) -> Record | None:
        """The item under the cursor."""
        return self.item_under_cursor

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The pane follows the cursor."""
        event.stop()
        self._show_peek()

    def on_record_list_selection_changed(self, event: RecordList.SelectionChanged) -> None:
        """Say how many are selected."""
        event.stop()
        self._show_summary()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Enter opens the page."""
        event.stop()
        self.open_item()

    # What the commands do here

    def open_item(self) -> None:
        """Ask for the page of the item under the cursor."""
        if self.item_under_cursor is not None:
            self.post_message(Open(self.item_under_cursor))

    def toggle_peek(self) -> None:
        """Open or close the pane."""
        self._peek_wanted = not self.has_class("-peek")
        self._set_peek(self.size.width)

    def rearrange(self, arrangement: Arrangement) -> None:
        """Sort and group in another way."""
        self.arrangement = arrangement
        self._show_listing()

    def step_back(self) -> None:
        """Clear the filter, else the selection."""
        if self.filter:
            self.set_filter("")
        else:
            self.records.clear_selection()

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:
        """Show what a filter finds, or bring a record under the cursor, without a filter that would hide it."""
        self.end_filter()
        if query is not None:
            try:
                self.set_filter(query)
            except QueryError as error:
                self.complain(error)
        if record is not None and not self.records.move_to(record):
            item = self.workspace.items.get(record)
            self.set_filter("")
            if item is not None and not self.records.move_to(record):
                # It is closed or archived, which the whole list leaves out.
                self.set_filter(f"id:{self.workspace.name_of(item)}")

    # The filter

    def set_filter(self, text: str) -> None:
        """Show what a filter finds; one that cannot be read changes nothing but says so.

        Raises:
            QueryError: it cannot be read.
        """
        self._find(query_of(text, self.office.vocabulary(self.workspace)))

    def _find(self, query: Query) -> None:
        self.filtered_by = query
        self._show_listing()

    def begin_filter(self) -> None:
        """Open the line."""
        self._cursor_before = self.records.cursor_id
        self.add_class("-filtering")
        self.query_one(FilterBar).open(self.filter, self.office.vocabulary(self.workspace))
        self._note(Content.styled(f"{' ' * len(LEAD)}{EXAMPLES}", "$text-muted"))
        self._show_summary()

    def end_filter(self) -> None:
        """Close the line; what the list shows stays."""
        bar = self.query_one(FilterBar)
        if bar.is_open:
            bar.close()
            self.remove_class("-filtering")
            self.records.focus()
            self._note(Content(""))
            self._show_summary()

    def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        """Find while typing, best first; what cannot be read leaves the last good result and says why."""
        event.stop()
        vocabulary, context = self.office.vocabulary(self.workspace), self.office.context(self.workspace)
        try:
            if event.rest == event.text:
                query = query_of(event.text, vocabulary)
            else:
                query = query_so_far(event.text, event.rest, context, vocabulary)
        except QueryError as error:
            self._note(trouble(error, self.size.width - 2))
            return
        self._note(Content(""))
        self._find(query)
        self.records.action_move_to_first()

    def on_filter_bar_kept(self, event: FilterBar.Kept) -> None:
        """Go to the list; where the filter cannot be read, take what is proposed, or stay."""
        event.stop()
        bar = self.query_one(FilterBar)
        try:
            self.set_filter(event.text)
        except QueryError as error:
            if bar.is_proposing:
                bar.take()
            else:
                self._note(trouble(error, self.size.width - 2))
        else:
            self.end_filter()

    def on_filter_bar_dropped(self, event: FilterBar.Dropped) -> None:
        """Go back to the whole list, and to where the cursor was."""
        event.stop()
        self.end_filter()
        self.set_filter("")
        if self._cursor_before is not None:
            self.records.move_to(self._cursor_before)

    def _note(self, words: Content) -> None:
        self.query_one("#note", Static).update(words)

    # The title

    def begin_title(self) -> None:
        """Lay a line over the title under the cursor."""
        item = self.item_under_cursor
        region = None if item is None else self.records.region_of(item.id, "title")
        if item is None or region is None:
            return
        self._leave_title()
        self.mount(TitleInput(item.id, item.title, region))

    def on_title_input_kept(self, event: TitleInput.Kept) -> None:
        """Keep the title, or say what is wrong with it and stay."""
        event.stop()
        office = self.office
        try:
            change = renamed(self.workspace, (event.record_id,), event.title, now=office.now(), by=office.me)
        except LeadlineError as error:
            self.complain(error)
            return
        self._leave_title()
        self.do(change)

    def on_title_input_left(self, event: TitleInput.Left) -> None:
        """The title stays as it was."""
        event.stop()
        self._leave_title()

    def _leave_title(self) -> None:
        for line in self.query(TitleInput):
            had_focus = line.has_focus
            line.remove()
            if had_focus:
                self.records.focus()
