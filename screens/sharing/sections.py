"""What changed here and what came, as sections of the list, and what stands there when there is nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from screens.sharing.listing import Section
from screens.wording.differences import Told, grouped, told
from screens.wording.field_values import Names
from screens.wording.sharing import came_heading, came_sentences
from store.models import Workspace
from store.workbench.shared import Shared

QUIET = """Nothing to settle, and nothing has changed since the last commit.

p pulls what others have done · h shows what was settled before"""
NO_GIT = """Nothing to settle.

The store is not in a git repository, so it is not shared yet.
git init in its folder makes one; then C commits the file."""
LOOKING = "Looking at git…"


_FIRST: Final = ("items", "goals", "decisions")


def sections_of(shared: Shared | None, workspace: Workspace, today: date, me: str) -> tuple[Section, ...]:
    """What changed here since the last commit, and what came; conflicts have a place of their own.

    Args:
        shared: what git told; None where nobody has looked.
        workspace: the work as it is now.
        today: the day that days are told from.
        me: who works here: what is not committed and says nobody else was done by this person.
    """
    if shared is None:
        return ()
    sections = []
    is_under_way = shared.state is not None and bool(shared.state.under_way)
    if shared.committed is not None and not is_under_way:
        names = Names(workspace, shared.committed, today=today)
        sections.append(
            Section("Changed here since the last commit", grouped(_sorted(told(shared.changed, names, me))))
        )
    if shared.came is not None:
        names = Names(workspace, shared.came.after, shared.came.before, today=today)
        came = _sorted(came_sentences(shared, names))
        sections.append(Section(came_heading(shared, today), grouped(came), is_news=True))
    return tuple(sections)


def _sorted(sentences: Iterable[Told]) -> list[Told]:
    """Work first; conflicts are listed by themselves."""
    found = [each for each in sentences if each.table != "conflicts"]
    return sorted(found, key=lambda each: _FIRST.index(each.table) if each.table in _FIRST else len(_FIRST))


def empty_words(shared: Shared | None, *, has_git: bool) -> str:
    """What stands in place of an empty list."""
    if not has_git:
        return NO_GIT
    return LOOKING if shared is None else QUIET
