"""The program is left when everything is saved, or when a person says so and knows where it is instead."""

import asyncio
from pathlib import Path
from typing import Final

from screens.wording.counting import counted
from screens.wording.standing import farewell
from store.errors import LeadlineError, NotSavedError
from store.workbench import Workbench
from tui.failures import state_dir
from tui.keeping import KeepingApp

LAST_SAVES: Final = 20
"""So often what is done while the last save runs gets a save of its own."""


class LeavingApp(KeepingApp):
    """Leaves after the last save, and asks first when there cannot be one."""

    def leave(self) -> None:
        """Save what is not saved yet, then leave; ask first when it cannot be saved."""
        self.run_worker(self._leave(), exclusive=True, group="leave")

    async def _leave(self) -> None:
        bench = self._workbench
        if bench is None:
            self.exit("")
            return
        problem = await _saved_all(bench)
        if problem is None:
            self.exit(farewell(bench.workspace, bench.path))
            return
        from screens.dialogs.confirm import Confirm  # late: rare

        await asyncio.to_thread(bench.journal)
        rescued = await asyncio.to_thread(self._rescue, bench)
        fate = _fate(bench, rescued)
        if await self.push_screen_wait(Confirm("Not saved. Leave all the same?", f"{problem}\n\n{fate}")):
            self.exit(fate)

    def _rescue(self, bench: Workbench) -> Path | None:
        """Put everything, saved or not, into a new file in the state directory; None where that fails as well."""
        from store.disk.keeping.rescuing import rescue_path  # late: rare

        path = rescue_path(bench.path or state_dir(), bench.save_state.at)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            bench.save_copy(path)
        except (OSError, LeadlineError):
            return None
        return path


async def _saved_all(bench: Workbench) -> NotSavedError | None:
    """Save until nothing is left: keys are handled while a save runs. Gives what is in the way of it."""
    for _ in range(LAST_SAVES):
        if not bench.pending:
            return None
        try:
            await asyncio.to_thread(bench.save)
        except NotSavedError as error:
            return error
    return NotSavedError("Changes are made faster than they can be saved.") if bench.pending else None


def _fate(bench: Workbench, rescued: Path | None) -> str:
    """What becomes of changes that could not be saved."""
    what = counted(bench.pending, "change")
    copy = f"A copy with {what} is in {rescued}." if rescued else ""
    if bench.journal_trouble or bench.path is None:
        return copy or f"{what} would be lost."
    return f"{copy} The next start brings {'it' if bench.pending == 1 else 'them'} back from the journal.".strip()
