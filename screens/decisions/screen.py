"""The decision log: what waits first, then what is in force; the rest under a heading."""

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input

from screens.commands.everywhere import GoSharing
from screens.decisions.finding import FindLine, Words
from screens.decisions.listing import listing
from screens.decisions.log_commands import OWN_COMMANDS
from screens.decisions.place import DecisionPlace
from screens.office import Office
from screens.requests import Open
from screens.theme import TONES
from screens.widgets.item_rows import cells_of
from screens.widgets.next_record import came_back, next_record
from screens.widgets.reader import Reader
from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.record_painter import Row
from screens.widgets.titles import entitle
from screens.wording.clean import clean
from screens.wording.decision_page import letter_lines
from screens.wording.decision_rows import decision_row
from screens.wording.decision_summary import summary_words
from screens.wording.item_lines import Line
from store.decisions import Standing, standings
from store.models import Decision

COLUMNS = (
    Column("state", "", 1, 0, gap=1),
    Column("id", "Id", 7, 2),
    Column("title", "Title", None, least=44),
    Column("when", "When", 28, 1),
    Column("owner", "Owner", 8, 3),
    Column("links", "Links", 28, 4),
)
PEEK_COLUMNS = tuple(replace(column, least=24) if column.width is None else column for column in COLUMNS)
"""Beside the pane, which shows the whole title, ids and days stay and the title gives way."""
EMPTY = """No decisions yet.

A decision keeps the question, the options and the reasons, so that nobody
has to ask again why it is done so, and says by when it has to be made.

n logs the first one · L on any item or goal logs one that is linked"""
NOTHING_FOUND = "No decision has these words, the rejected options included.\n\nesc shows all again"


