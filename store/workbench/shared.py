"""How a store stands in git at one moment, as data for a screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.change import Difference
from store.disk.git.arrivals import Arrival
from store.disk.git.authors import Authors
from store.disk.git.installed import Installation
from store.disk.git.state import GitState
from store.models import Workspace
from store.workbench.sides import Whose


@dataclass(frozen=True, eq=False)
class Came:
    """What others did that came here last.

    Args:
        before: the store before it.
        after: the store with it, as they had it.
        changes: what is different.
        authors: who did what.
        arrival: how it came.
    """

    before: Workspace
    after: Workspace
    changes: tuple[Difference, ...]
    authors: Authors
    arrival: Arrival


@dataclass(frozen=True, eq=False)
class Shared:
    """How the store stands in git at one moment.

    Args:
        workspace: the snapshot that was compared.
        state: the file and its branch; None outside of a repository or where git does not answer.
        problem: why nothing is known; empty otherwise.
        installation: whether git merges the store as records in this clone.
        committed: the store as the last commit has it; None where it has none that can be read.
        changed: what is different from that.
        came: what came last; None for nothing.
        is_marked: whether git left both sides between marks in the file, or only one of them.
        others: other files that are in conflict.
        whose: whose the sides of open conflicts are, by the id of the conflict, as far as that is known.
    """

    workspace: Workspace
    state: GitState | None = None
    problem: str = ""
    installation: Installation | None = None
    committed: Workspace | None = None
    changed: tuple[Difference, ...] = ()
    came: Came | None = None
    is_marked: bool = False
    others: tuple[str, ...] = ()
    whose: Mapping[int, Whose] = field(default_factory=dict)
