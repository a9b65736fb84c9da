"""How the store stands in git, in sentences, and the message that is proposed for a commit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len

from screens.wording.clean import clean
from screens.wording.counting import counted, listed
from screens.wording.differences import Told, summary, told
from screens.wording.field_values import Names
from screens.wording.item_lines import Words
from store.change import Difference
from store.clock import day_words, local_day
from store.disk.git.state import FileState, GitState
from store.models import Workspace
from store.workbench.shared import Shared

LONGEST_SUBJECT: Final = 72
"""Characters of the first line of a commit message that every program shows."""
MOST_LINES: Final = 40
NO_REPOSITORY: Final = "not in a git repository: git init in its folder makes one"


def summary_words(waiting: int, shared: Shared | None, width: int, *, has_git: bool = True) -> list[Words]:
    """The summary line: what waits, then how the file stands; what has no room leaves from the end.

    Args:
        waiting: how many conflicts wait.
        shared: what git says; None as long as nobody has looked.
        width: the cells there are.
        has_git: whether the store is in a repository.
    """
    words: list[Words] = [("Sharing", "strong")]
    parts: list[Words] = [(f"{counted(waiting, 'conflict')} to settle", "warning")] if waiting else []
    if shared is not None:
        parts += state_words(shared, waiting)
    elif not has_git:
        parts.append((NO_REPOSITORY, "muted"))
    used = cell_len("Sharing")
    for number, (text, tone) in enumerate(parts):
        gap = "  " if number == 0 else " · "
        used += len(gap) + cell_len(clean(text))
        if number and used > width:
            break
        words += [(gap, "muted"), (text, tone)]
    return words


def state_words(shared: Shared, waiting: int, set_up_key: str = "S") -> Iterator[Words]:
    """How the file and its branch stand, what matters most first."""
    state = shared.state
    if state is None:
        yield shared.problem or NO_REPOSITORY, "warning" if shared.problem else "muted"
        return
    if state.under_way:
        if shared.is_marked:
            yield "git has not merged both sides of the file: M merges them as records", "warning"
        else:
            yield _under_way(state, waiting, shared.others)
        return
    yield _file(shared, state)
    yield _branch(state)
    installation = shared.installation
    if installation is not None and not installation.is_complete:
        yield f"git merges it by lines here: {set_up_key} sets it up", "warning"


def _under_way(state: GitState, waiting: int, others: Sequence[str]) -> Words:
    what = f"a {state.under_way} is under way"
    if waiting:
        return f"then C ends the {state.under_way}", "warning"
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        return f"{what}; {others[0]}{more} still to be settled in an editor", "warning"
    return f"{what} and all is settled: C ends it", "accent"


def _file(shared: Shared, state: GitState) -> Words:
    match state.file:
        case FileState.UNTRACKED:
            return "git does not know the file yet: C commits it", "warning"
        case FileState.IGNORED:
            return "a .gitignore keeps the file out of git", "warning"
        case FileState.MISSING:
            return "the file is gone from the folder", "warning"
    records = len({(each.table, each.record.id) for each in shared.changed})
    if records:
        return f"{counted(records, 'record')} changed since the last commit", ""
    if state.file is FileState.CHANGED:
        return "the file is not as it was committed: only its layout", ""
    return "all committed", "good"


def _branch(state: GitState) -> Words:
    if not state.branch:
        return "no branch is checked out", "warning"
    if state.is_upstream_gone:
        return f"{state.branch} followed {state.upstream}, which is gone", "warning"
    if not state.upstream:
        return f"{state.branch} follows no branch elsewhere", "muted"
    if not state.ahead and not state.behind:
        return f"{state.branch} is as {state.upstream}", "good"
    ours = f"{counted(state.ahead, 'commit')} to push" if state.ahead else ""
    theirs = f"{counted(state.behind, 'commit')} to pull" if state.behind else ""
    return f"{state.branch} has {listed([*filter(None, (ours, theirs))])}", ""


def came_heading(shared: Shared, today: date) -> str:
    """What stands above what came."""
    arrival = shared.came.arrival if shared.came is not None else None
    if arrival is not None and arrival.is_under_way:
        return "Comes with the merge under way"
    day = f", {day_words(local_day(arrival.at), today)}" if arrival is not None and arrival.at is not None else ""
    return f"Came with the last pull{day}"


def came_sentences(shared: Shared, names: Names) -> tuple[Told, ...]:
    """What came, each told with who did it."""
    came = shared.came
    if came is None:
        return ()
    return told(came.changes, names, lambda change: came.authors.of(change.table, change.record.id))


def commit_message(changed: Sequence[Difference], before: Workspace, after: Workspace, today: date) -> str:
    """A proposal: one line in all, then what changed, record by record."""
    sentences = [clean(each.sentence) for each in told(changed, Names(after, before, today=today))]
    if not sentences:
        return "leadline: laid out anew"
    if len(sentences) == 1 and len(sentences[0]) <= LONGEST_SUBJECT:
        return sentences[0]
    subject = f"leadline: {summary(changed)}"
    if len(subject) > LONGEST_SUBJECT:
        subject = f"leadline: {counted(len(changed), 'record')} changed"
    return "\n".join((subject, "", *_few(sentences)))


def _few(sentences: Sequence[str]) -> Iterable[str]:
    if len(sentences) <= MOST_LINES:
        return sentences
    return [*sentences[: MOST_LINES - 1], f"and {len(sentences) - MOST_LINES + 1} more"]
