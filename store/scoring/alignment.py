"""The default score: how much of what is wanted an item serves, for how little work.

    score = goal value x urgency x due x confidence / size

- goal value, 0 to 100: the sum over the goals it serves of `share x strength / 3`. The share is the goal's part of all
  that is wanted, in per cent (see `store.models.goal_tree`); strength is 1 to 3. A goal below another one that is also
  served is part of it already: of the goal above and the sum of those below it, only the larger counts. So the value
  never exceeds 100.
- urgency: the rating 1 to 5 as factor 0.6, 0.8, 1, 1.3, 1.7; not rated counts as 3.
- due: 1 until 14 days before the day, then growing evenly to 2 at 7 days after it; no due date counts as 1. The slope
  is that of Taskwarrior's due term, https://taskwarrior.org/docs/urgency/.
- confidence: the rating in per cent; not rated counts as 80 %, the “medium” of RICE.
- size: in the team's own unit; not sized counts as 3.

No input comes from another item, so a score never moves because a neighbour was added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from store.models import GoalTree, Item, Origin
from store.scoring.score import Score, Term

URGENCY_FACTORS = {1: 0.6, 2: 0.8, 3: 1.0, 4: 1.3, 5: 1.7}
ASSUMED_URGENCY = 3
ASSUMED_CONFIDENCE = 80
ASSUMED_SIZE = 3
DUE_FROM_DAYS = 14
DUE_SPAN_DAYS = 21
_STRENGTHS = {1: "helps", 2: "serves", 3: "is what it is about:"}

NO_GOAL = "it serves no goal"
GOALS_OVER = "no goal it serves is pursued any more"


@dataclass(frozen=True, slots=True)
class GoalPart:
    """What one goal gives to the value: `share x strength / 3`, or nothing where a goal above or below covers it."""

    goal: int
    share: float
    strength: int
    counted: float
    covered_by: int | None = None


def due_factor(due: date | None, today: date) -> float:
    """1 far from the due day, 2 a week past it."""
    if due is None:
        return 1.0
    days_over = (today - due).days
    return 1.0 + min(1.0, max(0.0, (days_over + DUE_FROM_DAYS) / DUE_SPAN_DAYS))


def factors(item: Item, today: date) -> float:
    """Everything after the goal value, multiplied: urgency x due x confidence / size."""
    urgency = URGENCY_FACTORS.get(item.ratings.get("urgency", ASSUMED_URGENCY), 1.0)
    confidence = item.ratings.get("confidence", ASSUMED_CONFIDENCE)
    return urgency * due_factor(item.due, today) * (confidence / 100) / (item.size or ASSUMED_SIZE)


def goal_parts(item: Item, tree: GoalTree) -> tuple[GoalPart, ...]:
    """What each pursued goal that the item serves gives to its value."""
    served = {link.goal: link.strength for link in item.goals if tree.is_pursued(link.goal)}
    own = {goal: tree.shares[goal] * strength / 3 for goal, strength in served.items()}
    if len(served) < 2:
        return tuple(GoalPart(goal, tree.shares[goal], served[goal], own[goal]) for goal in served)
    nearest = {goal: next((above for above in tree.above(goal) if above in served), None) for goal in served}
    # Deepest first, so that the sum below a goal is known when the goal is compared with it.
    order = sorted(served, key=lambda goal: -len(list(tree.above(goal))))
    below: dict[int, float] = dict.fromkeys(served, 0.0)
    wins: dict[int, bool] = {}
    for goal in order:
        wins[goal] = own[goal] >= below[goal]
        above = nearest[goal]
        if above is not None:
            below[above] += max(own[goal], below[goal])
    parts = []
    for goal, strength in served.items():
        cover = _cover(goal, nearest, wins)
        if cover is None and not wins[goal]:
            cover = next(other for other in order if goal in tree.above(other) and nearest[other] == goal)
        counted = own[goal] if cover is None else 0.0
        parts.append(GoalPart(goal, tree.shares[goal], strength, counted, cover))
    return tuple(parts)


def _cover(goal: int, nearest: Mapping[int, int | None], wins: Mapping[int, bool]) -> int | None:
    """The highest goal above that counts as a whole, and so covers this one."""
    found = None
    above = nearest[goal]
    while above is not None:
        if wins[above]:
            found = above
        above = nearest[above]
    return found


def alignment_value(item: Item, tree: GoalTree, today: date) -> float | None:
    """The value of `alignment` without its steps: this is what ten thousand items are sorted by."""
    if not item.goals:
        return None
    parts = goal_parts(item, tree)
    return sum(part.counted for part in parts) * factors(item, today) if parts else None


def alignment(item: Item, tree: GoalTree, today: date) -> Score:
    """The score of an item with every step; without a pursued goal there is none."""
    parts = goal_parts(item, tree)
    if not parts:
        return Score(None, missing=("goals",), reason=GOALS_OVER if item.goals else NO_GOAL)
    terms = [_goal_term(part, tree) for part in parts]
    by_origin: dict[Origin, float] = {}
    for part in parts:
        origin = tree.origin_of(part.goal)
        by_origin[origin] = by_origin.get(origin, 0.0) + part.counted
    value = sum(part.counted for part in parts)
    missing: list[str] = []
    for name, coefficient, sentence, is_assumed in _steps(item, today):
        operator = "/" if name == "size" else "x"
        result = value / coefficient if operator == "/" else value * coefficient
        terms.append(Term(name, value, coefficient, result, sentence, operator, is_assumed))
        value = result
        if is_assumed:
            missing.append(name)
    return Score(value, tuple(terms), tuple(missing), parts=by_origin)


def _goal_term(part: GoalPart, tree: GoalTree) -> Term:
    title = tree.goals[part.goal].title
    origin = tree.origin_of(part.goal).value
    sentence = f"It {_STRENGTHS[part.strength]} “{title}”, {part.share:.0f} % of what is wanted ({origin})."
    if part.covered_by is not None:
        sentence += f" Counted already in “{tree.goals[part.covered_by].title}”."
    return Term(title, part.strength / 3, part.share, part.counted, sentence, goal=part.goal)


def _steps(item: Item, today: date) -> list[tuple[str, float, str, bool]]:
    urgency = item.ratings.get("urgency")
    factor = URGENCY_FACTORS.get(ASSUMED_URGENCY if urgency is None else urgency, 1.0)
    confidence = item.ratings.get("confidence")
    sure = ASSUMED_CONFIDENCE if confidence is None else confidence
    return [
        (
            "urgency",
            factor,
            f"Urgency is {urgency} of 5."
            if urgency is not None
            else "Urgency is not rated; the usual 3 of 5 is assumed.",
            urgency is None,
        ),
        ("due", due_factor(item.due, today), _due_sentence(item.due, today), False),
        (
            "confidence",
            sure / 100,
            f"We are {sure} % sure that it helps."
            if confidence is not None
            else f"How sure we are is not rated; {sure} % is assumed.",
            confidence is None,
        ),
        (
            "size",
            item.size or ASSUMED_SIZE,
            f"Its size is {item.size}." if item.size else f"It is not sized; {ASSUMED_SIZE} is assumed.",
            item.size is None,
        ),
    ]


def _due_sentence(due: date | None, today: date) -> str:
    if due is None:
        return "It has no due date."
    days = (due - today).days
    if days < 0:
        return f"It was due {-days} {'day' if days == -1 else 'days'} ago."
    when = "today" if days == 0 else f"in {days} days"
    return f"It is due {when}{'' if days <= DUE_FROM_DAYS else ', which is not near yet'}."