class DecisionsScreen(DecisionPlace):
    """All decisions."""

    TITLE_WORDS = "decisions"
    OWN_COMMANDS = OWN_COMMANDS
    DEFAULT_CSS = """
    DecisionsScreen {
        #panes { height: 1fr; }
        &.-high RecordList { padding-top: 1; }
        #peek {
            display: none;
            height: 55%;
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $text-muted;
        }
        &.-peek #peek { display: block; }
        &.-one-pane.-peek RecordList { height: 6; }
        &.-one-pane #peek { height: 1fr; }
        &.-wide #panes { layout: horizontal; }
        &.-wide #peek { width: 46%; height: 1fr; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.looked_for = ""
        """Words that every decision in the list has."""
        self.with_past = False
        """Whether decisions that are no longer in force are shown."""
        self._all: list[Standing] = []
        self._by_id: dict[int, Standing] = {}
        self._before = self.workspace.decisions
        self._words = Words(self.workspace)
        self._wanted: int | None = None

    def compose_body(self) -> ComposeResult:
        """Find line, list and pane."""
        yield FindLine()
        with Container(id="panes"):
            yield RecordList(COLUMNS, empty=EMPTY)
            peek = Reader(id="peek")
            peek.can_focus = False
            yield peek

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one(RecordList)

    # Showing

    def show_work(self) -> None:
        """Work out how each decision stands today, and show them; the cursor goes to one that has come back."""
        if self._wanted is None:
            self._wanted = next(iter(came_back(self._before, self.workspace.decisions)), None)
        self._before = self.workspace.decisions
        self._all = standings(self.workspace, self.office.today)
        self._by_id = {each.decision.id: each for each in self._all}
        self._words = Words(self.workspace)
        self._show_listing()

    def _show_listing(self) -> None:
        text, records = self.looked_for, self.records
        found = [each for each in self._all if not text or self._words.match(each.decision, text)]
        listed = listing(found, with_past=self.with_past or bool(text))
        records.empty = NOTHING_FOUND if text and self._all else EMPTY
        wanted = self._heir(listed.ids) if self._wanted is None else self._wanted
        records.set_rows(listed.ids, self._cells, listed.groups)
        if wanted is not None and records.move_to(wanted):
            self._wanted = None
        self._summarise(len(found))
        self._show_peek()

    def _heir(self, now: Sequence[int]) -> int | None:
        """The decision that the cursor goes to when its own has left the list."""
        records, number = self.records, self.records.cursor_id
        return None if number is None or number in now else next_record(records.ids, records.cursor_row, set(now))

    def _cells(self, number: int) -> Row:
        each = self._by_id.get(number)
        if each is None:
            return {}
        words = decision_row(each, self.workspace, self.office.today)
        return {key: cells_of(value) for key, value in words.items()}

    def _summarise(self, found: int) -> None:
        width, text = self.size.width - 2, self.looked_for
        words = summary_words(self._all, width, found=found if text else None, text=text)
        self.summarise(Content.assemble(*((clean(part), TONES[tone]) for part, tone in words)))

    def _show_peek(self) -> None:
        if not self.has_class("-peek"):
            return
        peek, each = self.query_one("#peek", Reader), self._by_id.get(self.records.cursor_id or 0)
        if each is None:
            entitle(peek, "")
            peek.show(lambda _: ())
            return
        workspace, today, sharing = self.workspace, self.office.today, self.office.key_of(GoSharing())
        entitle(peek, workspace.name_of(each.decision))

        def lines(width: int) -> list[Line]:
            return letter_lines(each, workspace, today, width, sharing=sharing)

        peek.show(lines)

    def on_resize(self, event: Resize) -> None:
        """The summary goes with the width."""
        del event
        self._summarise(len(self.records.ids))

    # Under the cursor

    @property
    def decision(self) -> Decision | None:
        """The decision under the cursor."""
        number = self.records.cursor_id
        return None if number is None else self.workspace.decisions.get(number)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Pane and hints follow the cursor."""
        event.stop()
        self._show_peek()
        self.show_hints()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Enter opens the page."""
        event.stop()
        if self.decision is not None:
            self.post_message(Open(self.decision))

    # What commands do here

    def go_to_decision(self, number: int) -> None:
        """Bring a decision under the cursor, now or as soon as it is there."""
        self._wanted = number
        if not self.is_mounted:
            return
        each = self._by_id.get(number)
        if each is not None and not self.records.move_to(number):
            self.looked_for, self.with_past = "", True
            self._show_listing()
        elif each is not None:
            self._wanted = None
        else:
            self.set_looked_for("")

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:
        """Show decisions with some words, or bring one under the cursor."""
        if query is not None:
            self.set_looked_for(query)
        if record is not None:
            self.go_to_decision(record)

    def toggle_past(self) -> None:
        """Show or hide what is no longer in force."""
        self.with_past = not self.with_past
        self._show_listing()

    def toggle_peek(self) -> None:
        """Open or close the pane."""
        self.set_class(not self.has_class("-peek"), "-peek")
        self.records.set_columns(PEEK_COLUMNS if self.has_class("-peek") else COLUMNS)
        self._show_peek()

    def step_back(self) -> None:
        """Clear what was looked for, else the selection, else close the pane."""
        if self.looked_for:
            self.set_looked_for("")
        elif self.records.selected:
            self.records.clear_selection()
        elif self.has_class("-peek"):
            self.toggle_peek()

    # Finding

    def begin_finding(self) -> None:
        """Open the line."""
        line = self.query_one(FindLine)
        line.value = self.looked_for
        line.add_class("-open")
        line.focus()

    def set_looked_for(self, text: str) -> None:
        """Show the decisions that have these words."""
        self.looked_for = text.strip()
        self._show_listing()
        self.show_hints()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        event.stop()
        if event.input.has_class("-open"):
            self.set_looked_for(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list."""
        event.stop()
        self._end_finding()

    def on_find_line_dropped(self, event: FindLine.Dropped) -> None:
        """Go to the whole list."""
        event.stop()
        self._end_finding()
        self.set_looked_for("")

    def _end_finding(self) -> None:
        self.query_one(FindLine).remove_class("-open")
        self.records.focus()
