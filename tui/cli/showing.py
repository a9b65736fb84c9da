"""`leadline show`: one item, goal or decision with everything that belongs to it."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from screens.wording.item_lines import Line, text_of
from store.clock import local_day, utc_now
from store.models import Decision, Goal, Item, Json, Record, Workspace
from store.scoring import Score, Scoreboard
from tui.cli.stores import reading_of
from tui.cli.telling import is_for_eyes, put_block, width

if TYPE_CHECKING:
    from datetime import datetime

UNWRAPPED = 10_000
WIDEST = 110
"""Lines longer than this are hard to read, however wide the terminal is."""


@click.command("show", short_help="Show an item, a goal or a decision.")
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON with a schema number.")
@click.pass_context
def command(ctx: click.Context, name: str, as_json: bool) -> None:  # noqa: FBT001 - click's form
    """Show the item, goal or decision ID, with its score term by term and what it is linked to.

    The letters in front may be left out, and the last three are enough where only one record ends with them.
    """
    workspace = reading_of(ctx).workspace
    record = workspace.find(name)
    now = utc_now()
    board = Scoreboard(workspace, local_day(now))
    if as_json:
        from store.json_shape import document, json_text  # late: only scripts ask for it

        sys.stdout.write(json_text(document(**shapes(record, workspace, board))))
        return
    room = min(WIDEST, width()) if is_for_eyes() else UNWRAPPED
    put_block(text_of(lines(record, workspace, board, now, room)))


def shapes(record: Record, workspace: Workspace, board: Scoreboard) -> dict[str, list[Json]]:
    """The record in the shape of `--json`, in a list named after its table."""
    from store.json_shape import decision_shape, goal_shape, item_shape

    match record:
        case Item():
            return {"items": [{**item_shape(workspace, record), **_scored(board.score(record))}]}
        case Goal():
            return {"goals": [goal_shape(workspace, record)]}
        case Decision():
            return {"decisions": [decision_shape(workspace, record)]}
    return {}


def lines(record: Record, workspace: Workspace, board: Scoreboard, now: "datetime", room: int) -> Iterable[Line]:
    """The record for the eye."""
    from tui.cli.pages import decision_page, goal_page, item_page

    match record:
        case Item():
            return item_page(record, workspace, board, now, room)
        case Goal():
            return goal_page(record, workspace, board, now, room)
        case Decision():
            return decision_page(record, workspace, now, room)
    return ()


def _scored(score: Score) -> dict[str, Json]:
    terms = [
        {
            "name": term.name,
            "measure": term.measure,
            "operator": term.operator,
            "coefficient": term.coefficient,
            "result": term.result,
            "sentence": term.sentence,
            "is_assumed": term.is_assumed,
        }
        for term in score.terms
    ]
    return {
        "score": None if score.value is None else round(score.value, 3),
        "score_terms": terms,
        "score_missing": list(score.missing),
        "score_reason": score.reason,
    }
