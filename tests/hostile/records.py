"""The records of a hostile store: every text of every kind of record holds the payloads."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from store.models import (
    Blocked,
    Conflict,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Expectation,
    Goal,
    Item,
    KeyResult,
    Option,
    Origin,
    Record,
    Ruling,
    Serves,
    Session,
    Settings,
    Source,
    Stage,
    StageKind,
    Stamp,
    Standard,
    Standing,
    Supersedes,
    Team,
    Verdict,
)
from store.models.settings import DEFAULT_STAGES

ITEMS: Final = 10**13
GOALS: Final = ITEMS + 500
DECISIONS: Final = ITEMS + 700
TEAM: Final = ITEMS + 900
"""The ids of the first of each kind; the others follow."""

NOW: Final = datetime.now(UTC).replace(microsecond=0)
"""The present: the clock of the program under test is real."""

_FIRST_STAGES: Final = ("ready", "inbox", "inbox", "inbox", "inbox", "doing", "review", "done")
BLOCKED: Final = _FIRST_STAGES.index("doing")


def settings_of(text: str) -> Settings:
    """The team's own words."""
    stage = Stage(name=_stage(text), kind=StageKind.ACTIVE)
    return Settings(team=text, stages=(*DEFAULT_STAGES, stage))


def records_of(texts: Sequence[str]) -> dict[str, dict[int, Record]]:
    """Records of each kind; every text is among the first words of one of them."""
    stages = [*_FIRST_STAGES, _stage(texts[0]), *["ready"] * len(texts)][: max(len(texts), len(_FIRST_STAGES) + 1)]
    items = [_item(place, stage, texts[place % len(texts)]) for place, stage in enumerate(stages)]
    goals = [_goal(place, texts[place % len(texts)]) for place in range(3)]
    statuses = (DecisionStatus.ACCEPTED, DecisionStatus.PROPOSED, DecisionStatus.SUPERSEDED)
    decisions = [_decision(place, status, texts[place % len(texts)]) for place, status in enumerate(statuses)]
    text = texts[0]
    stamp = _stamp(text)
    others: list[tuple[str, Record]] = [
        ("teams", Team(id=TEAM, title=_title(text), created=stamp, disciplines=_tags(text), decision_rights=(text,))),
        ("standards", Standard(id=TEAM + 1, title=_title(text), created=stamp, measure=text, checklist=(text,))),
        ("sessions", Session(id=TEAM + 2, started=stamp, agenda=text, people=frozenset({_person(text)}))),
    ]
    return {
        "items": {item.id: item for item in items},
        "goals": {goal.id: goal for goal in goals},
        "decisions": {decision.id: decision for decision in decisions},
        **{table: {record.id: record} for table, record in others},
        "conflicts": {conflict.id: conflict for conflict in _conflicts(text)},
    }


def one_line(text: str) -> str:
    """As much as a title, a name or a tag may be."""
    return " ".join(text.split())


def _stage(text: str) -> str:
    return f"s {one_line(text)}"[:24].strip()


def _title(text: str) -> str:
    return f"t {one_line(text)}"[:500].strip()


def _person(text: str) -> str:
    return f"p {one_line(text)}"[:200].strip()


def _tags(text: str) -> frozenset[str]:
    return frozenset({f"g{one_line(text)}"[:100].strip()})


def _stamp(text: str) -> Stamp:
    return Stamp(at=NOW - timedelta(days=3), by=_person(text))


def _body(text: str) -> str:
    return f"{text}\n\n# {text}\n\n- {text}\n\n```\n{text}\n```\n> {text}\n\n| {text} | x |\n|--|--|\n| {text} | y |"


def _item(place: int, stage: str, text: str) -> Item:
    stamp = _stamp(text)
    is_first = place == 0
    return Item(
        id=ITEMS + place,
        title=_title(text),
        created=stamp,
        stage=Standing(stage=stage, since=stamp.at, by=stamp.by),
        past_moves=(Standing(stage="inbox", since=stamp.at - timedelta(days=1), by=stamp.by),),
        source=Source(system=f"s:{text}", key=f"{place}{text}", url=f"https://example.com/{text}"),
        requester=stamp.by,
        owner="ana" if place % 2 else stamp.by,
        goals=tuple(Serves(goal=goal) for goal in (GOALS, GOALS + 1)),
        size=3,
        ratings={f"r{one_line(text)}"[:100].strip(): 2, "urgency": 3},
        team=TEAM,
        tags=_tags(text),
        depends_on=frozenset({ITEMS + 1}) if is_first else frozenset(),
        blocked=(Blocked(since=stamp.at, reason=text, by=stamp.by),) if place == BLOCKED else (),
        verdict=Verdict(ruling=Ruling.DECLINE, reason=text, at=stamp.at, by=stamp.by) if is_first else None,
        body=_body(text),
    )


def _goal(place: int, text: str) -> Goal:
    return Goal(
        id=GOALS + place,
        title=_title(text),
        origin=Origin.CUSTOMER,
        created=_stamp(text),
        parent=GOALS if place else None,
        weight=2,
        said_by=_person(text),
        owner=_person(text),
        key_results=(KeyResult(title=_title(text), start=0, now=1, target=5, unit=text[:100]),),
        guideline=text,
        teams=frozenset({TEAM}),
        body=_body(text),
    )


def _decision(place: int, status: DecisionStatus, text: str) -> Decision:
    stamp, people, body = _stamp(text), frozenset({_person(text)}), _body(text)
    return Decision(
        id=DECISIONS + place,
        title=_title(text),
        created=stamp,
        status=DecisionRuled(status=status, since=stamp.at, by=stamp.by, reason=text),
        owner=stamp.by,
        decide_by=date(2020, 1, 1),
        default=text,
        trigger=text,
        deciders=people,
        consulted=people,
        informed=people,
        items=frozenset({ITEMS}),
        goals=frozenset({GOALS, GOALS + 1}),
        supersedes=() if place else (Supersedes(decision=DECISIONS + 2, part=text),),
        drivers=(text,),
        options=(Option(title=_title(text), good=(text,), neutral=(text,), bad=(text,)),),
        chosen=text,
        expectation=Expectation(text=text),
        outcome_seen=text,
        source=text,
        context=body,
        because=body,
        consequences=body,
        confirmation=body,
        more=body,
    )


def _conflicts(text: str) -> list[Conflict]:
    title, labels = _title(text), (text, text)
    return [
        Conflict(
            id=TEAM + 10,
            table="items",
            record=ITEMS + BLOCKED,
            field="title",
            base=title,
            sides=(title, f"x {title}"[:500]),
            labels=labels,
        ),
        Conflict(
            id=TEAM + 11,
            table="decisions",
            record=DECISIONS + 1,
            field="context",
            base=[text],
            sides=([text, text], [text, "x"]),
            labels=labels,
        ),
        Conflict(
            id=TEAM + 12,
            table="items",
            record=ITEMS,
            field="owner",
            base="ana",
            sides=(_person(text), "cleo"),
            labels=labels,
        ),
        Conflict(
            id=TEAM + 13,
            table="items",
            record=ITEMS + 1,
            field="",
            base={"title": title},
            sides=(None, {"title": title, "body": [text]}),
            labels=labels,
        ),
    ]
