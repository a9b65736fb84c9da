"""Committing the store and nothing else, and finishing a merge, with the person's own git."""

import os
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.objects import content_at, index_entries, staged_content
from store.disk.git.running import Listener, act, read, refusal
from store.disk.git.state import head_of
from store.disk.reading.reading import read_store
from store.errors import GitError, UnreadableStoreError

LONGEST_MESSAGE: Final = 10_000

_ATTEMPTS: Final = 3
"""How often git is asked to take the file where it takes only a part of it."""

_FINISHING: Final = {
    "merge": ("commit", "--no-edit"),
    "rebase": ("rebase", "--continue"),
    "cherry-pick": ("cherry-pick", "--continue"),
    "revert": ("revert", "--continue"),
}


def commit_store(repository: Repository, message: str, listener: Listener | None = None) -> str:
    """Commits the store file as it is now and returns the id of the commit.

    Other files stay as they are, changed, staged or not; the hooks of the repository run.

    Args:
        repository: where the store is.
        message: the message of the commit.
        listener: hears what git and its hooks say.

    Raises:
        GitError: there is nothing to commit, a merge is under way, a hook said no, or git refused or was stopped.
    """
    if not message.strip():
        reason = "A commit needs a message."
        raise GitError(reason, "Say in a line what changed.")
    if repository.under_way:
        reason = f"A {repository.under_way} is under way, and git commits all of it together."
        raise GitError(reason, "Settle its conflicts, then finish it.")
    is_new = not index_entries(repository)
    if is_new:
        # Git commits only what it knows; this makes it known without taking its content.
        _do(repository, "add", "--intent-to-add", "--", repository.name)
    said = f"--message={message.strip()[:LONGEST_MESSAGE]}"
    arguments = ("commit", "--only", "--cleanup=whitespace", said, "--", repository.name)
    is_committed = False
    try:
        code, talk = act(repository.root, *arguments, listener=listener)
        is_committed = code == 0
    finally:
        if is_new and not is_committed:
            act(repository.root, "update-index", "--force-remove", "--", repository.name)
    if code:
        raise _not_committed(code, talk)
    attempts = 1
    while not _is_whole(repository, content_at(repository, head_of(repository))):
        if attempts == _ATTEMPTS:
            raise _torn(repository)
        _do(repository, "commit", "--amend", "--no-edit", "--only", "--", repository.name, listener=listener)
        attempts += 1
    return head_of(repository)


def stage_store(repository: Repository) -> None:
    """Takes the store file as it is now into the index, which tells git that its conflict is settled.

    Raises:
        GitError: git refused.
    """
    for _ in range(_ATTEMPTS):
        _do(repository, "add", "--", repository.name)
        if _is_whole(repository, staged_content(repository) or b""):
            return
    raise _torn(repository)


def finish(repository: Repository, listener: Listener | None = None) -> str:
    """Finishes the merge, rebase, cherry-pick or revert that is under way, and returns the id of the last commit.

    Raises:
        GitError: nothing is under way, files are still in conflict, or git refused or was stopped.
    """
    under_way = repository.under_way
    if not under_way:
        message = "No merge is under way here."
        raise GitError(message)
    waiting = unmerged_files(repository)
    if waiting:
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        message = f"{waiting[0]}{more} still in conflict."
        raise GitError(message, "Settle it first; for files that are no store, in an editor and with `git add`.")
    _do(repository, *_FINISHING[under_way], listener=listener)
    return head_of(repository)


def unmerged_files(repository: Repository) -> tuple[str, ...]:
    """Every file of the repository that is in conflict, by its path below the root.

    Raises:
        GitError: git refused.
    """
    _, output = read(repository.root, "ls-files", "--unmerged", "-z")
    names = (os.fsdecode(line.partition(b"\t")[2]) for line in output.split(b"\0") if line)
    return tuple(dict.fromkeys(names))


def _is_whole(repository: Repository, content: bytes) -> bool:
    """Whether git took the file as it was at one moment.

    It asks for the size, then reads so many bytes: of a file that another program replaces in between by a longer one,
    it takes the beginning.
    """
    try:
        read_store(content, repository.name, {})
    except UnreadableStoreError:
        return False
    return True


def _torn(repository: Repository) -> GitError:
    message = f"Git took only a part of {repository.name}: other programs write it all the time."
    return GitError(message, "Try again when they are done; what is in the file is whole.")


def _do(repository: Repository, *arguments: str, listener: Listener | None = None) -> None:
    code, talk = act(repository.root, *arguments, listener=listener)
    if code:
        raise refusal(code, talk, arguments[0])


def _not_committed(code: int, talk: str) -> GitError:
    if any(words in talk for words in ("nothing to commit", "nothing added to commit", "no changes added to commit")):
        return GitError("The store is as it was committed last; there is nothing to commit.")
    return refusal(code, talk, "commit")
