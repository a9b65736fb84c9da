"""Items as rows of a record list: the columns and their cells."""

from collections.abc import Callable, Mapping
from typing import Final

from screens.widgets.record_columns import Cell, Cells, Column
from screens.widgets.record_painter import Row
from screens.wording.item_lines import Words
from screens.wording.rows import GOAL_WORD, RowWords, id_width
from store.models import Item, Workspace

LEAST_TITLE: Final = 32
WIDEST_STAGE: Final = 10


def item_columns(workspace: Workspace, *, without: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """The columns of a list of items; as it narrows they leave from age over owner and size to the stage.

    Args:
        workspace: says how wide ids and stages are.
        without: columns that would only repeat what a heading says.
    """
    stages = max(len(stage.name) for stage in workspace.settings.stages)
    columns = (
        Column("state", "", 1, 0, gap=1),
        Column("id", "Id", id_width(workspace), 0),
        Column("title", "Title", None, least=LEAST_TITLE),
        Column("stage", "Stage", min(max(stages, len("disputed")), WIDEST_STAGE), 1),
        Column("horizon", "Horizon", 7, 5),
        Column("goals", "Goals", GOAL_WORD + 5, 2),
        Column("score", "Score", 5, 3, right=True),
        Column("size", "Size", 4, 4, right=True),
        Column("owner", "Owner", 10, 6),
        Column("age", "Age", 4, 7, right=True),
    )
    # What is empty in every row says nothing, and titles get the room.
    if not workspace.goals:
        without |= {"goals", "score"}
    if not any(item.size for item in workspace.open_items):
        without |= {"size"}
    if not any(item.owner for item in workspace.open_items):
        without |= {"owner"}
    return tuple(column for column in columns if column.key not in without)


def item_cells(words: RowWords, items: Mapping[int, Item]) -> Callable[[int], Row]:
    """The function that makes the cells of one item; an item that is gone has none."""

    def cells(number: int) -> Row:
        item = items.get(number)
        return {} if item is None else {key: cells_of(value) for key, value in words.of(item).items()}

    return cells


def cells_of(value: Words | tuple[Words, ...]) -> Cells:
    """The cells of one column, from its words with tones."""
    match value:
        case (str(text), str(tone)):
            return Cell(text, tone)
        case several:
            return tuple(Cell(text, tone) for text, tone in several)
