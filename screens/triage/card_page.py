"""The page of a card: its head stays, its text scrolls."""

from collections.abc import Sequence
from math import ceil
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from screens.triage.painted_lines import PaintedLines
from screens.widgets.reader import Layout
from screens.wording.item_lines import Line


class CardPage(PaintedLines, can_focus=True):
    """Shows lines that stay and, below them, lines that scroll.

    Not a scroll view: that lays the whole screen out anew when the length of its text changes, which is at every card
    and costs more than all the rest of a verdict. The lower border says which page of how many is in view.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_text(1)", "Scroll down", show=False, id="card.down"),
        Binding("up", "scroll_text(-1)", "Scroll up", show=False, id="card.up"),
        Binding("pagedown,space", "turn_page(1)", "Page down", show=False, id="card.page_down"),
        Binding("pageup", "turn_page(-1)", "Page up", show=False, id="card.page_up"),
        Binding("ctrl+d", "turn_page(0.5)", "Half a page down", show=False, id="card.half_down"),
        Binding("ctrl+u", "turn_page(-0.5)", "Half a page up", show=False, id="card.half_up"),
        Binding("home", "scroll_text(-100000)", "To the top", show=False, id="card.first"),
        Binding("end,G", "scroll_text(100000)", "To the end", show=False, id="card.last"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  every widget calls it so
        super().__init__(id=id)
        self._head_of: Layout = lambda _: ()
        self._text_of: Layout = lambda _: ()
        self._head: Sequence[Line] = ()
        self._text: Sequence[Line] = ()
        self._first = 0

    def show_card(self, head: Layout, text: Layout, *, from_top: bool = True) -> None:
        """Show another card, from the top of its text or from where the reader is."""
        self._head_of, self._text_of = head, text
        if from_top:
            self._first = 0
        self.lay_out()

    def lay_out(self) -> None:
        """Make head and text anew."""
        width = self.size.width
        if width:
            self._head, self._text = self._head_of(width), self._text_of(width)
            self._go_to(self._first)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self.action_scroll_text(2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the text."""
        event.stop()
        self.action_scroll_text(-2)

    def action_scroll_text(self, lines: int) -> None:
        """Scroll, as far as there is text."""
        self._go_to(self._first + lines)

    def action_turn_page(self, pages: float) -> None:
        """Scroll by what is in view, but for one line that carries over."""
        self._go_to(self._first + int(pages * max(1, self._room - 1)))

    @property
    def _room(self) -> int:
        """Lines for the text."""
        return max(1, self.size.height - len(self._head))

    @property
    def _pages(self) -> str:
        """`1 / 3`; empty where all of the text is in view."""
        pages = ceil(len(self._text) / self._room)
        return "" if pages < 2 else f"{min(pages, ceil((self._first + self._room) / self._room))} / {pages}"

    def _go_to(self, first: int) -> None:
        """Show the text from this line on, or as near to it as there is text."""
        self._first = max(0, min(first, len(self._text) - self._room))
        if str(self.border_subtitle or "") != self._pages:
            self.border_subtitle = self._pages
        self.paint_lines((*self._head, *self._text[self._first : self._first + self._room]))
