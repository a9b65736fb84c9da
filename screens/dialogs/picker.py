"""A dialog that picks one or several things by typing a part of their name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from screens.wording.clean import clean, fit

NARROWEST = 60
"""The cells of a line before anything is laid out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: its value, its words, and a muted remark at the end of the line."""

    value: str
    words: str
    remark: str = ""
    glyph: str = ""


Source = Callable[[str], Sequence[Choice]]
"""Gives the choices that match a typed text, best first."""


class Picker(Dialog[tuple[str, ...]]):
    """Picks by typing. The answer is the values that were picked; one, unless `many`.

    Args:
        title: what is asked.
        choices: all choices, or a function that finds them for a typed text.
        current: values that hold now; marked, and first under the cursor.
        many: whether tab marks several, which enter then gives.
        new: words for an extra choice made of the typed text, such as "new tag"; empty where nothing can be added.
        by_value: whether typing a whole value, such as a digit, picks it at once.
    """

    DEFAULT_CSS = """
    Picker #dialog { width: 92; }
    """

    most: ClassVar[int] = 50
    """More choices than this are not laid out; typing narrows them down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "cursor(1)", "Next", show=False, priority=True),
        Binding("up,ctrl+p", "cursor(-1)", "Previous", show=False, priority=True),
        Binding("tab", "mark", "Mark", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] | Source,
        *,
        current: Sequence[str] = (),
        many: bool = False,
        new: str = "",
        by_value: bool = False,
    ) -> None:
        super().__init__(title, "tab marks · enter accepts · esc closes" if many else "enter accepts · esc closes")
        self._source: Source = choices if callable(choices) else _containing(choices)
        self._current = tuple(current)
        self._marked = list(current) if many else []
        self._many = many
        self._new = new
        self._by_value = by_value
        self._shown: list[Choice] = []

    def compose_inside(self) -> ComposeResult:
        """The typed text and what matches it."""
        yield Input(placeholder="type a part of the name", select_on_focus=False)
        yield OptionList(markup=False)
        yield Static(classes="dialog-note", markup=False)

    def on_mount(self) -> None:
        """Show all choices, the present one under the cursor; typing goes to the input."""
        self.query_one(OptionList).can_focus = False
        self._find("")

    def on_resize(self) -> None:
        """Lay out for the width there is now."""
        self._lay_out(self.query_one(OptionList).highlighted or 0)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down, or pick what was named."""
        self._find(event.value)
        if self._by_value and any(choice.value == event.value for choice in self._source("")):
            self.dismiss((event.value,))

    def on_input_submitted(self) -> None:
        """Give what is marked, else what is under the cursor."""
        under = self._under_cursor()
        if self._many:
            picked = [*self._marked]
            if under is not None and picked == list(self._current) and under.value not in picked:
                picked.append(under.value)
            self.dismiss(tuple(picked))
        elif under is not None:
            self.dismiss((under.value,))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click picks, or marks where several can be picked."""
        if self._many:
            self._toggle(self._shown[event.option_index])
        else:
            self.dismiss((self._shown[event.option_index].value,))

    def action_cursor(self, step: int) -> None:
        """Move in the list while the typing stays in the input."""
        options = self.query_one(OptionList)
        if self._shown:
            options.highlighted = ((options.highlighted or 0) + step) % len(self._shown)

    def action_mark(self) -> None:
        """Mark the choice under the cursor where several can be picked."""
        under = self._under_cursor()
        if self._many and under is not None:
            self._toggle(under)

    def _toggle(self, choice: Choice) -> None:
        if choice.value in self._marked:
            self._marked.remove(choice.value)
        else:
            self._marked.append(choice.value)
        self._lay_out(self.query_one(OptionList).highlighted or 0)

    def _under_cursor(self) -> Choice | None:
        highlighted = self.query_one(OptionList).highlighted
        return self._shown[highlighted] if highlighted is not None and highlighted < len(self._shown) else None

    def _find(self, text: str) -> None:
        found = list(self._source(text.strip()))
        extra = len(found) - self.most
        self._shown = found[: self.most]
        typed = text.strip()
        if self._new and typed and all(choice.value.lower() != typed.lower() for choice in found):
            self._shown.append(Choice(typed, f"{self._new} “{typed}”", glyph="+"))
        at = next((n for n, choice in enumerate(self._shown) if choice.value in self._current), 0) if not typed else 0
        self._lay_out(at)
        words = f"{extra:,} more, type to find them" if extra > 0 else "" if self._shown else "Nothing matches."
        self.query_one(".dialog-note", Static).update(Content(words))

    def _lay_out(self, highlighted: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(choice)) for choice in self._shown])
        options.highlighted = min(highlighted, len(self._shown) - 1) if self._shown else None

    def _line(self, choice: Choice) -> Content:
        is_held = choice.value in (self._marked if self._many else self._current)
        glyph = f"{clean(choice.glyph)} " if choice.glyph else ""
        remark = f"   {clean(choice.remark)}" if choice.remark else ""
        width = self.query_one(OptionList).scrollable_content_region.width or NARROWEST
        # The words give way: what tells two choices apart, such as an id, often stands in the remark.
        room = width - len("✓ ") - cell_len(glyph) - min(cell_len(remark), width // 2)
        return Content.assemble(
            ("✓ " if is_held else "  ", "$success"),
            (glyph, "$text-muted"),
            fit(clean(choice.words), room),
            (remark, "$text-muted"),
        )


def _containing(choices: Sequence[Choice]) -> Source:
    """Choices whose words contain every typed word; those that start with the text come first."""

    def find(text: str) -> list[Choice]:
        words = text.lower().split()
        found = [
            choice for choice in choices if all(word in f"{choice.words} {choice.remark}".lower() for word in words)
        ]
        if text:
            found.sort(key=lambda choice: not choice.words.lower().startswith(text.lower()))
        return found

    return find
