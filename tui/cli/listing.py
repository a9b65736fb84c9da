"""`leadline list`: the items a query finds."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import click
from rich.cells import cell_len

from screens.wording.clean import clean, fit
from screens.wording.counting import counted
from screens.wording.item_lines import Words
from screens.wording.rows import RowWords
from store.clock import local_day, utc_now, whole_days
from store.models import Item, Workspace
from store.query import Context, Query, Vocabulary, parse
from store.scoring import Scoreboard
from tui.cli.explaining import Explained
from tui.cli.stores import me, reading_of, store_path
from tui.cli.telling import is_for_eyes, put, say, width


@dataclass(frozen=True, slots=True)
class Column:
    """A column on a terminal: `leaves` says in which order columns go when there is no room; 0 stays."""

    key: str
    leaves: int = 0
    right: bool = False
    most: int = 24


COLUMNS: Final = (
    Column("state"),
    Column("id"),
    Column("title"),
    Column("stage", leaves=6, most=10),
    Column("horizon", leaves=4),
    Column("goals", leaves=5),
    Column("score", leaves=3, right=True),
    Column("size", leaves=2, right=True),
    Column("owner", leaves=1, most=12),
    Column("age", leaves=2, right=True),
)
PLAIN: Final = ("id", "stage", "horizon", "score", "size", "owner", "age", "goals", "title")
"""What a pipe gets, separated by tabs: always these, never cut."""

NARROWEST_TITLE: Final = 24
GAP: Final = "  "


EXAMPLES: Final = """
leadline list 'stage:ready size<=3 -tag:ui'
leadline list 'goal:none or owner:@me' 'sort:age'
leadline list is:any text:login
"""


@click.command("list", cls=Explained, examples=EXAMPLES, short_help="List the items that a query finds.")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Everything about each item, as JSON with a schema number.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N items.")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], as_json: bool, limit: int | None) -> None:  # noqa: FBT001 - click's form
    """List the open items that QUERY finds, best score first.

    On a terminal the columns fit its width. Through a pipe each line has id, stage, horizon, score, size, owner, age in
    days, goals and title, separated by tabs.
    """
    path = store_path(ctx)
    workspace = reading_of(ctx).workspace
    text = " ".join(query)
    wanted = parse(text, Vocabulary(workspace))
    now = utc_now()
    board = Scoreboard(workspace, local_day(now))
    who = me(path) if "@me" in text.casefold() else ""
    items = wanted.select(workspace, Context(workspace, now, who, board.value))
    shown = items if limit is None else items[:limit]
    if as_json:
        _put_json(workspace, wanted, shown, board)
        return
    rows = RowWords(workspace, now, board.value)
    if is_for_eyes():
        for line in table([rows.of(item) for item in shown], width()):
            put(line)
    else:
        for item in shown:
            sys.stdout.write("\t".join(plain(rows, item, now)) + "\n")
    _tell_count(len(shown), len(items), text)


def table(rows: Sequence[Mapping[str, Words | tuple[Words, ...]]], room: int) -> Iterable[str]:
    """The rows as lines of at most `room` cells; columns leave by their order until the title has room."""
    texts = [{column.key: _text(row[column.key]) for column in COLUMNS} for row in rows]
    widths = {
        column.key: min(column.most, max((cell_len(text[column.key]) for text in texts), default=0))
        for column in COLUMNS
        if column.key != "title"
    }
    kept = [column for column in COLUMNS if column.key == "title" or widths[column.key]]
    for leaving in range(1, max(column.leaves for column in COLUMNS) + 1):
        if _room_for_title(kept, widths, room) >= NARROWEST_TITLE:
            break
        kept = [column for column in kept if column.leaves != leaving]
    longest = max((cell_len(text["title"]) for text in texts), default=0)
    widths["title"] = max(8, min(longest, _room_for_title(kept, widths, room)))
    for text in texts:
        cells = [fit(text[column.key], widths[column.key], pad=True, right=column.right) for column in kept]
        yield GAP.join(cells).rstrip()


def plain(rows: RowWords, item: Item, now: datetime) -> list[str]:
    """The columns of a pipe; a tab or a line break in a text is a blank, so that each item is one line."""
    words = rows.of(item)
    texts = {key: _text(value) for key, value in words.items()}
    texts["horizon"] = item.horizon.value if item.horizon else ""
    texts["size"] = str(item.size) if item.size else ""
    texts["age"] = str(whole_days(item.created.at, now))
    texts["score"] = "" if texts["score"] == "-" else texts["score"]
    texts["goals"] = " ".join(f"{clean(rows.goal_word(link.goal))}:{link.strength}" for link in rows.links(item))
    return [texts[key] for key in PLAIN]


def _text(words: Words | tuple[Words, ...]) -> str:
    parts = (words,) if words and isinstance(words[0], str) else words
    return clean("".join(str(text) for text, _ in parts))


def _room_for_title(kept: Sequence[Column], widths: Mapping[str, int], room: int) -> int:
    others = sum(widths[column.key] for column in kept if column.key != "title")
    return room - others - len(GAP) * (len(kept) - 1)


def _put_json(workspace: Workspace, query: Query, items: Sequence[Item], board: Scoreboard) -> None:
    from store.json_shape import document, item_shape, json_text  # late: only scripts ask for it

    shapes = [{**item_shape(workspace, item), "score": _rounded(board.value(item))} for item in items]
    sys.stdout.write(json_text({**document(items=shapes), "query": query.text}))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _tell_count(shown: int, found: int, text: str) -> None:
    what = counted(found, "item")
    if shown < found:
        say(f"{shown:,} of {what}.")
    elif not found and text:
        say("Nothing matches. Closed items are looked at too with is:any.")
    elif not found:
        say("No open items. `leadline add` captures one, `leadline import` brings a backlog.")
    elif is_for_eyes():
        say(f"{what}.")
