"""What every screen is: three fixed lines, its commands, and the present workspace."""

from collections.abc import Collection, Coroutine, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from inspect import iscoroutine
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.events import Key, Resize
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.commands.command import AnyCommand
from screens.commands.everywhere import EVERYWHERE
from screens.dialogs.dialog import Dialog
from screens.office import Office
from screens.requests import Do
from screens.widgets.hint_bar import Hint, HintBar
from screens.widgets.status_bar import StatusBar, StatusPart
from screens.wording.clean import clean
from store.change import ChangeSet
from store.errors import LeadlineError
from store.models import Item, Record, Workspace

Answer = TypeVar("Answer")

SMALLEST = (40, 10)
"""Columns and rows below which a screen is one sentence."""


@dataclass(slots=True)
class _Question:
    """A command that asks before it does something, and what the person saw when it began to ask."""

    screen: "LeadlineScreen"
    seen: Workspace
    is_open: bool = True


_QUESTION: ContextVar[_Question | None] = ContextVar("question", default=None)
"""The command that runs in this task. Others may run beside it, each in its own."""


class LeadlineScreen(Screen[None]):
    """A screen with a status line on top, its own summary below, and the keys that matter at the bottom.

    Subclasses name their `OWN_COMMANDS` in the order of the hint bar, compose their body in `compose_body` and show the
    workspace in `show_work`, which is called when it changed while the screen is in view, or when it comes into view.
    """

    TITLE_WORDS: ClassVar[str] = ""
    OWN_COMMANDS: ClassVar[tuple[type[AnyCommand], ...]] = ()
    HORIZONTAL_BREAKPOINTS = [(0, "-one-pane"), (60, "-narrow"), (100, "-standard"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "RecordList"

    DEFAULT_CSS = """
    LeadlineScreen {
        layout: vertical;
        #summary { height: 1; padding: 0 1; }
        #body { height: 1fr; }
        #too-small { display: none; }
        &.-tiny {
            align: center middle;
            #too-small { display: block; width: auto; max-width: 100%; height: auto; }
            StatusBar, #summary, #body, HintBar { display: none; }
        }
    }
    """

    # Widgets paint what changed for them; that something changed is no reason to paint the whole screen.
    workspace: reactive[Workspace] = reactive(Workspace, init=False, repaint=False)
    """The present snapshot; comes down from the app."""
    status: reactive[tuple[StatusPart, ...]] = reactive(tuple[StatusPart, ...], init=False, repaint=False)
    """The parts of the top line; come down from the app."""

    commands: ClassVar[Mapping[str, AnyCommand]] = {}

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.came_from = ""
        """The screen that sent the reader here with a filter or a record; empty for who came by themselves."""
        self._stale = True
        self.is_about_to_ask = False
        """Whether a command runs that has not shown its dialog yet; keys wait for it."""

    def __init_subclass__(cls, **options: Any) -> None:
        # A command is declared once; its binding is made here, so that no action name is ever typed as a string.
        own = {command.id: command() for command in (*cls.OWN_COMMANDS, *EVERYWHERE)}
        cls.commands = own
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *_bindings(own)]
        super().__init_subclass__(**options)

    # What a screen is made of

    def compose(self) -> ComposeResult:
        """The three lines and the body between them."""
        yield StatusBar()
        yield Static(id="summary", markup=False)
        with Container(id="body"):
            yield from self.compose_body()
        yield HintBar()
        yield Static(id="too-small", markup=False)

    def compose_body(self) -> ComposeResult:
        """The widgets between summary and hints."""
        raise NotImplementedError

    def show_work(self) -> None:
        """Bring what is in view up to date with `self.workspace`."""

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:
        """Called when another screen sent the reader here, with a filter or a record to show."""

    def show_changed(self, ids: Collection[int]) -> None:
        """Called after an undo or redo with the records it touched: bring the cursor to what came back."""

    def summarise(self, words: str | Content) -> None:
        """Put words into the summary line."""
        self.query_one("#summary", Static).update(words)

    def watch_workspace(self) -> None:
        """Show the new snapshot now if somebody sees it, else when the screen comes into view again."""
        self._stale = True
        if self.is_mounted and self.is_current_work:
            self._show()

    def watch_status(self, parts: tuple[StatusPart, ...]) -> None:
        """Hand the parts to the top line."""
        for bar in self.query(StatusBar):
            bar.parts = parts

    def on_mount(self) -> None:
        """Fill the fixed lines."""
        self.watch_status(self.status)
        self.show_hints()

    def on_resize(self, event: Resize) -> None:
        """Say one sentence where the window is too small for a screen."""
        width, height = event.size
        is_tiny = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(is_tiny, "-tiny")
        if is_tiny:
            words = f"{width}x{height} is too small. leadline needs {SMALLEST[0]}x{SMALLEST[1]}."
            self.query_one("#too-small", Static).update(words)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was in front."""
        if self._stale:
            self._show()

    @property
    def is_current_work(self) -> bool:
        """Whether this screen is the one in view, perhaps behind a dialog."""
        stack = [screen for screen in self.app.screen_stack if not isinstance(screen, ModalScreen)]
        return bool(stack) and stack[-1] is self

    def _show(self) -> None:
        self._stale = False
        self.show_work()
        self.show_hints()

    # Commands

    def action_command(self, name: str) -> None:
        """Run one of this screen's commands, or say why not."""
        self.run_command(self.commands[name])

    def on_key(self, event: Key) -> None:
        """Say so when a key means nothing here; silence would leave a person guessing."""
        nodes = (self.focused or self).ancestors_with_self
        if event.is_printable and not any(event.key in node._bindings.key_to_bindings for node in nodes):  # noqa: SLF001
            self.say(f"“{event.character}” does nothing here; ? shows the keys.")

    def run_command(self, command: AnyCommand) -> None:
        """Run a command on this screen, or say why it cannot be used now."""
        reason = command.unavailable(self)
        if reason is not None:
            self.say(reason, tone="warning")
            return
        try:
            running = command.run(self)
        except LeadlineError as error:
            self.complain(error)
            return
        if iscoroutine(running):
            self.is_about_to_ask = True
            self.run_worker(self._finished(running), name=command.id)
        else:
            self.show_hints()

    async def _finished(self, running: Coroutine[Any, Any, None]) -> None:
        question = _Question(self, self.seen())
        _QUESTION.set(question)
        try:
            await running
        except LeadlineError as error:
            self.complain(error)
        finally:
            question.is_open = False
            self.is_about_to_ask = False
        self.show_hints()

    def seen(self) -> Workspace:
        """What a person sees here now, and decides from."""
        return self.workspace

    def hints(self) -> Iterator[Hint]:
        """The hints of this screen, most important first."""
        for command in self.commands.values():
            if command.hint:
                yield Hint(
                    key=self.office.key_of(command),
                    words=command.hint,
                    enabled=command.unavailable(self) is None,
                    action=command.id,
                )

    def show_hints(self) -> None:
        """Bring the hint bar up to date."""
        for bar in self.query(HintBar):
            bar.hints = tuple(self.hints())

    def on_hint_bar_pressed(self, event: HintBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        event.stop()
        self.action_command(event.hint.action)

    # What commands need

    def target_items(self) -> tuple[Item, ...]:
        """The items an item command acts on: the selection, else the one under the cursor."""
        return ()

    def target_record(self) -> Record | None:
        """The one record under the cursor, of whatever kind."""
        return next(iter(self.target_items()), None)

    async def ask(self, dialog: Dialog[Answer], *, is_change: bool = True) -> Answer | None:
        """Show a dialog and wait for its answer; None when it was closed with esc.

        Args:
            dialog: the question.
            is_change: whether the answer leads to a change of the store. Then it is not taken while nothing may be
                changed, and the dialog stays open with what was typed.
        """
        if is_change:
            dialog.why_not = self.office.why_read_only
        answer = self.app.push_screen(dialog, wait_for_dismiss=True)
        self.is_about_to_ask = False
        return await answer

    def do(self, change: ChangeSet, *, quietly: bool = False, seen: Workspace | None = None) -> None:
        """Ask the program to do a change; an empty one is not worth a word.

        Args:
            change: what is to be done.
            quietly: whether it need not be told.
            seen: what the person saw when they began to decide; known by itself while a command runs.
        """
        if change:
            question = _QUESTION.get()
            is_own = question is not None and question.is_open and question.screen is self
            if seen is None and question is not None and is_own:
                seen = question.seen
            self.post_message(Do(change, quietly=quietly, seen=seen))

    def say(self, words: str, *, tone: str = "information") -> None:
        """One sentence in a toast."""
        self.notify(clean(words), severity="warning" if tone == "warning" else "information", markup=False)

    def complain(self, error: LeadlineError) -> None:
        """The one place where an error reaches the eye."""
        words = f"{clean(error.message)}\n{clean(error.hint)}".rstrip()
        self.notify(words, title=error.title, severity="error", timeout=8, markup=False)


def _bindings(commands: Mapping[str, AnyCommand]) -> list[BindingType]:
    return [
        Binding(",".join(keys), f"command({name!r})", command.title, show=False, id=name)
        for name, command in commands.items()
        if (keys := tuple(key for key in command.keys if " " not in key))
    ]
