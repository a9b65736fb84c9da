"""`leadline conflicts`: what merges left to a person."""

import sys
from collections.abc import Iterator, Sequence

import click

from screens.wording.counting import counted
from screens.wording.dispute import Dispute, place_of
from screens.wording.field_values import Names
from store.change import Choice
from store.clock import local_day, utc_now
from store.models import Json, Workspace, asked
from tui.cli.explaining import Explained
from tui.cli.stores import read_only, store_path
from tui.cli.telling import put, say

EXAMPLES = """
leadline conflicts
leadline conflicts --all --json
"""


@click.command("conflicts", cls=Explained, examples=EXAMPLES, short_help="List what merges left to a person.")
@click.option("--all", "with_settled", is_flag=True, help="Those that were settled, too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON with a schema number.")
@click.pass_context
def command(ctx: click.Context, with_settled: bool, as_json: bool) -> None:  # noqa: FBT001 - click's form
    """List the conflicts that wait to be settled: what it is about, what was there before, and what both sides say.

    `leadline settle` settles one; on the full screen `g s` does, with both sides beside each other.
    """
    workspace = read_only(store_path(ctx)).workspace
    questions = {conflict.id for conflict in asked(workspace.conflicts.values())}
    listed = (each for each in disputes_of(workspace) if each.conflict.id in questions)
    found = [each for each in listed if with_settled or each.conflict.settled is None]
    if as_json:
        from store.json_shape import document, json_text  # late: only scripts ask for it

        sys.stdout.write(json_text(document(conflicts=[_shape(each) for each in found])))
        return
    for each in found:
        for line in _lines(each):
            put(line)
    waiting = sum(each.conflict.settled is None for each in found)
    say(f"{counted(waiting, 'conflict')} to settle." if waiting else "Nothing is to be settled.")


def disputes_of(workspace: Workspace) -> Sequence[Dispute]:
    """The conflicts in their order, also those about records that only a newer version knows."""
    names = Names(workspace, today=local_day(utc_now()))
    return [Dispute(each, workspace, names) for each in sorted(workspace.conflicts.values(), key=place_of)]


def _lines(dispute: Dispute) -> Iterator[str]:
    conflict = dispute.conflict
    sign = "≠" if conflict.settled is None else "✓"
    yield f"{sign} {dispute.workspace.name_of(conflict)}  {dispute.field} · {dispute.subject}"
    yield f"    {dispute.story}"
    for word, choice in (("base", Choice.BASE), ("first", Choice.FIRST), ("second", Choice.SECOND)):
        if conflict.field or choice is not Choice.BASE:
            label = dispute.label(choice) if choice is not Choice.BASE else ""
            now = "  (stands now)" if dispute.stands(choice) else ""
            yield f"    {word:<6}  {dispute.words(choice)}{f'  [{label}]' if label else ''}{now}"


def _shape(dispute: Dispute) -> dict[str, Json]:
    conflict = dispute.conflict
    settled = conflict.settled
    return {
        "id": conflict.id,
        "short": dispute.workspace.name_of(conflict),
        "table": conflict.table,
        "record": conflict.record,
        "record_short": dispute.id or None,
        "field": conflict.field or None,
        "base": conflict.base,
        "first": dispute.value(Choice.FIRST),
        "second": dispute.value(Choice.SECOND),
        "labels": list(conflict.labels),
        "stands": next(
            (each.value for each in (Choice.FIRST, Choice.SECOND, Choice.BASE) if dispute.stands(each)), None
        ),
        "settled": None if settled is None else settled.model_dump(mode="json", by_alias=True),
    }
