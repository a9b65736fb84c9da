"""The sentences of the overview: each is true, names its number, and the key that acts on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from screens.wording.item_lines import Words
from store.clock import day_words, local_day
from store.decisions import Standing
from store.flow import Digest, Week
from store.models import Goal, Item, Workspace

TICKS: Final = "▁▂▃▄▅▆▇█"
FEW_IDS: Final = 12
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the overview.

    Args:
        number: what it counts, at the left.
        words: the rest of the sentence; texts in it are as they came.
        bar: one tick a week, oldest first; empty without.
        key: the key that acts on it from anywhere; empty where only enter does.
        act: what that does.
        mode: the screen enter goes to.
        query: the filter it arrives with.
        record: the record it arrives at.
        tone: how the number looks.
    """

    number: str
    words: tuple[Words, ...]
    act: str
    mode: str
    key: str = ""
    query: str | None = None
    record: int | None = None
    bar: str = ""
    tone: str = "strong"

    @property
    def short_act(self) -> str:
        """What the key does, without how long it takes: for windows that are not wide."""
        return self.act.partition(",")[0]


def day_line(now: datetime) -> str:
    """`Monday 23 November`."""
    day = local_day(now)
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def ticks(values: Sequence[float]) -> str:
    """A little bar for each value, the highest full; empty where all are zero."""
    most = max(values, default=0)
    if most <= 0:
        return ""
    return "".join(TICKS[round((len(TICKS) - 1) * max(0.0, value) / most)] for value in values)


def inbox_sentence(
    count: int, put_off: int, oldest_days: int, minutes: int, weeks: Sequence[Week], accepted: int = 0
) -> Iterator[Sentence]:
    """How many wait for triage, how long the oldest has waited, and how many lie in the inbox for later.

    Args:
        count: items in the inbox that wait.
        put_off: items in the inbox that do not.
        oldest_days: how long the oldest has waited.
        minutes: how long triage will take.
        weeks: the last weeks, for their inboxes.
        accepted: items beyond the inbox that wait, too: those without a goal, those whose goal is over.
    """
    total = count + accepted
    if not total:
        return
    verb = "waits" if total == 1 else "wait"
    age = "" if oldest_days < 1 else f", {'the oldest ' if count > 1 else ''}{_for(oldest_days)}"
    where = f"{verb} in the inbox{age}"
    if accepted:
        though = f"though {'it was' if total == 1 else 'they were'} accepted"
        where = f"{verb} for a verdict, {f'{count:,} in the inbox{age}' if count else though}"
    time = f"about {minutes} minute{'' if minutes == 1 else 's'}" if minutes < 120 else f"about {minutes // 60} hours"
    yield Sentence(
        number=f"{total:,}",
        words=((where, ""), (f"; {put_off:,} put off" if put_off else "", "muted")),
        bar=ticks([week.inbox for week in weeks]),
        key="g t",
        act=f"triage, {time}",
        mode="triage",
    )


def conflict_sentence(count: int) -> Iterator[Sentence]:
    """What a merge left to a person."""
    if count:
        words = f"{'conflict waits' if count == 1 else 'conflicts wait'} to be settled"
        yield Sentence(f"{count:,}", ((words, "warning"),), "settle", "sharing", "g s", tone="warning")


def decision_sentences(decisions: Sequence[Standing]) -> Iterator[Sentence]:
    """What waits to be decided, overdue first, and what is to be reviewed."""
    overdue = sum(each.is_overdue for each in decisions)
    soon = [each for each in decisions if each.is_due_soon]
    waiting = sum(each.status.value == "proposed" for each in decisions)
    reviews = sum(each.is_review_due for each in decisions)
    if overdue:
        due = f", {len(soon)} {_is(len(soon))} due within a week" if soon else ""
        words = f"{_decisions(overdue)} {_is(overdue)} overdue"
        yield Sentence(str(overdue), ((words, "warning"), (due, "")), "decide", "decisions", "g d", tone="warning")
    elif soon:
        nearest = min(each.decide_in_days or 0 for each in soon)
        words = f"{_decisions(len(soon))} {_is(len(soon))} due {_in(nearest)}"
        yield Sentence(str(len(soon)), ((words, ""),), "decide", "decisions", "g d")
    elif waiting:
        verb = "waits" if waiting == 1 else "wait"
        words = f"{_decisions(waiting)} {verb} for somebody to decide"
        yield Sentence(str(waiting), ((words, ""),), "decide", "decisions", "g d")
    if reviews:
        words = f"{_decisions(reviews)} {'asks' if reviews == 1 else 'ask'} for a review"
        yield Sentence(str(reviews), ((words, ""),), "review", "decisions", "g d")


def goal_sentences(
    unmapped: int, accepted: int, idle: Sequence[Goal], idle_days: Mapping[int, int], *, has_goals: bool
) -> Iterator[Sentence]:
    """Work without a goal, and goals without work."""
    if not has_goals:
        none = (("goals yet that say what the work is for", ""),)
        yield Sentence("no", none, "make the first", "goals", "g m")
        return
    if unmapped:
        verb = "serves" if unmapped == 1 else "serve"
        share = f"{100 * unmapped / accepted:.0f} %"
        words = f"of {accepted:,} accepted items {verb} no goal, {share}"
        query = "goal:none -is:inbox"
        yield Sentence(f"{unmapped:,}", ((words, ""),), "map them", "backlog", query=query)
    if len(idle) == 1:
        days = idle_days.get(idle[0].id)
        since = f" for {_for(days)}" if days is not None and days >= 7 else ""
        words_of_one = ((f"goal has had no work{since}: " if since else "goal has no work: ", ""), _quoted(idle[0]))
        yield Sentence("1", words_of_one, "see it", "goals", record=idle[0].id)
    elif idle:
        names = [part for goal in idle[:2] for part in ((", ", ""), _quoted(goal))][1:]
        more = f" and {len(idle) - 2} more" if len(idle) > 2 else ""
        words_of_all = (("goals have no work: ", ""), *names, (more, ""))
        yield Sentence(str(len(idle)), words_of_all, "see the first", "goals", record=idle[0].id)


