"""What can be done on the list of decisions, besides what can be done to a decision everywhere."""

from typing import TYPE_CHECKING

from screens.commands.command import AnyCommand, Command
from screens.decisions.commands import DECISION_COMMANDS, NewDecision
from screens.decisions.place import DecisionCommand, DecisionPlace
from screens.requests import Open

if TYPE_CHECKING:
    from screens.decisions.screen import DecisionsScreen


class OpenDecision(DecisionCommand):
    """Opens the page of the decision; the list has the key."""

    id = "decision.open"
    title = "Read it"
    help = "Opens the decision as a page, with what it rests on and what rests on it."
    key = "enter"

    def run(self, where: DecisionPlace) -> None:
        """Ask for the page."""
        where.post_message(Open(self.decision(where)))


class Find(Command["DecisionsScreen"]):
    """Finds decisions by their words."""

    id = "decisions.find"
    title = "Find"
    help = "Type words of the question, the options or the reasons; rejected options are found too."
    key = "slash"
    hint = "find"

    def run(self, where: "DecisionsScreen") -> None:
        """Open the line for it."""
        where.begin_finding()


class ShowPast(Command["DecisionsScreen"]):
    """Shows what is no longer in force."""

    id = "decisions.past"
    title = "Show what is no longer in force"
    help = "Shows rejected, deprecated and superseded decisions below the others, or hides them again."
    key = "f"
    hint = "all"

    def run(self, where: "DecisionsScreen") -> None:
        """Switch."""
        where.toggle_past()


class Peek(Command["DecisionsScreen"]):
    """Opens and closes the pane beside the list."""

    id = "decisions.peek"
    title = "Peek"
    help = "Opens or closes a pane that shows the decision under the cursor and follows it."
    key = "space"
    hint = "peek"

    def run(self, where: "DecisionsScreen") -> None:
        """Switch."""
        where.toggle_peek()


class StepBack(Command["DecisionsScreen"]):
    """Takes back one layer."""

    id = "decisions.back"
    title = "Clear what was looked for, then the pane"
    help = "One layer back: what was looked for, the selection, the pane. It never leaves the screen."
    key = "escape"

    def run(self, where: "DecisionsScreen") -> None:
        """Take back what is on top."""
        where.step_back()


OWN_COMMANDS: tuple[type[AnyCommand], ...] = (
    NewDecision,
    *DECISION_COMMANDS[:2],
    Find,
    ShowPast,
    Peek,
    *DECISION_COMMANDS[2:],
    OpenDecision,
    StepBack,
)
"""The commands of the list, in the order of the hint bar."""
