"""What the screens ask for is done, shown and saved; what somebody decided is not dropped where it cannot be done."""

from collections.abc import Callable
from functools import partial

from screens.requests import Do
from screens.wording.clean import clean_block
from screens.wording.field_values import Names
from store.change import ChangeSet
from store.clock import local_day
from store.errors import LeadlineError
from store.models import Workspace
from store.workbench import Rebased
from tui.keeping import KeepingApp
from tui.office import why_read_only


class DoingApp(KeepingApp):
    """Does changes, takes them back and does them again.

    Subclasses say what happens on the screen: `show_changed` when something was undone or done again.
    """

    def show_changed(self, change: ChangeSet) -> None:
        """Show where something was undone or done again."""
        raise NotImplementedError

    def on_do(self, message: Do) -> None:
        """Do a change, show it, and save it; ask where somebody else was faster."""
        if message.seen is None:
            self._do(message.change, quietly=message.quietly)
            return
        # Read before the change is made for it: others may write in between, and then they are asked about once more.
        present = self.bench.workspace
        try:
            if message.seen is present:
                self._do_now(message.change, quietly=message.quietly)
                return
            based = self.bench.rebased(message.change, message.seen)
            if not based.overtaken:
                self._do_now(based.mine, quietly=message.quietly)
                return
        except LeadlineError as error:
            self.run_worker(self._offer_again(message, error))
            return
        self.run_worker(self._ask_which(based, present, quietly=message.quietly))

    def _do(self, change: ChangeSet, *, quietly: bool) -> None:
        try:
            self._do_now(change, quietly=quietly)
        except LeadlineError as error:
            self.complain(error)

    def _do_now(self, change: ChangeSet, *, quietly: bool) -> None:
        self.bench.do(change)
        self.show_work()
        self.keep()
        if not quietly:
            self.tell(change.sentence)

    async def _ask_which(self, based: Rebased, seen: Workspace, *, quietly: bool) -> None:
        """Ask about fields that others changed since the person looked at them.

        Args:
            based: the change, for what was there when the question was made.
            seen: what was there then; where others change it once more, the answer is asked for again.
            quietly: whether the change need not be told.
        """
        from screens.dialogs.confirm import Confirm  # late: rare
        from screens.wording.arrivals import overtaken_lines

        names = Names(seen, today=local_day(self.moment()))
        lines = [*overtaken_lines(based.overtaken, names), "", "y takes yours · n leaves what is there now"]
        question = Confirm("Changed by somebody else meanwhile", "\n".join(lines))
        question.why_not = partial(why_read_only, self.bench)
        is_mine = await self.push_screen_wait(question)
        self.on_do(Do(based.mine if is_mine else based.theirs, quietly=quietly, seen=seen))

    async def _offer_again(self, message: Do, error: LeadlineError) -> None:
        """Keep what somebody decided, and perhaps wrote, until it can be done or they let it go."""
        from screens.dialogs.confirm import Confirm  # late: rare

        words = f"{message.change.sentence}\n\n{error}\n\ny tries again · n lets it go"
        question = Confirm("Not done. Try again?", clean_block(words))
        question.why_not = partial(why_read_only, self.bench)
        if await self.push_screen_wait(question):
            self.on_do(message)

    def on_undo(self) -> None:
        """Take back the last change and name it."""
        self._turn_back(lambda: self.bench.undo(self.moment()))

    def on_redo(self) -> None:
        """Do the last undone change again and name it."""
        self._turn_back(lambda: self.bench.redo(self.moment()))

    def _turn_back(self, doing: Callable[[], ChangeSet]) -> None:
        try:
            change = doing()
        except LeadlineError as error:
            self.complain(error)
            return
        self.show_work()
        self.show_changed(change)
        self.tell(change.sentence)
        self.keep()
