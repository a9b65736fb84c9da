"""`leadline check --merges`: what merges made elsewhere have lost, and putting it back."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from screens.wording.counting import counted
from screens.wording.field_values import Names
from screens.wording.losses import loss_sentences, problem_sentence
from store.change import put_back
from store.clock import local_day, utc_now
from store.disk.files import read_file
from store.disk.git.commits import merges_of
from store.disk.git.replaying import Replay, Replayed
from store.disk.keeping.known import KnownTexts
from store.disk.reading.versions import Version, version_of
from store.errors import ExitCode
from store.models import Json
from tui.cli.stores import open_workbench, repository_of_store, save
from tui.cli.telling import put, say


def check_merges(path: Path, span: str, *, fix: bool, yes: bool, as_json: bool) -> int:
    """Makes the merges of a span again and says what they lost.

    Args:
        path: the store.
        span: a commit, for it and all before it, or two with `..` between them.
        fix: put back what was lost, after asking.
        yes: do not ask.
        as_json: as JSON instead of sentences.

    Returns:
        The exit code: 0 where nothing was lost, or all of it was put back; 1 where a merge could not be compared.

    Raises:
        GitError: no such commit, or git refused.
        StoreError: the store cannot be read as it is now.
    """
    repository = repository_of_store(path)
    present = version_of(read_file(path)[0], path.name, KnownTexts(repository.store).marks())
    merges = merges_of(repository, span)
    found = [each for each in Replay(repository, present).replayed(merges) if each.lost or each.problem]
    if as_json:
        _put_json(found, present, len(merges))
    else:
        _tell(found, present, len(merges))
    if not any(each.lost for each in found):
        return ExitCode.FAILED if found else ExitCode.OK
    if not fix:
        if not as_json:
            say("`leadline check --merges --fix` puts it back.")
        return ExitCode.BAD_DATA
    return _fix(path, found, ask=not yes)


def _tell(found: Sequence[Replayed], present: Version, count: int) -> None:
    today = local_day(utc_now())
    lost = 0
    for each in found:
        if each.problem:
            put(problem_sentence(each, today))
        for sentence in loss_sentences(each, present.workspace, today):
            put(sentence)
        lost += len(each.lost)
    outcome = f"{counted(lost, 'record')} lost something" if lost else "nothing is lost"
    unknown = sum(bool(each.problem) for each in found)
    if unknown:
        others = f"; {outcome} in the others" if unknown < count else ""
        outcome = f"{unknown:,} could not be compared{others}"
    say(f"{counted(count, 'merge')} looked at: {outcome}.")


def _fix(path: Path, found: Sequence[Replayed], *, ask: bool) -> int:
    bench = open_workbench(path)
    # The oldest first, so that the newest has the last word where several lost the same.
    lost = [loss for each in reversed(found) for loss in each.lost]
    change = put_back(bench.workspace, lost, utc_now(), bench.by)
    if not change:
        say("All of it is there by now.")
        return ExitCode.OK
    if ask and not _agreed(len(change.edits)):
        say("Nothing was written.")
        return ExitCode.BAD_DATA
    bench.do(change)
    save(bench)
    say(f"{change.sentence}.")
    return ExitCode.OK


def _agreed(count: int) -> bool:
    if sys.stdin.isatty():
        return click.confirm(f"Put back what {counted(count, 'record')} lost?", err=True)
    say("Without a terminal nobody can be asked; --yes does it.")
    return False


def _put_json(found: Sequence[Replayed], present: Version, count: int) -> None:
    from store.json_shape import document, json_text  # late: only scripts ask for it
    from tui.cli.difference_shapes import commit_shape, difference_shape

    today = local_day(utc_now())
    shapes: list[Json] = []
    for each in found:
        names = Names(present.workspace, each.found, today=today)
        lost = [
            {**difference_shape(loss, names), "author": author or None}
            for loss, author in zip(each.lost, each.authors, strict=True)
        ]
        shapes.append({**commit_shape(each.commit), "lost": lost, "problem": each.problem or None})
    sys.stdout.write(json_text({**document(merges=shapes), "looked_at": count}))
