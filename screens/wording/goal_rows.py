"""Goals as rows of a tree: sign, title, how far, wished against actual share, work under it."""

from collections.abc import Mapping
from typing import Final

from screens.wording.goal_facts import GoalFacts
from screens.wording.item_lines import Words
from store.clock import day_words
from store.goals import Band, Progress, Row, progress_under
from store.models import Goal, GoalStatus, Origin

SIGN: Final[Mapping[GoalStatus, Words]] = {
    GoalStatus.PROPOSED: ("?", "accent"),
    GoalStatus.ACTIVE: ("▶", "strong"),
    GoalStatus.ACHIEVED: ("✓", "good"),
    GoalStatus.DROPPED: ("✕", "muted"),
}
"""The sign of each status and its tone."""

ORIGIN: Final = {Origin.COMPANY: "company", Origin.CUSTOMER: "customers", Origin.TEAM: "the team"}
"""Who a priority comes from, as a heading."""

OPENED: Final = "▾"
FOLDED: Final = "▸"
FULL: Final = "━"
REST: Final = "─"
BAR: Final = 8
INDENT: Final = 2

RowWords = Mapping[str, Words | tuple[Words, ...]]


def goal_row(facts: GoalFacts, row: Row, *, is_folded: bool, deepest: int = 12) -> RowWords:
    """The words of one goal by column; titles stand in by their depth, but never further than `deepest` levels."""
    goal = row.goal
    sign, tone = state_of(facts, goal)
    is_pursued = facts.tree.is_pursued(goal.id)
    fold = (FOLDED if is_folded else OPENED) if row.has_children else " "
    words = "strong" if row.depth == 0 and is_pursued else "" if is_pursued else "muted"
    return {
        "title": (
            (" " * INDENT * min(row.depth, deepest), ""),
            (f"{fold} ", "muted"),
            (f"{sign} ", tone),
            (goal.title, words),
        ),
        "problem": (" · ".join(facts.problems(goal)), "warning"),
        **figures(facts, goal),
        "owner": (f"@{goal.owner}" if goal.owner else "", "muted"),
        "due": due(facts, goal),
    }


def figures(facts: GoalFacts, goal: Goal) -> RowWords:
    """The columns of numbers; nothing where the goal is not pursued any more, for nobody compares it."""
    progress = progress_under(facts.tree, goal.id)
    is_pursued = facts.tree.is_pursued(goal.id)
    count = facts.open_counts.get(goal.id, 0)
    return {
        "results": progress_words(progress, is_pursued=is_pursued),
        "share": share(facts, goal.id),
        "weight": (str(goal.weight), "muted"),
        "open": (f"{count:,}" if count or is_pursued else "", "warning" if is_pursued and not count else ""),
    }


def state_of(facts: GoalFacts, goal: Goal) -> Words:
    """The sign of a goal and its tone; one whose priority is over is muted, whatever it says itself."""
    sign, tone = SIGN[goal.status]
    if goal.status is GoalStatus.ACTIVE and not facts.tree.is_pursued(goal.id):
        return sign, "muted"
    return sign, tone


def progress_words(progress: Progress | None, *, is_pursued: bool = True) -> tuple[Words, ...]:
    """A bar and a percentage; a dash where nothing is measured yet."""
    if progress is None:
        return (("-" if is_pursued else "", "muted"),)
    tone = "good" if progress.band is Band.GOOD else ""
    return (*bar(progress.score, BAR, tone), (f" {round(100 * progress.score):>3} %", tone))


def bar(part: float, width: int, tone: str = "") -> tuple[Words, Words]:
    """A line that is thick as far as `part`, 0 to 1, goes; only nothing is empty and only all is full."""
    filled = round(part * width)
    if part > 0:
        filled = max(1, filled)
    if part < 1:
        filled = min(width - 1, filled)
    filled = max(0, min(width, filled))
    return (FULL * filled, tone), (REST * (width - filled), "muted")


def share(facts: GoalFacts, goal: int) -> Words:
    """Wished and actual share of effort, such as `28/41`."""
    wish = facts.wished(goal)
    if wish is None:
        return "", ""
    return f"{wish:.0f}/{facts.actual(goal):.0f}", ""


def due(facts: GoalFacts, goal: Goal) -> Words:
    """The day it is due; late is a warning while it is pursued."""
    if goal.due is None or not facts.tree.is_pursued(goal.id):
        return "", ""
    return day_words(goal.due, facts.today), "warning" if goal.due < facts.today else "muted"
