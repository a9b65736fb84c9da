"""What was done gets into the file: in a thread, again after a failure, and never over what somebody else wrote."""

import asyncio
from pathlib import Path
from typing import Final

from textual import work
from textual.app import App

from screens.wording.clean import clean
from screens.wording.counting import counted
from screens.wording.standing import farewell
from store.errors import LeadlineError, NotSavedError
from store.workbench import Workbench
from tui.failures import state_dir

RETRY_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 1.0
"""How often a failed save is tried again, and how often the file is looked at."""

RELOADING: Final = "R reads it again and puts your edits on top."


class KeepingApp(App[str]):
    """Saves what the workbench did and notices what others did to the file.

    Subclasses say what happens on the screen: `show_work` when there is another workspace, `show_standing` when the
    words about saving changed.
    """

    _workbench: Workbench | None = None
    _is_saving = False
    _told_problem = ""

    def show_work(self) -> None:
        """Show the workspace of the workbench."""
        raise NotImplementedError

    def show_standing(self) -> None:
        """Show whether everything is saved."""
        raise NotImplementedError

    @property
    def bench(self) -> Workbench:
        """The open store.

        Raises:
            LookupError: none is open; only the start screen is without.
        """
        if self._workbench is None:
            message = "no store is open"
            raise LookupError(message)
        return self._workbench

    def keep_watch(self) -> None:
        """Start looking after the file."""
        self.set_interval(RETRY_SECONDS, self._retry)
        self.set_interval(LOOK_SECONDS, self._look)

    def keep(self) -> None:
        """Save what is not in the file yet; one save at a time."""
        if not self._is_saving:
            self._is_saving = True
            # After the next picture: a save competes with it for the interpreter, and a person waits for the picture.
            self.call_after_refresh(self._save_in_thread)
        self.show_standing()

    @work(thread=True, group="save")
    def _save_in_thread(self) -> None:
        problem: NotSavedError | None = None
        try:
            self.bench.save()
        except NotSavedError as error:
            problem = error
        self.call_from_thread(self._saved, problem)

    def _saved(self, problem: NotSavedError | None) -> None:
        self._is_saving = False
        self.show_standing()
        if problem is not None:
            # A save is tried again every few seconds; the reason is told once, and stays in the top line.
            if problem.message != self._told_problem:
                self._told_problem = problem.message
                self.complain(problem)
            return
        self._told_problem = ""
        if self.bench.pending:
            self.keep()

    def _retry(self) -> None:
        if self._workbench is not None and self.bench.pending:
            self.keep()

    def _look(self) -> None:
        if self._workbench is not None and not self._is_saving:
            self._look_in_thread()

    @work(thread=True, group="look", exclusive=True)
    def _look_in_thread(self) -> None:
        if self.bench.changed_outside():
            self.call_from_thread(self._found_changed)

    def _found_changed(self) -> None:
        if not self.bench.pending:
            self.reload()
        elif self._told_problem != RELOADING:
            self._told_problem = RELOADING
            self.tell(f"The file was changed outside. {RELOADING}", is_warning=True)

    def reload(self) -> None:
        """Read the file again; what is not saved yet is kept on top."""
        try:
            reloaded = self.bench.reload(keep_edits=True)
        except LeadlineError as error:
            if error.message != self._told_problem:
                self._told_problem = error.message
                self.complain(error)
            return
        self._told_problem = ""
        self.show_work()
        lost = [refusal.reason for refusal in reloaded.refused]
        if lost:
            self.tell("\n".join(("Read the file again. What could not be kept:", *lost[:5])), is_warning=True)
        else:
            self.tell("The file was changed outside and read again.")
        if self.bench.pending:
            self.keep()
        self.show_standing()

    def leave(self) -> None:
        """Save what is not saved yet, then leave; ask first when it cannot be saved."""
        self.run_worker(self._leave(), exclusive=True, group="leave")

    async def _leave(self) -> None:
        bench = self._workbench
        if bench is None:
            self.exit("")
            return
        last = farewell(bench.workspace, bench.path)
        if bench.pending:
            try:
                await asyncio.to_thread(bench.save)
            except NotSavedError as error:
                from screens.dialogs.confirm import Confirm  # late: rare

                rescued = await asyncio.to_thread(self._rescue, bench)
                what = counted(bench.pending, "change")
                fate = f"A copy with {what} is in {rescued}." if rescued else f"{what} would be lost."
                if not await self.push_screen_wait(Confirm("Not saved. Leave all the same?", f"{error}\n\n{fate}")):
                    return
                last = fate if rescued else ""
        self.exit(last)

    def _rescue(self, bench: Workbench) -> Path | None:
        """Put everything, saved or not, into a new file in the state directory; None where that fails as well."""
        moment = bench.save_state.at
        path = state_dir() / f"rescued-{moment:%Y%m%d-%H%M%S}.json"
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            bench.save_copy(path)
        except (OSError, LeadlineError):
            return None
        return path

    # Telling

    def tell(self, sentence: str, *, is_warning: bool = False) -> None:
        """One sentence in a toast."""
        self.notify(
            clean(sentence) if "\n" not in sentence else sentence,
            severity="warning" if is_warning else "information",
            timeout=8 if is_warning else 3,
            markup=False,
        )

    def complain(self, error: LeadlineError) -> None:
        """The one place where an error reaches the eye outside of a screen."""
        words = f"{clean(error.message)}\n{clean(error.hint)}".rstrip()
        self.notify(words, title=error.title, severity="error", timeout=8, markup=False)
