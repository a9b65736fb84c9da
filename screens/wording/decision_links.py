"""What a decision rests on and what rests on it, as rows that lead there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from screens.wording import disputed, glyphs
from screens.wording.decision_rows import sign_of
from screens.wording.goal_rows import SIGN
from screens.wording.item_lines import Words
from store.decisions import links_of, standing, was_accepted
from store.models import Decision, DecisionStatus, Goal, Record, Workspace


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One record around a decision: where it stands in the list, its sign, its words and a remark."""

    heading: str
    record: Record
    sign: Words
    title: str
    remark: str = ""


def link_rows(decision: Decision, workspace: Workspace, today: date) -> list[LinkRow]:
    """The records around a decision, those it rests on first, in the order of their headings."""
    return list(_rows(decision, workspace, today))


def _rows(decision: Decision, workspace: Workspace, today: date) -> Iterator[LinkRow]:
    links = links_of(decision, workspace)
    waits = decision.status.status in {DecisionStatus.PROPOSED, DecisionStatus.DEFERRED}
    for goal in links.goals:
        yield LinkRow("rests on", goal, _goal_sign(goal, workspace), goal.title)
    for standard in links.standards:
        yield LinkRow("rests on", standard, ("§", "muted"), standard.title, f"standard, {standard.status.value}")
    for older, part in links.older:
        heading = _tense(decision, "replaces", "will replace, once it is accepted", "was to replace")
        yield LinkRow(heading, older, sign_of(standing(older, workspace, today), workspace), older.title, part)
    for newer, part in links.newer:
        heading = _tense(newer, "replaced by", "would be replaced, once it is accepted, by", "was to be replaced by")
        yield LinkRow(heading, newer, sign_of(standing(newer, workspace, today), workspace), newer.title, part)
    for item in links.items:
        heading = "waits for it" if waits else "done because of it"
        yield LinkRow(heading, item, glyphs.state_of(item, workspace), item.title, item.stage.stage)


def _goal_sign(goal: Goal, workspace: Workspace) -> Words:
    return disputed.SIGN if disputed.is_disputed(goal, workspace) else SIGN[goal.status]


def _tense(newer: Decision, done: str, waiting: str, refused: str) -> str:
    """What a newer decision has done to an older one, will do, or was to do before it was rejected."""
    if was_accepted(newer):
        return done
    return refused if newer.status.status is DecisionStatus.REJECTED else waiting
