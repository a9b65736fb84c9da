"""Who is at the keyboard, and on which branch the store is."""

import getpass
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.disk.git.finding import repository_of

VARIABLE: Final = "LEADLINE_USER"
SECONDS: Final = 5
_LONGEST: Final = 100


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
    named = handle_of(env.get(VARIABLE, ""))
    if named:
        return Identity(named, env[VARIABLE].strip() if "@" in env[VARIABLE].strip().lstrip("@") else "")
    email = _git_email(folder, env)
    handle = handle_of(email)
    if handle:
        return Identity(handle, email)
    try:
        return Identity(handle_of(getpass.getuser()) or "me")
    except (KeyError, OSError):
        # An account without a name, as in some containers.
        return Identity("me")


def handle_of(text: str) -> str:
    """A person as records name them: an address before its @, or a name with or without a leading @, on one line."""
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
    repository = repository_of(path / "any file" if path.is_dir() else path)
    return "" if repository is None else repository.branch
