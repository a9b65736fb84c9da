"""Leads who edit a store as people do it: through the changes of the program, most often what is new.

Each kind of edit is a function of a lead that returns a change set; a weight says how often it is done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeVar

from store import change
from store.change import ChangeSet, Edit
from store.errors import LeadlineError
from store.models import (
    Decision,
    DecisionStatus,
    Goal,
    GoalStatus,
    Horizon,
    Item,
    NewId,
    Record,
    Ruling,
    Session,
    StageKind,
    Verdict,
    Workspace,
    id_maker,
)
from tests.proofs.stores import LEADS, START, TAGS, one_of, some_words

HOT: Final = 0.2
"""The part of the records, the newest, on which most edits fall."""
HOT_SHARE: Final = 0.8
"""The part of the edits that fall on it."""

R = TypeVar("R", bound=Record)
Do = Callable[["Lead"], ChangeSet]


@dataclass
class Lead:
    """A person at a store: who, with what chance, at which time; `workspace` is what the edits made of it."""

    name: str
    workspace: Workspace
    random: Random
    now: datetime = START
    done: list[str] = field(default_factory=list)
    session: Session | None = None
    new_id: NewId = field(init=False)

    def __post_init__(self) -> None:
        taken = {number for table in ("items", "goals", "decisions") for number in self.workspace.table(table)}
        self.new_id = id_maker(f"{self.name}@example.com", taken, self.random.getrandbits)

    def edit(self, count: int, mix: Mapping[Do, int]) -> Workspace:
        """Makes that many edits; those that the program refuses are not counted."""
        kinds, weights = list(mix), list(mix.values())
        made = 0
        while made < count:
            self.now += timedelta(minutes=self.random.randint(1, 90))
            do = self.random.choices(kinds, weights)[0]
            try:
                wanted = do(self)
            except LeadlineError:
                continue
            if wanted:
                self.workspace = change.applied(self.workspace, wanted)
                self.done.append(wanted.sentence)
                made += 1
        return self.workspace

    def one(self, records: Mapping[int, R]) -> R:
        """A record to edit: four times of five one of the newest fifth."""
        # In the order they were made: the records of a made-up store, and of each lead, come oldest first.
        ids = list(records)
        hot = max(1, round(len(ids) * HOT))
        chosen = ids[-hot:] if self.random.random() < HOT_SHARE else ids
        return records[self.random.choice(chosen)]

    def item(self) -> Item:
        return self.one(self.workspace.items)

    def goal(self) -> Goal:
        return self.one(self.workspace.goals)

    def decision(self) -> Decision:
        return self.one(self.workspace.decisions)


def move(lead: Lead) -> ChangeSet:
    stages = [stage.name for stage in lead.workspace.settings.stages if stage.kind is not StageKind.DROPPED]
    return change.moved(lead.workspace, [lead.item().id], lead.random.choice(stages), lead.now, lead.name)


def give_verdict(lead: Lead) -> ChangeSet:
    item = lead.item()
    ruling = lead.random.choice([*Ruling])
    verdict = Verdict(
        ruling=ruling,
        reason="" if ruling in {Ruling.NOW, Ruling.NEXT} else some_words(lead.random),
        of=lead.item().id if ruling is Ruling.DUPLICATE else None,
        at=lead.now,
        by=lead.name,
    )
    if lead.session is None:
        lead.session = change.new_session(lead.new_id, lead.now, lead.name, "inbox")
    return change.ruled(lead.workspace, lead.session, item.id, verdict, lead.random.randint(3, 90))


def rate(lead: Lead) -> ChangeSet:
    name = lead.random.choice(("urgency", "confidence"))
    value = lead.random.choice((None, 1, 2, 3, 4))
    return change.rated(lead.workspace, [lead.item().id], name, value, lead.now, lead.name)


def map_to_goal(lead: Lead) -> ChangeSet:
    return change.mapped(
        lead.workspace, [lead.item().id], lead.goal().id, lead.random.randint(0, 3), lead.now, lead.name
    )


def capture(lead: Lead) -> ChangeSet:
    read = change.read_capture(some_words(lead.random), lead.workspace, lead.now.date(), lead.name)
    return change.captured(lead.workspace, [read], lead.new_id, lead.now, lead.name)


def log_decision(lead: Lead) -> ChangeSet:
    links = frozenset({lead.item().id})
    return change.decision_logged(
        lead.workspace,
        lead.new_id,
        lead.now,
        lead.name,
        title=some_words(lead.random),
        items=links,
        context=some_words(lead.random),
    )


def give_to(lead: Lead) -> ChangeSet:
    return change.owned(lead.workspace, [lead.item().id], lead.random.choice(("", *LEADS)), lead.now, lead.name)


def tag(lead: Lead) -> ChangeSet:
    item = lead.item()
    add = [lead.random.choice(TAGS)]
    remove = [one_of(lead.random, sorted(item.tags))] if item.tags and lead.random.random() < 0.5 else []
    return change.tagged(lead.workspace, [item.id], add, remove, lead.now, lead.name)


def rename(lead: Lead) -> ChangeSet:
    return change.renamed(lead.workspace, [lead.item().id], some_words(lead.random), lead.now, lead.name)


def edited_lines(random: Random, text: str) -> str:
    """A text with one line more, fewer or other, most often with one more at the end."""
    lines = text.split("\n") if text else []
    where = random.randrange(len(lines)) if lines else 0
    match random.choices(("append", "alter", "insert", "remove"), (50, 30, 12, 8))[0]:
        case "alter" if lines:
            lines[where] = some_words(random)
        case "insert" if lines:
            lines.insert(where, some_words(random))
        case "remove" if lines:
            del lines[where]
        case _:
            lines.append(some_words(random))
    return "\n".join(lines)


def edit_body(lead: Lead) -> ChangeSet:
    item = lead.item()
    return change.body_set(lead.workspace, [item.id], edited_lines(lead.random, item.body), lead.now, lead.name)


def archive(lead: Lead) -> ChangeSet:
    return change.archived(lead.workspace, [lead.item().id], lead.now, lead.name)


def resize(lead: Lead) -> ChangeSet:
    size = lead.random.choice((None, 1, 2, 3, 5, 8))
    return change.sized(lead.workspace, [lead.item().id], size, lead.now, lead.name)


def put_due(lead: Lead) -> ChangeSet:
    day = lead.random.choice((None, lead.now.date() + timedelta(days=lead.random.randint(3, 90))))
    return change.due_set(lead.workspace, [lead.item().id], day, lead.now, lead.name)


def put_in_horizon(lead: Lead) -> ChangeSet:
    horizon = lead.random.choice((None, *Horizon))
    return change.with_horizon(lead.workspace, [lead.item().id], horizon, lead.now, lead.name)


def block_or_free(lead: Lead) -> ChangeSet:
    item = lead.item()
    if item.is_blocked:
        return change.unblocked(lead.workspace, [item.id], lead.now, lead.name)
    return change.blocked(lead.workspace, [item.id], some_words(lead.random), lead.now, lead.name)


def make_wait(lead: Lead) -> ChangeSet:
    return change.depending(lead.workspace, [lead.item().id], lead.item().id, lead.now, lead.name)


def weigh(lead: Lead) -> ChangeSet:
    return change.goal_weighed(lead.workspace, lead.goal().id, lead.random.randint(0, 9), lead.now, lead.name)


def measure(lead: Lead) -> ChangeSet:
    value = lead.random.randint(0, 100)
    return change.key_result_set(lead.workspace, lead.goal().id, 0, value, lead.now, lead.name)


def set_goal_status(lead: Lead) -> ChangeSet:
    status = lead.random.choice([*GoalStatus])
    return change.goal_status_set(lead.workspace, lead.goal().id, status, lead.now, lead.name)


def edit_goal(lead: Lead) -> ChangeSet:
    goal = lead.goal()
    fields: Mapping[str, object] = lead.random.choice((
        {"owner": lead.random.choice(LEADS)},
        {"guideline": some_words(lead.random)},
        {"share": lead.random.choice((None, 10, 20, 30))},
        {"body": edited_lines(lead.random, goal.body)},
    ))
    return change.goal_edited(lead.workspace, goal.id, lead.now, lead.name, **fields)


def add_goal(lead: Lead) -> ChangeSet:
    return change.goal_created(
        lead.workspace, lead.new_id, lead.now, lead.name, title=some_words(lead.random), parent=lead.goal().id
    )


def rule_decision(lead: Lead) -> ChangeSet:
    status = lead.random.choice([*DecisionStatus])
    return change.decision_ruled(
        lead.workspace, lead.decision().id, status, some_words(lead.random), lead.now, lead.name
    )


def edit_decision(lead: Lead) -> ChangeSet:
    decision = lead.decision()
    fields: Mapping[str, object] = lead.random.choice((
        {"because": edited_lines(lead.random, decision.because)},
        {"context": edited_lines(lead.random, decision.context)},
        {"informed": decision.informed ^ {lead.random.choice(LEADS)}},
        {"review_on": lead.now.date() + timedelta(days=lead.random.randint(10, 200))},
        {"owner": lead.random.choice(LEADS)},
    ))
    return change.decision_edited(lead.workspace, decision.id, lead.now, lead.name, **fields)


def link_decision(lead: Lead) -> ChangeSet:
    decision = lead.decision()
    links: Mapping[str, Sequence[int]] = lead.random.choice(({"items": [lead.item().id]}, {"goals": [lead.goal().id]}))
    return change.decision_linked(lead.workspace, decision.id, lead.now, lead.name, **links)


def remove(lead: Lead) -> ChangeSet:
    """Taken out of the file, as only a purge or a script does it."""
    item = lead.item()
    return ChangeSet(f"Removed {item.id}", (Edit(item, None),), lead.now, lead.name)


EVERYDAY: Final[Mapping[Do, int]] = {
    move: 22,
    give_verdict: 10,
    rate: 14,
    capture: 13,
    edit_body: 9,
    log_decision: 8,
    map_to_goal: 6,
    give_to: 4,
    tag: 4,
    edit_decision: 3,
    rename: 2,
    archive: 2,
    resize: 2,
    put_due: 2,
    put_in_horizon: 2,
    block_or_free: 2,
    rule_decision: 2,
    weigh: 1,
    measure: 1,
    edit_goal: 1,
    make_wait: 1,
    link_decision: 1,
    set_goal_status: 1,
    add_goal: 1,
}
"""How often leads do what, in parts."""

WITH_REMOVALS: Final[Mapping[Do, int]] = {**EVERYDAY, remove: 2}
