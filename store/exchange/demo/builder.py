"""From the script of the demo to a workspace."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Final

from store.exchange.demo.casting import SETTINGS, item_of
from store.exchange.demo.course import course_of, finished_course
from store.exchange.demo.judgements import decisions
from store.exchange.demo.past import DROPPED, FINISHED
from store.exchange.demo.ready import READY
from store.exchange.demo.requests import REQUESTS
from store.exchange.demo.scene import Scene
from store.exchange.demo.sittings import Sittings
from store.exchange.demo.strategy import goals, standards, teams
from store.exchange.demo.under_way import UNDER_WAY
from store.models import Item, Workspace

SEED: Final = 26


def demo_workspace(now: datetime, seed: int = SEED) -> Workspace:
    """Half a year of a made-up team that builds an internal developer platform, seen at `now`.

    About 65 items with their moves of 26 weeks, 8 goals, 12 decisions, 4 standards, 2 teams and 4 triage sessions.
    The same moment and seed give the same records, ids included; nothing in it lies after the day before `now`.

    Args:
        now: an aware moment; its time zone is the one the team works in.
        seed: draws ids and durations.
    """
    # Not for secrets: the same seed must give the same demo.
    scene = Scene(now, Random(seed))  # noqa: S311
    sittings = Sittings(scene)
    team_records, goal_records, standard_records = teams(scene), goals(scene), standards(scene)
    items = tuple(_items(scene, sittings))
    return Workspace(
        settings=SETTINGS,
        items={item.id: item for item in items},
        goals={goal.id: goal for goal in goal_records},
        decisions={decision.id: decision for decision in decisions(scene)},
        standards={standard.id: standard for standard in standard_records},
        teams={team.id: team for team in team_records},
        sessions={session.id: session for session in sittings.sessions(items)},
    )


def _items(scene: Scene, sittings: Sittings) -> Iterator[Item]:
    for place, draft in enumerate(FINISHED):
        yield item_of(draft, finished_course(draft, place, len(FINISHED), scene), scene, sittings)
    for draft in (*DROPPED, *READY, *UNDER_WAY, *REQUESTS):
        yield item_of(draft, course_of(draft, scene), scene, sittings)
