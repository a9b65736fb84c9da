"""Panes that follow a cursor: they change at every key, and must not lay out the whole screen each time."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from screens.widgets.reader import Reader
from screens.widgets.record_list import RecordList

# Textual looks for bindings and styles along the first base class only, so what both share is a function, not a class.


class FollowingReader(Reader):
    """Shows the goal under the cursor."""

    DEFAULT_CSS = """
    FollowingReader { overflow-y: scroll; }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """The lines there are. Textual would lay out the whole screen whenever their number changes."""

    def watch_virtual_size(self, now: Size) -> None:
        """The scrollbar is always there, and to be seen only where there is something to scroll."""
        _fit_scrollbar(self, now)


class FollowingList(RecordList):
    """Lists the items that serve the goal under the cursor."""

    DEFAULT_CSS = """
    FollowingList { overflow-y: scroll; }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """The lines there are; see `FollowingReader`."""

    def watch_virtual_size(self, now: Size) -> None:
        """The scrollbar is always there, and to be seen only where there is something to scroll."""
        _fit_scrollbar(self, now)


def _fit_scrollbar(view: ScrollView, now: Size) -> None:
    view.vertical_scrollbar.window_virtual_size = now.height
