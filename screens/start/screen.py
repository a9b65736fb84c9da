"""The first minute: no store was found, four ways to go on, and nothing is written before a choice."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.requests import Begin, LeaveProgram
from screens.start.place import short_path, store_at
from screens.theme import TONES
from screens.widgets.hint_bar import Hint, HintBar
from screens.wording.clean import clean
from store.disk import FILE_NAME

NAME_WIDTH: Final = 16
PATH_WIDTH: Final = 44
"""Cells of a path: what is left of a line of 80 behind number, name and the words in front."""
HELP: Final = (
    "leadline keeps the work of a team in one JSON file: requests, the goals they serve, verdicts with their reasons,"
    " and decisions. The file belongs into the team's git repository, next to what it is about; there is no server and"
    " nothing leaves this machine. Choice 3 shows a finished example that is thrown away when you leave."
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin: what it is called, what it does, and the words of the `Begin` request."""

    choice: str
    name: str
    effect: str


class StartScreen(Screen[None]):
    """Four choices where there is no store yet; posts `Begin` with the one that was taken.

    Args:
        here: the file that choice 1 makes; None leaves its folder unsaid.
        private: the file that choice 4 makes; None leaves its folder unsaid.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number + 1), f"take({number})", show=False) for number in range(4)),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("question_mark,f1", "explain", show=False),
        Binding("escape", "explain(False)", show=False),
        Binding("q,ctrl+q", "leave", show=False),
    ]
    DEFAULT_CSS = """
    StartScreen {
        layout: vertical;
        align: center middle;
        #start-page { width: 88; max-width: 96%; height: auto; margin-bottom: 2; }
        #start-line { width: 3; height: 100%; color: $text-accent; }
        #start-text { width: 1fr; height: auto; }
        #start-name { height: 1; margin: 0 1 1 1; }
        #start-state { height: auto; margin: 0 1 1 1; color: $text-muted; }
        #start-ways, #start-ways:focus { border: none; padding: 0; height: 4; background: $background; }
        #start-ways { scrollbar-size: 0 0; background-tint: $background 0%; }
        #start-ways { text-wrap: nowrap; text-overflow: ellipsis; }
        #start-ways > .option-list--option { padding: 0 1; }
        #start-help { height: auto; margin: 1 1 0 1; color: $text-muted; visibility: hidden; }
        #start-help.-shown { visibility: visible; }
        HintBar { dock: bottom; }
    }
    """
    AUTO_FOCUS = "#start-ways"

    def __init__(self, here: Path | None = None, private: Path | None = None) -> None:
        super().__init__()
        self._typed = ""
        self.ways = (
            Way("here", "Start here", f"makes {_shown(here) if here else f'{FILE_NAME} in this folder'}"),
            Way("open", "Open another", f"a {FILE_NAME} that is somewhere else"),
            Way("demo", "Look around", "a made-up team, in a temporary copy"),
            Way("private", "Keep it private", f"outside git, in {_shown(private.parent) if private else 'your home'}"),
        )

    def compose(self) -> ComposeResult:
        """Name, state of things, the four ways."""
        with Horizontal(id="start-page"):
            yield Static(id="start-line", markup=False)
            with Vertical(id="start-text"):
                yield Static(Content.styled("leadline", TONES["accent"]), id="start-name")
                yield Static("There is no store here yet. Nothing is written before you choose.", id="start-state")
                yield OptionList(*(Option(self._words(way)) for way in self.ways), id="start-ways", markup=False)
                yield Static(HELP, id="start-help", markup=False)
        yield HintBar((
            Hint("1-4", "or enter chooses", action="take"),
            Hint("q", "quit", action="leave"),
        ))

    def on_option_list_option_highlighted(self) -> None:
        """Let the line down to the choice under the cursor."""
        self.call_after_refresh(self._let_down)

    def on_resize(self) -> None:
        """The words above may take more lines now."""
        self.call_after_refresh(self._let_down)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and click take the choice under the cursor."""
        event.stop()
        self.action_take(event.option_index)

    def on_hint_bar_pressed(self, event: HintBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        event.stop()
        if event.hint.action == "leave":
            self.action_leave()
        elif event.hint.action == "take":
            self.action_take(self.query_one(OptionList).highlighted or 0)
        else:
            self.action_explain()

    def action_take(self, number: int) -> None:
        """Take a choice."""
        self.query_one(OptionList).highlighted = number
        way = self.ways[number]
        if way.choice == "open":
            self.run_worker(self._ask_for_path(), exclusive=True)
        else:
            self.post_message(Begin(way.choice))

    def action_move(self, step: int) -> None:
        """Move between the choices."""
        ways = self.query_one(OptionList)
        ways.highlighted = ((ways.highlighted or 0) + step) % len(self.ways)

    def action_explain(self, shown: bool | None = None) -> None:  # noqa: FBT001 - Textual's actions have no keywords
        """Show or hide one paragraph of help."""
        help_text = self.query_one("#start-help")
        help_text.set_class(not help_text.has_class("-shown") if shown is None else shown, "-shown")

    def action_leave(self) -> None:
        """Leave without having written anything."""
        self.post_message(LeaveProgram())

    async def _ask_for_path(self) -> None:
        from screens.dialogs.line import LineDialog  # late: dialogs are not needed for the first frame

        text = await self.app.push_screen_wait(
            LineDialog(
                "Open which store?",
                value=self._typed,
                placeholder=f"~/work/{FILE_NAME}, or its folder",
                reading=lambda line: f"opens {store_at(line)}",
                demanded="Type the path of a store, or of the folder it is in.",
            )
        )
        if text:
            # Kept, so that a file that turns out to be no store need not be typed again.
            self._typed = text
            self.post_message(Begin("open", str(store_at(text))))

    def _let_down(self) -> None:
        """Draw a lead line from the name to the choice under the cursor."""
        ways = self.query_one(OptionList)
        depth = ways.region.y - self.query_one("#start-name").region.y + (ways.highlighted or 0)
        self.query_one("#start-line", Static).update("\n".join([" ╷", *[" │"] * (depth - 1), " ◆"]))

    def _words(self, way: Way) -> Content:
        number = self.ways.index(way) + 1
        return Content.assemble(
            (f"{number} ", TONES["accent"]), f" {way.name:<{NAME_WIDTH}}", (clean(way.effect), "$text-muted")
        )


def _shown(path: Path) -> str:
    return short_path(path, Path.home(), PATH_WIDTH)
