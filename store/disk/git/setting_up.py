"""Setting a clone up so that git merges and shows the store as records, and undoing exactly that."""

import re
import shlex
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.installed import DRIVER, DRIVER_NAME, TEXTCONV
from store.disk.git.running import text
from store.disk.git.setup_steps import ConfigStep, FileStep, SetupPlan, Step, content_of_file
from store.disk.merging.driver import LINE

MARK: Final = "# leadline git-setup"
"""Stands above each line that is ours in a file that others write as well, so that it can be taken out again."""

ATTRIBUTES: Final = "text eol=lf merge=leadline diff=leadline -whitespace"
NAME: Final = "leadline: the store, record by record"
PROGRAM: Final = "leadline"
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
        GitError: git refused, or a file cannot be read.
    """
    name = repository.store.name
    folder = repository.store.parent
    hook, note = _hook(repository, program, on_conflict)
    steps: list[Step | None] = [
        _with_line(folder / ".gitattributes", f"{attributes_pattern(name)} {ATTRIBUTES}"),
        _with_line(folder / ".gitignore", ignore_pattern(name)),
        *(_setting(repository, key, value) for key, value in settings(program, on_conflict)),
        hook,
    ]
    return SetupPlan(tuple(step for step in steps if step is not None), (note,) if note else ())


def removal_plan(repository: Repository) -> SetupPlan:
    """What has to be taken out again so that nothing is left of a setup.

    Raises:
        GitError: git refused, or a file cannot be read.
    """
    folder = repository.store.parent
    steps: list[Step | None] = [_without_lines(folder / file) for file in (".gitattributes", ".gitignore")]
    steps += [_setting(repository, key, "") for key in _HOOK_KEYS]
    path = hook_path(repository)
    content = content_of_file(path)
    if content is not None and MARK.encode() in content:
        steps.append(FileStep(path, content, None))
    return SetupPlan(tuple(step for step in steps if step is not None))


def settings(program: str, on_conflict: OnConflict) -> Iterator[tuple[str, str]]:
    """The settings of a clone that is set up, by their keys."""
    # In a driver a per cent sign begins a placeholder, and a shell reads the line.
    word = shlex.quote(program).replace("%", "%%")
    record = f" {RECORDING}" if on_conflict is OnConflict.RECORD else ""
    line = LINE.removeprefix(PROGRAM)
    yield DRIVER_NAME, NAME
    yield DRIVER, f"{word}{line.replace(' || ', f'{record} || ', 1)}"
    yield TEXTCONV, f"{shlex.quote(program)} textconv"


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


def hook_path(repository: Repository) -> Path:
    """Where git looks for the hook that runs before a commit.

    Raises:
        GitError: git refused.
    """
    # The last value is ours, by which reading commands run no hooks.
    *own, _none = text(repository.root, "config", "--type=path", "--get-all", "core.hooksPath").split("\n")
    folder = own[-1] if own else ""
    return (repository.root / folder if folder else repository.common / "hooks") / "pre-commit"


def hook_text(repository: Repository, program: str, on_conflict: OnConflict) -> str:
    """The hook that keeps a store out of a commit that cannot be read."""
    store = shlex.quote(f"./{repository.name}")
    word = shlex.quote(program)
    return "\n".join((
        "#!/bin/sh",
        f"{MARK}: no commit takes a store that cannot be read; `leadline git-setup --remove` takes this file away",
        f"git --literal-pathspecs diff --cached --quiet -- {store} && exit 0",
        f"command -v {word} >/dev/null || exit 0",
        hook_line(repository, program, on_conflict),
        "",
    ))


def hook_line(repository: Repository, program: str, on_conflict: OnConflict) -> str:
    """The line of a hook that checks what is about to be committed: it is silent, and warnings do not stop a commit."""
    store = shlex.quote(f"./{repository.name}")
    waiting = " --let-conflicts-wait" if on_conflict is OnConflict.RECORD else ""
    check = f"{shlex.quote(program)} --store {store} check --staged{waiting}"
    return f'said=$({check} 2>&1) || test $? -lt 4 || {{ echo "$said" >&2; exit 1; }}'


def _hook(repository: Repository, program: str, on_conflict: OnConflict) -> tuple[FileStep | None, str]:
    """The step that writes the hook, or what to say where that is not ours to do."""
    path = hook_path(repository)
    before = content_of_file(path)
    after = hook_text(repository, program, on_conflict).encode()
    if before == after:
        return None, ""
    store = shlex.quote(f"./{repository.name}").encode()
    # One of another store in the same repository is ours, too, and has no room for a second.
    is_ours = before is None or (MARK.encode() in before and store in before)
    if is_ours and path.is_relative_to(repository.common):
        return FileStep(path, before, after, is_program=True), ""
    line = hook_line(repository, program, on_conflict)
    if before is not None and line.encode() in before:
        return None, ""
    where = f"{path} is there already" if before is not None else f"The hooks are in {path.parent}"
    return None, f"{where} and was left alone. To check the store before each commit, add this line to it: {line}"


def _setting(repository: Repository, key: str, value: str) -> ConfigStep | None:
    before = text(repository.root, "config", "--local", "--get", key, fine=(0, 1))
    return None if before == value else ConfigStep(key, before, value)


def _with_line(path: Path, line: str) -> FileStep | None:
    """The step that adds a line of ours in the place of an older one; None where the line is there."""
    before = content_of_file(path)
    if before is not None and line.encode() in before.splitlines():
        return None
    rest = b"" if before is None else _cut(before, line.partition(" ")[0].encode())
    gap = b"" if not rest or rest.endswith(b"\n") else b"\n"
    return FileStep(path, before, b"%b%b%b\n%b\n" % (rest, gap, MARK.encode(), line.encode()))


def _without_lines(path: Path) -> FileStep | None:
    """The step that takes our lines out, and the file where it holds nothing else; None where there are none."""
    before = content_of_file(path)
    if before is None:
        return None
    rest = _cut(before)
    return None if rest == before else FileStep(path, before, rest or None)


def _cut(content: bytes, beginning: bytes = b"") -> bytes:
    """A text without the lines of ours in it, each with the mark above, that begin in a certain way."""
    kept: list[bytes] = []
    lines = content.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        is_mark = lines[at].rstrip() == MARK.encode() and at + 1 < len(lines)
        if is_mark and lines[at + 1].startswith(beginning):
            at += 2
        else:
            kept.append(lines[at])
            at += 1
    return b"".join(kept)


def _unglobbed(name: str) -> str:
    return re.sub(r"([\\*?\[\]])", r"\\\1", name)
