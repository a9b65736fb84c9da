"""The list of the backlog, which a pane follows at every key."""

from collections.abc import Callable, Sequence

from textual.message import Message

from screens.widgets.record_columns import Column
from screens.widgets.record_list import RecordList


class FollowedList(RecordList):
    """A record list that calls `follow` at the moment its cursor comes to another record.

    A message would arrive after the list has painted itself, and Textual paints at most every 16 ms: a pane that
    listens would always be one picture behind the cursor.
    """

    def __init__(self, columns: Sequence[Column], follow: Callable[[], None]) -> None:
        super().__init__(columns)
        self._follow = follow

    def post_message(self, message: Message) -> bool:
        """Let the pane follow, then tell everybody else."""
        if isinstance(message, self.Highlighted):
            self._follow()
        return super().post_message(message)
