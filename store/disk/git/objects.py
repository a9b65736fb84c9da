"""What git keeps of the store: its content at a commit, and the versions of a merge that is not finished."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.running import read, text
from store.errors import GitError

_LONGEST_REV: Final = 500
_ANSWER: Final = re.compile(rb"([a-z]+) ([0-9a-f]{40,64})\n")


@dataclass(frozen=True, slots=True)
class Stages:
    """The versions of the store in a merge that git could not finish; None where a side has none."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None

    def is_one_side(self, content: bytes) -> bool:
        """Whether bytes are one of two sides as it is, while the other one says something else."""
        return None not in (self.ours, self.theirs) and self.ours != self.theirs and content in (self.ours, self.theirs)


def commit_id(repository: Repository, revision: str) -> str:
    """The full id of the commit that a person names, such as `HEAD~3`, a branch, a tag or the first letters of an id.

    Raises:
        GitError: no commit is called so, or git refused.
    """
    code, output = 1, b""
    if _is_plausible(revision):
        code, output = read(
            repository.root,
            "rev-parse",
            "--verify",
            "--quiet",
            f"{revision}^{{commit}}",
            most=_LONGEST_REV,
            fine=(0, 1),
        )
    if code:
        message = f"Git knows no commit “{revision[:_LONGEST_REV]}”."
        raise GitError(message, "`leadline log` lists those that touched the store.")
    return output.decode("ascii", errors="replace").strip()


def content_at(repository: Repository, revision: str) -> bytes:
    """The bytes of the store as a commit has them.

    Raises:
        GitError: no such commit, the store was not there yet, or git refused.
    """
    commit = commit_id(repository, revision)
    blob = blobs_at(repository, [commit])[commit]
    if blob is None:
        message = f"The commit {revision} has no {repository.name}."
        raise GitError(message, "The store was started later, or had another name then.")
    return content_of(repository, blob)


def content_of(repository: Repository, blob: str) -> bytes:
    """The bytes of a version by its id in git.

    Raises:
        GitError: there is no such version, or it is larger than a store may be.
    """
    return read(repository.root, "cat-file", "blob", blob)[1]


def blobs_at(repository: Repository, commits: Sequence[str]) -> dict[str, str | None]:
    """The id of the version of the store in each of some commits, given by their full ids; None where it is not there.

    Raises:
        GitError: git refused.
    """
    # Names with a line break need a git that can be asked with zeros, which is one of 2022 or later.
    end, zero = (b"\0", ("-z",)) if "\n" in repository.name else (b"\n", ())
    questions = [os.fsencode(f"{commit}:{repository.name}") for commit in commits]
    from tempfile import TemporaryFile  # late: a question that is longer than a pipe is rare

    with TemporaryFile() as asked:
        asked.writelines(question + end for question in questions)
        asked.seek(0)
        check = "--batch-check=%(objecttype) %(objectname)"
        _, output = read(repository.root, "cat-file", check, *zero, asked=asked)
    return dict(zip(commits, _blobs_in(output, questions), strict=True))


def stages(repository: Repository) -> Stages | None:
    """The versions that git has put aside for an unfinished merge; None where there is nothing to settle.

    Raises:
        GitError: git refused.
    """
    blobs = index_entries(repository)
    if not blobs.keys() & {1, 2, 3}:
        return None
    base, ours, theirs = (content_of(repository, blobs[stage]) if stage in blobs else None for stage in (1, 2, 3))
    return Stages(base, ours, theirs)


def index_entries(repository: Repository, *, in_hook: bool = False) -> Mapping[int, str]:
    """The ids of the versions in the index by stage: 0 is what is staged, 1 to 3 are base, ours and theirs.

    Args:
        repository: where the store is.
        in_hook: look into the index that git names to its hooks, where it does: that of the commit it is making.

    Raises:
        GitError: git refused.
    """
    kept = ("GIT_INDEX_FILE",) if in_hook else ()
    _, output = read(repository.root, "ls-files", "--stage", "-z", "--", repository.name, kept=kept)
    found = re.findall(rb"(?:^|\0)[0-7]+ ([0-9a-f]+) ([0-3])\t", output)
    return {int(stage): blob.decode("ascii") for blob, stage in found}


def staged_content(repository: Repository) -> bytes | None:
    """The bytes that the next commit would have, in a hook the commit that is being made; None for none.

    Raises:
        GitError: git refused.
    """
    blob = index_entries(repository, in_hook=True).get(0)
    return None if blob is None else content_of(repository, blob)


def is_renamed(repository: Repository, before: str, after: str) -> bool:
    """Whether the store had another name at the first of two commits.

    Raises:
        GitError: git refused.
    """
    arguments = ("diff-tree", "-r", "-z", "--find-renames", "--diff-filter=R", "--name-only", before, after)
    return os.fsencode(repository.name) in read(repository.root, *arguments)[1].split(b"\0")


def merge_bases(repository: Repository, first: str, second: str) -> tuple[str, ...]:
    """The best common ancestors of two commits; more than one after criss-cross merges, none of unrelated histories.

    Raises:
        GitError: git refused.
    """
    found = text(repository.root, "merge-base", "--all", first, second, fine=(0, 1))
    return tuple(found.split())


def _is_plausible(revision: str) -> bool:
    """Whether git may be asked for it: no option, nothing that cannot be seen, not endless."""
    return (
        0 < len(revision) <= _LONGEST_REV
        and not revision.startswith("-")
        and revision.isprintable()
        and re.search(r"\s\s|^\s|\s$", revision) is None
    )


def _blobs_in(output: bytes, questions: Sequence[bytes]) -> Iterator[str | None]:
    """The answers of `cat-file --batch-check`: type and id, or the question and that it is missing."""
    at = 0
    for question in questions:
        missing = question + b" missing\n"
        if output.startswith(missing, at):
            at += len(missing)
            yield None
            continue
        found = _ANSWER.match(output, at)
        if found is None:
            message = "Git gave an answer that was not understood."
            raise GitError(message)
        at = found.end()
        yield found[2].decode("ascii") if found[1] == b"blob" else None
