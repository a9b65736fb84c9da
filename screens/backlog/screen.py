"""The backlog: all items in one list, filtered, sorted and grouped, with a pane that shows the one under the cursor."""

from collections.abc import Collection

from textual.app import ComposeResult
from textual.events import Resize

from screens.backlog.commands import OWN_COMMANDS
from screens.backlog.filter_bar import FilterBar
from screens.backlog.followed_list import FollowedList
from screens.backlog.listing import Arrangement, Lister, Listing
from screens.backlog.peek import PeekPane
from screens.backlog.summary import Summary, counted
from screens.backlog.title_input import TitleInput
from screens.backlog.typing_along import query_of, query_so_far
from screens.backlog.words import empty_words
from screens.item.why import facts_of
from screens.office import Office
from screens.requests import Go, Open
from screens.screen import LeadlineScreen
from screens.widgets.item_rows import item_cells, item_columns
from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList
from screens.wording.rows import RowWords
from store.change import renamed
from store.errors import LeadlineError, QueryError
from store.models import Item, Record, Workspace
from store.query import Query

HEADER_FROM = 34
"""Rows from which there is room for the headings of the columns."""


class BacklogScreen(LeadlineScreen):
    """All items, or those a filter finds."""

    TITLE_WORDS = "backlog"
    OWN_COMMANDS = OWN_COMMANDS
    DEFAULT_CSS = """
    BacklogScreen {
        &.-filtering #summary { display: none; }
        &.-high #body { padding: 1 0 0 0; }
        &.-filtering #body { padding: 0; }
        PeekPane { display: none; height: 50%; }
        &.-peek PeekPane { display: block; }
        &.-one-pane PeekPane { height: 1fr; }
        &.-one-pane.-peek RecordList { height: 6; }
        &.-wide #body { layout: horizontal; }
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
        self._shown: Workspace | None = None
        self._columns: tuple[Column, ...] = ()
        self._grouped_by = ""
        self._cursor_before: int | None = None

    def compose_body(self) -> ComposeResult:
        """Filter, list and pane."""
        yield FilterBar(self._filter_typed)
        yield FollowedList(item_columns(self.workspace), self._show_peek)
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
        workspace, context, records = self.workspace, self.office.context(self.workspace), self.records
        listing = self._lister.listing(self.filtered_by, self.arrangement, context)
        grouped_by = self.filtered_by.group or self.arrangement.group
        # A letter of the filter changes none of them, and to find what is empty takes a look at every item.
        columns = self._columns
        if workspace is not self._shown or grouped_by != self._grouped_by:
            self._grouped_by = grouped_by
            columns = item_columns(workspace, without=frozenset({grouped_by} & {"horizon", "stage", "owner"}))
        if columns != self._columns:
            self._columns = columns
            records.set_columns(columns)
        records.empty = empty_words(self.filtered_by, workspace, self.office.key_of)
        # Many letters of a filter change nothing yet; then there is nothing to paint.
        if workspace is not self._shown or listing != self._listing:
            self._shown, self._listing = workspace, listing
            words = RowWords(workspace, self.office.now(), context.score)
            records.set_rows(listing.ids, item_cells(words, workspace.items), listing.groups)
            self._show_peek()
        self._show_summary()

    def _show_summary(self) -> None:
        listing, filtered_by, bar = self._listing, self.filtered_by, self.query_one(FilterBar)
        if bar.is_open:
            bar.show_found(counted(len(listing.ids), listing.out_of, listing.among))
            return
        summary = Summary(
            filter=self.filter,
            found=len(listing.ids),
            out_of=listing.out_of,
            among=listing.among,
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
        """The summary goes with the width, and so does a title in the making; headings need a high window."""
        self.records.show_header = event.size.height >= HEADER_FROM
        self._show_summary()
        self.call_after_refresh(self._place_title)

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
        self.toggle_class("-peek")
        self._show_peek()

    def rearrange(self, arrangement: Arrangement) -> None:
        """Sort and group in another way."""
        self.arrangement = arrangement
        self._show_listing()

    def step_back(self) -> None:
        """Clear the filter, else the selection; then go back to the screen that sent the reader here with a filter."""
        if self.filter:
            self.set_filter("")
        elif self.records.selected:
            self.records.clear_selection()
        elif self.came_from:
            self.post_message(Go(self.came_from))

    def show_changed(self, ids: Collection[int]) -> None:
        """Bring the cursor to the first of the items that an undo brought back."""
        wanted = frozenset(ids)
        first = next((number for number in self.records.ids if number in wanted), None)
        if first is not None:
            self.records.move_to(first)

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
        self._show_summary()

    def end_filter(self) -> None:
        """Close the line; what the list shows stays."""
        bar = self.query_one(FilterBar)
        if bar.is_open:
            bar.close()
            self.remove_class("-filtering")
            self.records.focus()
            self._show_summary()

    def _filter_typed(self, text: str, rest: str) -> None:
        """Find while typing, best first; what cannot be read leaves the last good result and says why."""
        if text.strip() == self.filter:
            return
        vocabulary, context = self.office.vocabulary(self.workspace), self.office.context(self.workspace)
        finds = lambda query: self._lister.matching(query, context)  # noqa: E731 - one line, two lines below
        try:
            query = query_of(text, vocabulary) if rest == text else query_so_far(text, rest, vocabulary, finds)
        except QueryError as error:
            self.query_one(FilterBar).show_trouble(error)
            return
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
                bar.show_trouble(error)
        else:
            self.end_filter()

    def on_filter_bar_dropped(self, event: FilterBar.Dropped) -> None:
        """Go back to the whole list, and to where the cursor was."""
        event.stop()
        self.end_filter()
        self.set_filter("")
        if self._cursor_before is not None:
            self.records.move_to(self._cursor_before)

    # The title

    def begin_title(self) -> None:
        """Lay a line over the title under the cursor."""
        item = self.item_under_cursor
        region = None if item is None else self.records.region_of(item.id, "title")
        if item is None or region is None:
            return
        self._leave_title()
        self.mount(TitleInput(item.id, item.title, region, self.workspace))

    def on_title_input_kept(self, event: TitleInput.Kept) -> None:
        """Keep the title, or say what is wrong with it and stay."""
        event.stop()
        office = self.office
        if reason := office.why_read_only():
            self.say(f"Not kept, read only: {reason}", tone="warning")
            return
        try:
            change = renamed(self.workspace, (event.record_id,), event.title, now=office.now(), by=office.me)
        except LeadlineError as error:
            self.complain(error)
            return
        self._leave_title()
        self.do(change, seen=event.seen)

    def on_title_input_left(self, event: TitleInput.Left) -> None:
        """The title stays as it was."""
        event.stop()
        self._leave_title()

    def _place_title(self) -> None:
        for line in self.query(TitleInput):
            region = self.records.region_of(line.record_id, "title")
            if region is not None:
                line.lie_over(region)

    def _leave_title(self) -> None:
        for line in self.query(TitleInput):
            had_focus = line.has_focus
            line.remove()
            if had_focus:
                self.records.focus()
