"""Lines of words in a widget that paints again only the lines that changed."""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.reader import Layout
from screens.wording.item_lines import Line

_TONES: Final = {tone: f"painted-lines--{tone}" for tone in ("strong", "muted", "accent", "good", "warning")}


class PaintedLines(Widget):
    """Shows lines, laid out for the width there is; text must be clean, as `item_lines.wrapped` leaves it.

    From one card to the next most lines stay blank and the goals stay as they are. Painting is the largest part of what
    a verdict costs, so what is the same is left alone.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(_TONES.values())
    DEFAULT_CSS = """
    PaintedLines {
        color: $foreground;
        & > .painted-lines--strong { color: $foreground; text-style: bold; }
        & > .painted-lines--muted { color: $text-muted; }
        & > .painted-lines--accent { color: $text-accent; text-style: bold; }
        & > .painted-lines--good { color: $text-success; }
        & > .painted-lines--warning { color: $text-warning; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  every widget calls it so
        super().__init__(id=id, classes=classes)
        self._layout: Layout = lambda _: ()
        self._painted: Sequence[Line] = ()

    def show(self, layout: Layout) -> None:
        """Show other lines."""
        self._layout = layout
        self.lay_out()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew and paint those that differ."""
        width, height = self.size
        if width:
            self.paint_lines(self._layout(width)[:height])

    def paint_lines(self, lines: Sequence[Line]) -> None:
        """Put these lines into view."""
        before, self._painted = self._painted, lines
        width, height = self.size
        longest = max(len(before), len(lines))
        for y in range(min(height, longest)):
            if (before[y] if y < len(before) else ()) != (lines[y] if y < len(lines) else ()):
                self.refresh(Region(0, y, width, 1))

    def render_line(self, y: int) -> Strip:
        """One line."""
        base = self.get_visual_style().rich_style
        line = self._painted[y] if y < len(self._painted) else ()
        segments = [
            Segment(text, self.get_visual_style(_TONES[tone]).rich_style if tone in _TONES else base)
            for text, tone in line
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)
