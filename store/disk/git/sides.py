"""Who wrote the two sides of a merge, while git is merging."""

import re
from collections.abc import Mapping

from store.disk.git.finding import Repository
from store.disk.git.running import text
from store.errors import GitError
from store.merge import Labels

_HEAD = re.compile(r"GITHEAD_([0-9a-f]{40,64})")
"""git names each head that it merges in the environment of what it starts."""


def labels_in(repository: Repository, env: Mapping[str, str]) -> Labels:
    """Who changed the store last on each side, and on which day; empty for a side that cannot be told.

    Nothing of this machine is in it, such as the name of a branch, so that every clone writes the same.

    Args:
        repository: where git merges.
        env: the environment that git started us with.
    """
    heads = [found[1] for name in env if (found := _HEAD.fullmatch(name))]
    return Labels(_last_author(repository, "HEAD"), _last_author(repository, heads[0]) if len(heads) == 1 else "")


def _last_author(repository: Repository, revision: str) -> str:
    try:
        return text(repository.root, "log", "-1", "--format=%an, %as", revision, "--", repository.name)
    except GitError:
        return ""
