"""Setting a clone up so that git merges and shows the store as records, and undoing exactly that."""

import os
import re
import shlex
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.hooks import hook_removal, hook_step
from store.disk.git.installed import ATTRIBUTE, DRIVER, DRIVER_NAME, TEXTCONV
from store.disk.git.own_lines import OwnLines
from store.disk.git.running import read, text
from store.disk.git.setup_steps import ConfigStep, FileStep, SetupPlan, Step, content_of_file
from store.disk.merging.driver import LINE
from store.errors import GitError

ATTRIBUTES: Final = "text eol=lf merge=leadline diff=leadline -whitespace"
NAME: Final = "leadline: the store, record by record"
PROGRAM: Final = "leadline"
_MERGE: Final = f" merge={ATTRIBUTE}".encode()
RECORDING: Final = "--on-conflict record"
_HOOK_KEYS: Final = (DRIVER_NAME, DRIVER, TEXTCONV)


class OnConflict(StrEnum):
    """What git does where both sides changed one field to different values."""

    STOP = "stop"
    """Git stops, and the merge is finished once a person has settled it."""
    RECORD = "record"
    """The merge goes on; the conflict is a record that waits, and `leadline check` fails until it is settled."""


def setup_plan(repository: Repository, program: str, on_conflict: OnConflict) -> SetupPlan:
    """What has to be written so that git merges the store as records in this clone; nothing where it does already.

    Args:
        repository: where the store is.
        program: leadline as git can find it: its name, or its whole path.
        on_conflict: what a true conflict does to a merge.

    Raises:
        GitError: git refused, or a file cannot be read or is a link.
    """
    store = repository.store
    # Git says here what it thinks of a repository of somebody else; about settings it only says that it has none.
    text(repository.root, "rev-parse", "--git-dir")
    hook, note = hook_step(repository, program, conflicts_wait=on_conflict is OnConflict.RECORD)
    steps: list[Step | None] = [
        _with_line(store.parent / ".gitattributes", _attributes(store.name)),
        _with_line(store.parent / ".gitignore", _ignoring(store.name)),
        *(_setting(repository, key, value) for key, value in settings(program, on_conflict)),
        hook,
    ]
    return SetupPlan(tuple(step for step in steps if step is not None), (note,) if note else ())


def removal_plan(repository: Repository) -> SetupPlan:
    """What has to be taken out again so that nothing is left of a setup; what other stores need stays.

    Raises:
        GitError: git refused, or a file cannot be read or is a link.
    """
    store = repository.store
    hook, is_needed = hook_removal(repository)
    steps: list[Step | None] = [
        _without_line(store.parent / ".gitattributes", _attributes(store.name)),
        _without_line(store.parent / ".gitignore", _ignoring(store.name)),
    ]
    is_needed = is_needed or _has_others(repository)
    if not is_needed:
        steps += [_setting(repository, key, "") for key in _HOOK_KEYS]
    note = "The settings of this clone stay: another store in it is merged with them." if is_needed else ""
    found = tuple(step for step in (*steps, hook) if step is not None)
    return SetupPlan(found, (note,) if note and found else ())


def ignored_step(store: Path) -> FileStep | None:
    """The step by which git leaves alone what leadline keeps beside a store, for good; None where it does.

    Raises:
        GitError: the file cannot be read or is a link.
    """
    path, ours = store.parent / ".gitignore", _ignoring(store.name)
    before = _followed(path)
    if ours.is_in(before):
        return None
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    return FileStep(path, before, b"%b%b%b\n" % (before or b"", gap, ours.line))


def settings(program: str, on_conflict: OnConflict) -> Iterator[tuple[str, str]]:
    """The settings of a clone that is set up, by their keys."""
    # In a driver a per cent sign begins a placeholder, and a shell reads the line.
    word = shlex.quote(program).replace("%", "%%")
    record = f" {RECORDING}" if on_conflict is OnConflict.RECORD else ""
    line = LINE.removeprefix(PROGRAM)
    yield DRIVER_NAME, NAME
    yield DRIVER, f"{word}{line.replace(' || ', f'{record} || ', 1)}"
    # Without leadline `git diff` shows the file as it is, instead of nothing at all.
    yield TEXTCONV, f'show() {{ {shlex.quote(program)} textconv "$1" || cat "$1"; }}; show'


def attributes_pattern(name: str) -> str:
    """The pattern of an attributes file that means one file beside it, whatever its name."""
    pattern = f"/{_unglobbed(name)}"
    if re.fullmatch(r"[A-Za-z0-9._/\\*?\[\]-]+", pattern):
        return pattern
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: "\\" + format(ord(found[0]), "03o"), escaped) + '"'


def ignore_pattern(name: str) -> str:
    """The line of an ignore file for what leadline keeps beside a store: the lock, and files that are being written."""
    # A line break has no spelling there; any one letter in its place is near enough.
    return f".{_unglobbed(name)}.*".replace("\n", "?").replace("\r", "?")


def _setting(repository: Repository, key: str, value: str) -> ConfigStep | None:
    before = text(repository.root, "config", "--local", "--get", key, fine=(0, 1))
    return None if before == value else ConfigStep(key, before, value)


def _with_line(path: Path, ours: OwnLines) -> FileStep | None:
    """The step that adds a line of ours in the place of an older one; None where the line is there."""
    before = _followed(path)
    return None if ours.is_in(before) else FileStep(path, before, ours.added(before))


def _without_line(path: Path, ours: OwnLines) -> FileStep | None:
    """The step that takes our line out, and the file where it began with it; None where there is none."""
    before = _followed(path)
    after = None if before is None else ours.taken_out(before)
    return None if after == before else FileStep(path, before, after)


def _followed(path: Path) -> bytes | None:
    """What is in a file that git looks for: it follows no links to these, and what they lead to is not ours."""
    if path.is_symlink():
        message = f"{path} is a link, and git follows none here."
        raise GitError(message, "Put a file in its place, then run the command again.")
    return content_of_file(path)


def _attributes(name: str) -> OwnLines:
    pattern = os.fsencode(f"{attributes_pattern(name)} ")
    return OwnLines(
        pattern + ATTRIBUTES.encode(),
        is_it=lambda line: line.startswith(pattern) and _MERGE in line,
        is_ours=lambda line: _MERGE in line,
    )


def _ignoring(name: str) -> OwnLines:
    line = os.fsencode(ignore_pattern(name))
    return OwnLines(line, is_it=line.__eq__, is_ours=lambda each: each.startswith(b".") and each.endswith(b".*"))


def _has_others(repository: Repository) -> bool:
    """Whether the attributes hand other stores to the driver."""
    _, listed = read(repository.root, "ls-files", "-z", "--", ":(top,glob)**/.gitattributes")
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    files = {repository.root / name for name in names} | {repository.store.parent / ".gitattributes"}
    mine = _attributes(repository.store.name)
    for path in files:
        content = None if path.is_symlink() else content_of_file(path)
        is_here = path == repository.store.parent / ".gitattributes"
        for line in (content or b"").splitlines():
            if mine.is_ours(line) and not line.startswith(b"#") and not (is_here and mine.is_it(line)):
                return True
    return False


def _unglobbed(name: str) -> str:
    return re.sub(r"([\\*?\[\]])", r"\\\1", name)
