"""The store and git, for those who look at it from a screen: how it stands, what changed, what came, and acting on it.

Everything here runs git or reads old versions of the store, so it is for a worker thread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.change import Choice, Difference, differences, part_of
from store.disk.files import read_file
from store.disk.git.arrivals import Arrival, last_arrival
from store.disk.git.authors import Authors, authors_between
from store.disk.git.committing import commit_store, finish, stage_store, unmerged_files
from store.disk.git.finding import Repository, repository_of
from store.disk.git.installed import Installation, installation_in
from store.disk.git.objects import content_at
from store.disk.git.remotes import Pulled, fetch, pull, push
from store.disk.git.state import FileState, GitState, state_of
from store.disk.reading import read_store
from store.errors import GitError, LeadlineError, StoreError
from store.models import TABLES, Conflict, Json, Workspace
from store.workbench.said import Said
from store.workbench.workbench import Workbench

Told = Callable[[str], None]
"""Gets each line of what git says, not clean."""


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
        others: other files that are in conflict.
        ours: which side of an open conflict is that of this clone, by the id of the conflict.
        said: who wrote the sides of an open conflict, and when.
    """

    workspace: Workspace
    state: GitState | None = None
    problem: str = ""
    installation: Installation | None = None
    committed: Workspace | None = None
    changed: tuple[Difference, ...] = ()
    came: Came | None = None
    others: tuple[str, ...] = ()
    ours: Mapping[int, Choice] = field(default_factory=dict)
    said: Mapping[int, Mapping[Choice, Said]] = field(default_factory=dict)


