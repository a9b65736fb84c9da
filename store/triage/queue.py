"""The triage queue: which items wait for a verdict, and why each of them is here."""

from collections.abc import Container, Iterator
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


NEW_DAYS = 30
"""An item that has been in the inbox for longer is not called new."""

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
    - reason gone: every goal it serves is achieved, dropped, archived or missing (or one above it is), and it got no
      verdict today
    - unmapped: accepted into a horizon, but serves no goal, though goals are pursued; a verdict that is newer than the
      newest of these goals was given with all of them in sight and settles it until another goal is made
    - stale: nothing above, and neither moved nor ruled for `stale_days` or longer; only if asked for

    Snoozed items and open questions wait outside until their day, whatever else is true of them.

    Args:
        workspace: the items.
        now: the present moment.
        include_stale: whether stale items are in the queue.
        without: ids of items to leave out, such as those ruled in this session.
    """
    rules = _Rules(workspace, now)
    cards = [
        rules.card(item, rule)
        for item in workspace.open_items
        if item.id not in without and (rule := rules.rule(item)) and (include_stale or rule is not Rule.STALE)
    ]
    return sorted(cards, key=lambda card: (_ORDER[card.rule], card.since, card.item.id))


def waiting(workspace: Workspace, now: datetime) -> Iterator[tuple[Item, Rule]]:
    """What the queue holds, in no particular order and without the words of its cards: enough to count it."""
    rules = _Rules(workspace, now)
    for item in workspace.open_items:
        rule = rules.rule(item)
        if rule is not None and rule is not Rule.STALE:
            yield item, rule


def inbox_count(workspace: Workspace, now: datetime) -> int:
    """How many items wait in the inbox: new ones, woken ones and unanswered ones, not those still put off."""
    return sum(rule in {Rule.NEW, Rule.SNOOZE_OVER, Rule.NO_ANSWER} for _, rule in waiting(workspace, now))


class _Rules:
    """The rules, with what does not depend on the item worked out once."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._today: date = local_day(now)
        self._tree: GoalTree = tree_of(workspace.goals)
        self._settings = workspace.settings
        self._beyond_inbox = {stage.name for stage in workspace.settings.stages if stage.kind is not StageKind.INBOX}
        self._over = {goal for goal in workspace.goals if self._tree.is_over(goal)}
        self._goals = workspace.goals
        self._newest_goal = max(
            (goal.created.at for goal in workspace.goals.values() if self._tree.is_pursued(goal.id)), default=None
        )
        self._stale_since = now - timedelta(days=workspace.settings.stale_days)

    def rule(self, item: Item) -> Rule | None:
        """The first rule that fits."""
        verdict = item.verdict
        # A verdict counts as long as the item has not been moved since by somebody.
        if verdict is not None and verdict.at >= item.stage.since:
            if verdict.ruling is Ruling.LATER:
                return Rule.SNOOZE_OVER if verdict.until is None or verdict.until <= self._today else None
            if verdict.ruling is Ruling.ASK:
                return Rule.NO_ANSWER if self._days(verdict.at) >= self._settings.answer_days else None
        return self._accepted(item) if item.stage.stage in self._beyond_inbox else Rule.NEW

    def _accepted(self, item: Item) -> Rule | None:
        said = item.verdict.at if item.verdict is not None else None
        if item.goals:
            is_gone = all(link.goal in self._over or link.goal not in self._goals for link in item.goals)
            # No goal knows when it was given up, so a verdict cannot be told to be newer than that.
            if is_gone and (said is None or local_day(said) < self._today):
                return Rule.REASON_GONE
        elif item.horizon is not None and self._newest_goal is not None and (said is None or said < self._newest_goal):
            return Rule.UNMAPPED
        return Rule.STALE if _touched(item) <= self._stale_since else None

    def card(self, item: Item, rule: Rule) -> Card:
        """The card of an item that this rule fits."""
        since, verdict = item.stage.since, item.verdict
        match rule:
            case Rule.NEW:
                why = self._new(item)
            case Rule.REASON_GONE:
                why = self._gone(item)
            case Rule.UNMAPPED:
                why = "it is accepted, but serves no goal"
            case Rule.STALE:
                since = _touched(item)
                what = "moved" if since == item.stage.since else "been looked at"
                why = f"it has not {what} for {self._days(since):,} days"
            case Rule.NO_ANSWER:
                since = verdict.at if verdict else since
                why = f"the question of {self._days(since):,} days ago has no answer"
            case Rule.SNOOZE_OVER:
                until = verdict.until if verdict else None
                since = verdict.at if verdict else since
                why = "it was put off without a day"
                if until is not None:
                    since = datetime.combine(until, since.timetz())
                    why = f"it was put off until {day_words(until, self._today)}"
        return Card(item, rule, since, why)

    def _new(self, item: Item) -> str:
        days = self._days(item.stage.since)
        if days > NEW_DAYS and not item.past_moves:
            return f"it waits in the inbox, {days:,} days"
        what = "it is new" if not item.past_moves else "it came back to the inbox"
        ago = "today" if days == 0 else f"{days:,} day{'' if days == 1 else 's'} in the inbox"
        return f"{what}, {ago}"

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


def _touched(item: Item) -> datetime:
    """When somebody last moved it or spoke of it."""
    since = item.stage.since
    return since if item.verdict is None else max(since, item.verdict.at)
