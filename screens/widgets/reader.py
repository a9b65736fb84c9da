"""Lines of words to read and to scroll, laid out for the width there is."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from screens.widgets.steady_view import SteadyView
from screens.wording.item_lines import Line

Layout = Callable[[int], Sequence[Line]]
"""Makes the lines for a width in cells."""

TONE_CLASSES: Final = {tone: f"reader--{tone}" for tone in ("strong", "muted", "accent", "good", "warning")}


class Reader(SteadyView, can_focus=True):
    """Shows lines; only those on the screen are painted, so a page may be long.

    `show` is given a function, because lines depend on the width; it is called again when the width changes. Text must
    be clean already, as `screens.wording.item_lines.wrapped` leaves it; nothing is parsed.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONE_CLASSES.values())
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Scroll down", show=False, id="page.down"),
        Binding("up,k", "scroll_up", "Scroll up", show=False, id="page.up"),
        Binding("ctrl+d", "half_page(1)", "Half a page down", show=False, id="page.half_down"),
        Binding("ctrl+u", "half_page(-1)", "Half a page up", show=False, id="page.half_up"),
        Binding("pagedown,space", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="page.page_up"),
        Binding("home", "scroll_home", "To the top", show=False, id="page.first"),
        Binding("end,G", "scroll_end", "To the end", show=False, id="page.last"),
    ]
    DEFAULT_CSS = """
    Reader {
        & > .reader--strong { color: $foreground; text-style: bold; }
        & > .reader--muted { color: $text-muted; }
        & > .reader--accent { color: $text-accent; text-style: bold; }
        & > .reader--good { color: $text-success; }
        & > .reader--warning { color: $text-warning; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  every widget calls it so
        super().__init__(id=id, classes=classes)
        self._layout: Layout = lambda _: ()
        self._lines: Sequence[Line] = ()
        self._laid_out_for = 0

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they are laid out now."""
        return self._lines

    def show(self, layout: Layout, *, from_top: bool = True) -> None:
        """Show other lines, from the top or from where the reader is."""
        self._layout = layout
        self._lay_out()
        if from_top and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)

    def scroll_to_line(self, number: int) -> None:
        """Bring a line to the top, as far as there is enough below it."""
        self.scroll_to(y=number, animate=False, force=True)

    def on_resize(self) -> None:
        """Lay out anew when the width is another one."""
        if self.size.width != self._laid_out_for:
            self._lay_out()

    def _lay_out(self) -> None:
        # The region on the screen may still be that of the last layout while the size is the new one.
        width = self.size.width - self.scrollbar_size_vertical
        self._laid_out_for = self.size.width
        self._lines = self._layout(width) if width > 0 else ()
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def action_half_page(self, direction: int) -> None:
        """Scroll by half of what the screen shows."""
        self.scroll_relative(y=direction * max(1, self.size.height // 2), animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self.size.width != self._laid_out_for:
            # Painted before the news of the width came: what is cut now would stay cut where no news comes.
            self.call_later(self.on_resize)
        number = self.scroll_offset.y + y
        base = self.get_visual_style().rich_style
        width = self.size.width
        if number >= len(self._lines):
            return Strip.blank(width, base)
        segments = [
            Segment(text, self.get_visual_style(TONE_CLASSES[tone]).rich_style if tone in TONE_CLASSES else base)
            for text, tone in self._lines[number]
        ]
        return Strip(segments).adjust_cell_length(width, base)
