"""The list of the backlog: a record list that is quick enough to change at every letter of a filter."""

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive

from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList


class FollowedList(RecordList):
    """A record list that calls `follow` at the moment its cursor comes to another record.

    A message would arrive after the list has painted itself, and Textual paints at most every 16 ms: a pane that
    listens would always be one picture behind the cursor.
    """

    DEFAULT_CSS = """
    FollowedList { overflow-y: scroll; }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """The lines there are. Textual would lay out the whole screen whenever their number changes."""

    def __init__(self, columns: Sequence[Column], follow: Callable[[], None]) -> None:
        super().__init__(columns)
        self._follow = follow

    def watch_virtual_size(self, now: Size) -> None:
        """Let the scrollbar follow. Its place stays when all rows have room: it would move them all."""
        self.vertical_scrollbar.window_virtual_size = max(now.height, self.container_size.height)

    def post_message(self, message: Message) -> bool:
        """Let the pane follow, then tell everybody else."""
        if isinstance(message, self.Highlighted):
            self._follow()
        return super().post_message(message)
