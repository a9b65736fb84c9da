"""The program on the screen: wiring between the workbench and the screens, and nothing else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.reactive import reactive

from screens.modes import FIRST_MODE, SCREENS, page_of
from screens.office import Office
from screens.requests import Begin, Browse, Copy, Go, Open
from screens.screen import LeadlineScreen
from screens.theme import DARK, LIGHT
from screens.widgets.control_filter import ControlFilter
from screens.widgets.status_bar import StatusPart
from screens.wording.clean import clean, clean_block
from store.change import ChangeSet
from store.clock import utc_now
from store.disk import FILE_NAME, branch_of, private_store
from store.errors import LeadlineError
from store.models import Goal, Workspace
from store.workbench import Workbench
from tui.doing import DoingApp
from tui.git_notice import GitNoticeApp
from tui.key_order import KeysInOrder
from tui.keymap import keymap_path, read_keymap
from tui.leaving import LeavingApp
from tui.office import first_finding, office_of, top_line
from tui.palette import CommandProvider, RecordProvider
from tui.preferences import Preferences
from tui.quiet_app import QuietApp

if TYPE_CHECKING:
    from screens.wording.address import Address


class LeadlineApp(KeysInOrder[str], QuietApp[str], DoingApp, LeavingApp, GitNoticeApp):
    """Holds the workbench, hands its workspace down to the screens and does what they ask.

    Args:
        workbench: an open store; None shows the start screen first.
        preferences: what this machine remembers, such as the theme.
        now: the clock.
        begin: makes a workbench out of the answer of the start screen.
        shown: called once the first screen is painted.
    """

    TITLE = "leadline"
    CSS = """
    ToastRack { margin-bottom: 1; }
    Toast { padding: 0 1; background: $panel; }
    """
    COMMANDS = {CommandProvider, RecordProvider}  # noqa: RUF012 - Textual declares it so

    workspace: reactive[Workspace] = reactive(Workspace, init=False, repaint=False)
    """The present snapshot; screens are bound to it."""
    status: reactive[tuple[StatusPart, ...]] = reactive(tuple[StatusPart, ...], init=False, repaint=False)
    """The parts of the top line; screens are bound to it."""

    def __init__(
        self,
        workbench: Workbench | None,
        preferences: Preferences,
        now: Callable[[], datetime] = utc_now,
        begin: Callable[[str, str], Workbench] | None = None,
        shown: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.preferences = preferences
        self.theme = preferences.theme
        self._now = now
        self._begin = begin
        self._shown = shown
        self._workbench = workbench

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Everything Textual filters, and no control character out of any data: the second wall behind `clean`."""
        return [*super().get_line_filters(), ControlFilter()]

    def delay_update(self, delay: float = 0.05) -> None:
        """Hide how one screen becomes another. At the start there is nothing to hide, and a person who waits."""
        if self.current_mode != self.DEFAULT_MODE:
            super().delay_update(delay)

    # Opening

    def on_mount(self) -> None:
        """Begin what goes on as long as the program runs."""
        self.keep_watch()
        self.theme_changed_signal.subscribe(self, lambda theme: self.preferences.remember(theme=theme.name))

    def on_ready(self) -> None:
        """Show the first screen: overview, or the start screen where there is no store.

        Not sooner: what is drawn while Textual mounts the app is thrown away, and drawn again a moment later.
        """
        if self._workbench is None:
            from screens.start.screen import StartScreen  # late: most starts never show it

            self.push_screen(StartScreen(here=Path.cwd() / FILE_NAME, private=private_store()))
        else:
            self._open(self._workbench)
        self.call_after_refresh(self._shown)
        self.call_after_refresh(self.look_back)

    def _open(self, workbench: Workbench) -> None:
        self._workbench = workbench
        office = office_of(workbench, self._now, self._own_keys())
        self._branch = branch_of(workbench.path) if workbench.path else ""
        self.workspace = workbench.workspace
        self.show_standing()
        for mode, make in SCREENS.items():
            self.add_mode(mode, partial(self._bound, make, office))
        self._office = office
        self.switch_mode(FIRST_MODE)
        self.tell_of_git_later(workbench)
        if finding := first_finding(workbench):
            self.tell(finding, is_warning=True)

    def _own_keys(self) -> dict[str, str]:
        path = keymap_path()
        if not path.exists():
            return {}
        from screens.registry import every_command  # late: needs every screen, and few have a keymap

        keymap = read_keymap(path, every_command())
        if keymap.problems:
            self.tell("\n".join(clean(problem) for problem in keymap.problems[:5]), is_warning=True)
        self.set_keymap({name: key for name, key in keymap.keys.items() if " " not in key})
        return dict(keymap.keys)

    def _bound(self, make: Callable[[Office], LeadlineScreen], office: Office) -> LeadlineScreen:
        screen = make(office)
        screen.set_reactive(LeadlineScreen.workspace, self.workspace)
        screen.set_reactive(LeadlineScreen.status, self.status)
        return screen.data_bind(LeadlineApp.workspace, LeadlineApp.status)

    def on_begin(self, message: Begin) -> None:
        """Open what was chosen on the start screen."""
        if self._begin is None:
            return
        try:
            workbench = self._begin(message.choice, message.path)
        except LeadlineError as error:
            self.complain(error)
            return
        self._open(workbench)
        self.look_back()

    # Doing

    def on_reload(self) -> None:
        """Read the file again."""
        self.reload()

    def on_leave_program(self) -> None:
        """Leave, after a last save."""
        self.leave()

    def show_changed(self, change: ChangeSet) -> None:
        """Let the screens in view bring their cursors to what was undone or done again."""
        ids = [edit.id for edit in change.edits]
        for screen in self._screens_in_view():
            screen.show_changed(ids)

    # Going

    async def on_go(self, message: Go) -> None:
        """Show another screen; what was said about the last one is over."""
        self.clear_notifications()
        before = self.current_mode
        await self.switch_mode(message.mode)
        # Pages that lie on the screen are closed; a dialog opened in the meantime belongs to the one who opened it.
        while len(self.screen_stack) > 1 and isinstance(self.screen, LeadlineScreen):
            await self.pop_screen()
        base = self.screen_stack[0]
        if isinstance(base, LeadlineScreen):
            was_sent = before != message.mode and (message.query is not None or message.record is not None)
            base.came_from = before if was_sent else ""
            base.arrive(query=message.query, record=message.record)

    def on_open(self, message: Open) -> None:
        """Show one record on its own page, goals in their tree."""
        if isinstance(message.record, Goal):
            self.post_message(Go("goals", record=message.record.id))
            return
        page = page_of(message.record, self._office)
        if page is not None:
            self.push_screen(self._bound(lambda _: page, self._office))

    def on_copy(self, message: Copy) -> None:
        """Hand text to the terminal's clipboard; the terminal does not say whether it took it."""
        # What ends a paste in a terminal must not come from data: cleaned here, whoever asks.
        self.copy_to_clipboard(clean_block(message.text))
        self.tell(f"Sent {message.what} to the clipboard")

    def on_browse(self, message: Browse) -> None:
        """Hand an address to the system's opener, and go on meanwhile."""
        self.run_worker(self._browse(message.address))

    async def _browse(self, address: "Address") -> None:
        from tui.browsing import browse  # late: few use it

        self.tell(f"Opening {address.goes_to}")
        try:
            await browse(address)
        except LeadlineError as error:
            self.complain(error)

    # Showing

    def moment(self) -> datetime:
        """The present moment."""
        return self._now()

    def show_work(self) -> None:
        """Hand the snapshot of the workbench down to the screens."""
        self.workspace = self.bench.workspace

    def show_possible(self) -> None:
        """Let the screens look again at what can be undone and redone."""
        for screen in self._screens_in_view():
            screen.show_hints()

    def _screens_in_view(self) -> list[LeadlineScreen]:
        """Our screens that are whole; one that is just being put together shows what is true by itself."""
        return [screen for screen in self.screen_stack if isinstance(screen, LeadlineScreen) and screen.is_mounted]

    def watch_workspace(self) -> None:
        """The top line counts what waits."""
        self.show_standing()

    def show_standing(self) -> None:
        """Bring the top line up to date."""
        bench = self._workbench
        if bench is None:
            return
        self.status = top_line(bench, self._now(), self._branch)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """One toast at a time: the newest word counts, and a pile would cover the work.

        Never read as markup, and clean whoever asks: every toast of every screen comes through here.
        """
        del markup
        self.clear_notifications()
        super().notify(clean_block(message), title=clean(title), severity=severity, timeout=timeout, markup=False)
