"""Made-up stores of any size for the benchmarks: goals, and items with bodies, moves, tags and sources."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from store.clock import utc_now
from store.disk import create_store
from store.models import (
    Goal,
    Horizon,
    Item,
    Kind,
    Origin,
    Serves,
    Settings,
    Source,
    Stamp,
    Standing,
    Workspace,
    id_maker,
)

SEED = 20
WORDS = (  # noqa: SIM905 - words are easier to read than a list of strings
    "grid login export query column cache retry timeout editor server connection dialog result index schema "
    "driver token session report filter backup upgrade keyboard shortcut memory crash install proxy theme panel search"
).split()
OPEN_SHARE = 0.25
"""The part of all items that is still open; in real backlogs most work is done or declined."""


def made_up(count: int, now: datetime | None = None) -> Workspace:
    """A workspace of `count` items and 12 goals, always the same for the same count and time."""
    random = Random(SEED)  # noqa: S311 - a benchmark wants the same numbers every time
    now = now or utc_now()
    new_id = id_maker("bench@example.com", (), random.getrandbits)
    goals = {}
    for number in range(12):
        goal = Goal(
            id=new_id(),
            title=f"{random.choice(WORDS).capitalize()} that just works {number}",
            origin=list(Origin)[number % 3],
            created=Stamp(at=now - timedelta(days=400), by="ana"),
            weight=random.randint(1, 5),
        )
        goals[goal.id] = goal
    items = {}
    for number in range(count):
        item = _item(number, new_id(), now, random, list(goals))
        items[item.id] = item
    return Workspace(items=items, goals=goals)


def _item(number: int, item_id: int, now: datetime, random: Random, goals: list[int]) -> Item:
    created = now - timedelta(days=random.randint(0, 720), minutes=random.randint(0, 1400))
    stages = ["inbox", "ready", "doing", "review", "done"]
    is_open = random.random() < OPEN_SHARE
    reached = random.choices((1, 2, 3, 4), (60, 30, 6, 4))[0] if is_open else 5
    moves = tuple(
        Standing(stage=stage, since=created + (now - created) * step / 6, by="ana")
        for step, stage in enumerate(stages[:reached])
    )
    return Item(
        id=item_id,
        title=" ".join(random.choices(WORDS, k=random.randint(4, 11))).capitalize(),
        kind=random.choice(list(Kind)),
        created=Stamp(at=created, by="import"),
        stage=moves[-1],
        past_moves=moves[:-1],
        horizon=random.choice([None, *Horizon]) if reached > 1 else None,
        owner=random.choice(("", "ana", "li", "omar")),
        goals=tuple(
            Serves(goal=goal, strength=random.randint(1, 3)) for goal in random.sample(goals, random.randint(0, 2))
        ),
        size=random.choice((None, 1, 2, 3, 5)),
        tags=frozenset(random.sample(WORDS, random.randint(0, 3))),
        source=Source(system="github:bench/bench", key=str(number), url=f"https://example.com/{number}"),
        body="\n".join(" ".join(random.choices(WORDS, k=9)) for _ in range(random.randint(0, 8))),
    )


def written(count: int, folder: Path) -> Path:
    """A store file of `count` items in `folder`."""
    workspace = made_up(count)
    records = {"goals": workspace.goals, "items": workspace.items}
    return create_store(folder / "leadline.json", Settings(team="bench"), records)
