"""Opening the full screen: the one place where the command line hands over to Textual."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.clock import utc_now
from store.disk.locating import FILE_NAME, VARIABLE, create_store, find_store, private_store
from store.errors import ExitCode, NoStoreError, NotSavedError, UnreadableStoreError
from store.models import Settings
from store.workbench import Workbench
from tui.cli.stores import open_workbench, save
from tui.cli.telling import put, say
from tui.failures import report_crash

if TYPE_CHECKING:
    from tui.app import LeadlineApp

Begin = Callable[[str, str], Workbench]

NO_TERMINAL: Final = """\
leadline: backlog, triage, goals and decisions for team leads, in one JSON file in your git repository.

The full screen needs a terminal on both sides, and this is none. Without one you can run:

  leadline list 'stage:ready goal:none'   what waits, best score first
  leadline show 7KQ2                      one item, goal or decision, and why
  leadline add 'Fix the login test #ci'   capture an item
  leadline import issues.json             bring a backlog in
  leadline export --format csv            take it out again
  leadline check                          is the store sound?

leadline --help has the rest; list, show and check take --json."""


YOUNG_OBJECTS: Final = 200_000
"""New objects after which the collector looks at them; some tens of megabytes at most."""

SWITCH_SECONDS: Final = 0.001
"""How long a thread keeps the interpreter while another one wants it; Python's own is 5 ms."""

COPY_GONE: Final = "The demo copy is gone. `leadline init` starts a store of your own."


def has_terminal() -> bool:
    """Whether there is a terminal on all sides.

    Without one for the keys Textual would wait for ever, and it draws on standard error.
    """
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def tell_no_terminal() -> ExitCode:
    """What leadline is and what can be run here instead."""
    put(NO_TERMINAL.partition("\n")[0])
    for line in NO_TERMINAL.split("\n")[1:]:
        put(line)
    return ExitCode.USAGE


def open_nearest(store: Path | None) -> int:
    """The nearest store on the full screen; without one, the start screen."""
    if not has_terminal():
        return tell_no_terminal()
    try:
        path = find_store(Path(), store, os.environ)
    except NoStoreError:
        # Somebody who named a store wants that one and no other.
        if store is not None or os.environ.get(VARIABLE):
            raise
        return open_screen(None)
    return open_screen(opened(path))


def opened(path: Path) -> Workbench:
    """The store, mended first where it is not whole or of an older schema, and the person wants that."""
    try:
        bench = open_workbench(path)
    except UnreadableStoreError as error:
        from tui.cli.offering import mended_first  # late: most files are whole

        mended_first(path, error)
        return open_workbench(path)
    if bench.is_older:
        from tui.cli.offering import brought_up_first  # late: once in the life of a store

        if brought_up_first(path):
            bench.close()
            return open_workbench(path)
    return bench


def open_screen(workbench: Workbench | None, *, is_copy: bool = False, last_words: str = "") -> int:
    """Run the full screen until it is left.

    Args:
        workbench: the open store; None shows the start screen.
        is_copy: whether the store is a demo that is thrown away.
        last_words: what is left in the terminal afterwards; where empty, the program knows it.
    """
    from tui.app import LeadlineApp  # late: Textual takes longer to load than most commands to run
    from tui.preferences import Preferences, preferences_path

    beginning = _Beginning(workbench, is_copy=is_copy)
    try:
        preferences = Preferences.read(preferences_path())
        app = LeadlineApp(workbench, preferences, begin=beginning.begin, shown=_settle_down)
        said = app.run()
        if app.broken_by is not None:
            return report_crash(app.broken_by, utc_now(), beginning.about_data())
        beginning.save_rest()
        if last := COPY_GONE if beginning.is_copy else last_words or said:
            say(last)
        return _code(app)
    finally:
        beginning.clear_up()


def _settle_down() -> None:
    """After the first picture: garbage is collected, and threads hand the interpreter on sooner."""
    # Collecting was switched off for a quick start; what is there by now stays and is not looked at again. Seldom: by
    # default all that is new is looked through every few edits, and that takes longer than a key may.
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 50, 1000)
    gc.enable()
    # A key waits for the thread that saves or reads several times until it is painted.
    sys.setswitchinterval(SWITCH_SECONDS)


def _code(app: "LeadlineApp") -> int:
    return app.return_code or ExitCode.OK


class _Beginning:
    """Makes the workbench that the start screen asks for, and knows which one is open."""

    def __init__(self, workbench: Workbench | None, *, is_copy: bool) -> None:
        self.workbench = workbench
        self.is_copy = is_copy
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def begin(self, choice: str, path: str) -> Workbench:
        """Open what was chosen: `here`, `open` (with a path), `demo` or `private`."""
        self.workbench = self._opened(choice, path)
        return self.workbench

    def about_data(self) -> str:
        """What a person whose program broke wants to know first; what was not saved yet is saved now."""
        bench = self.workbench
        if bench is None or bench.path is None or self.is_copy:
            return "No store of yours was open, so nothing is lost."
        try:
            save(bench)
        except NotSavedError as error:
            lost = f"{bench.pending} change{' is' if bench.pending == 1 else 's are'} lost"
            return (
                f"Everything up to {bench.save_state.at.astimezone():%H:%M} is in {bench.path}; {lost}: {error.message}"
            )
        return f"Your data is safe: saved {bench.save_state.at.astimezone():%H:%M} in {bench.path}."

    def save_rest(self) -> None:
        """Save what the last keys did: those that wait are handled until the program is gone."""
        if self.workbench is not None and self.workbench.pending:
            # Where even that fails, the person was asked, and the journal has it.
            with suppress(NotSavedError):
                save(self.workbench)

    def clear_up(self) -> None:
        """Throw a demo away."""
        if self._folder is not None:
            self._folder.cleanup()

    def _opened(self, choice: str, path: str) -> Workbench:
        from tui.cli.demo import demo_workbench, write_demo  # late: only the start screen asks for these
        from tui.cli.starting import start_store

        match choice:
            case "here":
                return open_workbench(start_store(Path.cwd() / FILE_NAME, Settings())[0])
            case "demo":
                self.is_copy = True
                self._folder = tempfile.TemporaryDirectory(prefix="leadline-demo-", ignore_cleanup_errors=True)
                return demo_workbench(write_demo(Path(self._folder.name) / FILE_NAME))
            case "private":
                private = private_store()
                with suppress(OSError):  # writing the store says what is wrong with its folder
                    private.parent.mkdir(parents=True, exist_ok=True)
                return open_workbench(private if private.exists() else create_store(private, Settings()))
        return open_workbench(find_store(Path(), Path(path), {}))
