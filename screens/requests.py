"""What screens ask of the program: messages in the imperative, carrying data and doing nothing."""

from typing import TYPE_CHECKING

from textual.message import Message

from store.change import ChangeSet
from store.models import Record, Workspace

if TYPE_CHECKING:
    from screens.wording.address import Address


class Do(Message):
    """Do this change.

    Args:
        change: what to do.
        quietly: leave out the toast, where the screen shows the effect itself.
        seen: what the person saw when they began to decide; None: what the change was made for.
    """

    def __init__(self, change: ChangeSet, *, quietly: bool = False, seen: Workspace | None = None) -> None:
        super().__init__()
        self.change = change
        self.quietly = quietly
        self.seen = seen


class Undo(Message):
    """Take back what was done last."""


class Redo(Message):
    """Do again what was taken back last."""


class Go(Message):
    """Show another screen, with a filter or a record in view if given."""

    def __init__(self, mode: str, *, query: str | None = None, record: int | None = None) -> None:
        super().__init__()
        self.mode = mode
        self.query = query
        self.record = record


class Open(Message):
    """Show one record on its own page."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record


class Copy(Message):
    """Put text on the clipboard; `what` names it in the toast."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__()
        self.text = text
        self.what = what


class Browse(Message):
    """Hand an address to the system's opener; it was read by `screens.wording.address` and the person said yes."""

    def __init__(self, address: "Address") -> None:
        super().__init__()
        self.address = address


class Reload(Message):
    """Read the store file again."""


class LeaveProgram(Message):
    """Close the program. Not called `Leave`: Textual has an event of that name, and every widget handles it."""


class Begin(Message):
    """Open a store from the start screen: `here`, `open`, `demo` or `private`; `path` for `open`."""

    def __init__(self, choice: str, path: str = "") -> None:
        super().__init__()
        self.choice = choice
        self.path = path
