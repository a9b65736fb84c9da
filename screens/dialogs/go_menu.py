"""The go-to menu: a second key takes you there."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.commands.command import AnyCommand
from screens.dialogs.dialog import Dialog
from screens.screen import LeadlineScreen


class GoMenu(Dialog[str]):
    """Lists the commands whose keys start with g; the answer is the id of the one whose second key was pressed."""

    DEFAULT_CSS = """
    GoMenu {
        align: left bottom;
        #dialog { width: 44; margin: 0 0 1 1; padding: 0 2; }
    }
    """

    def __init__(self, screen: LeadlineScreen) -> None:
        super().__init__("Go to", "esc closes")
        self._by_key = _second_keys(screen)

    def compose_inside(self) -> ComposeResult:
        """One line a place."""
        lines = [Content.assemble((f"{key:<4}", "$accent"), command.title) for key, command in self._by_key.items()]
        yield Static(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """Go where the key says; any other key closes the menu and does nothing."""
        if event.key == "escape" or not self.is_current:
            return
        event.stop()
        command = self._by_key.get(event.character or event.key)
        self.dismiss(command.id if command else None)
        if command is None and event.is_printable:
            self.app.notify(f"“g {event.character}” leads nowhere.", severity="warning", markup=False)


def _second_keys(screen: LeadlineScreen) -> dict[str, AnyCommand]:
    chords = {}
    for command in screen.commands.values():
        first, _, second = screen.office.key_of(command).partition(" ")
        if first == "g" and second:
            chords[second] = command
    return chords
