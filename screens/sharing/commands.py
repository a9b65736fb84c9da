"""What can be done on the sharing screen."""

from typing import TYPE_CHECKING

from screens.commands.command import AnyCommand, Command
from screens.requests import Open
from screens.sharing.git_commands import GIT
from screens.sharing.settling import SETTLING

if TYPE_CHECKING:
    from screens.sharing.screen import SharingScreen


class OpenRecord(Command["SharingScreen"]):
    """Opens the record of the row; the list has the key."""

    id = "sharing.open"
    title = "Open the record"
    help = "Opens the page of the record that the row is about."
    key = "enter"

    def unavailable(self, where: "SharingScreen") -> str | None:
        """Needs a record that is still there."""
        return None if where.target_record() is not None else "That record is not here any more."

    def run(self, where: "SharingScreen") -> None:
        """Ask for the page."""
        record = where.target_record()
        if record is not None:
            where.post_message(Open(record))


class SwitchPane(Command["SharingScreen"]):
    """Goes to the pane and back."""

    id = "sharing.pane"
    title = "To the pane and back"
    help = "Gives the keys to the pane below, where arrows scroll, and back to the list."
    key = "tab"

    def run(self, where: "SharingScreen") -> None:
        """Switch."""
        where.switch_pane()


class ShowSettled(Command["SharingScreen"]):
    """Shows what was settled."""

    id = "sharing.settled"
    title = "Show what was settled"
    help = "Lists the conflicts that were settled before, or hides them again; the side that lost can be taken instead."
    key = "h"

    def run(self, where: "SharingScreen") -> None:
        """Switch."""
        where.toggle_settled()


class StepBack(Command["SharingScreen"]):
    """Takes back one layer."""

    id = "sharing.back"
    title = "Stop git, then close what it said, the selection, what was settled"
    help = "One layer back: stops git at its work, then closes what it said, the selection, the settled conflicts."
    key = "escape"

    def run(self, where: "SharingScreen") -> None:
        """Take back what is on top."""
        where.step_back()


OWN_COMMANDS: tuple[type[AnyCommand], ...] = (*SETTLING, *GIT, ShowSettled, OpenRecord, SwitchPane, StepBack)
"""The commands of the screen, in the order of the hint bar."""
