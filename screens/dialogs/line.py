"""A dialog for one line of text, checked and read back while it is typed."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog
from screens.wording.clean import clean
from store.errors import LeadlineError

Reading = Callable[[str], str]
"""Says how a text is read; raises LeadlineError where it cannot be."""


class LineDialog(Dialog[str]):
    """Asks for one line. The answer is the text as typed, without surrounding space.

    Args:
        title: what is asked.
        value: what stands there at first.
        placeholder: an example.
        reading: says below the line how the text is understood, and refuses what is not.
        demanded: why an empty answer is not enough; empty where it is.
        is_kept: whether the first value is to be worked on; otherwise it is selected, and typing replaces it.
    """

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        reading: Reading | None = None,
        demanded: str = "",
        is_kept: bool = False,
    ) -> None:
        super().__init__(title)
        self._value = value
        self._placeholder = placeholder
        self._reading = reading
        self._demanded = demanded
        self._is_kept = is_kept

    def compose_inside(self) -> ComposeResult:
        """The line and how it is read."""
        yield Input(value=self._value, placeholder=self._placeholder, select_on_focus=not self._is_kept)
        yield Static(classes="dialog-note", markup=False)

    def on_mount(self) -> None:
        """Say at once how the first value is read."""
        self._read(self._value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        self._read(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accept what can be read; otherwise keep the dialog and the input."""
        text = event.value.strip()
        if self._read(text, insisting=True):
            self.dismiss(text)

    def _read(self, text: str, *, insisting: bool = False) -> bool:
        words, is_fine = self._demanded, not self._demanded
        if text.strip():
            words, is_fine = "", True
            if self._reading is not None:
                try:
                    words = self._reading(text.strip())
                except LeadlineError as error:
                    words, is_fine = str(error), False
        tone = "$text-error" if insisting and not is_fine else "$text-muted"
        self.query_one(".dialog-note", Static).update(Content.styled(clean(words), tone))
        return is_fine
