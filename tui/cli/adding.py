"""`leadline add`: capture items."""

import sys
from typing import Final

import click

from store.change import Capture, captured, captures, read_capture
from store.clock import local_day, utc_now
from store.errors import RuleError
from store.models import Item
from tui.cli.explaining import Explained
from tui.cli.stores import open_workbench, save, store_path
from tui.cli.telling import put, say

LONGEST: Final = 4 * 2**20


EXAMPLES: Final = """
leadline add 'Flaky login test #tests @ana ^faster !next due:fri ~2'
leadline add - < list.txt
"""


@click.command("add", cls=Explained, examples=EXAMPLES, short_help="Capture an item, or many from standard input.")
@click.argument("text", nargs=-1, required=True)
@click.pass_context
def command(ctx: click.Context, text: tuple[str, ...]) -> None:
    """Capture TEXT as an item in the inbox; “-” captures each line of standard input.

    #tag, @owner, !horizon, ^goal, due:day, ~size and kind:bug are read, the rest is the title. With !now or !next it is
    queued in ready (or what your team calls that stage), otherwise it lands in the inbox.

    What cannot be read stays in the title, and standard error says why. Standard output has the ids of the new items,
    one on each line.
    """
    bench = open_workbench(store_path(ctx))
    now, workspace = utc_now(), bench.workspace
    today = local_day(now)
    if text == ("-",):
        read = captures(_standard_input(), workspace, today, bench.by)
    else:
        read = [read_capture(" ".join(text), workspace, today, bench.by)]
    change = captured(workspace, read, bench.new_id, now, bench.by)
    if not change:
        message = "There is no title in that."
        raise RuleError(message, "Write what it is about, for example: leadline add 'Fix the login test #tests'.")
    after = bench.do(change)
    save(bench)
    for edit in change.edits:
        if isinstance(edit.after, Item):
            put(after.name_of(edit.after))
    for capture in read:
        _tell_problems(capture, is_only=len(read) == 1)
    reading = read[0].reading if len(read) == 1 else ""
    say(f"{change.sentence}{f' · {reading}' if reading else ''}.")


def _tell_problems(capture: Capture, *, is_only: bool) -> None:
    if not capture.problems:
        return
    if not is_only:
        say(f"“{capture.title}”:")
    for problem in capture.problems:
        say(problem)
    say(f"Not read, so it stays in the title: {' '.join(capture.unread)}")


def _standard_input() -> str:
    data = sys.stdin.buffer.read(LONGEST + 1)
    if len(data) > LONGEST:
        message = f"Standard input has more than {LONGEST // 2**20} MB."
        raise RuleError(message, "leadline import reads long lists from a file.")
    return data.decode(errors="replace").removeprefix("\ufeff")
