"""The repository a store is in, found from its real path without starting git."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.disk.limited import read_limited

_HEAD_BYTES: Final = 4096

_UNDER_WAY: Final = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
)
"""What lies in the directory of git while something is not finished, the outermost first, and its name."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree with one store in it.

    Args:
        root: the folder that holds `.git`.
        directory: the directory of git for this work tree; of a worktree or a submodule it is elsewhere.
        common: the directory that all worktrees of the repository share.
        name: the store as git names it: its path below the root, with slashes.
    """

    root: Path
    directory: Path
    common: Path
    name: str

    @property
    def store(self) -> Path:
        """The store file."""
        return self.root / self.name

    @property
    def under_way(self) -> str:
        """What git has begun and not finished here, such as `merge` or `rebase`; empty for nothing."""
        return next((word for mark, word in _UNDER_WAY if os.path.lexists(self.directory / mark)), "")

    @property
    def branch(self) -> str:
        """The branch that is checked out, or the first letters of the commit where none is."""
        head = _first_line(self.directory / "HEAD")
        if head.startswith("ref: "):
            return head.removeprefix("ref: ").removeprefix("refs/heads/")
        return head[:8]


def repository_of(store: Path) -> Repository | None:
    """The repository whose work tree a file is in; None outside of one.

    Links are followed first: a store that is linked into another repository belongs to where it really is.
    """
    path = Path(os.path.realpath(store))
    for folder in path.parents:
        directory = _directory(folder / ".git")
        if directory is not None:
            return Repository(folder, directory, _common(directory), path.relative_to(folder).as_posix())
    return None


def _directory(dot_git: Path) -> Path | None:
    """What a `.git` stands for; None where it is no repository."""
    try:
        if dot_git.is_file():
            # Worktrees and submodules: a file that names the real directory, from where it stands.
            target = _first_line(dot_git)
            if not target.startswith("gitdir: "):
                return None
            dot_git = dot_git.parent / target.removeprefix("gitdir: ")
        return dot_git if (dot_git / "HEAD").is_file() else None
    except (OSError, ValueError):
        # ValueError: a zero byte in what should be a path.
        return None


def _common(directory: Path) -> Path:
    shared = _first_line(directory / "commondir")
    return Path(os.path.normpath(directory / shared)) if shared else directory


def _first_line(path: Path) -> str:
    try:
        return os.fsdecode(read_limited(path, _HEAD_BYTES).partition(b"\n")[0].strip())
    except OSError:
        return ""
