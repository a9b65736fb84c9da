"""What every dialog is: a titled box over the screen, one layer, closed by esc."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.widgets.titles import entitle
from screens.wording.clean import clean

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A question with one answer; None when it was closed with esc.

    Args:
        title: what is asked, in the border.
        keys: the keys that work in it, in the lower border.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        #dialog {
            width: 76;
            max-width: 96%;
            height: auto;
            max-height: 94%;
            padding: 1 2;
            border: round $primary;
            border-title-color: $primary;
            border-subtitle-color: $text-muted;
            background: $surface;
        }
        .dialog-note { color: $text-muted; height: auto; }
        #refusal { height: auto; color: $text-error; display: none; }
        &.-refused #refusal { display: block; }
        Input, Input:focus, TextArea, TextArea:focus { border: none; background: $panel; }
        Input { height: 1; padding: 0 1; }
        OptionList {
            border: none; background: $surface; padding: 0; height: auto; max-height: 16;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        &.-refused OptionList { max-height: 12; }
    }
    """

    def __init__(self, title: str, keys: str = "enter accepts · esc closes") -> None:
        super().__init__()
        self._title = title
        self._keys = keys
        self.why_not: Callable[[], str] = str
        """Why no answer can be taken now, in a sentence; empty while one can."""

    def compose(self) -> ComposeResult:
        """The box; its inside comes from `compose_inside`."""
        with Vertical(id="dialog") as box:
            entitle(box, self._title, self._keys)
            yield from self.compose_inside()
            yield Static(id="refusal", markup=False)

    def compose_inside(self) -> ComposeResult:
        """The widgets in the box."""
        raise NotImplementedError

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer; with one that cannot be taken now stay open, because what was typed is only here."""
        is_no = result is None or result is False
        reason = "" if is_no else self.why_not()
        if not reason:
            return super().dismiss(result)
        self.refuse(f"Not kept, read only: {reason}")
        return AwaitComplete()

    def refuse(self, words: str) -> None:
        """Say below everything else why the dialog is still open."""
        self.query_one("#refusal", Static).update(note(words))
        self.add_class("-refused")
        # A toast from before could lie over the words.
        self.app.clear_notifications()


def note(words: str) -> Content:
    """Words for a line in a dialog: clean, and never read as markup."""
    return Content(clean(words))
