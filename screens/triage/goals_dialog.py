"""Which goals a card serves: a letter or a number for each, pressed again for more."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from screens.theme import TONES
from screens.wording import glyphs
from screens.wording.clean import fit
from screens.wording.triage import GoalChoice

STRONGEST = 3
NUMBERED = 9
TITLE_WIDTH = 46
LEAST_TITLE = 8
AROUND_TITLE = 34
"""Cells that letter, number, squares, share and the frame of the dialog need; the answer must be seen."""


class GoalsDialog(Dialog[Mapping[int, int]]):
    """Maps one item to goals. The answer is the strength of each goal, 0 for those it does not serve.

    A letter or a number takes its goal; each press makes the link stronger, 1 to 3 and then away. `/` finds a goal by a
    part of its name, for those who have more goals than letters.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", "Next", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "Previous", show=False, priority=True),
        Binding("tab", "strengthen", "Stronger", show=False, priority=True),
        Binding("enter", "accept", "Accept", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    GoalsDialog {
        #goals-find { display: none; margin-bottom: 1; }
        &.-finding #goals-find { display: block; }
        OptionList { max-height: 20; margin-bottom: 1; }
    }
    """

    def __init__(self, title: str, choices: Sequence[GoalChoice]) -> None:
        super().__init__(title, "a letter maps, again for more · / finds · enter accepts · esc closes")
        self._choices = tuple(choices)
        self._strengths = {choice.goal.id: choice.strength for choice in choices}
        self._shown: list[GoalChoice] = list(choices)

    def compose_inside(self) -> ComposeResult:
        """The goals."""
        yield Input(id="goals-find", placeholder="type a part of the name", select_on_focus=False)
        yield OptionList(markup=False)
        yield Static(
            Content(
                f"{glyphs.strength(1)} helps   {glyphs.strength(2)} serves   {glyphs.strength(3)} is what it is about"
            ),
            classes="dialog-note",
        )

    def on_mount(self) -> None:
        """Letters go to the dialog, not to a widget in it."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).can_focus = False
        self._lay_out(0)

    def on_resize(self) -> None:
        """Another window leaves titles another room."""
        self._lay_out(self.query_one(OptionList).highlighted or 0)

    def on_key(self, event: events.Key) -> None:
        """A letter or a number takes its goal."""
        if self.has_class("-finding") or not event.character:
            return
        if event.character == "/":
            event.stop()
            event.prevent_default()
            self._find()
            return
        letters = {choice.letter: at for at, choice in enumerate(self._shown) if choice.letter}
        at = letters.get(event.character)
        if at is None and event.character.isdecimal() and event.character != "0":
            at = int(event.character) - 1
        if event.character == " ":
            self.action_strengthen()
        elif at is not None and at < len(self._shown):
            event.stop()
            self._strengthen(at)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down to goals whose name has every typed word."""
        words = event.value.casefold().split()
        self._shown = [
            choice for choice in self._choices if all(word in choice.goal.title.casefold() for word in words)
        ]
        self._lay_out(0)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click makes the link stronger."""
        event.stop()
        self._strengthen(event.option_index)

    def action_move(self, step: int) -> None:
        """Move between the goals."""
        options = self.query_one(OptionList)
        if self._shown:
            options.highlighted = ((options.highlighted or 0) + step) % len(self._shown)

    def action_strengthen(self) -> None:
        """Make the link to the goal under the cursor stronger."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self._strengthen(highlighted)

    def action_accept(self) -> None:
        """Give the strengths; while finding, map the goal under the cursor and go back to all goals."""
        if not self.has_class("-finding"):
            self.dismiss(dict(self._strengths))
            return
        highlighted = self.query_one(OptionList).highlighted
        found = self._shown[highlighted] if highlighted is not None and self._shown else None
        self.remove_class("-finding")
        find = self.query_one(Input)
        find.can_focus = False
        self.set_focus(None)
        with find.prevent(Input.Changed):
            find.value = ""
        self._shown = list(self._choices)
        if found is None:
            self._lay_out(0)
        else:
            self._strengthen(self._shown.index(found))

    def _find(self) -> None:
        self.add_class("-finding")
        find = self.query_one(Input)
        find.can_focus = True
        find.focus()

    def _strengthen(self, at: int) -> None:
        goal = self._shown[at].goal.id
        self._strengths[goal] = (self._strengths[goal] + 1) % (STRONGEST + 1)
        self._lay_out(at)

    def _lay_out(self, highlighted: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(at, choice)) for at, choice in enumerate(self._shown)])
        options.highlighted = min(highlighted, len(self._shown) - 1) if self._shown else None

    def _line(self, at: int, choice: GoalChoice) -> Content:
        strength = self._strengths[choice.goal.id]
        number = str(at + 1) if at < NUMBERED else " "
        return Content.assemble(
            (f"{choice.letter or ' '} ", TONES["accent"]),
            (f"{number}  ", TONES["muted"]),
            (
                fit(choice.title, max(LEAST_TITLE, min(TITLE_WIDTH, self.app.size.width - AROUND_TITLE)), pad=True),
                "" if strength else TONES["muted"],
            ),
            (f"  {glyphs.strength(strength)}", TONES["strong"] if strength else TONES["muted"]),
            (f"  {choice.share:>3.0f} %", TONES["muted"]),
        )
