"""The lines where a filter is typed: the text and what it finds, and below them what it could be or what is wrong."""

from collections.abc import Callable
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from screens.backlog.proposals import Proposals
from screens.wording.clean import clean
from store.errors import QueryError
from store.query import Vocabulary, completions

LEAD: Final = "Backlog  / "
REMEMBERED: Final = 20
EXAMPLES: Final = (
    'stage:ready  size<=3  age>30d  owner:@me  -is:blocked  "free words"   tab completes · enter keeps · esc clears'
)


class FilterInput(Input):
    """A line of text that hands the keys for proposals and for earlier filters to its bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", "Complete the word", show=False, id="filter.complete"),
        Binding("down", "step(1)", "Next proposal, or later filter", show=False, id="filter.next"),
        Binding("up", "step(-1)", "Previous proposal, or earlier filter", show=False, id="filter.previous"),
        Binding("escape", "leave", "Close the proposals, then clear the filter", show=False, id="filter.leave"),
    ]

    class Took(Message):
        """The proposal is wanted."""

    class Stepped(Message):
        """Up or down was pressed."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Left(Message):
        """Esc was pressed."""

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As long as the text. Textual would lay out the whole screen at every letter, though the line stays as it is."""

    def __init__(self, typed: Callable[[], None]) -> None:
        super().__init__(select_on_focus=False, compact=True)
        self._typed = typed

    def watch_value(self) -> None:
        """Find at once.

        A message would arrive after this line was painted, and Textual paints at most every 16 ms: the list would
        always be one picture behind the letter. The cursor moves after the value, so this waits for the end of the key.
        """
        self.call_next(self._typed)

    def action_take(self) -> None:
        """Tell that the proposal is wanted."""
        self.post_message(self.Took())

    def action_step(self, step: int) -> None:
        """Tell that up or down was pressed."""
        self.post_message(self.Stepped(step))

    def action_leave(self) -> None:
        """Tell that esc was pressed."""
        self.post_message(self.Left())


class FilterBar(Vertical):
    """Takes the place of the summary while a filter is typed.

    Tab completes the word; up and down choose among proposals, or walk through earlier filters where there are none;
    enter keeps the filter; esc closes the proposals, then drops the filter.

    Args:
        typed: called at every letter with the text, and with the text without the word under the cursor as long as
            there are proposals for that word.
    """

    DEFAULT_CSS = """
    FilterBar {
        dock: top;
        display: none;
        height: 2;
        padding: 0 1;
        &.-open { display: block; }
        Horizontal { height: 1; }
        #filter-lead { width: 11; }
        FilterInput {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: $background;
            color: $foreground;
        }
        #filter-found { width: 26; text-align: right; color: $text-muted; }
        #filter-note { height: 1; }
    }
    """

    class Kept(Message):
        """The filter stays, and the list is wanted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Dropped(Message):
        """The filter goes, and the list is wanted."""

    def __init__(self, typed: Callable[[str, str], None]) -> None:
        super().__init__()
        self._typed = typed
        self._vocabulary: Vocabulary | None = None
        self._proposals = Proposals()
        self._earlier: list[str] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lead, text and count, and a note below."""
        with Horizontal():
            yield Static(Content.assemble(("Backlog  ", "bold"), ("/ ", "bold $text-accent")), id="filter-lead")
            yield FilterInput(self._on_letter)
            yield Static(id="filter-found", markup=False)
        yield Static(id="filter-note", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether a filter is being typed."""
        return self.has_class("-open")

    @property
    def is_proposing(self) -> bool:
        """Whether there are proposals, which say more than what is wrong."""
        return bool(self._proposals)

    def open(self, text: str, vocabulary: Vocabulary) -> None:
        """Begin to type, with the present filter as it stands."""
        self._vocabulary = vocabulary
        self._proposals = Proposals()
        self._at = len(self._earlier)
        self.add_class("-open")
        self._put(text)
        self._field.focus()
        self._note(Content.styled(f"{' ' * len(LEAD)}{EXAMPLES}", "$text-muted"))

    def close(self) -> None:
        """Stop typing."""
        text = self._field.value.strip()
        if text and text not in self._earlier[-1:]:
            self._earlier = [*self._earlier[-REMEMBERED + 1 :], text]
        self.remove_class("-open")

    def show_found(self, words: str) -> None:
        """Say how many were found, at the right."""
        self.query_one("#filter-found", Static).update(Content(clean(words)), layout=False)

    def show_trouble(self, error: QueryError) -> None:
        """Say what is wrong, with an arrow up to the place where it is."""
        at, words = len(LEAD) + error.column, clean(str(error))
        at = max(0, min(at, self.size.width - cell_len(words) - 2))
        self._note(Content.assemble(" " * at, ("↑ ", "bold $text-warning"), (words, "$text-warning")))

    def take(self) -> None:
        """Put the proposal in place of the word."""
        field, proposal = self._field, self._proposals.taken
        before, after = field.value[: proposal.start], field.value[proposal.end :]
        # A field wants its value next; behind a value comes another word.
        gap = "" if proposal.replacement.endswith(":") or after.startswith(" ") else " "
        field.value = f"{before}{proposal.replacement}{gap}{after}"
        field.cursor_position = len(before) + len(proposal.replacement) + len(gap)

    # Typing

    def _on_letter(self) -> None:
        """Propose, and tell."""
        if not self.is_open:
            return
        text = self._field.value
        self._propose()
        self._show_proposals()
        self._typed(text, self._without_word() if self._proposals else text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """It was told already."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the proposal somebody moved to, else keep the filter."""
        event.stop()
        if self._proposals.at is not None:
            self.take()
        else:
            self.post_message(self.Kept(event.value))

    def on_filter_input_took(self, event: FilterInput.Took) -> None:
        """Take the proposal; where there is none, propose."""
        event.stop()
        if self._proposals:
            self.take()
        else:
            self._propose(always=True)
            self._show_proposals()

    def on_filter_input_stepped(self, event: FilterInput.Stepped) -> None:
        """Move among the proposals, else through earlier filters."""
        event.stop()
        if self._proposals:
            self._proposals.move(event.step)
            self._show_proposals()
        elif 0 <= self._at + event.step < len(self._earlier):
            self._at += event.step
            self._put(self._earlier[self._at])

    def on_filter_input_left(self, event: FilterInput.Left) -> None:
        """Close the proposals, then drop the filter."""
        event.stop()
        if self._proposals:
            self._proposals = Proposals()
            self._show_proposals()
        else:
            self.post_message(self.Dropped())

    @property
    def _field(self) -> FilterInput:
        return self.query_one(FilterInput)

    def _without_word(self) -> str:
        field = self._field
        before, after = field.value[: field.cursor_position], field.value[field.cursor_position :]
        return f"{before[: before.rfind(' ') + 1]}{after}"

    def _put(self, text: str) -> None:
        self._field.value = text
        self._field.cursor_position = len(text)

    def _propose(self, *, always: bool = False) -> None:
        field, vocabulary = self._field, self._vocabulary
        word = field.value[: field.cursor_position].rpartition(" ")[2]
        is_asked = vocabulary is not None and (word or always)
        found = completions(field.value, field.cursor_position, vocabulary) if is_asked and vocabulary else ()
        self._proposals = Proposals(found)

    def _show_proposals(self) -> None:
        start = len(LEAD) + self._proposals.taken.start if self._proposals else 0
        self._note(self._proposals.line(start, self.size.width) if self._proposals else Content(""))

    def _note(self, words: Content) -> None:
        self.query_one("#filter-note", Static).update(words, layout=False)
