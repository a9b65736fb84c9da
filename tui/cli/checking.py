"""`leadline check`: what is wrong with the store, and what can be mended of it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from screens.wording.counting import counted
from store.clock import utc_now
from store.disk.files import read_file
from store.disk.git.finding import repository_of
from store.disk.git.installed import findings_in_clone
from store.disk.git.objects import content_at, staged_content, stages
from store.disk.mending import Mending, Spot, mend
from store.disk.reading.migrating import SCHEMA
from store.errors import ExitCode, UnreadableStoreError
from store.findings import Finding, Severity
from store.json_shape import document, json_text
from store.models import Json, Workspace
from tui.cli.checked import BRING_UP, Checked, check
from tui.cli.explaining import Explained
from tui.cli.stores import past_of, repository_of_store, store_path
from tui.cli.telling import put, say

MOST_LOST: Final = 20

CODES: Final = {Severity.NOTE: ExitCode.OK, Severity.WARNING: ExitCode.FAILED, Severity.ERROR: ExitCode.BAD_DATA}
"""How the command ends, by the worst finding."""

EXAMPLES: Final = """
leadline check
leadline check --fix
leadline check --staged && git commit
leadline check --merges v1.2..HEAD
"""


@click.command("check", cls=Explained, examples=EXAMPLES, short_help="Say what is wrong with the store; mend it.")
@click.option("--fix", is_flag=True, help="Show what can be mended, ask, and mend it; the old file is kept.")
@click.option("--yes", is_flag=True, help="Mend without asking.")
@click.option("--staged", is_flag=True, help="Look at what the next commit would have, for a pre-commit hook.")
@click.option("--let-conflicts-wait", "waiting", is_flag=True, help="Conflicts that nobody settled yet are no error.")
@click.option(
    "--merges",
    "span",
    is_flag=False,
    flag_value="HEAD",
    metavar="[RANGE]",
    help="Make merges again and say what they lost, where they were made without leadline; --fix puts it back.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON with a schema number.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    ctx: click.Context,
    fix: bool,  # noqa: FBT001 - click's form
    yes: bool,  # noqa: FBT001
    staged: bool,  # noqa: FBT001
    waiting: bool,  # noqa: FBT001
    span: str | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Read the store strictly and say what is wrong with it; without --fix nothing is changed.

    A store of an older schema is only read until --fix brings it to the present one, step by step: plan first, and the
    old file is kept.

    Exit code 0: sound, perhaps with notes. 1: warnings, such as links to records that are not here, circles (such as
    items that are called duplicates of each other), or another layout or schema than leadline's. 4: errors, such as
    records that cannot be read or conflicts that wait.
    """
    revision = past_of(ctx)
    _refuse_what_does_not_go_together(revision, fix=fix, staged=staged, span=span)
    if span is not None:
        from tui.cli.merges import check_merges  # late: needs git and the merge of records

        return check_merges(store_path(ctx), span, fix=fix, yes=yes, as_json=as_json)
    path = Path(os.path.realpath(store_path(ctx)))
    if staged:
        content = staged_content_of(path)
    else:
        content = read_file(path)[0] if revision is None else content_at(repository_of_store(path), revision)
    if content is None:
        say(f"Git has no {path.name} staged.")
        return ExitCode.OK
    checked = check(path, content, is_the_file=not staged and revision is None)
    if waiting:
        checked = replace(checked, findings=tuple(map(_let_wait, checked.findings)))
    if not staged and revision is None:
        checked = replace(checked, findings=(*checked.findings, *_of_clone(path)))
    is_mended = False
    if fix and checked.mending is not None:
        is_mended = _mend(checked, ask=not yes, is_silent=as_json)
    if as_json:
        sys.stdout.write(json_text(_document(checked, is_mended=is_mended)))
    if is_mended:
        checked = check(path, read_file(path)[0])
    if not as_json:
        _tell(path.name, checked, wants_fix=fix)
    return CODES[checked.worst]


def _refuse_what_does_not_go_together(revision: str | None, *, fix: bool, staged: bool, span: str | None) -> None:
    if revision is not None and (staged or fix or span is not None):
        message = "--at only looks at one commit; it goes with neither --fix nor --staged nor --merges."
        raise click.UsageError(message)
    if staged and fix:
        message = "--staged only looks: mend the file with --fix, then stage it."
        raise click.UsageError(message)


def _let_wait(finding: Finding) -> Finding:
    """The same, but for a conflict that waits a warning: a team may have its merges go on with those."""
    return replace(finding, severity=Severity.WARNING) if finding.table == "conflicts" else finding


