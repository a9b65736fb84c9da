"""A goal in words: what the pane beside the tree shows, and what is asked before a goal is given up."""

from collections.abc import Iterable
from typing import Final

from screens.wording import disputed
from screens.wording.decision_rows import sign_of
from screens.wording.disputed import dispute_words, disputed_fields, is_disputed
from screens.wording.goal_facts import GoalFacts, Loss, days
from screens.wording.goal_rows import bar, state_of
from screens.wording.item_body import body_lines
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.item_peek import labelled
from screens.wording.reflow import reflowed
from store.clock import day_words
from store.decisions import standing
from store.goals import expected_by, progress_under, result_figures
from store.models import Decision, Goal, GoalStatus, Origin

PRIORITY: Final = {
    Origin.COMPANY: "priority of the company",
    Origin.CUSTOMER: "priority of customers",
    Origin.TEAM: "priority of the team",
}
WIDEST_BAR: Final = 24
FEW: Final = 5
ARROW: Final = "->"
"""How many decisions or goals are named before the rest is counted."""


def goal_lines(facts: GoalFacts, goal: Goal, width: int, *, sharing: str = "g s") -> list[Line]:
    """Everything about the goal itself; the items that serve it stand in a list of their own.

    `sharing` is the key that leads to where conflicts are settled.
    """
    lines = [*wrapped([(goal.title, "strong")], width), *wrapped(_state(facts, goal), width)]
    if problems := facts.problems(goal):
        lines += wrapped([(" · ".join(problems), "warning")], width)
    lines += _results(facts, goal, width)
    lines.append(BLANK)
    if fields := disputed_fields(goal, facts.workspace):
        lines += labelled("disputed", [dispute_words(fields, sharing)], width)
    if goal.parent is not None and (parent := facts.workspace.goals.get(goal.parent)):
        lines += labelled("for", [[(parent.title, "")]], width)
    lines += labelled("share", [_share(facts, goal)], width)
    lines += labelled("effort", [_effort(facts, goal)], width)
    lines += labelled("work", [_work(facts, goal)], width)
    if goal.guideline:
        lines += labelled("guideline", [[(goal.guideline, "")]], width)
    if teams := _teams(facts, goal):
        lines += labelled("teams", [[(teams, "")]], width)
    if decisions := facts.decisions.get(goal.id):
        lines += labelled("decided", _decided(facts, decisions), width)
    if goal.body.strip():
        lines += [BLANK, *body_lines(reflowed(goal.body), width)]
    return lines


def without_goal_lines(facts: GoalFacts, width: int) -> list[Line]:
    """What the entry for items without a goal says."""
    count = len(facts.without_goal)
    inbox = facts.inbox_without_goal
    serve, part = "serves" if count == 1 else "serve", 100 * facts.part_without_goal
    accepted = "1 accepted item" if count == 1 else f"{count:,} accepted items"
    words = f"{accepted} {serve} no goal: {part:.0f} % of what was accepted."
    waiting = f"{counted_items(inbox)} without a goal in the inbox wait{'s' if inbox == 1 else ''} for a verdict first."
    return [
        *wrapped([("Work that serves no goal", "strong")], width),
        BLANK,
        *wrapped([(words, "")], width),
        *(wrapped([(waiting, "muted")], width) if inbox else []),
        BLANK,
        *wrapped(
            [("tab goes to the items, m maps one to a goal. What serves nothing may be superfluous.", "muted")], width
        ),
    ]


def without_work_lines(facts: GoalFacts, width: int) -> list[Line]:
    """What the entry for goals without work says."""
    lines = [
        *wrapped([("Goals that nothing serves", "strong")], width),
        BLANK,
        *wrapped([("Somebody wants them, and no open item brings them nearer.", "")], width),
        BLANK,
    ]
    for goal in facts.without_work:
        sign, tone = state_of(facts, goal)
        share = facts.share(goal.id)
        wanted = f"   {share:.0f} % of what is wanted" if share else ""
        lines += wrapped([(f"{sign} ", tone), (goal.title, ""), (wanted, "muted")], width, hang=2)
    return lines


def example_lines(width: int) -> list[Line]:
    """What the pane says while there is no goal: what goals are for, and an example of two."""
    start, target = ("▶ ", "strong"), ("▶ ", "strong")
    return [
        *wrapped([("What should the work bring about?", "strong")], width),
        BLANK,
        *wrapped(
            [("A priority says who wants something and how much. A goal below it says how you will know.", "")], width
        ),
        BLANK,
        *wrapped([start, ("Analysts stay in flow", "strong"), ("   a priority of customers", "muted")], width, hang=2),
        *wrapped([("  ", ""), target, ("A grid keeps its state when a query runs again", "")], width, hang=4),
        *wrapped([("    ", ""), (f"complaints a month 40 {ARROW} 10", "muted")], width, hang=4),
        BLANK,
        *wrapped(
            [("n", "accent"), (" types the first one, a line", ""), ("   N", "accent"), (" opens the whole form", "")],
            width,
        ),
        *wrapped(
            [("m", "accent"), (" in the backlog and in triage says which goal an item serves", "")], width, hang=2
        ),
    ]


