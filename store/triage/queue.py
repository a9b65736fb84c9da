"""The triage queue: which items wait for a verdict, and why each of them is here."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from store.clock import day_words, local_day
from store.models import GoalTree, Item, Ruling, StageKind, Workspace, tree_of


class Rule(StrEnum):
    """Why an item is in the queue, in the order of the queue."""

    NEW = "new"
    SNOOZE_OVER = "snooze over"
    NO_ANSWER = "no answer"
    REASON_GONE = "reason gone"
    UNMAPPED = "unmapped"
    STALE = "stale"


_ORDER = {rule: place for place, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Card:
    """One item that waits for a verdict.

    Args:
        item: the item.
        rule: the rule that put it here; the first that fits.
        since: since when it waits by that rule.
        why: to be read after “here because”: `it is new, 12 days in the inbox`.
    """

    item: Item
    rule: Rule
    since: datetime
    why: str


def queue(
    workspace: Workspace, now: datetime, *, include_stale: bool = False, without: Container[int] = ()
) -> list[Card]:
    """The cards, rule by rule in the order of `Rule`; inside a rule what has waited longest comes first.

    - new: in an inbox stage, without a verdict since it came there
    - snooze over: put off until a day that has come
    - no answer: a question was asked `answer_days` ago or longer, and the item has not moved since
    - reason gone: every goal it serves is achieved, dropped, archived or missing (or one above it is)
    - unmapped: accepted into a horizon, but serves no goal
    - stale: nothing above, and in its stage for `stale_days` or longer; only if asked for

    Snoozed items and open questions wait outside until their day, whatever else is true of them.

    Args:
        workspace: the items.
        now: the present moment.
        include_stale: whether stale items are in the queue.
        without: ids of items to leave out, such as those ruled in this session.
    """
    rules = _Rules(workspace, now)
    cards = [
        card
        for item in workspace.open_items
        if item.id not in without and (card := rules.card(item)) and (include_stale or card.rule is not Rule.STALE)
    ]
    return sorted(cards, key=lambda card: (_ORDER[card.rule], card.since, card.item.id))


def inbox_count(workspace: Workspace, now: datetime) -> int:
    """How many items wait in the inbox: new ones, woken ones and unanswered ones, not those still put off."""
    return sum(card.rule in {Rule.NEW, Rule.SNOOZE_OVER, Rule.NO_ANSWER} for card in queue(workspace, now))


class _Rules:
    """The rules, with what does not depend on the item worked out once."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._today: date = local_day(now)
        self._tree: GoalTree = tree_of(workspace.goals)
        self._settings = workspace.settings
        self._beyond_inbox = {stage.name for stage in workspace.settings.stages if stage.kind is not StageKind.INBOX}
        self._over = {goal for goal in workspace.goals if self._tree.is_over(goal)}
        self._goals = workspace.goals
        self._stale_since = now - timedelta(days=workspace.settings.stale_days)

    def card(self, item: Item) -> Card | None:
        verdict = item.verdict
        # A verdict counts as long as the item has not been moved since by somebody.
        if verdict is not None and verdict.at >= item.stage.since:
            if verdict.ruling is Ruling.LATER:
                return self._snoozed(item)
            if verdict.ruling is Ruling.ASK:
                return self._asked(item)
        return self._accepted(item) if item.stage.stage in self._beyond_inbox else self._new(item)

    def _accepted(self, item: Item) -> Card | None:
        if item.goals:
            if all(link.goal in self._over or link.goal not in self._goals for link in item.goals):
                return Card(item, Rule.REASON_GONE, item.stage.since, self._gone(item))
        elif item.horizon is not None:
            return Card(item, Rule.UNMAPPED, item.stage.since, "it is accepted, but serves no goal")
        if item.stage.since <= self._stale_since:
            days = self._days(item.stage.since)
            return Card(item, Rule.STALE, item.stage.since, f"it has not moved for {days} days")
        return None

    def _new(self, item: Item) -> Card:
        days = self._days(item.stage.since)
        what = "it is new" if not item.past_moves else "it came back to the inbox"
        ago = "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} in the inbox"
        return Card(item, Rule.NEW, item.stage.since, f"{what}, {ago}")

    def _snoozed(self, item: Item) -> Card | None:
        verdict = item.verdict
        if verdict is None or (verdict.until is not None and verdict.until > self._today):
            return None
        if verdict.until is None:
            return Card(item, Rule.SNOOZE_OVER, verdict.at, "it was put off without a day")
        woken = datetime.combine(verdict.until, verdict.at.timetz())
        return Card(item, Rule.SNOOZE_OVER, woken, f"it was put off until {day_words(verdict.until, self._today)}")

    def _asked(self, item: Item) -> Card | None:
        verdict = item.verdict
        if verdict is None:
            return None
        days = self._days(verdict.at)
        if days < self._settings.answer_days:
            return None
        return Card(item, Rule.NO_ANSWER, verdict.at, f"the question of {days} days ago has no answer")

    def _days(self, since: datetime) -> int:
        return max(0, (self._today - local_day(since)).days)

    def _gone(self, item: Item) -> str:
        goal = self._goals.get(item.goals[0].goal)
        if goal is None:
            return "the goal it served is gone"
        what = "archived" if goal.archived is not None else goal.status.value
        if not (goal.archived is not None or goal.status.value in {"achieved", "dropped"}):
            what = "given up with the goal above it"
        also = "" if len(item.goals) == 1 else ", like all its goals,"
        return f"its goal “{goal.title}”{also} was {what}"
