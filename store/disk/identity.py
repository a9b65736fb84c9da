"""Who is at the keyboard, and on which branch the store is."""

import getpass
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.disk.limited import read_limited

VARIABLE: Final = "LEADLINE_USER"
SECONDS: Final = 5
_LONGEST: Final = 100
_HEAD_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Identity:
    """A person: the handle that stands in records, and the address that decides which ids they draw."""

    handle: str
    email: str = ""

    @property
    def author(self) -> str:
        """What new ids are drawn for: the address, else the handle."""
        return self.email or self.handle


def identity_in(folder: Path, env: Mapping[str, str]) -> Identity:
    """Who works in a folder: `LEADLINE_USER`, else git's user.email, else the login name."""
    named = _handle(env.get(VARIABLE, ""))
    if named:
        return Identity(named, env[VARIABLE].strip() if "@" in env[VARIABLE].strip().lstrip("@") else "")
    email = _git_email(folder, env)
    handle = _handle(email)
    if handle:
        return Identity(handle, email)
    try:
        return Identity(_handle(getpass.getuser()) or "me")
    except (KeyError, OSError):
        # An account without a name, as in some containers.
        return Identity("me")


def _handle(text: str) -> str:
    """The part before the @ of an address, or a name with or without a leading @, on one line."""
    plain = "".join(letter for letter in text.strip().removeprefix("@") if letter.isprintable() and letter != " ")
    return plain.partition("@")[0][:_LONGEST]


def _git_email(folder: Path, env: Mapping[str, str]) -> str:
    clean = {name: value for name, value in env.items() if not name.startswith("GIT_")}
    # Git's own switches for a person stay: they say who it is. Those for a repository go: it may be another one.
    clean |= {name: env[name] for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM") if name in env}
    clean |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    email = env.get("GIT_AUTHOR_EMAIL", "")
    if email:
        return email.strip()
    try:
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", "--no-pager", "config", "--get", "user.email"],  # noqa: S607 - git is where PATH says
            cwd=folder,
            env=clean,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout[: _LONGEST * 4].decode(errors="replace").strip() if done.returncode == 0 else ""


def branch_of(path: Path) -> str:
    """The branch of the repository a file is in, read without starting git.

    Empty outside a repository; the first letters of the commit when no branch is checked out.
    """
    folder = path.absolute()
    for parent in (folder, *folder.parents):
        head = _head(parent / ".git")
        if head:
            return head.removeprefix("ref: ").removeprefix("refs/heads/") if head.startswith("ref: ") else head[:8]
    return ""


def _head(dot_git: Path) -> str:
    try:
        if dot_git.is_file():
            # Worktrees and submodules: a file that names the real directory.
            target = _first_line(dot_git)
            if not target.startswith("gitdir: "):
                return ""
            dot_git = dot_git.parent / target.removeprefix("gitdir: ")
        return _first_line(dot_git / "HEAD")
    except OSError:
        return ""


def _first_line(path: Path) -> str:
    return read_limited(path, _HEAD_BYTES).decode(errors="replace").partition("\n")[0].strip()
