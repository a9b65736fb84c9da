"""Whether this clone merges and shows the store as records: what the attributes say, and what is configured here."""

import shlex
import shutil
from dataclasses import dataclass
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.running import read, text
from store.errors import GitError
from store.findings import Finding, Severity

DRIVER: Final = "merge.leadline.driver"
DRIVER_NAME: Final = "merge.leadline.name"
TEXTCONV: Final = "diff.leadline.textconv"
ATTRIBUTE: Final = "leadline"


@dataclass(frozen=True, slots=True)
class Installation:
    """What is set up in a clone.

    Args:
        driver: the command that merges the store; empty for none.
        textconv: the command that shows it in `git diff`; empty for none.
        has_merge: whether the attributes hand merges of the store to that driver.
        has_diff: whether they hand its differences to the textconv.
        missing: the program that the driver starts, where there is none of that name; empty where there is.
    """

    driver: str
    textconv: str
    has_merge: bool
    has_diff: bool
    missing: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether git merges the store as records here."""
        return bool(self.driver) and self.has_merge and not self.missing


def installation_in(repository: Repository) -> Installation:
    """What is set up in this clone for the store.

    Raises:
        GitError: git is missing or refused.
    """
    _, output = read(repository.root, "check-attr", "-z", "merge", "diff", "--", repository.name)
    parts = output.split(b"\0")
    values = {parts[at + 1]: parts[at + 2] for at in range(0, len(parts) - 2, 3)}
    ours = ATTRIBUTE.encode()
    driver = configured(repository, DRIVER)
    return Installation(
        driver=driver,
        missing=_missing_in(driver),
        textconv=configured(repository, TEXTCONV),
        has_merge=values.get(b"merge") == ours,
        has_diff=values.get(b"diff") == ours,
    )


def _missing_in(driver: str) -> str:
    try:
        program = next(iter(shlex.split(driver)), "").replace("%%", "%")
    except ValueError:
        # A line that only a shell understands; whatever it does, git does it.
        return ""
    # A bare name is looked for by git when it merges, perhaps on another PATH than ours.
    return program if "/" in program and shutil.which(program) is None else ""


def configured(repository: Repository, key: str) -> str:
    """The value of a setting, from wherever git takes it; empty for none.

    Raises:
        GitError: git is missing or refused.
    """
    return text(repository.root, "config", "--get", key, fine=(0, 1))


def findings_in_clone(repository: Repository) -> tuple[Finding, ...]:
    """What this clone lacks, for those who check the store; nothing where git cannot be asked."""
    try:
        installation = installation_in(repository)
    except GitError:
        return ()
    if installation.is_complete:
        return ()
    if installation.missing and installation.has_merge:
        message = f"Git merges this store by lines in this clone: {installation.missing} is not there any more."
        hint = "`leadline git-setup` names the leadline that is; the store itself is sound either way."
        return (Finding(Severity.NOTE, message, hint=hint),)
    hint = "`leadline git-setup` has git merge it record by record; the store itself is sound either way."
    return (Finding(Severity.NOTE, "Git merges this store by lines in this clone.", hint=hint),)
