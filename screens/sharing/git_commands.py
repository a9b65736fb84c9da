"""Commit, pull and push: what git does for a person who stays on the screen."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.commands.command import AnyCommand, Command
from screens.dialogs.confirm import Confirm
from screens.dialogs.text import TextDialog
from screens.sharing.git_work import Errand
from screens.wording.counting import counted
from screens.wording.setting_up import plan_lines
from screens.wording.sharing import commit_message
from store.disk.git.remotes import Pulled
from store.disk.git.state import FileState, GitState
from store.workbench.shared import Shared
from store.workbench.sharing import Sharing

if TYPE_CHECKING:
    from screens.sharing.screen import SharingScreen

LOOKING = "Git is still being asked how the file stands."


class GitCommand(Command["SharingScreen"]):
    """A command that git carries out."""

    group = "Git"

    def unavailable(self, where: "SharingScreen") -> str | None:
        """Needs a repository, and git with nothing else to do."""
        if where.sharing is None or (where.shared is not None and where.shared.state is None):
            return _no_git(where.shared)
        if where.errand:
            return f"git {where.errand} is still running; esc stops it."
        if where.shared is None or where.shared.state is None or where.is_outdated:
            return LOOKING
        return self.why_not(where, where.shared, where.shared.state)

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Why it cannot be done as the file stands now."""
        del where, shared, state
        return None

    @staticmethod
    def git(where: "SharingScreen") -> Sharing:
        """The store and git.

        Raises:
            LookupError: there is no repository; `unavailable` has said so before.
        """
        if where.sharing is None:
            raise LookupError(LOOKING)
        return where.sharing


class Commit(GitCommand):
    """Commits the file, or ends the merge that is under way."""

    id = "sharing.commit"
    title = "Commit the file, or end the merge"
    help = "Proposes a message made of what changed and commits this one file; a merge that is settled is ended."
    key = "C"
    hint = "commit"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs something to commit, and no conflict."""
        if shared.is_marked:
            return "Git has not merged both sides of the file: M merges them as records first."
        if where.waiting:
            return f"{counted(len(where.waiting), 'conflict')} to settle first."
        if state.under_way and shared.others:
            return f"{shared.others[0]} is still in conflict: settle it in an editor, then git add it."
        if state.file is FileState.IGNORED:
            return "A .gitignore keeps the file out of git; take its line out first."
        if state.file is FileState.CLEAN and not state.under_way and not shared.changed:
            return "Nothing has changed since the last commit."
        return None

    def run(self, where: "SharingScreen") -> Coroutine[Any, Any, None]:
        """Ask for the message, or whether to end the merge."""
        return self._ask(where)

    async def _ask(self, where: "SharingScreen") -> None:
        shared = where.shared
        if shared is None or shared.state is None:
            return
        git, under_way = self.git(where), shared.state.under_way
        if under_way:
            words = f"git adds {where.file_name}, then ends the {under_way} with the message it has for it."
            if await where.ask(Confirm(f"All is settled. End the {under_way}?", words), is_change=False):
                where.send(Errand("commit", git.finish, lambda _: f"Ended the {under_way}. P pushes it."))
            return
        before = shared.committed or where.workspace
        message = commit_message(shared.changed, before, where.workspace, where.office.today)
        text = await where.ask(
            TextDialog(f"Commit {where.file_name}, and no other file", message, keeps="commits"), is_change=False
        )
        if text is not None and text.strip():
            where.send(Errand("commit", lambda told: git.commit(text, told), _committed))


class Pull(GitCommand):
    """Takes what others have pushed."""

    id = "sharing.pull"
    title = "Pull"
    help = "Takes what others have pushed, with your own git and its settings, and shows what came."
    key = "p"
    hint = "pull"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs somewhere to pull from."""
        del where, shared
        return _no_other_side(state) or (
            f"A {state.under_way} is under way; end it first." if state.under_way else None
        )

    def run(self, where: "SharingScreen") -> None:
        """Send git."""
        where.send(Errand("pull", self.git(where).pull, _pulled))


