"""The half of the sharing screen that knows git: looks how the file stands, sends git, shows what it says."""

from functools import partial
from typing import Final

from textual import work
from textual.message import Message

from screens.office import Office
from screens.requests import Reload
from screens.sharing.git_work import Ended, Errand, Talked, send
from screens.sharing.place import SharingPlace
from screens.widgets.reader import Reader
from screens.widgets.titles import entitle
from screens.wording.item_lines import BLANK, Line, wrapped
from store.disk.git.running import Listener
from store.errors import LeadlineError
from store.workbench.shared import Shared
from store.workbench.sharing import Sharing

SETTLE_SECONDS: Final = 0.2
"""After a change git is asked when no other has come for so long."""
GLANCE_SECONDS: Final = 2.0
"""How often the files of git are looked at, for what was done in another terminal."""
MOST_LINES: Final = 2_000
"""Lines of what git said that are kept."""


class GitSide(SharingPlace):
    """Knows how the store stands in git, and has git do things while the keys go on working."""

    class Looked(Message):
        """Git was asked how the store stands."""

        def __init__(self, shared: Shared) -> None:
            super().__init__()
            self.shared = shared

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.sharing: Sharing | None = None if office.sharing is None else office.sharing()
        """The store and git; None for a store without a file or a repository."""
        if self.sharing is not None and self.sharing.repository is None:
            self.sharing = None
        self.shared: Shared | None = None
        """How the store stands; None as long as nobody has looked."""
        self.errand = ""
        """What git is doing now; empty for nothing."""
        self.is_outdated = False
        """Whether git has done something since it was asked how the store stands."""
        self._listener = Listener()
        self._said: list[str] = []
        self._problem: LeadlineError | None = None
        self._fingerprint: tuple[int, ...] = ()
        self._looks = 0

    @property
    def file_name(self) -> str:
        """The store as git names it."""
        repository = None if self.sharing is None else self.sharing.repository
        return "the store" if repository is None else repository.name

    def after_errand(self, errand: Errand) -> None:
        """Called when git has done what it was sent to do."""

    def show_shared(self) -> None:
        """Show what git said of the store."""
        raise NotImplementedError

    # Looking

    def on_mount(self) -> None:
        """Look now and then for what was done elsewhere."""
        super().on_mount()
        self.set_interval(GLANCE_SECONDS, self._glance)

    def look_soon(self) -> None:
        """Ask git as soon as nothing changes any more."""
        self._looks += 1
        if self.sharing is not None:
            delay = SETTLE_SECONDS if self.shared is not None else 0.01
            self.set_timer(delay, partial(self._look_unless_later, self._looks))

    def _look_unless_later(self, number: int) -> None:
        if number == self._looks:
            self.look()

    def _glance(self) -> None:
        if self.sharing is None or self.errand or not self.is_current_work:
            return
        now = self.sharing.fingerprint()
        if now != self._fingerprint:
            self._fingerprint = now
            self.look_soon()

    @work(thread=True, exclusive=True, group="git-look")
    def look(self) -> None:
        """Ask git how the store stands."""
        if self.sharing is not None:
            self._fingerprint = self.sharing.fingerprint()
            self.post_message(self.Looked(self.sharing.look()))

    def on_git_side_looked(self, message: Looked) -> None:
        """Show it."""
        message.stop()
        self.shared = message.shared
        self.is_outdated = False
        self.show_shared()
        self.show_hints()

    # Sending

    @property
    def talk(self) -> Reader:
        """What git says."""
        return self.query_one("#talk", Reader)

    def send(self, errand: Errand) -> None:
        """Have git do something."""
        self.errand, self._said, self._problem = errand.name, [], None
        self.add_class("-talking")
        self._listener = send(errand, self)
        self._show_running()
        self.show_hints()

    def stop_git(self) -> bool:
        """Have git end what it does; whether it does something."""
        if not self.errand:
            return False
        self._listener.stop()
        self._show_running()
        return True

    def on_talked(self, message: Talked) -> None:
        """Show another line."""
        message.stop()
        self._said = [*self._said[-MOST_LINES + 1 :], message.line]
        self._show_running()

    def on_ended(self, message: Ended) -> None:
        """Say how it ended, and look at what became of the store."""
        message.stop()
        self._problem = message.problem
        refused = "stopped" if self._listener.is_stopping else "refused"
        self._show_talk(f"{'done' if message.problem is None else refused} · esc closes")
        self.errand, self.is_outdated = "", True
        if message.problem is None:
            self.say(message.sentence)
            self.after_errand(message.errand)
        if message.errand.name in {"pull", "merge"}:
            # Also where it was refused: files may be in conflict.
            self.post_message(Reload())
        self.look_soon()
        self.show_hints()

    def close_talk(self) -> bool:
        """Hide what git said, unless it still speaks; whether there was something to hide."""
        if self.errand or not self.has_class("-talking"):
            return False
        self.remove_class("-talking")
        return True

    def _show_running(self) -> None:
        self._show_talk("stopping" if self._listener.is_stopping else "running · esc stops it")

    def _show_talk(self, how: str) -> None:
        entitle(self.talk, f"git {self.errand}".strip(), how)
        self.talk.show(self._talk_lines, from_top=False)
        self.talk.scroll_end(animate=False)

    def _talk_lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for said in self._said:
            lines += wrapped([(said, "")], width, hang=2)
        if self._problem is not None:
            lines += [BLANK, *wrapped([(self._problem.message, "warning")], width)]
            lines += wrapped([(self._problem.hint, "muted")], width) if self._problem.hint else []
        return lines
