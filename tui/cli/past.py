"""The store as of a commit, to look at: what `leadline --at REV` opens."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.clock import day_words, local_day, utc_now
from store.disk.git.commits import Commit, commits_by_id
from store.disk.git.objects import commit_id, content_at
from store.disk.identity import identity_in
from store.disk.keeping.known import KnownTexts
from store.disk.reading.reading import read_store
from tui.cli.stores import past_of, repository_of_store, store_path, tell_findings
from tui.cli.telling import say

if TYPE_CHECKING:
    from store.disk import Reading
    from store.errors import ExitCode


def reading_at(path: Path, revision: str) -> "Reading":
    """What the store held as of a commit; which one is said.

    Raises:
        GitError: there is no such commit, or git refused.
        StoreError: that version cannot be read.
    """
    reading, commit = _read_at(path, revision)
    say(f"The store {words_of(commit)}.")
    tell_findings(len(reading.findings))
    return reading


def words_of(commit: Commit) -> str:
    """`as of 3f2c1ab7, bo, Mon 2 Mar`."""
    return f"as of {commit.short}, {commit.by}, {day_words(local_day(commit.at), local_day(utc_now()))}"


def open_past(ctx: click.Context) -> "ExitCode | int":
    """The store as of the commit that `--at` names on the full screen, where nothing can be changed.

    Raises:
        GitError: there is no such commit, or git refused.
        StoreError: that version cannot be read.
    """
    from store.workbench import Workbench
    from tui.cli.fullscreen import has_terminal, open_screen, tell_no_terminal

    if not has_terminal():
        return tell_no_terminal()
    path = store_path(ctx)
    reading, commit = _read_at(path, past_of(ctx) or "HEAD")
    who = identity_in(path.parent, os.environ)
    why = f"the store {words_of(commit)}"
    bench = Workbench.in_memory(reading.workspace, now=utc_now, who=who, read_only=why)
    return open_screen(bench, last_words=f"That was {why}; nothing was changed.")


def _read_at(path: Path, revision: str) -> tuple["Reading", Commit]:
    repository = repository_of_store(path)
    full = commit_id(repository, revision)
    content = content_at(repository, full)
    (commit,) = commits_by_id(repository, (full,))
    # Bytes that were strictly read as the file once are known by their hash.
    return read_store(content, path.name, KnownTexts(repository.store).marks()), commit
