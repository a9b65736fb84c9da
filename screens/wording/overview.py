"""The sentences of the overview: each is true, names its number, and the key that acts on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from screens.wording.item_lines import Words
from store.clock import local_day
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
        tone: how the number looks.
    """

    number: str
    words: tuple[Words, ...]
    act: str
    mode: str
    key: str = ""
    query: str | None = None
    bar: str = ""
    tone: str = "strong"


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
    count: int, put_off: int, oldest_days: int, minutes: int, weeks: Sequence[Week]
) -> Iterator[Sentence]:
    """How many wait for triage, how long the oldest has waited, and how many lie there for later."""
    if not count:
        return
    verb = "waits" if count == 1 else "wait"
    age = "" if oldest_days < 1 else f", {'the oldest ' if count > 1 else ''}{_for(oldest_days)}"
    time = f"about {minutes} minute{'' if minutes == 1 else 's'}" if minutes < 120 else f"about {minutes // 60} hours"
    yield Sentence(
        number=f"{count:,}",
        words=((f"{verb} in the inbox{age}", ""), (f"; {put_off:,} put off" if put_off else "", "muted")),
        bar=ticks([week.inbox for week in weeks]),
        key="g t",
        act=f"triage, {time}",
        mode="triage",
    )


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
    if not has_goals and accepted:
        yield Sentence(
            f"{accepted:,}",
            ((f"open item{'' if accepted == 1 else 's'}, and no goal yet that says what they are for", ""),),
            "make the first",
            "goals",
            "g m",
        )
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
        yield Sentence("1", words_of_one, "see it", "goals", "g m")
    elif idle:
        names = [part for goal in idle[:2] for part in ((", ", ""), _quoted(goal))][1:]
        more = f" and {len(idle) - 2} more" if len(idle) > 2 else ""
        yield Sentence(str(len(idle)), (("goals have no work: ", ""), *names, (more, "")), "see them", "goals", "g m")


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
        yield Sentence(f"{blocked:,}", ((words, ""),), "see what holds them up", "backlog", query="is:blocked")
    if total:
        parts = ", ".join(f"{count:,} {stage}" for stage, count in stages.items())
        words = f"{'is' if total == 1 else 'are'} accepted and open: {parts}"
        yield Sentence(f"{total:,}", ((words, ""),), "see where they stand", "backlog", query="-is:inbox group:stage")


def ageing_sentence(items: Sequence[Item], percent: int, workspace: Workspace) -> Iterator[Sentence]:
    """What is in progress for longer than most of what was finished took."""
    if not items:
        return
    one = len(items) == 1
    words = f"item{'' if one else 's'} in progress {_is(len(items))} older than {percent} % of what was finished"
    names = ",".join(workspace.name_of(item) for item in items[:FEW_IDS])
    yield Sentence(f"{len(items):,}", ((words, ""),), "see the oldest", "backlog", query=f"id:{names} sort:-moved")


def pace_sentence(weekly: float | None, weeks: Sequence[Week]) -> Iterator[Sentence]:
    """How much is finished in a week."""
    past = [week for week in weeks if week.is_over]
    if weekly is None or not past:
        return
    number = f"{weekly:.0f}" if weekly >= 10 else f"{weekly:.1f}"
    words = f"finished a week, over the last {len(past)}"
    bar = ticks([week.finished for week in past])
    yield Sentence(number, ((words, ""),), "see what was finished", "backlog", query="is:closed sort:moved", bar=bar)


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
