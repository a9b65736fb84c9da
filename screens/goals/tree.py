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
from store.goals import Row, rows, share_by_origin
from store.models import Origin

WITHOUT_GOAL: Final = -1
"""Stands for the items that serve no goal; no record has this id."""
WITHOUT_WORK: Final = -2
"""Stands for the goals that nothing serves."""
GAPS: Final = {WITHOUT_GOAL, WITHOUT_WORK}

NARROW: Final = 70
"""Cells of a tree below which progress is a percentage without a bar."""

_TITLE: Final = Column("title", "Goal", None, least=34)
_OPEN: Final = Column("open", "Open", 5, 1, right=True)
_FIGURES: Final = (
    Column("share", "Share", 5, 3, right=True),
    Column("effort", "Effort", 7, 4, right=True),
    _OPEN,
    Column("owner", "Owner", 8, 6),
    Column("due", "Due", 10, 5),
)
COLUMNS: Final = (_TITLE, Column("results", "Key results", BAR + 6, 2), *_FIGURES)
NARROW_COLUMNS: Final = (
    Column("title", "Goal", None, least=26),
    Column("percent", "Done", 5, 2, right=True),
    Column("share", "Share", 5, 3, right=True),
    Column("effort", "Effort", 6, 4, right=True),
    Column("open", "Open", 4, 1, right=True),
)
PROBLEM_COLUMNS: Final = (_TITLE, Column("problem", "To look at", 34, 0), _OPEN, Column("owner", "Owner", 8, 5))


def tree_columns(width: int, *, only_problems: bool) -> tuple[Column, ...]:
    """The columns of a tree that is so many cells wide."""
    return PROBLEM_COLUMNS if only_problems else NARROW_COLUMNS if width < NARROW else COLUMNS


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
    shares = share_by_origin(tree)
    for origin in Origin:
        below = [row for row in shown if tree.origin_of(row.goal.id) is origin]
        if below:
            aside = f"{shares[origin]:.0f} % of what is wanted" if origin in shares else ""
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
        count = len(facts.without_goal)
        words = f"{counted_items(count)} {'serves' if count == 1 else 'serve'} no goal"
        found[WITHOUT_GOAL] = {"title": (Cell("  "), Cell("○ ", "warning"), Cell(words))}
    if facts.without_work:
        count = len(facts.without_work)
        words = f"Nothing serves {count:,} goal{'' if count == 1 else 's'}"
        found[WITHOUT_WORK] = {"title": (Cell("  "), Cell("○ ", "warning"), Cell(words))}
    return found
