"""The capture line: type, enter keeps it, and what was read is said below."""

from collections.abc import Callable

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.requests import Do
from screens.screen import LeadlineScreen
from screens.wording.clean import clean
from store.change import Capture, captured, captures, read_capture
from store.errors import LeadlineError

EXAMPLE = "Login test fails every other run @ana #debt !next due:fri"


class CaptureInput(Input):
    """A line that hands over a pasted list instead of keeping its first line only."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


class CaptureDialog(Dialog[bool]):
    """Captures items one after another until esc."""

    DEFAULT_CSS = """
    CaptureDialog {
        align: center bottom;
        #dialog { width: 100%; margin: 0 1 1 1; padding: 0 1; max-width: 100%; }
        #reading { height: auto; min-height: 1; color: $text-muted; }
    }
    """

    def __init__(self, screen: LeadlineScreen) -> None:
        super().__init__("Capture", "enter keeps it and stays · esc closes")
        self._on_screen = screen
        self._kept = 0
        self._warned_of = ""

    def compose_inside(self) -> ComposeResult:
        """The line and how it is read."""
        yield CaptureInput(placeholder=EXAMPLE, highlighter=_Marks(self._read))
        yield Static(id="reading", markup=False)

    def on_mount(self) -> None:
        """Say what can be typed."""
        self._say("one line each; #tag @owner !horizon ^goal due:fri are read, the rest is the title")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        if event.value.strip():
            capture = self._read(event.value)
            self._say(" · ".join(filter(None, (capture.reading, *capture.problems))) or "all of it is the title")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the item and make room for the next."""
        if not event.value.strip():
            self.dismiss(self._kept > 0)
            return
        capture = self._read(event.value)
        if capture.problems and event.value != self._warned_of:
            self._warned_of = event.value
            self._say(" ".join((*capture.problems, "Enter again keeps it as it is.")), "$text-warning")
            return
        if reason := self._on_screen.office.why_read_only():
            self._say(f"Not captured, read only: {reason}", "$text-error")
            return
        try:
            self._keep([capture])
        except LeadlineError as error:
            self._say(str(error), "$text-error")
            return
        event.input.value = ""

    def on_capture_input_pasted(self, event: CaptureInput.Pasted) -> None:
        """Offer to make a pasted list into items."""
        event.stop()
        office = self._on_screen.office
        if reason := office.why_read_only():
            self._say(f"Not captured, read only: {reason}", "$text-error")
            return
        self.run_worker(self._offer(captures(event.text, self._on_screen.workspace, office.today, office.me)))

    async def _offer(self, lines: list[Capture]) -> None:
        shown = "\n".join(f"  {line.title}" for line in lines[:8])
        more = f"\n  and {len(lines) - 8} more" if len(lines) > 8 else ""
        if await self._on_screen.ask(Confirm(f"Create {len(lines)} items?", shown + more)):
            self._keep(lines)

    def _keep(self, lines: list[Capture]) -> None:
        screen, office = self._on_screen, self._on_screen.office
        change = captured(
            screen.workspace,
            lines,
            new_id=office.new_id,
            now=office.now(),
            by=office.me,
        )
        if not change:
            self._say("A title is missing.", "$text-error")
            return
        screen.post_message(Do(change, quietly=True))
        self._kept += len(change.edits)
        self._say(f"{change.sentence}. {self._kept} in this go, u undoes.", "$text-success")

    def _read(self, line: str) -> Capture:
        return read_capture(line, self._on_screen.workspace, self._on_screen.office.today, self._on_screen.office.me)

    def _say(self, words: str, tone: str = "$text-muted") -> None:
        self.query_one("#reading", Static).update(Content.styled(clean(words), tone))


class _Marks(Highlighter):
    """Colours what was understood while it is typed, and what was not."""

    def __init__(self, read: Callable[[str], Capture]) -> None:
        self._read = read

    def highlight(self, text: Text) -> None:
        """Style the spans of the tokens."""
        for token in self._read(text.plain).tokens:
            text.stylize("underline" if token.problem else "bold italic", token.start, token.end)