def _of_clone(path: Path) -> tuple[Finding, ...]:
    """What the clone lacks that the store is in."""
    repository = repository_of(path)
    return () if repository is None else findings_in_clone(repository)


def staged_content_of(path: Path) -> bytes | None:
    """The bytes of the store that the next commit would have; None where git has none.

    Raises:
        UnreadableStoreError: a merge is not finished, so that nothing is staged.
        GitError: git cannot be asked.
    """
    repository = repository_of(path)
    if repository is None:
        return None
    if stages(repository) is not None:
        message = f"Git has not finished a merge of {path.name}."
        raise UnreadableStoreError(message, "Settle it, then `git add` the file.")
    return staged_content(repository)


def _mend(checked: Checked, *, ask: bool, is_silent: bool) -> bool:
    """Shows the plan, asks, and does it; whether it was done."""
    mending = checked.mending
    if mending is None:
        return False
    if not is_silent:
        for line in plan_of(mending):
            put(line)
    if mending.refusal:
        say(mending.refusal)
        return False
    if ask and not _agreed():
        say("Nothing was written.")
        return False
    kept = mend(mending, utc_now())
    where = f" The old file is kept: {kept.path}." if kept is not None else ""
    done = "is mended" if mending.from_schema is None else f"has schema {SCHEMA} now"
    say(f"{mending.path.name} {done}.{where}")
    if mending.from_schema is not None:
        say("`leadline recover` lists that copy, and brings it back with --restore.")
    return True


def _agreed() -> bool:
    if sys.stdin.isatty():
        return click.confirm("Write it?", err=True)
    say("Without a terminal nobody can be asked; --yes does it.")
    return False


def plan_of(mending: Mending) -> Iterator[str]:
    """What will be done about a file, as lines."""
    yield from mending.sentences
    if mending.lost:
        yield "What is not taken over stays in the copy of the old file alone:"
        yield from (f"    {words}" for words in mending.lost[:MOST_LOST])
        if len(mending.lost) > MOST_LOST:
            yield f"    and {len(mending.lost) - MOST_LOST:,} more"


def _tell(name: str, checked: Checked, *, wants_fix: bool) -> None:
    mending = checked.mending
    if mending is not None and checked.is_broken:
        for spot in mending.spots:
            put(f"{name}:{spot.line}:{spot.column}: error: {spot.complaint}.")
        for line in mending.spots[0].context if mending.spots else ():
            put(f"    {line}")
    counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for finding in checked.findings:
        counts[finding.severity] += 1
        line = f":{finding.line}" if finding.line else ""
        put(f"{name}{line}: {finding.severity.name.lower()}: {finding.message}")
        if finding.hint:
            put(f"    {finding.hint}")
        if finding.hint == BRING_UP and mending is not None and not wants_fix:
            for sentence in mending.sentences:
                put(f"    - {sentence}")
    said = [counted(count, severity.name.lower()) for severity, count in counts.items() if count]
    workspace = checked.workspace
    tables = (workspace.items, "item"), (workspace.goals, "goal"), (workspace.decisions, "decision")
    held = ", ".join(counted(len(records), thing) for records, thing in tables)
    if checked.is_broken:
        say(f"{name} is not whole; mended it holds {held}.")
        if not wants_fix:
            say("`leadline check --fix` shows how it would be mended, and asks.")
        return
    say(f"{held}: {', '.join(said) or 'nothing is wrong'}.")


def _document(checked: Checked, *, is_mended: bool) -> dict[str, Json]:
    mending = checked.mending
    found = [_shape(finding, checked.workspace) for finding in checked.findings]
    if mending is None:
        return {**document(findings=found), "mending": None}
    if checked.is_broken:
        found = [*(_spot_shape(spot) for spot in mending.spots), *found]
    plan = {"sentences": list(mending.sentences), "lost": list(mending.lost), "done": is_mended}
    return {**document(findings=found), "mending": plan}


def _spot_shape(spot: Spot) -> dict[str, Json]:
    shape = dict.fromkeys(("table", "record", "short", "field"))
    return {
        "severity": "error",
        "message": f"{spot.complaint}.",
        "hint": "",
        **shape,
        "line": spot.line,
        "column": spot.column,
    }


def _shape(finding: Finding, workspace: Workspace) -> dict[str, Json]:
    record = workspace.get(finding.table, finding.record) if finding.table and finding.record else None
    return {
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "hint": finding.hint,
        "table": finding.table or None,
        "record": finding.record,
        "short": workspace.name_of(record) if record is not None and finding.table != "settings" else None,
        "field": finding.field or None,
        "line": finding.line,
        "column": None,
    }
