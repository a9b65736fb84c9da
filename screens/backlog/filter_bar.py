"""The line where a filter is typed, with what it finds beside it and what it could be below."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.backlog.proposals import Proposals
from screens.wording.clean import clean
from store.errors import QueryError
from store.query import Completion, Vocabulary, completions

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

    def action_take(self) -> None:
        """Tell that the proposal is wanted."""
        self.post_message(self.Took())

    def action_step(self, step: int) -> None:
        """Tell that up or down was pressed."""
        self.post_message(self.Stepped(step))

    def action_leave(self) -> None:
        """Tell that esc was pressed."""
        self.post_message(self.Left())


class FilterBar(Horizontal):
    """Takes the place of the summary while a filter is typed.

    Tab completes the word; up and down choose among proposals, or walk through earlier filters where there are none;
    enter keeps the filter; esc closes the proposals, then drops the filter.
    """

    DEFAULT_CSS = """
    FilterBar {
        display: none;
        height: 1;
        padding: 0 1;
        &.-open { display: block; }
        #filter-lead { width: auto; }
        FilterInput {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: $background;
            color: $foreground;
        }
        #filter-found { width: auto; padding: 0 0 0 2; }
    }
    """

    class Typed(Message):
        """The text changed; `rest` is without the word under the cursor, as long as there are proposals for it."""

        def __init__(self, text: str, rest: str) -> None:
            super().__init__()
            self.text = text
            self.rest = rest

    class Kept(Message):
        """The filter stays, and the list is wanted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Dropped(Message):
        """The filter goes, and the list is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._vocabulary: Vocabulary | None = None
        self._earlier: list[str] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lead, text, count; the proposals float."""
        yield Static(Content.assemble(("Backlog  ", "bold"), ("/ ", "bold $text-accent")), id="filter-lead")
        yield FilterInput(select_on_focus=False, compact=True)
        yield Static(id="filter-found", markup=False)
        yield Proposals()

    @property
    def is_open(self) -> bool:
        """Whether a filter is being typed."""
        return self.has_class("-open")

    def open(self, text: str, vocabulary: Vocabulary) -> None:
        """Begin to type, with the present filter as it stands."""
        self._vocabulary = vocabulary
        self._at = len(self._earlier)
        self.add_class("-open")
        field = self.query_one(FilterInput)
        with field.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        field.focus()

    def close(self) -> None:
        """Stop typing."""
        text = self.query_one(FilterInput).value.strip()
        if text and text not in self._earlier[-1:]:
            self._earlier = [*self._earlier[-REMEMBERED + 1 :], text]
        self.query_one(Proposals).close()
        self.remove_class("-open")

    @property
    def is_proposing(self) -> bool:
        """Whether proposals are shown, which say more than what is wrong."""
        return self.query_one(Proposals).is_open

    def show_found(self, words: str, tone: str) -> None:
        """Say how many were found, at the right."""
        self.query_one("#filter-found", Static).update(Content.styled(words, tone))

    # Typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Propose, and tell."""
        event.stop()
        self._propose()
        self.post_message(self.Typed(event.value, self._without_word() if self.is_proposing else event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the proposal somebody moved to, else keep the filter."""
        event.stop()
        if self.query_one(Proposals).chosen is not None:
            self.take()
        else:
            self.post_message(self.Kept(event.value))

    def on_filter_input_took(self, event: FilterInput.Took) -> None:
        """Take the proposal; where there is none, propose."""
        event.stop()
        if self.query_one(Proposals).is_open:
            self.take()
        else:
            self._propose(always=True)

    def on_filter_input_stepped(self, event: FilterInput.Stepped) -> None:
        """Move among the proposals, else through earlier filters."""
        event.stop()
        proposals = self.query_one(Proposals)
        if proposals.is_open:
            proposals.move(event.step)
        elif 0 <= self._at + event.step < len(self._earlier):
            self._at += event.step
            self._put(self._earlier[self._at])
            proposals.close()

    def on_filter_input_left(self, event: FilterInput.Left) -> None:
        """Close the proposals, then drop the filter."""
        event.stop()
        proposals = self.query_one(Proposals)
        if proposals.is_open:
            proposals.close()
        else:
            self.post_message(self.Dropped())

    def take(self) -> None:
        """Put the proposal in place of the word."""
        field, proposal = self.query_one(FilterInput), self.query_one(Proposals).taken
        if proposal is None:
            return
        before, after = field.value[: proposal.start], field.value[proposal.end :]
        # A field wants its value next; behind a value comes another word.
        gap = "" if proposal.replacement.endswith(":") or after.startswith(" ") else " "
        field.value = f"{before}{proposal.replacement}{gap}{after}"
        field.cursor_position = len(before) + len(proposal.replacement) + len(gap)

    def _without_word(self) -> str:
        """The text without the word under the cursor."""
        field = self.query_one(FilterInput)
        before, after = field.value[: field.cursor_position], field.value[field.cursor_position :]
        return f"{before[: before.rfind(' ') + 1]}{after}"

    def _put(self, text: str) -> None:
        field = self.query_one(FilterInput)
        field.value = text
        field.cursor_position = len(text)

    def _propose(self, *, always: bool = False) -> None:
        field = self.query_one(FilterInput)
        found: Sequence[Completion] = ()
        if self._vocabulary is not None:
            found = completions(field.value, field.cursor_position, self._vocabulary)
            word = field.value[: field.cursor_position].rpartition(" ")[2]
            if not word and not always:
                found = ()  # nobody asked yet
        start = found[0].start if found else 0
        self.query_one(Proposals).open(found, len(LEAD) + start)


def trouble(error: QueryError, width: int) -> Content:
    """What is wrong with a filter, with an arrow up to the place where it is."""
    at = len(LEAD) + error.column
    words = clean(str(error))
    if at + 2 + len(words) > width:
        at = min(at, max(0, width - len(words) - 2))
    return Content.assemble(" " * at, ("↑ ", "bold $text-warning"), (words, "$text-warning"))
