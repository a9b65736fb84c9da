"""What the overview knows: first what open work alone tells, then what all of it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from store.clock import local_day, whole_days
from store.decisions import Standing, standings
from store.flow import Ageing, Digest, Week, ageing, digest, pace, weeks
from store.goals import idle, idle_since, unmapped
from store.models import Goal, Horizon, Item, StageKind, Workspace, tree_of
from store.scoring import alignment_value
from store.triage import Pace, waiting

WEEKS = 8
SATURDAY = 5


@dataclass(frozen=True, eq=False)
class Glance:
    """What open work tells; cheap enough for the first frame, since nothing that is closed is read.

    Args:
        workspace: the work.
        now: the moment it is seen from.
        inbox: items that wait in the inbox for us.
        reopened: items beyond the inbox that wait for a verdict, too; together they are the triage queue.
        put_off: items in the inbox that were put off, or wait for an answer.
        oldest_days: how long the oldest of them has waited.
        triage: the pace of the last sitting.
        decisions: decisions and how they stand today.
        accepted: open items beyond the inbox.
        unmapped: those of them that serve no goal.
        idle: goals that are pursued and that no open item serves.
        blocked: open items that are blocked.
        overdue: open items past their due day.
        stages: open stages beyond the inbox with their number of items.
        all_stages: all stages with their number of items.
        top: what is for now, best score first.
        scores: the scores of `top`.
    """

    workspace: Workspace
    now: datetime
    inbox: int
    reopened: int
    put_off: int
    oldest_days: int
    triage: Pace
    decisions: tuple[Standing, ...]
    accepted: int
    unmapped: int
    idle: tuple[Goal, ...]
    blocked: int
    overdue: int
    stages: Mapping[str, int]
    all_stages: Mapping[str, int]
    top: tuple[Item, ...]
    scores: Mapping[int, float | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is here at all."""
        workspace = self.workspace
        return not (workspace.items or workspace.goals or workspace.decisions)


@dataclass(frozen=True, eq=False)
class Past:
    """What all work tells, the finished included.

    Args:
        workspace: the work.
        weeks: the last weeks, the present one last.
        pace: items finished in a week on average; None where nothing was.
        ageing: what is in progress for longer than most of what was finished.
        digest: what has happened since the last working day.
        last_moved: the day on which an item last came or moved; None without items.
        idle_days: for how many days each goal without work has had none, where that is known.
    """

    workspace: Workspace
    weeks: tuple[Week, ...]
    pace: float | None
    ageing: Ageing
    digest: Digest
    last_moved: date | None
    idle_days: Mapping[int, int]


def glance(workspace: Workspace, now: datetime) -> Glance:
    """Look at what is open."""
    today = local_day(now)
    settings = workspace.settings
    beyond = {stage.name for stage in settings.stages if stage.kind is not StageKind.INBOX}
    # A stage that the settings do not know counts as inbox, so the question is whether it is beyond.
    lying = sum(1 for item in workspace.open_items if item.stage.stage not in beyond)
    queued = [item for item, _ in waiting(workspace, now)]
    since = [item.stage.since for item in queued if item.stage.stage not in beyond]
    tree = tree_of(workspace.goals)
    scores = {
        item.id: alignment_value(item, tree, today)
        for item in workspace.open_items
        if item.horizon is Horizon.NOW and item.stage.stage in beyond
    }
    counts = workspace.stage_counts
    return Glance(
        workspace=workspace,
        now=now,
        inbox=len(since),
        reopened=len(queued) - len(since),
        put_off=lying - len(since),
        oldest_days=whole_days(min(since), now) if since else 0,
        triage=_last_pace(workspace),
        decisions=tuple(standings(workspace, today)),
        accepted=sum(1 for item in workspace.open_items if item.stage.stage in beyond),
        unmapped=len(unmapped(workspace)),
        idle=tuple(idle(workspace, tree)),
        blocked=sum(1 for item in workspace.open_items if item.blocked and item.is_blocked),
        overdue=sum(1 for item in workspace.open_items if item.due is not None and item.due < today),
        stages={
            stage.name: counts[stage.name]
            for stage in settings.stages
            if stage.name in beyond and stage.kind.is_open and counts.get(stage.name)
        },
        all_stages={stage.name: counts.get(stage.name, 0) for stage in settings.stages},
        top=_best_first([workspace.items[number] for number in scores], scores),
        scores=scores,
    )


def past(seen: Glance) -> Past:
    """Look at everything; slow where years of finished work have to be read, so it is for a thread."""
    workspace, now = seen.workspace, seen.now
    tree = tree_of(workspace.goals)
    lately = tuple(weeks(workspace, now, WEEKS + 1))
    moved = [item.stage.since for item in workspace.items.values()]
    since_when = {goal.id: idle_since(workspace, goal.id, tree) for goal in seen.idle}
    return Past(
        workspace=workspace,
        weeks=lately,
        pace=pace(lately),
        ageing=ageing(workspace, now),
        digest=digest(workspace, last_working_day(now)),
        last_moved=local_day(max(moved)) if moved else None,
        idle_days={goal: whole_days(moment, now) for goal, moment in since_when.items() if moment is not None},
    )


def last_working_day(now: datetime) -> datetime:
    """The beginning of the working day before today, Saturday and Sunday left out, where the reader sits."""
    day: date = local_day(now) - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, time()).astimezone()


def _last_pace(workspace: Workspace) -> Pace:
    last = max(workspace.sessions.values(), key=lambda session: session.started.at, default=None)
    return Pace.of(last)


def _best_first(items: list[Item], scores: Mapping[int, float | None]) -> tuple[Item, ...]:
    """The best score first, those without one last, the older of equals first."""

    def place(item: Item) -> tuple[bool, float, datetime, int]:
        score = scores[item.id]
        return score is None, -(score or 0.0), item.created.at, item.id

    return tuple(sorted(items, key=place))
