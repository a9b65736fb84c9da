"""Pulling and pushing with the person's own git: their settings, hooks and credentials, and never by force."""

from dataclasses import dataclass
from typing import Final

from store.disk.git.committing import unmerged_files
from store.disk.git.finding import Repository
from store.disk.git.running import Listener, act, read, refusal, text
from store.disk.git.state import branch_ref, head_of
from store.errors import GitError


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did.

    Args:
        before: the id of the last commit before; empty where there was none.
        after: the id of the last commit now.
        unmerged: the files that git could not merge, by their paths; the store may be one of them.
    """

    before: str
    after: str
    unmerged: tuple[str, ...]


_HOW_TO_PULL: Final = r"^(pull\.rebase|pull\.ff|branch\..*\.rebase)$"


def fetch(repository: Repository, listener: Listener) -> None:
    """Asks the other side what it has; nothing here changes but what is known about it.

    Raises:
        GitError: the other side cannot be reached, or git refused or was stopped.
    """
    code, talk = act(repository.root, "fetch", listener=listener)
    if code:
        raise refusal(code, talk, "fetch")


def pull(repository: Repository, listener: Listener) -> Pulled:
    """Takes what the other side has, the way the person's settings say; without any, by a merge.

    Args:
        repository: where the store is.
        listener: hears what git says.

    Raises:
        GitError: the other side cannot be reached, something not committed is in the way, or git refused; files are
            as they were. Or git was stopped.
    """
    before = head_of(repository)
    code, _ = read(repository.root, "config", "--get-regexp", _HOW_TO_PULL, fine=(0, 1))
    how = () if code == 0 else ("--no-rebase",)
    code, talk = act(repository.root, "pull", "--no-edit", *how, listener=listener)
    unmerged = unmerged_files(repository) if code else ()
    if code and not unmerged:
        raise refusal(code, talk, "pull")
    return Pulled(before, head_of(repository), unmerged)


def push(repository: Repository, listener: Listener) -> None:
    """Sends the commits of the branch to its counterpart on the other side; a branch without one gets one.

    Where to is said in full and without a plus: settings of the repository cannot make a forced push of it.

    Args:
        repository: where the store is.
        listener: hears what git says.

    Raises:
        GitError: no branch is checked out, there is no other side, it has commits that are not here, or git refused
            or was stopped.
    """
    branch = branch_ref(repository)
    if not branch:
        message = "No branch is checked out, so there is nothing to push to."
        raise GitError(message, "Make one with `git switch -c NAME`.")
    shape = "--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(push:remotename)%00%(push:remoteref)"
    found = text(repository.root, "for-each-ref", shape, branch).partition("\n")[0]
    if not found:
        message = "Nothing is committed on this branch yet."
        raise GitError(message, "Commit the store first.")
    follows, followed, remote, said = found.split("\0")
    remote = remote or _only_remote(repository)
    track = () if follows else ("--set-upstream",)
    there = said or _counterpart(repository, branch, followed if remote == follows else "")
    code, talk = act(
        repository.root, "push", "--no-force", *track, "--", remote, f"{branch}:{there}", listener=listener
    )
    if code:
        raise refusal(code, talk, "push")


def _counterpart(repository: Repository, branch: str, followed: str) -> str:
    """The branch on the other side that this one is pushed to, as git itself would choose it."""
    if followed in {"", branch}:
        return branch
    match text(repository.root, "config", "--get", "push.default", fine=(0, 1)):
        case "upstream" | "tracking":
            return followed
        case "current":
            return branch
    message = (
        f"This branch follows another one, {followed.removeprefix('refs/heads/')}, and is not pushed to it unasked."
    )
    raise GitError(
        message, "Say so with `git config push.default upstream`, or `current` for a branch of its own name."
    )


def _only_remote(repository: Repository) -> str:
    remotes = text(repository.root, "remote").split("\n")
    if remotes == [""]:
        message = "This repository knows no other side to push to."
        raise GitError(message, "Add one with `git remote add origin URL`.")
    if len(remotes) > 1:
        message = f"There are {len(remotes)} other sides, and this branch says none of them."
        raise GitError(message, "Push once in a terminal with `git push --set-upstream NAME BRANCH`.")
    return remotes[0]
