"""The fields of a form: a line, long text, or one of a few words; each with its label and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.wording.clean import clean
from store.errors import LeadlineError

Reading = Callable[[str], object]
"""Says in words how a text is understood; raises LeadlineError where it cannot be."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Args:
        name: what the answer calls it.
        label: what stands in front of it.
        value: what stands in it at first.
        example: shown in an empty field.
        reading: checks the text; words it returns are shown below the field while it is being typed.
        demanded: why it must not stay empty; empty where it may.
        lines: how many lines it shows; more than one makes it long text.
        words: the few words one of which it is; left and right choose.
        names: words offered while typing; right takes them.
        is_kept: whether the first value of one line is to be worked on, as a title is; otherwise it is selected, and
            typing replaces it.
    """

    name: str
    label: str
    value: str = ""
    example: str = ""
    reading: Reading | None = None
    demanded: str = ""
    lines: int = 1
    words: Sequence[str] = ()
    names: Sequence[str] = ()
    is_kept: bool = False


class OneOf(Widget, can_focus=True):
    """A line of words, one of which holds; left and right choose, so does the first letter."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    OneOf { height: 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "step(1)", "Next", show=False),
        Binding("left", "step(-1)", "Previous", show=False),
        Binding("enter", "done", "Next field", show=False),
    ]

    value: reactive[str] = reactive("")

    class Done(Message):
        """Enter was pressed."""

    def __init__(self, words: Sequence[str], value: str) -> None:
        super().__init__()
        self._words = tuple(words)
        self.set_reactive(OneOf.value, value)

    def render(self) -> Content:
        """All words, the one that holds marked."""
        parts: list[tuple[str, str] | str] = []
        for word in self._words:
            is_held = word == self.value
            tone = "bold $text-accent" if is_held and self.has_focus else "" if is_held else "$text-muted"
            parts += [(f"{'●' if is_held else '○'} {clean(word)}", tone), "   "]
        return Content.assemble(*parts[:-1])

    def action_step(self, step: int) -> None:
        """Take the next word, round and round."""
        at = self._words.index(self.value) if self.value in self._words else -1
        self.value = self._words[(at + step) % len(self._words)]

    def action_done(self) -> None:
        """Go on."""
        self.post_message(self.Done())

    def on_key(self, event: events.Key) -> None:
        """A letter takes the next word that starts with it."""
        at = self._words.index(self.value) if self.value in self._words else -1
        for word in (*self._words[at + 1 :], *self._words[: at + 1]):
            if event.character and word[:1] == event.character:
                event.stop()
                self.value = word
                return

    def on_click(self, event: events.Click) -> None:
        """Take the word that was clicked."""
        x = 1
        for word in self._words:
            end = x + cell_len(clean(word)) + 2
            if x <= event.x < end:
                self.value = word
            x = end + 3


class FormInput(Input):
    """One line. Several pasted lines become one, where Textual would keep the first and lose the rest."""

    def _on_paste(self, event: events.Paste) -> None:
        # Textual runs the handlers of all base classes; without this the first line would be there twice.
        event.prevent_default()
        event.stop()
        line = " ".join(part.strip() for part in event.text.splitlines() if part.strip())
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)


class FieldRow(Vertical):
    """A field with its label in front and a note below that is there only when there is something to say."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        margin-bottom: 1;
        & > Horizontal { height: auto; }
        .form-label { width: 15; height: 1; color: $text-muted; }
        &:focus-within .form-label { color: $text-accent; }
        .form-note { margin-left: 16; height: auto; color: $text-muted; display: none; }
        &.-noted .form-note { display: block; }
        &.-wrong .form-note { color: $text-error; }
        Input, TextArea, OneOf { width: 1fr; border: none; padding: 0 1; }
        Input:focus, TextArea:focus { border: none; }
    }
    """

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self.editor: Input | TextArea | OneOf = _editor(field)
        # Not always the value: an editor of several lines knows one kind of line end.
        self._at_first = self._standing

    def compose(self) -> ComposeResult:
        """Label and editor side by side, the note below."""
        with Horizontal():
            yield Static(Content(clean(self.field.label)), classes="form-label")
            yield self.editor
        yield Static(classes="form-note", markup=False)

    @property
    def text(self) -> str:
        """What stands in it now, without surrounding space; to the character what was given until somebody types."""
        return self._standing if self.is_touched else self.field.value.strip()

    @property
    def is_touched(self) -> bool:
        """Whether something else stands in it than at first."""
        return self._standing != self._at_first

    @property
    def _standing(self) -> str:
        editor = self.editor
        return (editor.text if isinstance(editor, TextArea) else editor.value).strip()

    def on_descendant_focus(self) -> None:
        """Say how it is read; nobody is scolded for what he has not had the time to type."""
        if self.text and not self.has_class("-wrong"):
            self.read()

    def on_descendant_blur(self) -> None:
        """Be quiet again, unless something is wrong or missing."""
        if not self.has_class("-wrong") and self.read():
            self._note("")

    def on_input_changed(self) -> None:
        """Read along."""
        self._reread()

    def on_text_area_changed(self) -> None:
        """Read along."""
        self._reread()

    def read(self, *, insisting: bool = False) -> bool:
        """Whether the text can be taken. What is wrong is said while typing in muted words, when `insisting` in red."""
        text, words, is_fine = self.text, "", True
        if not text:
            words, is_fine = self.field.demanded, not self.field.demanded
        elif self.field.reading is not None:
            try:
                read = self.field.reading(text)
            except LeadlineError as error:
                words, is_fine = str(error), False
            else:
                words = read if isinstance(read, str) else ""
        self._note(words if not insisting or not is_fine else "", is_wrong=insisting and not is_fine)
        return is_fine

    def _reread(self) -> None:
        # A complaint stays red until it is met: whoever corrects a field sees at once when it is right.
        if self.editor.has_focus:
            was_wrong = self.has_class("-wrong")
            is_fine = self.read()
            self.set_class(was_wrong and not is_fine, "-wrong")

    def _note(self, words: str, *, is_wrong: bool = False) -> None:
        self.set_class(bool(words), "-noted")
        self.set_class(is_wrong, "-wrong")
        self.query_one(".form-note", Static).update(Content(clean(words)))
        if words:
            # The note stands below the field, and must not be below the window as well.
            self.call_after_refresh(self.scroll_visible, animate=False)


def _editor(field: FormField) -> Input | TextArea | OneOf:
    if field.words:
        return OneOf(field.words, field.value)
    if field.lines > 1:
        area = TextArea(
            field.value,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=Content(clean(field.example)),
        )
        area.styles.height = field.lines
        return area
    suggester = SuggestFromList(field.names, case_sensitive=False) if field.names else None
    return FormInput(field.value, field.example, suggester=suggester, select_on_focus=not field.is_kept)
