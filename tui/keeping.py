"""What was done gets into journal and file, in threads, and what others did to the file comes in."""

import time
from datetime import datetime
from typing import Final

from textual import work
from textual.app import App

from screens.wording.clean import clean
from store.clock import local_day
from store.errors import LeadlineError, NotSavedError, StoreError
from store.workbench import Arrival, BroughtBack, Workbench

RETRY_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.5
"""How often a failed save is tried again, and how often the file is looked at."""
SAVE_SECONDS: Final = 0.1
"""How long a save waits for the next picture at most."""
AT_REST_SECONDS: Final = 0.5
"""So long after the last key what nobody waits for goes on."""
BACK_SECONDS: Final = 0.2
"""How long after the first picture the journals of earlier sittings are read."""


class KeepingApp(App[str]):
    """Keeps what the workbench did and notices what others did to the file.

    Subclasses say what happens on the screen: `show_work` when there is another workspace, `show_standing` when the
    words about saving changed, `show_possible` when something else can be undone.
    """

    _workbench: Workbench | None = None
    _is_journaling = False
    _is_saving = False
    _is_save_due = False
    _is_looking = False
    _told_problem = ""
    _told_trouble = ""

    def show_work(self) -> None:
        """Show the workspace of the workbench."""
        raise NotImplementedError

    def show_standing(self) -> None:
        """Show whether everything is saved."""
        raise NotImplementedError

    def show_possible(self) -> None:
        """Show what can be done now, such as an undo."""
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

    def look_back(self) -> None:
        """See what earlier sittings left, once nobody waits for the first picture any more."""
        self.set_timer(BACK_SECONDS, self._bring_back_in_thread)

    # Keeping

    def keep(self) -> None:
        """Put what was done into the journal, at once, and into the file; one of each at a time."""
        if not self._is_journaling:
            self._is_journaling = True
            self._journal_in_thread(self.bench.pending)
        if not self._is_saving:
            self._is_saving = True
            self._is_save_due = True
            # After the next picture: a save competes with it for the interpreter, and a person waits for the picture.
            self.call_after_refresh(self._save_if_due)
            # A dialog that closes before its picture takes what waits for that picture along.
            self.set_timer(SAVE_SECONDS, self._save_if_due)
        self.show_standing()

    def _save_if_due(self) -> None:
        if self._is_save_due:
            self._is_save_due = False
            self._save_in_thread()

    @work(thread=True, group="journal")
    def _journal_in_thread(self, pending: int) -> None:
        self.bench.journal()
        self.call_from_thread(self._journaled, pending)

    def _journaled(self, pending: int) -> None:
        self._is_journaling = False
        trouble = self.bench.journal_trouble
        if trouble != self._told_trouble:
            self._told_trouble = trouble
            self.show_standing()
            if trouble:
                self.tell(f"{trouble} Undo will not outlast this sitting.", is_warning=True)
        if self.bench.pending > pending and not trouble:
            # Something was done while the journal was written.
            self._is_journaling = True
            self._journal_in_thread(self.bench.pending)

    @work(thread=True, group="save")
    def _save_in_thread(self) -> None:
        problem: NotSavedError | None = None
        try:
            self.bench.save()
        except NotSavedError as error:
            problem = error
        arrived = self._arrived()
        self.call_from_thread(self._saved, problem, arrived)

    def _saved(self, problem: NotSavedError | None, arrived: "Arrived") -> None:
        self._is_saving = False
        self._came_in(arrived)
        self.show_standing()
        if problem is not None:
            # A save is tried again every few seconds; the reason is told once, and stays in the top line.
            self._complain_once(problem)
            return
        self._told_problem = ""
        if self.bench.pending:
            self.keep()

    def _retry(self) -> None:
        if self._workbench is not None and self.bench.pending:
            self.keep()

    # What others did

    def _look(self) -> None:
        if self._workbench is not None and not self._is_looking:
            self._is_looking = True
            self._look_in_thread(insisting=False)

    def reload(self) -> None:
        """Read the file again, because somebody asked for it."""
        self._is_looking = True
        self._look_in_thread(insisting=True)

    @work(thread=True, group="look")
    def _look_in_thread(self, *, insisting: bool) -> None:
        problem: StoreError | None = None
        is_new = insisting
        try:
            is_new = self.bench.catch_up(insisting=insisting) or insisting
        except StoreError as error:
            problem = error
        if is_new or problem is not None:
            self.call_from_thread(self._looked, problem, self._arrived(), insisting)
            self.bench.recognise(self._give_way)
        else:
            self._is_looking = False

    def _looked(self, problem: StoreError | None, arrived: "Arrived", insisting: bool) -> None:  # noqa: FBT001 - a message
        self._is_looking = False
        had_problem, self._told_problem = self._told_problem, "" if problem is None else self._told_problem
        self._came_in(arrived)
        self.show_standing()
        if problem is not None:
            self._complain_once(problem, insisting=insisting)
        elif not any(sentence for _, sentence in arrived):
            if insisting:
                self.tell("Nothing new in the file.")
            elif had_problem and not arrived:
                self.tell("The file can be used again.")
        if problem is None and self.bench.pending:
            self.keep()

    def _arrived(self) -> "Arrived":
        """What came in and what there is to say about it; in a thread, because it compares all records."""
        arrivals = self.bench.arrivals()
        if not arrivals:
            return ()
        from screens.wording.arrivals import came_in  # late: most sittings are alone with their file

        return tuple((arrival, came_in(arrival, local_day(self.moment()))) for arrival in arrivals)

    def moment(self) -> datetime:
        """The present moment."""
        raise NotImplementedError

    def _came_in(self, arrived: "Arrived") -> None:
        if not arrived:
            return
        from screens.wording.arrivals import is_troubling  # late, as above

        self.show_work()
        self.show_possible()
        sentences = [sentence for _, sentence in arrived if sentence]
        if sentences:
            self.tell(" ".join(sentences), is_warning=any(is_troubling(arrival) for arrival, _ in arrived), seconds=8)

    def seconds_since_key(self) -> float:
        """How long ago the last key was pressed."""
        raise NotImplementedError

    def _give_way(self) -> None:
        """In a thread: wait as long as somebody presses keys, who would have to share the interpreter with us."""
        while self.is_running and self.seconds_since_key() < AT_REST_SECONDS:
            time.sleep(AT_REST_SECONDS / 10)

    # What earlier sittings left

    @work(thread=True, group="past")
    def _bring_back_in_thread(self) -> None:
        if self._workbench is not None:
            brought = self._workbench.bring_back()
            self.call_from_thread(self._brought_back, brought, self._arrived())
            self._workbench.recognise(self._give_way)

    def _brought_back(self, brought: BroughtBack, arrived: "Arrived") -> None:
        self._came_in(arrived)
        self.show_standing()
        self.show_possible()
        if brought.steps:
            self.show_work()
            self.keep()
        if brought.steps or brought.refused or brought.is_damaged:
            from screens.wording.arrivals import brought_back  # late: seldom

            self.tell(brought_back(brought), is_warning=True)

    # Telling

    def tell(self, sentence: str, *, is_warning: bool = False, seconds: float = 3) -> None:
        """One sentence in a toast."""
        self.notify(
            clean(sentence) if "\n" not in sentence else sentence,
            severity="warning" if is_warning else "information",
            timeout=8 if is_warning else seconds,
            markup=False,
        )

    def complain(self, error: LeadlineError) -> None:
        """The one place where an error reaches the eye outside of a screen."""
        words = f"{clean(error.message)}\n{clean(error.hint)}".rstrip()
        self.notify(words, title=error.title, severity="error", timeout=8, markup=False)

    def _complain_once(self, error: LeadlineError, *, insisting: bool = False) -> None:
        if error.message != self._told_problem or insisting:
            self._told_problem = error.message
            self.complain(error)


Arrived = tuple[tuple[Arrival, str], ...]
"""What came in, with the sentence about it."""
