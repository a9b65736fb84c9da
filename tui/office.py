"""What the screens get to know of a workbench: its office, the top line, and what was wrong when it was opened."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from screens.office import Office
from screens.widgets.status_bar import StatusPart
from screens.wording.counting import counted
from screens.wording.standing import saving, set_aside, waiting
from store.clock import local_day
from store.workbench import Workbench

if TYPE_CHECKING:
    from store.workbench.sharing import Sharing


def office_of(bench: Workbench, now: Callable[[], datetime], keys: Mapping[str, str]) -> Office:
    """The office of a workbench.

    Args:
        bench: an open store.
        now: the clock.
        keys: keys of the person's own by the names of commands.
    """
    return Office(
        me=bench.by,
        now=now,
        new_id=bench.new_id,
        store_name=name_of_store(bench),
        keys=dict(keys),
        can_undo=lambda: bool(bench.history.done),
        can_redo=lambda: bool(bench.history.undone),
        why_read_only=partial(why_read_only, bench),
        sharing=partial(_sharing_of, bench) if bench.path else None,
    )


def why_read_only(bench: Workbench) -> str:
    """Why nothing may be changed, in a sentence; empty while it may."""
    return bench.save_state.reason if bench.is_read_only else ""


def top_line(bench: Workbench, now: datetime, branch: str) -> tuple[StatusPart, ...]:
    """The parts of the top line: whose store it is, what waits, and how safe the work is."""
    words, tone = saving(bench.save_state)
    return (
        StatusPart("leadline", "accent", 6, left=True),
        StatusPart(name_of_store(bench), "strong", 2, left=True),
        *(StatusPart(text, tone, priority) for text, tone, priority in waiting(bench.workspace, local_day(now))),
        StatusPart(set_aside(len(bench.findings)), "warning", 1),
        StatusPart(words, tone, 0),
        StatusPart("no journal" if bench.journal_trouble else "", "warning", 1),
        StatusPart(branch, "muted", 5),
    )


def first_finding(bench: Workbench) -> str:
    """What is wrong in the file, in a sentence or two; empty for nothing."""
    if not bench.findings:
        return ""
    more = len(bench.findings) - 1
    others = f" And {counted(more, 'more like it', 'more like it')}." if more else ""
    return f"{bench.findings[0].message}{others} leadline check lists all."


def name_of_store(bench: Workbench) -> str:
    """What people call the store: the team of the settings, else the folder it is in."""
    nowhere = "the past" if bench.is_read_only else "in memory"
    return bench.workspace.settings.team or (bench.path.parent.name if bench.path else nowhere)


def _sharing_of(bench: Workbench) -> "Sharing":
    # Late: these run git, which most starts never do.
    from store.workbench.sharing import Sharing
    from tui.cli.git_setup import program

    return Sharing(bench, program())
