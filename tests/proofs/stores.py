"""Made-up stores for the proofs: as large and as full as said, the same for the same seed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, TypeVar

from store.disk.canonical import APP, META, META_KEY, record_text, store_text
from store.disk.reading.migrating import SCHEMA
from store.models import (
    SETTINGS_ID,
    TABLES,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Goal,
    Horizon,
    Item,
    KeyResult,
    Kind,
    NewId,
    Option,
    Origin,
    Record,
    Ruling,
    Serves,
    Session,
    SessionRuled,
    Settings,
    Source,
    Stamp,
    Standing,
    Team,
    Workspace,
    id_maker,
)

LEADS: Final = ("ana", "bo", "cy", "di")
START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When the leads begin to edit; all records of a made-up store are older."""

STAGES: Final = ("inbox", "ready", "doing", "review", "done")
WORDS: Final = (  # noqa: SIM905 - words are easier to read than a list of strings
    "grid login export query column cache retry timeout editor server connection dialog result index schema "
    "driver token session report filter backup upgrade keyboard shortcut memory crash install proxy theme panel search"
).split()
TAGS: Final = tuple(WORDS[:12])

T = TypeVar("T")


def some_words(random: Random, least: int = 4, most: int = 9) -> str:
    """A few words with a capital; a number makes the line unlike any other."""
    words = " ".join(random.choices(WORDS, k=random.randint(least, most)))
    return f"{words.capitalize()} {random.randint(100, 99_999)}"


def some_lines(random: Random, most: int = 8) -> str:
    """A text of up to `most` lines."""
    return "\n".join(some_words(random) for _ in range(random.randint(0, most)))


def one_of(random: Random, values: Iterable[T]) -> T:
    """One of the values, whatever order they come in is the order they are taken by."""
    return random.choice(list(values))