def work_sentences(stages: Mapping[str, int], blocked: int, overdue: int) -> Iterator[Sentence]:
    """What is accepted by stage, what is blocked and what is late."""
    total = sum(stages.values())
    if overdue:
        words = "item is past its due day" if overdue == 1 else "items are past their due day"
        yield Sentence(
            f"{overdue:,}", ((words, "warning"),), "see what is late", "backlog", query="is:overdue", tone="warning"
        )
    if blocked:
        words = f"item{'' if blocked == 1 else 's'} {_is(blocked)} blocked"
        yield Sentence(f"{blocked:,}", ((words, ""),), "see the blocked", "backlog", query="is:blocked")
    if total:
        parts = ", ".join(f"{count:,} {stage}" for stage, count in stages.items())
        words = f"{'is' if total == 1 else 'are'} accepted and open: {parts}"
        yield Sentence(f"{total:,}", ((words, ""),), "see the stages", "backlog", query="-is:inbox group:stage")


def ageing_sentence(items: Sequence[Item], percent: int, workspace: Workspace) -> Iterator[Sentence]:
    """What is in progress for longer than most of what was finished took."""
    if not items:
        return
    one = len(items) == 1
    words = f"item{'' if one else 's'} in progress {_is(len(items))} older than {percent} % of what was finished"
    names = ",".join(workspace.name_of(item) for item in items[:FEW_IDS])
    yield Sentence(f"{len(items):,}", ((words, ""),), "see the oldest", "backlog", query=f"id:{names} sort:-moved")


def closed_sentence(stages: Mapping[str, int]) -> Iterator[Sentence]:
    """Where all items stand, the closed ones too: worth a line while nothing is accepted."""
    total = sum(stages.values())
    if total:
        parts = ", ".join(f"{count:,} {stage}" for stage, count in stages.items() if count)
        words = f"item{'' if total == 1 else 's'} in all: {parts}"
        query = "is:open,closed group:stage"
        yield Sentence(f"{total:,}", ((words, ""),), "see the stages", "backlog", query=query)


def pace_sentence(
    weekly: float | None, weeks: Sequence[Week], last_moved: date | None, today: date
) -> Iterator[Sentence]:
    """How much is finished, comes in and is declined in a week; if nothing did for weeks, since when nothing moved."""
    past = [week for week in weeks if week.is_over]
    if not past:
        return
    span = f"over {len(past)} week{'' if len(past) == 1 else 's'}"
    arrived, dropped = sum(week.arrived for week in past), sum(week.departed - week.finished for week in past)
    if weekly is None and not arrived and not dropped:
        if last_moved is not None and last_moved < past[0].monday:
            words = f"came or went {span}; the last moved on {day_words(last_moved, today)}"
            yield Sentence("none", ((words, ""),), "see the last", "backlog", query="is:any sort:moved")
        return
    also = [
        f"{_figure(count / len(past))} {what}" for count, what in ((arrived, "came"), (dropped, "dropped")) if count
    ]
    words = ", ".join((f"finished a week {span}", *also))
    # The weeks that were counted, to the day: they end with the last Sunday.
    ended = (today - past[-1].monday).days - 6
    query = f"is:any is:finished closed>={ended} closed<={(today - past[0].monday).days} sort:closed"
    bar = ticks([week.finished for week in past])
    if weekly is None:
        query = f"is:any age>={ended} age<={(today - past[0].monday).days} sort:age"
        yield Sentence("0", ((words, ""),), "see what came", "backlog", query=query)
    else:
        yield Sentence(_figure(weekly), ((words, ""),), "see what is done", "backlog", query=query, bar=bar)


def _figure(weekly: float) -> str:
    return f"{weekly:.0f}" if weekly >= 10 else f"{weekly:.1f}"


def change_sentence(digest: Digest, now: datetime) -> Iterator[Sentence]:
    """What has happened since the last working day."""
    if not digest:
        return
    since = local_day(digest.since)
    days = (local_day(now) - since).days
    when = "yesterday" if days == 1 else _WEEKDAYS[since.weekday()]
    first, *rest = digest.counts.split(", ")
    number, _, what = first.partition(" ")
    words = ", ".join((what, *rest))
    query = f"is:any moved<={days} sort:moved"
    yield Sentence(number, ((f"{words} since {when}", ""),), "see what is new", "backlog", query=query)


def _for(days: int) -> str:
    if days >= 730:
        return f"{days // 365} years"
    if days >= 60:
        return f"{days // 7} weeks"
    return f"{days} day{'' if days == 1 else 's'}"


def _in(days: int) -> str:
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _decisions(count: int) -> str:
    return "decision" if count == 1 else "decisions"


def _quoted(goal: Goal) -> Words:
    return f"“{goal.title}”", ""
