"""A view that scrolls and may change its length at every key."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class SteadyView(ScrollView, can_focus=True, inherit_bindings=False):
    """A scroll view whose number of lines may change without laying out the screen around it.

    Its scrollbar always has its place, and is to be seen only where there is something to scroll: if it came and went,
    it would move all that is beside it.
    """

    DEFAULT_CSS = """
    SteadyView {
        width: 1fr;
        height: 1fr;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """The lines there are. Textual would lay out the whole screen whenever their number changes."""

    def watch_virtual_size(self, now: Size) -> None:
        """Let the scrollbar follow."""
        if self.is_mounted:
            self.vertical_scrollbar.window_virtual_size = max(now.height, self.container_size.height)