def loss_words(facts: GoalFacts, loss: Loss) -> str:
    """What giving a goal up would leave behind, in lines: `7 open items would serve nothing`."""
    lines: list[str] = []
    if loss.items:
        count = len(loss.items)
        lines.append(f"{count:,} open item{'' if count == 1 else 's'} would serve nothing")
        lines += _named([f"{facts.workspace.name_of(item)}  {item.title}" for item in loss.items])
    if loss.goals:
        count = len(loss.goals)
        lines.append(f"{count:,} goal{'' if count == 1 else 's'} below would not be pursued")
        lines += _named([goal.title for goal in loss.goals])
    if loss.decisions:
        count = len(loss.decisions)
        lines.append(f"{count:,} decision{'' if count == 1 else 's'} rested on it")
        lines += _named([f"{facts.workspace.name_of(one)}  {one.title}" for one in loss.decisions])
    return "\n".join(lines)


def counted_items(count: int) -> str:
    """A number of items in words."""
    return "1 item" if count == 1 else f"{count:,} items"


def _state(facts: GoalFacts, goal: Goal) -> list[Words]:
    sign, tone = state_of(facts, goal)
    parts: list[Words] = [(f"{sign} {goal.status.value}", tone)]
    if is_disputed(goal, facts.workspace):
        parts.append(disputed.WORD)
    if goal.archived is not None:
        parts.append(("archived", "muted"))
    elif goal.status is GoalStatus.ACTIVE and not facts.tree.is_pursued(goal.id):
        parts.append(("not pursued, for what it is for is not", "muted"))
    if goal.parent is None:
        said = f", said by @{goal.said_by}" if goal.said_by else ""
        parts.append((f"{PRIORITY[goal.origin]}{said}", ""))
    if goal.due is not None:
        parts.append((f"due {day_words(goal.due, facts.today)}{_ahead(facts, goal)}", ""))
    if goal.owner:
        parts.append((f"@{goal.owner}", ""))
    return _dotted(parts)


def _ahead(facts: GoalFacts, goal: Goal) -> str:
    left = (goal.due - facts.today).days if goal.due else 0
    if left <= 1:
        return ""
    return f", in {days(left)}" if left < 21 else f", in {left // 7} weeks"


def _results(facts: GoalFacts, goal: Goal, width: int) -> list[Line]:
    lines: list[Line] = []
    for result in goal.key_results:
        part = result.progress
        percent = "  -  " if part is None else f"{round(100 * part):>3} %"
        tone = "good" if part is not None and part >= 1 else ""
        thickness = min(WIDEST_BAR, max(6, width // 3))
        drawn = bar(0.0 if part is None else min(1.0, max(0.0, part)), thickness, tone)
        lines += [
            BLANK,
            *wrapped([(result.title, "")], width),
            *wrapped([*drawn, (f" {percent} ", tone), (f" {result_figures(result)}", "muted")], width, hang=2),
        ]
    progress, time_over = progress_under(facts.tree, goal.id), expected_by(goal, facts.today)
    if progress is not None and time_over is not None and facts.tree.is_pursued(goal.id):
        behind = time_over - progress.score > 0.2
        words = f"{progress.score:.0%} of the way in {time_over:.0%} of the time".replace("%", " %")
        lines += [BLANK, *wrapped([(words, "warning" if behind else "muted")], width)]
    return lines


def _share(facts: GoalFacts, goal: Goal) -> list[Words]:
    part = facts.share(goal.id)
    if part is None:
        return [("none, it is not pursued", "muted")]
    return [(f"{part:.0f} % of what is wanted", ""), (f" (weight {goal.weight})", "muted")]


def _effort(facts: GoalFacts, goal: Goal) -> list[Words]:
    words: list[Words] = [(f"{facts.actual(goal.id):.0f} % of the work in hand", "")]
    if goal.share is not None and facts.tree.is_pursued(goal.id):
        words.append((f", {goal.share} % wished", ""))
    return words


def _work(facts: GoalFacts, goal: Goal) -> list[Words]:
    count = facts.open_counts.get(goal.id, 0)
    if not count:
        return [("nothing open", "muted")]
    direct = len(facts.serving.get(goal.id, ()))
    parts = f", {direct:,} directly" if direct != count else ""
    return [(f"{count:,} open{parts}", "")]


def _teams(facts: GoalFacts, goal: Goal) -> str:
    teams = (facts.workspace.teams.get(team) for team in goal.teams)
    return ", ".join(sorted(team.title for team in teams if team is not None))


def _decided(facts: GoalFacts, decisions: tuple[Decision, ...]) -> Iterable[list[Words]]:
    for decision in decisions[:FEW]:
        sign, tone = sign_of(standing(decision, facts.workspace, facts.today), facts.workspace)
        yield [(f"{sign} ", tone), (decision.title, "")]
    if len(decisions) > FEW:
        yield [(f"and {len(decisions) - FEW} more", "muted")]


def _named(names: list[str]) -> list[str]:
    more = [f"    and {len(names) - FEW:,} more"] if len(names) > FEW else []
    return [*(f"    {name}" for name in names[:FEW]), *more]


def _dotted(parts: list[Words]) -> list[Words]:
    joined: list[Words] = []
    for part in parts:
        joined += [(" · ", "muted"), part] if joined else [part]
    return joined
