"""The store and git, for those who look at it from a screen: how it stands, what changed, what came, and acting on it.

Everything here runs git or reads old versions of the store, so it is for a worker thread.
"""

from pathlib import Path

from store.change import differences
from store.clock import utc_now
from store.disk.files import read_file
from store.disk.git.arrivals import Arrival, last_arrival
from store.disk.git.authors import Authors, authors_between
from store.disk.git.committing import commit_store, finish, stage_store, unmerged_files
from store.disk.git.finding import Repository, repository_of
from store.disk.git.installed import installation_in
from store.disk.git.objects import content_at
from store.disk.git.remotes import Pulled, fetch, pull, push
from store.disk.git.replaying import Replayed
from store.disk.git.running import Listener, text
from store.disk.git.setting_up import PROGRAM, OnConflict, setup_plan
from store.disk.git.setup_steps import SetupPlan, carry_out
from store.disk.git.state import FileState, state_of
from store.disk.git.told_merges import new_losses
from store.disk.keeping.once import is_first_time
from store.disk.mending import Mending, mend, mending_of
from store.disk.reading.reading import read_store
from store.errors import GitError, LeadlineError, StoreError
from store.models import Workspace
from store.workbench.shared import Came, Shared
from store.workbench.sides import Origin, Whose, whose_sides
from store.workbench.workbench import Workbench


class Sharing:
    """The store of a workbench, shared through git. Old versions that were read once are kept.

    Args:
        bench: what is saved before git gets to see the file.
        program: leadline as git can find it, for setting a clone up.
    """

    def __init__(self, bench: Workbench, program: str = PROGRAM) -> None:
        self._bench = bench
        self._program = program
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

    def commit(self, message: str, listener: Listener) -> str:
        """Saves, and commits the store and nothing else.

        Raises:
            NotSavedError: the file could not be written.
            UnreadableStoreError: the file is not whole.
            GitError: there is nothing to commit, or git refused.
        """
        self._bench.save()
        repository = self._sure()
        _sure_it_is_whole(repository)
        return commit_store(repository, message, listener)

    def finish(self, listener: Listener) -> str:
        """Saves, tells git that the store is settled, and ends the merge that is under way.

        Raises:
            NotSavedError: the file could not be written.
            GitError: other files are still in conflict, or git refused.
            UnreadableStoreError: the two sides are not merged in the file.
        """
        self._bench.save()
        repository = self._sure()
        _sure_it_is_whole(repository)
        stage_store(repository)
        return finish(repository, listener)

    def pull(self, listener: Listener) -> Pulled:
        """Saves, and takes what the other side has.

        Raises:
            NotSavedError: the file could not be written.
            GitError: the other side cannot be reached, or git refused.
            UnreadableStoreError: git left what cannot be merged as records.
        """
        self._bench.save()
        pulled = pull(self._sure(), listener)
        if pulled.unmerged:
            self.mend(listener)
        return pulled

    def mend(self, listener: Listener) -> bool:
        """Merges the sides that git has not merged as records, with the base that git has; whether that was needed.

        The file as git left it is kept as a copy. Git still counts it as unmerged, until `finish`.

        Raises:
            NotSavedError: the file could not be written.
            UnreadableStoreError: too little of the sides can be read.
        """
        mending = _marked(self._sure())
        if mending is None:
            return False
        for sentence in mending.sentences:
            listener.told(sentence)
        mend(mending, utc_now())
        return True

    def set_up_plan(self) -> SetupPlan:
        """What has to be written so that git merges the store as records in this clone.

        Raises:
            GitError: git refused.
        """
        return setup_plan(self._sure(), self._program, OnConflict.STOP)

    def set_up(self, plan: SetupPlan) -> None:
        """Writes what the plan says.

        Raises:
            GitError: the system or git refused.
        """
        carry_out(self._sure(), plan)

    def is_news_that_git_merges_by_lines(self) -> bool:
        """Whether this clone shares the store, is not set up, and nobody was told so yet; true once for each clone."""
        repository = self.repository
        if repository is None:
            return False
        try:
            if not text(repository.root, "remote") or installation_in(repository).is_complete:
                return False
        except GitError:
            return False
        return is_first_time(repository.store, "git-setup")

    def new_losses(self) -> tuple[Replayed, ...]:
        """What merges made elsewhere have lost, as far as nobody was told yet; each is told once."""
        repository = self.repository
        try:
            return () if repository is None else new_losses(repository)
        except LeadlineError:
            # Whatever is wrong with git or the file is told by those who need it.
            return ()

    def push(self, listener: Listener) -> None:
        """Sends the commits of this branch to the other side, never by force.

        Raises:
            GitError: the other side has what is not here, or git refused.
        """
        push(self._sure(), listener)

    def fetch(self, listener: Listener) -> None:
        """Asks the other side what it has; nothing here changes.

        Raises:
            GitError: the other side cannot be reached, or git refused.
        """
        fetch(self._sure(), listener)

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
        return Shared(
            workspace=workspace,
            state=state,
            installation=installation_in(repository),
            committed=committed,
            changed=() if is_same or committed is None else differences(committed, workspace),
            came=came,
            is_marked=state.file is FileState.UNMERGED and _marked(repository) is not None,
            others=tuple(name for name in unmerged_files(repository) if name != repository.name),
            whose=self._whose(repository, workspace, came),
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

    def _whose(self, repository: Repository, workspace: Workspace, came: Came | None) -> dict[int, Whose]:
        """Whose the sides of the open conflicts are, as far as the last merge tells."""
        if not workspace.disputes or came is None:
            return {}
        before = self._version(repository, came.arrival.before) or Workspace()
        here = Origin(before, self._authors_of(repository, came.arrival.base, came.arrival.before))
        there = Origin(came.after, came.authors)
        waiting = (conflict for conflicts in workspace.disputes.values() for conflict in conflicts)
        found = {conflict.id: whose_sides(conflict, here, there) for conflict in waiting}
        return {number: whose for number, whose in found.items() if whose is not None}


def _sure_it_is_whole(repository: Repository) -> None:
    """Refuses what would be broken in everybody's clone, such as what git left between its marks.

    Raises:
        UnreadableStoreError: the file is no store, or not whole.
    """
    read_store(read_file(repository.store)[0], repository.name, {})


def _marked(repository: Repository) -> Mending | None:
    """The plan for a file in which a merge is not done; None for one in which it is."""
    mending = mending_of(repository.store, read_file(repository.store)[0])
    return None if mending is None or mending.is_whole else mending


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