def made_store(random: Random, items: int = 500, decisions: int = 150, goals: int = 12) -> Workspace:
    """A store that the leads have filled for two years; the newest items are still under way."""
    draw = {lead: id_maker(f"{lead}@example.com", (), random.getrandbits) for lead in LEADS}
    the_goals = [_goal(random, draw[one_of(random, LEADS)], number) for number in range(goals)]
    ids = [goal.id for goal in the_goals]
    the_items: list[Item] = []
    for number in range(items):
        # The share of the time that has passed: the last ones are new.
        age = 1 - number / max(1, items)
        the_items.append(_item(random, draw, ids, the_items, age))
    the_decisions = [
        _decision(random, draw, ids, the_items, 1 - number / max(1, decisions)) for number in range(decisions)
    ]
    teams = [
        Team(id=draw[lead](), title=f"Team {lead}", created=Stamp(at=START - timedelta(days=700), by=lead))
        for lead in LEADS[:2]
    ]
    sessions = [_session(random, draw, the_items, number) for number in range(items // 10)]
    return Workspace(
        settings=Settings(team="Platform"),
        sessions=_by_id(sessions),
        items=_by_id(the_items),
        goals=_by_id(the_goals),
        decisions=_by_id(the_decisions),
        teams=_by_id(teams),
    )


R = TypeVar("R", bound=Record)


def _by_id(records: Sequence[R]) -> dict[int, R]:
    return {record.id: record for record in records}


def _goal(random: Random, new_id: NewId, number: int) -> Goal:
    results = tuple(
        KeyResult(title=some_words(random, 2, 4), start=0, now=random.randint(0, 40), target=100, unit="%")
        for _ in range(random.randint(0, 2))
    )
    return Goal(
        id=new_id(),
        title=some_words(random),
        origin=list(Origin)[number % 3],
        created=Stamp(at=START - timedelta(days=400), by="ana"),
        weight=random.randint(1, 5),
        said_by=one_of(random, ("", "the board", "support")),
        owner=one_of(random, ("", *LEADS)),
        key_results=results,
        body=some_lines(random, 3),
    )


def _item(random: Random, draw: dict[str, NewId], goals: Sequence[int], older: Sequence[Item], age: float) -> Item:
    lead = one_of(random, LEADS)
    created = START - timedelta(days=1 + 700 * age, minutes=random.randint(0, 600))
    reached = 5 if random.random() < age else random.choices((1, 2, 3, 4), (50, 30, 12, 8))[0]
    moves = tuple(
        Standing(stage=stage, since=created + (START - created) * step / 6, by=one_of(random, LEADS))
        for step, stage in enumerate(STAGES[:reached])
    )
    ratings = {name: random.randint(1, 4) for name in ("urgency", "confidence") if random.random() < 0.4}
    serves = random.sample(goals, min(len(goals), random.randint(0, 2)))
    return Item(
        id=draw[lead](),
        title=some_words(random),
        kind=one_of(random, Kind),
        created=Stamp(at=created, by=lead),
        stage=moves[-1],
        past_moves=moves[:-1],
        source=Source(system="tracker", key=str(random.getrandbits(40))) if random.random() < 0.3 else None,
        horizon=one_of(random, (None, *Horizon)) if reached > 1 else None,
        owner=one_of(random, ("", *LEADS)),
        requester=one_of(random, ("", "support", "sales")),
        goals=tuple(Serves(goal=goal, strength=random.randint(1, 3)) for goal in serves),
        size=one_of(random, (None, 1, 2, 3, 5)),
        ratings=ratings,
        tags=frozenset(random.sample(TAGS, random.randint(0, 3))),
        depends_on=frozenset({one_of(random, older).id}) if older and random.random() < 0.05 else frozenset(),
        body=some_lines(random),
    )


def _decision(
    random: Random, draw: dict[str, NewId], goals: Sequence[int], items: Sequence[Item], age: float
) -> Decision:
    lead = one_of(random, LEADS)
    created = Stamp(at=START - timedelta(days=1 + 700 * age), by=lead)
    status = DecisionStatus.ACCEPTED if random.random() < age else DecisionStatus.PROPOSED
    options = tuple(Option(title=some_words(random, 2, 4), good=(some_words(random),)) for _ in range(2))
    return Decision(
        id=draw[lead](),
        title=some_words(random),
        created=created,
        status=DecisionRuled(status=status, since=created.at, by=lead),
        owner=lead,
        deciders=frozenset(random.sample(LEADS, random.randint(0, 2))),
        items=frozenset(item.id for item in random.sample(items, min(len(items), random.randint(0, 2)))),
        goals=frozenset(random.sample(goals, min(len(goals), random.randint(0, 1)))),
        options=options,
        chosen=options[0].title if status is DecisionStatus.ACCEPTED else "",
        context=some_lines(random, 4),
        because=some_lines(random, 3),
    )


def _session(random: Random, draw: dict[str, NewId], items: Sequence[Item], number: int) -> Session:
    lead = one_of(random, LEADS)
    at = START - timedelta(days=1 + 7 * number, minutes=random.randint(0, 300))
    verdicts = tuple(
        SessionRuled(item=item.id, ruling=one_of(random, Ruling), seconds=random.randint(3, 90), at=at)
        for item in random.sample(items, min(len(items), random.randint(1, 6)))
    )
    return Session(
        id=draw[lead](), started=Stamp(at=at, by=lead), agenda="inbox", ended=at + timedelta(hours=1), verdicts=verdicts
    )


def text_of(workspace: Workspace) -> bytes:
    """The canonical text of a store."""
    texts: dict[str, dict[str, bytes]] = {
        META: {META_KEY: record_text(META, META_KEY, {"app": APP, "schema": SCHEMA})},
        "settings": {str(SETTINGS_ID): record_text("settings", str(SETTINGS_ID), workspace.settings.raw())},
    }
    for table in TABLES:
        if table != "settings":
            texts[table] = {
                str(number): record_text(table, str(number), record.raw())
                for number, record in workspace.table(table).items()
            }
    return store_text(texts)
