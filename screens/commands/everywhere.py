"""Commands that work on every screen."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual.app import App

from screens.commands.command import AnyCommand, Command
from screens.requests import Go, LeaveProgram, Redo, Reload, Undo

if TYPE_CHECKING:
    from screens.screen import LeadlineScreen


class GoTo(Command["LeadlineScreen"]):
    """Opens the go-to menu."""

    id = "go"
    title = "Go to another screen"
    help = "Opens a menu of screens; its second key takes you there."
    key = "g"
    hint = "go to"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> None:
        """Show the menu at once, so that its second key may come in the same breath, and go where its answer says."""
        from screens.dialogs.go_menu import GoMenu  # late: dialogs are not needed for the first frame

        def go(chosen: str | None) -> None:
            if chosen:
                where.run_command(where.commands[chosen])

        where.app.push_screen(GoMenu(where), go)


class _Place(Command["LeadlineScreen"]):
    """A screen of the go-to menu."""

    mode: str
    group = "Go to"

    def run(self, where: "LeadlineScreen") -> None:
        """Ask for the screen."""
        where.post_message(Go(self.mode))


class GoOverview(_Place):
    """Shows the overview."""

    id = "go.overview"
    title = "Overview"
    help = "The first screen of the day: what waits, what is stuck, what changed last."
    key = "g o"
    mode = "overview"


class GoTriage(_Place):
    """Shows triage."""

    id = "go.triage"
    title = "Triage"
    help = "One card at a time over the inbox."
    key = "g t"
    mode = "triage"


class GoBacklog(_Place):
    """Shows the backlog."""

    id = "go.backlog"
    title = "Backlog"
    help = "All items in one list, filtered, sorted and grouped."
    key = "g b"
    mode = "backlog"


class GoGoals(_Place):
    """Shows the goals."""

    id = "go.goals"
    title = "Goals"
    help = "The goal tree, the work under each goal, and the work that serves none."
    key = "g m"
    mode = "goals"


class GoDecisions(_Place):
    """Shows the decisions."""

    id = "go.decisions"
    title = "Decisions"
    help = "What is in force, what waits for a decision, and why."
    key = "g d"
    mode = "decisions"


class GoSharing(_Place):
    """Shows how the work is shared."""

    id = "go.sharing"
    title = "Sharing"
    help = "Conflicts to settle, what changed here, what came with the last pull; commit, pull and push."
    key = "g s"
    mode = "sharing"


class OpenById(Command["LeadlineScreen"]):
    """Opens any record by its id."""

    id = "go.id"
    title = "Open by id"
    help = "Type an id such as LL-7KQ2, or its last three letters, and the record opens."
    key = "g i"
    group = "Go to"

    def run(self, where: "LeadlineScreen") -> Coroutine[Any, Any, None]:
        """Ask for the id and open the record."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "LeadlineScreen") -> None:
        from screens.dialogs.line import LineDialog  # late: dialogs are not needed for the first frame
        from screens.requests import Open

        def reading(text: str) -> str:
            record = where.workspace.find(text)
            return f"{where.workspace.name_of(record)}  {getattr(record, 'title', '')}"

        example = f"{where.workspace.settings.prefix}-7KQ2"
        text = await where.ask(LineDialog("Open by id", placeholder=example, reading=reading), is_change=False)
        if text:
            where.post_message(Open(where.workspace.find(text)))


class Capture(Command["LeadlineScreen"]):
    """Captures new items."""

    id = "capture"
    title = "Capture an item"
    help = "Type a line, enter keeps it; #tag @owner !horizon ^goal and due:fri are read as you type."
    key = "c"
    hint = "capture"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> Coroutine[Any, Any, None]:
        """Show the capture line."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "LeadlineScreen") -> None:
        from screens.dialogs.capture import CaptureDialog  # late: dialogs are not needed for the first frame

        await where.ask(CaptureDialog(where), is_change=False)


class UndoLast(Command["LeadlineScreen"]):
    """Takes back what was done last."""

    id = "undo"
    title = "Undo"
    help = "Takes back what you did last and names it."
    key = "u"
    hint = "undo"
    group = "Everywhere"

    def unavailable(self, where: "LeadlineScreen") -> str | None:
        """Only when something was done."""
        return None if where.office.can_undo() else "Nothing to undo yet."

    def run(self, where: "LeadlineScreen") -> None:
        """Ask for it."""
        where.post_message(Undo())


class RedoLast(Command["LeadlineScreen"]):
    """Does again what was undone last."""

    id = "redo"
    title = "Redo"
    help = "Does again what was undone last and names it."
    key = "ctrl+r"
    group = "Everywhere"

    def unavailable(self, where: "LeadlineScreen") -> str | None:
        """Only when something was undone."""
        return None if where.office.can_redo() else "Nothing to redo."

    def run(self, where: "LeadlineScreen") -> None:
        """Ask for it."""
        where.post_message(Redo())


class Help(Command["LeadlineScreen"]):
    """Shows the keys of this screen."""

    id = "help"
    title = "Help"
    help = "Every key that works here; type to search, enter runs it."
    key = "question_mark,f1"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> Coroutine[Any, Any, None]:
        """Show the help and run what was picked in it."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "LeadlineScreen") -> None:
        from screens.dialogs.help import HelpDialog  # late: dialogs are not needed for the first frame

        chosen = await where.ask(HelpDialog(where), is_change=False)
        name = chosen[0].partition(" ")[0] if chosen else ""
        if name:
            where.run_command(where.commands[name])


class Palette(Command["LeadlineScreen"]):
    """Opens the command palette."""

    id = "palette"
    title = "Command palette"
    help = "Type the name of a command, an item, a goal or a decision."
    key = "colon,ctrl+p,ctrl+k"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> None:
        """Open it."""
        where.app.action_command_palette()


class SwitchTheme(Command["LeadlineScreen"]):
    """Switches between dark and light."""

    id = "theme"
    title = "Switch between dark and light"
    help = "Changes the colours; the choice is remembered on this machine."
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> None:
        """Take the other of the two themes."""
        app: App[Any] = where.app
        app.theme = "leadline-light" if app.theme == "leadline-dark" else "leadline-dark"


class ReloadStore(Command["LeadlineScreen"]):
    """Reads the file again."""

    id = "reload"
    title = "Reload the store"
    help = "Reads the file again, for example after a pull; what is not saved yet is kept on top."
    key = "R"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> None:
        """Ask for it."""
        where.post_message(Reload())


class Quit(Command["LeadlineScreen"]):
    """Leaves the program."""

    id = "quit"
    title = "Quit"
    help = "Leaves leadline; everything is saved as you go."
    key = "q,ctrl+q"
    hint = "quit"
    group = "Everywhere"

    def run(self, where: "LeadlineScreen") -> None:
        """Ask to leave."""
        where.post_message(LeaveProgram())


EVERYWHERE: tuple[type[AnyCommand], ...] = (
    Capture,
    UndoLast,
    GoTo,
    Quit,
    Help,
    Palette,
    RedoLast,
    GoOverview,
    GoTriage,
    GoBacklog,
    GoGoals,
    GoDecisions,
    GoSharing,
    OpenById,
    SwitchTheme,
    ReloadStore,
)