class Push(GitCommand):
    """Sends what was committed here."""

    id = "sharing.push"
    title = "Push"
    help = "Sends the commits of this branch to the other side with your own git; never by force."
    key = "P"
    hint = "push"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs commits that are only here."""
        del where, shared
        if not state.branch:
            return "No branch is checked out, so there is nothing to push to."
        if state.under_way:
            return f"A {state.under_way} is under way; end it first."
        if not state.commit:
            return "Nothing is committed yet."
        if state.upstream and not state.is_upstream_gone and not state.ahead:
            return f"{state.upstream} has every commit that is here."
        return None

    def run(self, where: "SharingScreen") -> None:
        """Send git."""
        where.send(Errand("push", self.git(where).push, lambda _: "Pushed."))


class Fetch(GitCommand):
    """Asks what others have pushed."""

    id = "sharing.fetch"
    title = "Look what others have pushed"
    help = "Asks the other side what it has; nothing here changes but the numbers ahead and behind."
    key = "f"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs somewhere to ask."""
        del where, shared
        return _no_other_side(state)

    def run(self, where: "SharingScreen") -> None:
        """Send git."""
        where.send(Errand("fetch", self.git(where).fetch, lambda _: "Looked."))


class Mend(GitCommand):
    """Merges the sides that git left between marks, or of which it left only one in the file."""

    id = "sharing.mend"
    title = "Merge both sides as records"
    help = "Where git has not merged both sides of the file, merges them record by record; the old file is kept."
    key = "M"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs a merge that git left open."""
        del where, state
        return None if shared.is_marked else "Both sides are merged in the file, or there is no merge."

    def run(self, where: "SharingScreen") -> None:
        """Send for it."""
        where.send(Errand("merge", self.git(where).mend, lambda _: "Merged both sides as records."))


class SetUp(GitCommand):
    """Sets this clone up."""

    id = "sharing.set-up"
    title = "Have git merge the store as records"
    help = "Shows what has to be written in this clone so that git merges the store record by record, and writes it."
    key = "S"

    def why_not(self, where: "SharingScreen", shared: Shared, state: GitState) -> str | None:
        """Needs something to set up."""
        del where, state
        is_set_up = shared.installation is not None and shared.installation.is_complete
        return "Git merges the store as records here already." if is_set_up else None

    def run(self, where: "SharingScreen") -> Coroutine[Any, Any, None]:
        """Show the plan, ask, and write it."""
        return self._ask(where)

    async def _ask(self, where: "SharingScreen") -> None:
        git = self.git(where)
        plan = await asyncio.to_thread(git.set_up_plan)
        root = git.repository.root if git.repository is not None else Path()
        words = "\n".join((*plan_lines(plan, root), "", LATER))
        if await where.ask(Confirm("Set this clone up? It will write:", words), is_change=False):
            where.send(Errand("config", lambda _: git.set_up(plan), lambda _: "Git merges the store as records now."))


LATER = "leadline git-setup --remove takes all of it out again."

GIT: tuple[type[AnyCommand], ...] = (Commit, Pull, Push, Fetch, SetUp, Mend)
"""Commands of git, in the order of the hint bar."""


def _no_git(shared: Shared | None) -> str:
    if shared is not None and shared.problem:
        return shared.problem
    return "The store is not in a git repository; git init in its folder makes one."


def _no_other_side(state: GitState) -> str | None:
    if not state.branch:
        return "No branch is checked out."
    if not state.upstream:
        return f"{state.branch} follows no branch elsewhere; P pushes it and makes it follow."
    if state.is_upstream_gone:
        return f"{state.upstream} is gone on the other side."
    return None


def _pulled(pulled: object) -> str:
    if not isinstance(pulled, Pulled):
        return "Pulled."
    if pulled.unmerged:
        return f"Pulled; {counted(len(pulled.unmerged), 'file')} with conflicts to settle."
    return "Pulled what came." if pulled.before != pulled.after else "Nothing new on the other side."


def _committed(commit: object) -> str:
    return f"Committed {str(commit)[:8]}. P pushes it."
