"""A dialog that asks yes or no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.wording.clean import clean_block


class Confirm(Dialog[bool]):
    """Asks before something that touches much; the answer is True for yes.

    Args:
        title: the question.
        words: what will happen, one or several lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", "Yes", show=False),
        Binding("n", "dismiss(False)", "No", show=False),
    ]

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, "y yes · n no")
        self._words = words

    def compose_inside(self) -> ComposeResult:
        """What will happen."""
        yield Static(Content(clean_block(self._words)))
