"""What can be done on the goals screen, in the order of the hint bar."""

from typing import TYPE_CHECKING

from screens.commands.command import AnyCommand, Command
from screens.commands.item import ITEM_COMMANDS
from screens.goals.making import MAKING
from screens.goals.measuring import MEASURING
from screens.goals.placing import PLACING
from screens.item.why import Why

if TYPE_CHECKING:
    from screens.goals.screen import GoalsScreen


class OnlyProblems(Command["GoalsScreen"]):
    """Shows what somebody should look at."""

    id = "goals.problems"
    title = "Problems only"
    help = "Shows only goals that nothing serves, nobody owns, nothing measures or that are late; again shows all."
    key = "exclamation_mark"
    hint = "problems"

    def run(self, where: "GoalsScreen") -> None:
        """Switch."""
        where.toggle_problems()


class SwitchPane(Command["GoalsScreen"]):
    """Goes to the other pane."""

    id = "goals.pane"
    title = "Next pane"
    help = "From the tree to the items and back; on the items, the keys for items work."
    key = "tab"
    hint = "next pane"

    def run(self, where: "GoalsScreen") -> None:
        """Switch."""
        where.switch_pane()


class StepBack(Command["GoalsScreen"]):
    """Takes back one layer."""

    id = "goals.back"
    title = "Back to the tree"
    help = "One layer back: the selection, the pane, then showing problems only. It never leaves the screen."
    key = "escape"

    def run(self, where: "GoalsScreen") -> None:
        """Take back what is on top."""
        where.step_back()


OWN_COMMANDS: tuple[type[AnyCommand], ...] = (
    *MAKING[:4],
    MEASURING[0],
    PLACING[0],
    SwitchPane,
    OnlyProblems,
    *PLACING[1:],
    *MAKING[4:],
    *MEASURING[1:],
    *ITEM_COMMANDS[:6],
    Why,
    *ITEM_COMMANDS[6:],
    StepBack,
)
"""Commands of the goals screen; those on items rest while the tree has the keys, and the other way round."""
