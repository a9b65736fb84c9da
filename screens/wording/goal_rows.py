"""Goals as rows of a tree: sign, title, how far, its share, where effort goes, work under it."""

from collections.abc import Mapping
from typing import Final

from screens.wording import disputed
from screens.wording.disputed import is_disputed
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
    is_pursued = facts.tree.is_pursued(goal.id)
    results = progress_words(progress_under(facts.tree, goal.id), is_pursued=is_pursued)
    percent, tone = results[-1]
    count = facts.open_counts.get(goal.id, 0)
    return {
        "results": results,
        "percent": (percent.strip(), tone),
        "share": share(facts, goal.id),
        "effort": effort_words(facts, goal),
        "weight": (str(goal.weight), "muted"),
        "open": (f"{count:,}" if count or is_pursued else "", "warning" if is_pursued and not count else ""),
    }


def state_of(facts: GoalFacts, goal: Goal) -> Words:
    """The sign of a goal and its tone: disputed goes first; one whose priority is over is muted, whatever it says."""
    if is_disputed(goal, facts.workspace):
        return disputed.SIGN
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
    """The goal's part of what is wanted, `19 %`; those of the goals below one add up to its own."""
    part = facts.share(goal)
    return ("", "") if part is None else (f"{part:.0f} %", "")


def effort_words(facts: GoalFacts, goal: Goal) -> Words:
    """The part of the work in hand, `23 %`; where a share of effort was wished, `23/30`: now and wished."""
    if not facts.tree.is_pursued(goal.id):
        return "", ""
    now = f"{facts.actual(goal.id):.0f}"
    return (f"{now} %" if goal.share is None else f"{now}/{goal.share}"), ""


def due(facts: GoalFacts, goal: Goal) -> Words:
    """The day it is due; late is a warning while it is pursued."""
    if goal.due is None or not facts.tree.is_pursued(goal.id):
        return "", ""
    return day_words(goal.due, facts.today), "warning" if goal.due < facts.today else "muted"
