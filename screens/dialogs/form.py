"""A dialog of several fields: tab goes through them, ctrl+s keeps them, and nothing typed is ever lost to a slip."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import TextArea

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.dialogs.form_fields import FieldRow, FormField
from screens.dialogs.text import edited_outside
from screens.wording.clean import clean
from store.errors import LeadlineError

Made = TypeVar("Made")

TALLEST: Final = 94
"""Per cent of the window that a form takes at most."""
FRAME: Final = 4
"""Lines of a form that are not fields: border and padding."""
REFUSAL: Final = 3
"""Lines that a refusal takes, which must be seen whatever there are for fields."""


class FormDialog(Dialog[Made]):
    """Asks for several values at once. The answer is what `make` makes of them.

    Where a field cannot be read, or `make` refuses, the form stays open with all that was typed and says why.

    Args:
        title: what is asked.
        fields: the fields, in order.
        make: turns the texts, by the names of the fields, into the answer; raises LeadlineError to refuse.
        start: the name of the field that is in focus first; the first field if empty.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("ctrl+s", "keep", "Save", show=False, priority=True),
        Binding("ctrl+e", "edit_outside", "Edit in $EDITOR", show=False, priority=True),
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Previous field", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    FormDialog {
        #dialog { width: 100; padding: 1 1 0 2; }
        #fields { height: auto; scrollbar-size-vertical: 1; padding-right: 1; }
        #refusal { padding-bottom: 1; }
    }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        make: Callable[[Mapping[str, str]], Made],
        *,
        start: str = "",
    ) -> None:
        has_text = any(field.lines > 1 for field in fields)
        outside = "ctrl+e opens your editor · " if has_text else ""
        super().__init__(title, f"tab goes on · ctrl+s saves · {outside}esc closes")
        self._fields = tuple(fields)
        self._rows: list[FieldRow] = []
        self._make = make
        self._start = start

    def compose_inside(self) -> ComposeResult:
        """The fields."""
        self._rows = [FieldRow(field) for field in self._fields]
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._rows

    def on_mount(self) -> None:
        """Begin where the work is."""
        first = next((row for row in self._rows if row.field.name == self._start), self._rows[0])
        first.editor.focus()

    def on_resize(self, event: Resize) -> None:
        """Let the fields scroll where there are more than fit; the box around them cannot."""
        self._fit(event.size.height)

    def refuse(self, words: str) -> None:
        """Say it below the fields, which leave room for it."""
        super().refuse(words)
        self._fit(self.size.height)

    @property
    def texts(self) -> Mapping[str, str]:
        """What stands in the fields now, by their names."""
        return {row.field.name: row.text for row in self._rows}

    def on_input_submitted(self) -> None:
        """Enter goes to the next field, and in the last one keeps them all."""
        self._go_on()

    def on_one_of_done(self) -> None:
        """Enter on a choice goes on as well."""
        self._go_on()

    def action_keep(self) -> None:
        """Give the answer, or go to the first field that is wrong."""
        wrong = [row for row in self._rows if not row.read(insisting=True)]
        if wrong:
            wrong[0].editor.focus()
            return
        try:
            made = self._make(self.texts)
        except LeadlineError as error:
            self.refuse(str(error))
            return
        self.dismiss(made)

    async def action_leave(self) -> None:
        """Close; ask only if something was typed."""
        if not any(row.is_touched for row in self._rows):
            self.dismiss(None)
            return
        self.run_worker(self._leave(), exclusive=True)

    async def _leave(self) -> None:
        if await self.app.push_screen_wait(
            Confirm("Throw away what you typed?", "y throws it away · n goes on typing")
        ):
            self.dismiss(None)

    def action_edit_outside(self) -> None:
        """Go on in the person's own editor, where long text is in focus."""
        area = self.focused
        if not isinstance(area, TextArea):
            self.notify("ctrl+e works in fields of several lines.", severity="warning", markup=False)
            return
        try:
            area.text = edited_outside(self.app, area.text)
        except LeadlineError as error:
            self.notify(clean(str(error)), severity="warning", markup=False)

    def _fit(self, height: int) -> None:
        around = FRAME + (REFUSAL if self.has_class("-refused") else 0)
        self.query_one("#fields").styles.max_height = max(3, height * TALLEST // 100 - around)

    def _go_on(self) -> None:
        if self.focused is self._rows[-1].editor:
            self.action_keep()
        else:
            self.focus_next()
