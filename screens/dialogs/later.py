"""Why later, and until when."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog
from screens.wording.clean import clean
from store.clock import day_words, parse_day
from store.errors import LeadlineError, RuleError
from store.triage import default_until


@dataclass(frozen=True, slots=True)
class Later:
    """The answer: a reason and the day the item comes back."""

    reason: str
    until: date


class LaterDialog(Dialog[Later]):
    """Asks for the reason, which is demanded, and the day, which is in four weeks unless another is typed.

    Args:
        title: what is asked.
        today: the day that words such as `fri` are seen from.
        reason: what stands there at first.
    """

    DEFAULT_CSS = """
    LaterDialog {
        .later-row { height: 1; margin-bottom: 1; }
        .later-label { width: 8; color: $text-muted; }
        Input { width: 1fr; }
    }
    """

    def __init__(self, title: str, today: date, reason: str = "") -> None:
        super().__init__(title, "enter accepts · tab to the day · esc closes")
        self._today = today
        self._reason = reason

    def compose_inside(self) -> ComposeResult:
        """Reason, day, and how the day is read."""
        with Horizontal(classes="later-row"):
            yield Static("why", classes="later-label")
            yield Input(self._reason, id="later-reason", placeholder="who asked will read it", select_on_focus=False)
        with Horizontal(classes="later-row"):
            yield Static("until", classes="later-label")
            yield Input("", id="later-until", placeholder="+4w, fri, eom, 1 mar", select_on_focus=False)
        yield Static(classes="dialog-note", markup=False)

    def on_mount(self) -> None:
        """Say what the empty day means."""
        self._say()

    def on_input_changed(self) -> None:
        """Read along."""
        self._say()

    def on_input_submitted(self) -> None:
        """Accept, or say what is missing and go there."""
        reason = self.query_one("#later-reason", Input)
        try:
            until = self._until()
        except LeadlineError as error:
            self._note(str(error), "$text-error")
            self.query_one("#later-until").focus()
            return
        if not reason.value.strip():
            self._note("A reason is needed: one sentence is enough.", "$text-error")
            reason.focus()
            return
        self.dismiss(Later(reason.value.strip(), until))

    def _until(self) -> date:
        typed = self.query_one("#later-until", Input).value.strip()
        if not typed:
            return default_until(self._today)
        day = parse_day(typed, self._today)
        if day <= self._today:
            message = f"{day_words(day, self._today).capitalize()} is not later."
            raise RuleError(message, "Try +2w or eom.")
        return day

    def _say(self) -> None:
        try:
            words = f"comes back {day_words(self._until(), self._today)}"
        except LeadlineError as error:
            words = str(error)
        self._note(words, "$text-muted")

    def _note(self, words: str, tone: str) -> None:
        self.query_one(".dialog-note", Static).update(Content.styled(clean(words), tone))
