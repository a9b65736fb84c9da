"""The steps by which a clone is set up: what each would write, decided before anything is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.disk.files import put_file, reason_of
from store.disk.git.finding import Repository
from store.disk.git.running import act, refusal
from store.disk.limited import read_limited
from store.errors import GitError

MOST_BYTES: Final = 2**20


@dataclass(frozen=True, slots=True)
class FileStep:
    """A file that is written, or with None afterwards removed.

    Args:
        path: the file.
        before: what is in it; None where it is not there.
        after: what will be in it.
        is_program: whether it can be run.
    """

    path: Path
    before: bytes | None
    after: bytes | None
    is_program: bool = False

    def do(self, _repository: Repository) -> None:
        """Writes it.

        Raises:
            GitError: the system refused.
        """
        try:
            if self.after is None:
                self.path.unlink(missing_ok=True)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            mode = None if self.before is None else self.path.stat().st_mode & 0o7777
            if mode is not None and self.is_program:
                mode |= (mode & 0o444) >> 2
            put_file(self.path, self.after, 0o777 if self.is_program else 0o666, mode)
        except OSError as error:
            message = f"{self.path} was not written: {reason_of(error)}."
            raise GitError(message, "Nothing else was changed after it; run the command again.") from error

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The lines that come (`+`) and go (`-`)."""
        old, new = (_lines(content) for content in (self.before, self.after))
        gone = [("-", line) for line in old if line not in new]
        return (*gone, *(("+", line) for line in new if line not in old))


@dataclass(frozen=True, slots=True)
class ConfigStep:
    """A setting of this clone that is written, or removed where it is empty afterwards."""

    key: str
    before: str
    after: str

    def do(self, repository: Repository) -> None:
        """Writes it.

        Raises:
            GitError: git refused.
        """
        change = ("--replace-all", self.key, self.after) if self.after else ("--unset-all", self.key)
        code, talk = act(repository.root, "config", "--local", *change)
        if code:
            raise refusal(code, talk, "config")


Step = FileStep | ConfigStep


@dataclass(frozen=True, slots=True)
class SetupPlan:
    """What will be written, and what a person has to do by hand."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()


def carry_out(repository: Repository, plan: SetupPlan) -> None:
    """Does every step; running it again changes nothing.

    Raises:
        GitError: the system or git refused; the steps before it were done.
    """
    for step in plan.steps:
        step.do(repository)


def content_of_file(path: Path) -> bytes | None:
    """What is in a small file; None where there is none.

    Raises:
        GitError: it is too large or cannot be read.
    """
    try:
        return read_limited(path, MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{path} cannot be read: {reason_of(error)}."
        raise GitError(message, "Nothing was changed.") from error


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode(errors="replace").splitlines()
