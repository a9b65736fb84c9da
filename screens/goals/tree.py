"""The goal tree as rows of a list: which goals, in which order, under which headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from screens.widgets.item_rows import cells_of
from screens.widgets.record_columns import Cell, Column
from screens.widgets.record_lines import Group
from screens.widgets.record_painter import Row as Cells
from screens.wording.goal_facts import GoalFacts
from screens.wording.goal_page import counted_items
from screens.wording.goal_rows import BAR, ORIGIN, goal_row
from store.goals import Row, rows, wished_by_origin
from store.models import Origin

WITHOUT_GOAL: Final = -1
"""Stands for the items that serve no goal; no record has this id."""
WITHOUT_WORK: Final = -2
"""Stands for the goals that nothing serves."""
GAPS: Final = {WITHOUT_GOAL, WITHOUT_WORK}

_TITLE: Final = Column("title", "Goal", None, least=34)
_OPEN: Final = Column("open", "Open", 5, 1, right=True)
COLUMNS: Final = (
    _TITLE,
    Column("results", "Key results", BAR + 6, 2),
    Column("share", "Wished/now", 10, 3, right=True),
    _OPEN,
    Column("owner", "Owner", 8, 5),
    Column("due", "Due", 10, 4),
)
PROBLEM_COLUMNS: Final = (_TITLE, Column("problem", "To look at", 34, 0), _OPEN, Column("owner", "Owner", 8, 5))


@dataclass(frozen=True, slots=True)
class Forest:
    """What the tree shows: goals in order, headings, and the cells of each."""

    ids: Sequence[int]
    groups: tuple[Group, ...]
    cells: Mapping[int, Cells]


def forest(facts: GoalFacts, *, folded: frozenset[int], only_problems: bool) -> Forest:
    """The tree by origin, the company's priorities first, and below it what has no partner."""
    tree = facts.tree
    shown = rows(tree, folded=frozenset() if only_problems else folded)
    if only_problems:
        shown = [row for row in shown if facts.problems(row.goal)]
    cells: dict[int, Cells] = {}
    groups: list[Group] = []
    wished = wished_by_origin(tree)
    for origin in Origin:
        below = [row for row in shown if tree.origin_of(row.goal.id) is origin]
        if below:
            aside = f"{wished[origin]:.0f} % wished" if origin in wished else ""
            groups.append(Group(len(cells), ORIGIN[origin], aside))
        for row in below:
            placed = Row(row.goal, 0, row.share, has_children=False) if only_problems else row
            cells[row.goal.id] = _cells(facts, placed, is_folded=row.goal.id in folded)
    if shown or only_problems:
        gaps = _gaps(facts)
        if gaps:
            groups.append(Group(len(cells), "gaps"))
            cells |= gaps
    return Forest(tuple(cells), tuple(groups), cells)


def _cells(facts: GoalFacts, row: Row, *, is_folded: bool) -> Cells:
    return {key: cells_of(words) for key, words in goal_row(facts, row, is_folded=is_folded).items()}


def _gaps(facts: GoalFacts) -> dict[int, Cells]:
    found: dict[int, Cells] = {}
    if facts.without_goal:
        words = f"Serves no goal ({counted_items(len(facts.without_goal))})"
        found[WITHOUT_GOAL] = {"title": (Cell("  "), Cell("○ ", "warning"), Cell(words))}
    if facts.without_work:
        count = len(facts.without_work)
        words = f"Nothing serves it ({count} goal{'' if count == 1 else 's'})"
        found[WITHOUT_WORK] = {"title": (Cell("  "), Cell("○ ", "warning"), Cell(words))}
    return found
