"""Shows a whole address from data, and asks before a browser gets it."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.wording.address import Address
from screens.wording.clean import clean

Wish = Literal["open", "copy"]


class AddressDialog(Dialog[Wish]):
    """Asks what to do with an address; where it goes stands on top, so that its length cannot push that out of sight.

    Args:
        address: one that may be opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss('open')", "Open", show=False),
        Binding("c", "dismiss('copy')", "Copy", show=False),
        Binding("n", "dismiss(None)", "No", show=False),
    ]

    DEFAULT_CSS = """
    AddressDialog {
        #goes-to, .dialog-remark { height: auto; }
        .dialog-remark { color: $text-warning; }
        VerticalScroll { height: auto; max-height: 12; margin-top: 1; }
        #whole { height: auto; }
    }
    """

    def __init__(self, address: Address) -> None:
        super().__init__("Open this address?", "y opens · c copies · n closes")
        self._address = address

    def compose_inside(self) -> ComposeResult:
        """Where it goes, what may deceive, and all of it."""
        yield Static(Content.assemble("goes to ", (clean(self._address.goes_to), "bold")), id="goes-to")
        for remark in self._address.remarks:
            yield Static(Content(clean(remark)), classes="dialog-remark")
        with VerticalScroll():
            yield Static(Content(clean(self._address.whole)), id="whole")