class Sharing:
    """The store of a workbench, shared through git. Old versions that were read once are kept.

    Args:
        bench: what is saved before git gets to see the file.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._versions: dict[str, Workspace | None] = {}
        self._authors: dict[tuple[str, str], Authors] = {}

    @property
    def repository(self) -> Repository | None:
        """The repository that the store is in; None outside of one. Git is not started for this."""
        return None if self._bench.path is None else repository_of(self._bench.path)

    def fingerprint(self) -> tuple[int, ...]:
        """Something that is another after most things git does here; cheap enough to ask every second."""
        repository = self.repository
        if repository is None:
            return ()
        looked_at = ("HEAD", "index", "FETCH_HEAD", "MERGE_HEAD", "logs/HEAD")
        return tuple(_stamp(repository.directory / name) for name in looked_at)

    def look(self) -> Shared:
        """How the store stands now; whatever is wrong with git is told in `problem`."""
        workspace = self._bench.workspace
        repository = self.repository
        if repository is None:
            return Shared(workspace)
        try:
            return self._look(repository, workspace)
        except LeadlineError as error:
            return Shared(workspace, problem=f"{error.message} {error.hint}".strip())

    def commit(self, message: str, told: Told) -> str:
        """Saves, and commits the store and nothing else.

        Raises:
            NotSavedError: the file could not be written.
            GitError: there is nothing to commit, or git refused.
        """
        self._bench.save()
        return commit_store(self._sure(), message, told)

    def finish(self, told: Told) -> str:
        """Saves, tells git that the store is settled, and ends the merge that is under way.

        Raises:
            NotSavedError: the file could not be written.
            GitError: other files are still in conflict, or git refused.
            UnreadableStoreError: the file still holds both sides between marks.
        """
        self._bench.save()
        repository = self._sure()
        # What git left between its marks is no store, and must not be committed as if it were settled.
        read_store(read_file(repository.store)[0], repository.name, {})
        stage_store(repository)
        return finish(repository, told)

    def pull(self, told: Told) -> Pulled:
        """Saves, and takes what the other side has.

        Raises:
            NotSavedError: the file could not be written.
            GitError: the other side cannot be reached, or git refused.
        """
        self._bench.save()
        return pull(self._sure(), told)

    def push(self, told: Told) -> None:
        """Sends the commits of this branch to the other side, never by force.

        Raises:
            GitError: the other side has what is not here, or git refused.
        """
        push(self._sure(), told)

    def fetch(self, told: Told) -> None:
        """Asks the other side what it has; nothing here changes.

        Raises:
            GitError: the other side cannot be reached, or git refused.
        """
        fetch(self._sure(), told)

    def _sure(self) -> Repository:
        repository = self.repository
        if repository is None:
            message = "The store is not in a git repository."
            raise GitError(message, "Start one with `git init` in its folder.")
        return repository

    def _look(self, repository: Repository, workspace: Workspace) -> Shared:
        state = state_of(repository)
        committed = self._version(repository, state.commit)
        is_same = state.file is FileState.CLEAN and not self._bench.pending
        arrival = last_arrival(repository)
        came = self._came(repository, arrival) if arrival is not None else None
        ours, said = self._sides(repository, workspace, came)
        return Shared(
            workspace=workspace,
            state=state,
            installation=installation_in(repository),
            committed=committed,
            changed=() if is_same or committed is None else differences(committed, workspace),
            came=came,
            others=tuple(name for name in unmerged_files(repository) if name != repository.name),
            ours=ours,
            said=said,
        )

    def _version(self, repository: Repository, commit: str) -> Workspace | None:
        """The store as a commit has it; None where it has none that can be read."""
        if commit not in self._versions:
            try:
                content = content_at(repository, commit) if commit else b""
                self._versions[commit] = read_store(content, repository.name, {}).workspace if content else None
            except (GitError, StoreError):
                self._versions[commit] = None
        return self._versions[commit]

    def _came(self, repository: Repository, arrival: Arrival) -> Came | None:
        before, after = self._version(repository, arrival.base), self._version(repository, arrival.tip)
        if after is None:
            return None
        before = before or Workspace()
        authors = self._authors_of(repository, arrival.base, arrival.tip)
        return Came(before, after, differences(before, after), authors, arrival)

    def _authors_of(self, repository: Repository, base: str, tip: str) -> Authors:
        if (base, tip) not in self._authors:
            self._authors[base, tip] = authors_between(repository, base, tip)
        return self._authors[base, tip]

    def _sides(
        self, repository: Repository, workspace: Workspace, came: Came | None
    ) -> tuple[dict[int, Choice], dict[int, dict[Choice, Said]]]:
        """Whose the sides of the open conflicts are, as far as the last merge tells by their values."""
        ours: dict[int, Choice] = {}
        said: dict[int, dict[Choice, Said]] = {}
        if not workspace.disputes or came is None:
            return ours, said
        mine = self._version(repository, came.arrival.before) or Workspace()
        here = self._authors_of(repository, came.arrival.base, came.arrival.before)
        for conflict in (each for waiting in workspace.disputes.values() for each in waiting):
            sides = {value: _side_of(conflict, there) for value, there in (("mine", mine), ("theirs", came.after))}
            own, other = sides["mine"], sides["theirs"]
            if own is None or other is None or own is other:
                continue
            ours[conflict.id] = own
            told = {own: _said(conflict, here), other: _said(conflict, came.authors)}
            said[conflict.id] = {side: who for side, who in told.items() if who is not None}
        return ours, said


def _side_of(conflict: Conflict, workspace: Workspace) -> Choice | None:
    """Which side of a conflict says what a version of the store says."""
    if conflict.table not in TABLES:
        return None
    record = workspace.get(conflict.table, conflict.record)
    value = _value(conflict, None if record is None else record.raw())
    for choice, side in zip((Choice.FIRST, Choice.SECOND), conflict.sides, strict=False):
        if (value is None) == (side is None) and (not conflict.field or value == side):
            return choice
    return None


def _said(conflict: Conflict, authors: Authors) -> Said | None:
    """Who changed the disputed field last in some commits."""
    for touch in authors.touches.get((conflict.table, conflict.record), ()):
        before, after = (_value(conflict, fields) for fields in touch.fields())
        if before != after:
            return Said(touch.commit.by, touch.commit.at)
    return None


def _value(conflict: Conflict, fields: Json) -> Json:
    if not conflict.field or fields is None:
        return fields
    return part_of(conflict.table, fields, conflict.field)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
