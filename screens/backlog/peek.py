"""The pane beside the list that shows the item under the cursor."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.reader import TONE_CLASSES
from screens.widgets.titles import entitle
from screens.wording.item_facts import Facts
from screens.wording.item_lines import BLANK, Line
from screens.wording.item_peek import peek_lines


class PeekPane(Widget, can_focus=False):
    """An item at a glance, as much as has room.

    It follows the cursor, so it must cost little: it never scrolls, which would lay out the whole screen anew, and it
    paints only the lines that differ from those before.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONE_CLASSES.values())
    DEFAULT_CSS = """
    PeekPane {
        padding: 0 1;
        border: round $border-blurred;
        border-title-color: $text-muted;
        color: $foreground;

        & > .reader--strong { color: $foreground; text-style: bold; }
        & > .reader--muted { color: $text-muted; }
        & > .reader--accent { color: $text-accent; text-style: bold; }
        & > .reader--good { color: $text-success; }
        & > .reader--warning { color: $text-warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self._lines: Sequence[Line] = ()

    def show_item(self, facts: Facts | None) -> None:
        """Show these facts, or nothing."""
        self._facts = facts
        name = "" if facts is None else facts.workspace.name_of(facts.item)
        if str(self.border_title or "") != name:
            entitle(self, name)
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self.size
        before = self._lines
        self._lines = [] if self._facts is None or width <= 0 else peek_lines(self._facts, width, height)
        changed = [Region(0, y, width, 1) for y in range(height) if _line(self._lines, y) != _line(before, y)]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        base = self.get_visual_style().rich_style
        segments = [
            Segment(text, self.get_visual_style(TONE_CLASSES[tone]).rich_style if tone in TONE_CLASSES else base)
            for text, tone in _line(self._lines, y)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)


def _line(lines: Sequence[Line], y: int) -> Line:
    return lines[y] if y < len(lines) else BLANK
