"""`leadline settle`: settles what a merge left to a person."""

from collections.abc import Sequence
from datetime import datetime

import click

from screens.wording.dispute import Dispute
from screens.wording.typed_values import typed
from store.change import ChangeSet, Choice, conflict_restored, settled
from store.clock import local_day, utc_now
from store.errors import NotFoundError, RuleError
from store.models import Conflict, Workspace
from tui.cli.conflicts import disputes_of
from tui.cli.explaining import Explained
from tui.cli.stores import open_workbench, save, store_path
from tui.cli.telling import say

EXAMPLES = """
leadline settle C-7KQ2 first
leadline settle LL-3F0W both --field body
leadline settle LL-3F0W --field owner --value ana
leadline settle LL-3F0W --field verdict --value "decline not this year"
"""
_TAKEN = tuple(choice.value for choice in Choice if choice is not Choice.OWN)


@click.command("settle", cls=Explained, examples=EXAMPLES, short_help="Settle a conflict of a merge.")
@click.argument("name", metavar="ID")
@click.argument("choice", required=False, type=click.Choice(_TAKEN))
@click.option("--field", metavar="FIELD", help="Which field, where several fields of a record are disputed.")
@click.option("--value", metavar="VALUE", help="Another value; a verdict or status is its word, then why.")
@click.pass_context
def command(ctx: click.Context, name: str, choice: str | None, field: str | None, value: str | None) -> None:
    """Settle a conflict; ID is that of the conflict or of the record that it is about.

    first and second are the sides as `leadline conflicts` lists them, base is what was there before, both keeps what
    both say. What is not taken stays in the conflict; a settled one can be settled again with another choice.
    """
    if (choice is None) == (value is None):
        message = f"Say what to take, {', '.join(_TAKEN)}, or give --value."
        raise click.UsageError(message)
    bench = open_workbench(store_path(ctx))
    now = utc_now()
    dispute = _meant(bench.workspace, name, field)
    conflict = dispute.conflict
    if choice is None:
        wanted = typed(dispute, value or "", local_day(now))
        change = settled(bench.workspace, conflict, Choice.OWN, now, bench.by, wanted)
    else:
        change = _taken(bench.workspace, conflict, Choice(choice), (now, bench.by))
    after = bench.do(change)
    save(bench)
    left = len(after.questions)
    say(f"{change.sentence}. {f'{left} left to settle.' if left else 'All is settled.'}")


def _taken(workspace: Workspace, conflict: Conflict, choice: Choice, stamp: tuple[datetime, str]) -> ChangeSet:
    decide = settled if conflict.settled is None else conflict_restored
    return decide(workspace, conflict, choice, *stamp)


def _meant(workspace: Workspace, name: str, field: str | None) -> Dispute:
    """The conflict that a person means by its own id, or by that of the record and the field.

    Raises:
        NotFoundError: nothing is disputed there.
        RuleError: several fields are.
    """
    everything = disputes_of(workspace)
    by_own = _by_own_id(workspace, name, everything)
    if by_own is not None:
        return by_own
    record = workspace.find(name)
    about = [each for each in everything if each.conflict.record == record.id and each.conflict.settled is None]
    questions = {each.id for each in workspace.questions} if field is None else set()
    found = [
        each
        for each in about
        if each.conflict.id in questions or (field and field in {each.conflict.field, each.field})
    ]
    if len(found) > 1:
        fields = ", ".join(each.conflict.field or "(deleted or kept)" for each in found)
        message = f"{workspace.name_of(record)} has several disputed fields: {fields}."
        raise RuleError(message, "Name one with --field, or give the id of the conflict, such as C-7KQ2.")
    if not found:
        what = f"The {field} of {workspace.name_of(record)}" if field else workspace.name_of(record)
        message = f"{what} is not disputed."
        raise NotFoundError(message, "`leadline conflicts` lists what is.")
    return found[0]


def _by_own_id(workspace: Workspace, name: str, everything: Sequence[Dispute]) -> Dispute | None:
    if not name.upper().startswith("C-") and not name.isdecimal():
        return None
    try:
        number = int(name) if name.isdecimal() else workspace.find(name, tables=("conflicts",)).id
    except NotFoundError:
        if workspace.settings.prefix == "C":
            return None
        raise
    return next((each for each in everything if each.conflict.id == number), None)
