"""`leadline diff`: what changed in the store, as sentences."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from screens.wording.differences import grouped, summary, told
from screens.wording.field_values import Names
from store.change import Difference, differences
from store.clock import local_day, utc_now
from store.disk.files import read_file
from store.disk.git.authors import authors_between
from store.disk.git.commits import Commit, commits_by_id
from store.disk.git.finding import Repository
from store.disk.git.objects import blobs_at, commit_id, content_of, merge_bases
from store.disk.git.state import head_of
from store.disk.keeping.known import KnownTexts
from store.disk.reading.versions import Version, version_of
from store.errors import NoStoreError
from store.models import Workspace
from tui.cli.explaining import Explained
from tui.cli.stores import kept_path, me, repository_of_store
from tui.cli.telling import put, say

EXAMPLES: Final = """
leadline diff
leadline diff HEAD~5
leadline diff v1.2 main --json
"""
NOTHING: Final = Workspace()


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two versions that are compared: a commit, the file itself, or what was there before any commit."""

    version: Version | None
    words: str
    commit: Commit | None = None

    @property
    def workspace(self) -> Workspace:
        """What the store held; nothing where it was not there."""
        return NOTHING if self.version is None else self.version.workspace


@click.command("diff", cls=Explained, examples=EXAMPLES, short_help="Say what changed since a commit.")
@click.argument("older", metavar="[REV]", required=False)
@click.argument("newer", metavar="[REV2]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Each record and field with both values, as JSON.")
@click.pass_context
def command(ctx: click.Context, older: str | None, newer: str | None, as_json: bool) -> None:  # noqa: FBT001 - click's form
    """Say what changed in the store since the last commit, since the commit REV, or from REV to REV2.

    Who did it is taken from the records themselves, else from the commits between, else from git's settings here.
    """
    path = kept_path(ctx)
    repository = repository_of_store(path)
    if older and newer is None and ".." in older:
        older, _, newer = older.partition("..")
    before, after = sides(repository, path, older or "HEAD", newer)
    found = differences(before.workspace, after.workspace)
    names = Names(after.workspace, before.workspace, today=local_day(utc_now()))
    if as_json:
        _put_json(before, after, found, names)
        return
    if found:
        for group in grouped(told(found, names, _authors(repository, path, before, after))):
            put(group.heading)
            for each in group.told:
                put(f"  {each.sentence}")
    say(f"{summary(found) or 'Nothing changed'}, from {before.words} to {after.words}.")


def sides(repository: Repository, path: Path, older: str, newer: str | None) -> tuple[Side, Side]:
    """The two versions that are compared; the older one is read only where it differs.

    Args:
        repository: where the store is.
        path: the store file.
        older: the commit to begin with.
        newer: the commit to end with; None for the file as it is now.

    Raises:
        GitError: no such commit, or git refused.
        StoreError: a version cannot be read.
    """
    marks = KnownTexts(repository.store).marks()
    named = [older] if newer is None else [older, newer or "HEAD"]
    if older == "HEAD" and not head_of(repository):
        commits: tuple[Commit, ...] = ()
    else:
        commits = commits_by_id(repository, tuple(commit_id(repository, each) for each in named))
    blobs = blobs_at(repository, [commit.id for commit in commits])
    content = _present(path) if newer is None else _content(repository, blobs[commits[-1].id])
    after = version_of(content, path.name, marks) if content else None
    last = _side(after, commits[-1]) if newer is not None else Side(after, "the file")
    if not commits:
        return Side(None, "before the first commit"), last
    first = _content(repository, blobs[commits[0].id])
    return _side(version_of(first, path.name, marks, after) if first else None, commits[0]), last


def _side(version: Version | None, commit: Commit) -> Side:
    return Side(version, f"{commit.short} by {commit.by}", commit)


def _present(path: Path) -> bytes:
    try:
        return read_file(path)[0]
    except NoStoreError:
        # It was taken out since.
        return b""


def _content(repository: Repository, blob: str | None) -> bytes:
    return b"" if blob is None else content_of(repository, blob)


def _authors(repository: Repository, path: Path, before: Side, after: Side) -> Callable[[Difference], str]:
    """Who made what carries no name of its own; empty where nobody or several may have."""
    base = "" if before.commit is None else before.commit.id
    tip = head_of(repository) if after.commit is None else after.commit.id
    if tip == base:
        # Nobody has committed anything in between.
        here = "" if after.commit is not None else me(path)
        return lambda _change: here
    between = authors_between(repository, base, tip)
    if base and base not in merge_bases(repository, base, tip):
        # What only the older one has is missing in the newer, and that is nobody's doing.
        between = replace(between, commits=())
    if after.commit is not None:
        return lambda change: between.of(change.table, change.record.id)
    here, since = me(path), {(each.table, each.record.id) for each in _not_committed(repository, path, tip, after)}

    def author(change: Difference) -> str:
        key = change.table, change.record.id
        if key not in since:
            return between.of(*key)
        return here if key not in between.touches or between.of(*key) == here else ""

    return author


def _not_committed(repository: Repository, path: Path, head: str, after: Side) -> Sequence[Difference]:
    """What the file has and the last commit has not."""
    content = _content(repository, blobs_at(repository, [head])[head]) if head else b""
    last = version_of(content, path.name, KnownTexts(repository.store).marks(), after.version) if content else None
    return differences(last.workspace if last else NOTHING, after.workspace)


def _put_json(before: Side, after: Side, found: Sequence[Difference], names: Names) -> None:
    from store.json_shape import document, json_text  # late: only scripts ask for it
    from tui.cli.difference_shapes import commit_shape, difference_shape

    ends = {
        name: None if side.commit is None else commit_shape(side.commit)
        for name, side in (("before", before), ("after", after))
    }
    shapes = [difference_shape(each, names) for each in found]
    sys.stdout.write(json_text({**document(differences=shapes), **ends}))
