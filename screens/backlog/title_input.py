"""A title edited where it stands in the list."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from store.models import Workspace


class TitleInput(Input):
    """Lies over the cell of a title. Enter keeps, esc leaves, and so does going elsewhere.

    Args:
        record_id: whose title it is.
        title: as it is now.
        region: where the cell is on the screen.
        seen: the store as it is now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave the title as it was", show=False, id="title.leave"),
    ]
    DEFAULT_CSS = """
    TitleInput {
        overlay: screen;
        position: absolute;
        height: 1;
        border: none;
        padding: 0;
        background: $panel;
        color: $foreground;
    }
    """

    class Kept(Message):
        """The title is as it should be; `seen` is the store as it was when the typing began."""

        def __init__(self, record_id: int, title: str, seen: Workspace) -> None:
            super().__init__()
            self.record_id = record_id
            self.title = title
            self.seen = seen

    class Left(Message):
        """The title stays as it was."""

    def __init__(self, record_id: int, title: str, region: Region, seen: Workspace) -> None:
        super().__init__(title, select_on_focus=False, compact=True)
        self.record_id = record_id
        self._seen = seen
        self.lie_over(region)

    def lie_over(self, region: Region) -> None:
        """Take this place on the screen."""
        self.styles.offset = (region.x, region.y)
        self.styles.width = region.width

    def on_mount(self) -> None:
        """The keys are for the title now."""
        self.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        event.stop()
        self.post_message(self.Kept(self.record_id, event.value, self._seen))

    def action_leave(self) -> None:
        """Leave it."""
        self.post_message(self.Left())

    def on_blur(self, event: events.Blur) -> None:
        """A click elsewhere leaves the title as it was."""
        event.stop()
        self.post_message(self.Left())
