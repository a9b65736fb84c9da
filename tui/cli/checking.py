"""`leadline check`: what is wrong with the store."""

import sys
from collections.abc import Iterable
from typing import Final

import click

from screens.wording.counting import counted
from store.disk.files import read_file
from store.disk.reading import read_store
from store.errors import ExitCode
from store.findings import Finding, Severity
from store.json_shape import document, json_text
from store.models import Json, Workspace
from store.soundness import findings_in, located
from tui.cli.stores import store_path
from tui.cli.telling import put, say

CODES: Final = {Severity.NOTE: ExitCode.OK, Severity.WARNING: ExitCode.FAILED, Severity.ERROR: ExitCode.BAD_DATA}
"""How the command ends, by the worst finding."""


@click.command("check", short_help="Say what is wrong with the store.")
@click.option("--json", "as_json", is_flag=True, help="As JSON with a schema number.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:  # noqa: FBT001 - click's form
    """Read the store strictly and say what is wrong with it; nothing is changed.

    Exit code 0: sound, perhaps with notes. 1: warnings, such as links to records that are not here. 4: errors, such as
    records that cannot be read.
    """
    path = store_path(ctx)
    content, _ = read_file(path)
    # Without anything known about the bytes, so that the strict reader looks at all of them.
    reading = read_store(content, path.name, {})
    text = content.decode()
    found = [*reading.findings, *(located(finding, text) for finding in findings_in(reading.workspace))]
    found.sort(key=lambda finding: (-finding.severity, finding.line or 0))
    worst = max((finding.severity for finding in found), default=Severity.NOTE)
    if as_json:
        shapes = [_shape(finding, reading.workspace) for finding in found]
        sys.stdout.write(json_text(document(findings=shapes)))
    else:
        _tell(path.name, found, reading.workspace)
    return CODES[worst]


def _tell(name: str, found: Iterable[Finding], workspace: Workspace) -> None:
    counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for finding in found:
        counts[finding.severity] += 1
        line = f":{finding.line}" if finding.line else ""
        put(f"{name}{line}: {finding.severity.name.lower()}: {finding.message}")
        if finding.hint:
            put(f"    {finding.hint}")
    said = [counted(count, severity.name.lower()) for severity, count in counts.items() if count]
    tables = (workspace.items, "item"), (workspace.goals, "goal"), (workspace.decisions, "decision")
    held = ", ".join(counted(len(records), thing) for records, thing in tables)
    say(f"{held}: {', '.join(said) or 'nothing is wrong'}.")


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
    }
