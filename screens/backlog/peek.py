"""The pane beside the list that shows the item under the cursor."""

from typing import Final

from screens.widgets.reader import Reader
from screens.widgets.titles import entitle
from screens.wording.item_facts import Facts
from screens.wording.item_lines import Line
from screens.wording.item_peek import peek_lines

MOST: Final = 60
"""Lines that are laid out; the page has the rest."""


class PeekPane(Reader, can_focus=False):
    """An item at a glance. The keys stay with the list; the wheel scrolls."""

    DEFAULT_CSS = """
    PeekPane {
        padding: 0 1;
        border: round $border-blurred;
        border-title-color: $text-muted;
        scrollbar-gutter: auto;
    }
    """

    def show_item(self, facts: Facts | None) -> None:
        """Show these facts, or nothing."""
        entitle(self, "" if facts is None else facts.workspace.name_of(facts.item))

        def lines(width: int) -> list[Line]:
            return [] if facts is None else peek_lines(facts, width, MOST)

        self.show(lines)
