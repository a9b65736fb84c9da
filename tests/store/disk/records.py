"""Made-up records, one of each table, with every field filled."""

from datetime import UTC, date, datetime
from typing import Final

from store.models import (
    Blocked,
    Conflict,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Deviation,
    Expectation,
    Goal,
    Horizon,
    Item,
    KeyResult,
    Kind,
    Option,
    Record,
    Ruling,
    Serves,
    Session,
    SessionRuled,
    Settings,
    Source,
    Stamp,
    Standard,
    Standing,
    Supersedes,
    Team,
    Verdict,
)

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
GOAL: Final = 17592186044417
STAMP: Final = Stamp(at=NOON, by="ana")


def item(number: int, title: str = "Move the billing queue", stage: str = "inbox") -> Item:
    """An item with nothing but what it must have."""
    return Item(id=number, title=title, created=STAMP, stage=Standing(stage=stage, since=NOON, by="ana"))


FULL_ITEM: Final = Item(
    id=18533187727534,
    title="Move the billing queue",
    kind=Kind.CHORE,
    created=STAMP,
    stage=Standing(stage="doing", since=NOON, by="bo"),
    source=Source(system="github:acme/shop", key="12", url="https://example.com/12"),
    horizon=Horizon.NOW,
    requester="li",
    verdict=Verdict(ruling=Ruling.NOW, reason="promised", at=NOON, by="ana"),
    owner="bo",
    goals=(Serves(goal=GOAL, strength=3),),
    size=5,
    ratings={"urgency": 4, "confidence": 80},
    team=17592186044420,
    tags=frozenset({"infra", "q2"}),
    due=date(2026, 4, 1),
    depends_on=frozenset({17592186044430, 17592186044431}),
    blocked=(Blocked(since=NOON, until=NOON, reason="waits for a contract", by="bo"),),
    archived=STAMP,
    past_moves=(Standing(stage="inbox", since=NOON, by="ana"), Standing(stage="ready", since=NOON, by="ana")),
    body="First line\n\n- second",
)

ONE_OF_EACH: Final[dict[str, Record]] = {
    "settings": Settings(team="Platform", prefix="PL"),
    "conflicts": Conflict(
        id=17592186044499, table="items", record=FULL_ITEM.id, field="owner", sides=("ana", "bo"), labels=("main", "x")
    ),
    "goals": Goal(
        id=GOAL,
        title="Bills go out on time",
        created=STAMP,
        parent=17592186044418,
        weight=3,
        said_by="li",
        share=40,
        owner="ana",
        key_results=(KeyResult(title="late bills", start=40, now=12.5, target=5, unit="a week"),),
        due=date(2026, 6, 30),
        teams=frozenset({17592186044420}),
        guideline="Speed before comfort",
        archived=STAMP,
        body="Why it matters",
    ),
    "decisions": Decision(
        id=17592186044421,
        title="One queue for all",
        created=STAMP,
        status=DecisionRuled(status=DecisionStatus.ACCEPTED, since=NOON, by="ana", reason="agreed"),
        owner="ana",
        decide_by=date(2026, 3, 9),
        default="two queues",
        is_reversible=False,
        review_on=date(2026, 9, 1),
        trigger="volume doubles",
        deciders=frozenset({"ana"}),
        consulted=frozenset({"bo"}),
        informed=frozenset({"li", "mo"}),
        items=frozenset({FULL_ITEM.id}),
        goals=frozenset({GOAL}),
        standards=frozenset({17592186044422}),
        supersedes=(Supersedes(decision=17592186044423, part="the part about retries"),),
        drivers=("cost", "fewer nights awake"),
        options=(Option(title="One", good=("simple",)), Option(title="Two", neutral=("known",), bad=("dear", "slow"))),
        chosen="One",
        expectation=Expectation(text="half the incidents", confidence=70),
        outcome_seen="a third fewer",
        archived=STAMP,
        source="docs/adr/0007.md",
        context="We have two.",
        because="One is enough.",
        consequences="Less to run.",
        confirmation="Count incidents.",
        more="Nothing else.",
    ),
    "standards": Standard(
        id=17592186044422,
        title="Two pairs of eyes",
        created=STAMP,
        applies_to="kind:feature",
        owner="ana",
        measure="incidents",
        review_on=date(2026, 9, 1),
        checklist=("asked", "answered"),
        deviations=(Deviation(item=FULL_ITEM.id, reason="urgent", at=NOON, by="bo"),),
        archived=STAMP,
        body="Why",
    ),
    "teams": Team(
        id=17592186044420,
        title="Platform",
        created=STAMP,
        disciplines=frozenset({"ops", "code"}),
        wip_limit=4,
        capacity=6,
        decision_rights=("tools", "on-call hours"),
        archived=STAMP,
    ),
    "sessions": Session(
        id=17592186044424,
        started=STAMP,
        agenda="oldest first",
        ended=NOON,
        people=frozenset({"ana", "bo"}),
        verdicts=(SessionRuled(item=FULL_ITEM.id, ruling=Ruling.NOW, seconds=12, at=NOON),),
        archived=STAMP,
    ),
    "items": FULL_ITEM,
}
