"""What stays the same while the program runs, handed to every screen; time, names and ids come from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from screens.commands.command import AnyCommand
from screens.wording.keys import shown
from store.clock import local_day
from store.models import NewId, Workspace
from store.query import Context, Vocabulary
from store.scoring import Scoreboard

if TYPE_CHECKING:
    from store.workbench.sharing import Sharing


@dataclass(eq=False)
class Office:
    """Who works here, when, and what is computed once for all screens.

    Args:
        me: the handle of the person at the keyboard.
        now: the present moment.
        new_id: draws record ids.
        store_name: what the top line calls the store.
        keys: keys that the user's keymap changed, by command id.
        can_undo: whether something was done that can be taken back.
        can_redo: whether something was taken back that can be done again.
        why_read_only: why nothing may be changed, in a sentence; empty while it may.
        sharing: makes what knows the store and git; None for a store without a file.
    """

    me: str
    now: Callable[[], datetime]
    new_id: NewId
    store_name: str
    keys: Mapping[str, str] = field(default_factory=dict)
    can_undo: Callable[[], bool] = bool
    can_redo: Callable[[], bool] = bool
    why_read_only: Callable[[], str] = str
    sharing: "Callable[[], Sharing] | None" = None
    _scoreboard: Scoreboard | None = None
    _context: Context | None = None
    _vocabulary: Vocabulary | None = None

    @property
    def today(self) -> date:
        """The calendar day where the reader sits."""
        return local_day(self.now())

    def key_of(self, command: AnyCommand) -> str:
        """The key to show for a command; empty where it has none."""
        keys = self.keys.get(command.id, command.key).split(",")
        return shown(keys[0].strip())

    def scoreboard(self, workspace: Workspace) -> Scoreboard:
        """The scores of this snapshot; those of unchanged items are taken over from the last one."""
        board = self._scoreboard
        board = Scoreboard(workspace, self.today) if board is None else board.following(workspace, self.today)
        self._scoreboard = board
        return board

    def context(self, workspace: Workspace) -> Context:
        """What a query needs to know to be answered; folded texts are taken over from the last one."""
        board = self.scoreboard(workspace)
        before = self._context
        if before is None:
            now = Context(workspace=workspace, now=self.now(), me=self.me, score=board.value)
        elif before.workspace is workspace and before.today == self.today:
            return before
        else:
            now = before.following(workspace, self.now(), board.value)
        self._context = now
        return now

    def vocabulary(self, workspace: Workspace) -> Vocabulary:
        """The words a query may use; gathered once a snapshot."""
        if self._vocabulary is None or self._vocabulary.workspace is not workspace:
            self._vocabulary = Vocabulary(workspace)
        return self._vocabulary
