"""The hook that keeps a store out of a commit that cannot be read: two lines of ours for each store of a clone."""

import os
import shlex
from pathlib import Path
from typing import Final

from store.disk.git.finding import Repository
from store.disk.git.own_lines import OwnLines
from store.disk.git.running import text
from store.disk.git.setup_steps import FileStep, content_of_file

_SHELL: Final = b"#!/bin/sh\n"
_CHECK: Final = "check --staged"


def hook_path(repository: Repository) -> Path:
    """Where git looks for the hook that runs before a commit.

    Raises:
        GitError: git refused.
    """
    # The last value is ours, by which reading commands run no hooks.
    *own, _none = text(repository.root, "config", "--type=path", "--get-all", "core.hooksPath").split("\n")
    folder = own[-1] if own else ""
    return (repository.root / folder if folder else repository.common / "hooks") / "pre-commit"


def hook_line(repository: Repository, program: str, *, conflicts_wait: bool) -> str:
    """The line of a hook that checks what is about to be committed.

    It is silent, warnings do not stop a commit, and a leadline that is gone does not either. It ends nothing, so other
    lines may follow.
    """
    store, word = shlex.quote(f"./{repository.name}"), shlex.quote(program)
    waiting = " --let-conflicts-wait" if conflicts_wait else ""
    return (
        f"git --literal-pathspecs diff --cached --quiet -- {store} || ! command -v {word} >/dev/null || "
        f'said=$({word} --store {store} {_CHECK}{waiting} 2>&1) || test $? -lt 4 || {{ echo "$said" >&2; exit 1; }}'
    )


def lines_in_hook(repository: Repository, line: str = "") -> OwnLines:
    """The lines of ours in the hook.

    Args:
        repository: where the store is.
        line: the line for this store.
    """
    store = os.fsencode(f"--store {shlex.quote(f'./{repository.name}')} {_CHECK}")
    return OwnLines(
        os.fsencode(line),
        is_it=lambda each: store in each and each.partition(store)[2][:1] in {b"", b" "},
        is_ours=lambda each: _CHECK.encode() in each,
        head=_SHELL,
    )


def hook_step(repository: Repository, program: str, *, conflicts_wait: bool) -> tuple[FileStep | None, str]:
    """The step that writes the hook, or what to say where that is not ours to do.

    Raises:
        GitError: git refused, or the file cannot be read.
    """
    path = hook_path(repository)
    line = hook_line(repository, program, conflicts_wait=conflicts_wait)
    ours = lines_in_hook(repository, line)
    before, is_link = content_of_file(path), path.is_symlink()
    is_ours = ours.are_in(before) and not is_link
    if ours.is_in(before):
        is_run = os.access(path, os.X_OK) or not is_ours
        return (None, "") if is_run else (FileStep(path, before, before, is_program=True), "")
    is_new = before is None and not is_link
    if (is_new or is_ours) and path.is_relative_to(repository.common):
        return FileStep(path, before, ours.added(before), is_program=True), ""
    where = f"The hooks are in {path.parent}, which was" if is_new else f"{path} is there already, and was"
    return None, f"{where} left alone. To check the store before each commit, add this line to it: {line}"


def hook_removal(repository: Repository) -> tuple[FileStep | None, bool]:
    """The step that takes our lines out of the hook, and whether those of another store stay in it.

    Raises:
        GitError: git refused, or the file cannot be read.
    """
    path = hook_path(repository)
    content = None if path.is_symlink() else content_of_file(path)
    if content is None:
        return None, False
    ours = lines_in_hook(repository)
    after = ours.taken_out(content)
    step = None if after == content else FileStep(path, content, after, is_program=True)
    return step, ours.are_in(after)
