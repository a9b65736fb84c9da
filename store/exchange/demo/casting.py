"""From a draft and its course to an item."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from store.exchange.demo.course import Course
from store.exchange.demo.draft import Draft
from store.exchange.demo.scene import Scene
from store.exchange.demo.sittings import LEAD, Sittings
from store.models import Blocked, Item, Serves, Settings, Source, StageKind, Standing, Verdict
from store.scoring import RATINGS
from store.triage import decide

SETTINGS: Final = Settings(team="Quay platform")
SYSTEM: Final = "github:quay/platform"
ADDRESS: Final = "https://example.com/quay/platform/issues/"
_WAITED_FOR: Final = ("Waited for access to the test data base", "Waited for an answer of the provider")
_LONG_DAYS: Final = 7


def item_of(draft: Draft, course: Course, scene: Scene, sittings: Sittings) -> Item:
    """The item as it stands today, with every move that led there; verdicts do to it what they do in triage."""
    item = _new(draft, course, scene)
    verdict = _verdict(draft, course, scene, sittings)
    if verdict is not None:
        item = decide(item, verdict, SETTINGS)
    for stage, since in _moves(draft, course, scene):
        item = item.moved(stage, since, draft.owner)
    return item


def _new(draft: Draft, course: Course, scene: Scene) -> Item:
    created = scene.stamp(course.created, draft.by)
    return Item(
        id=scene.id(draft.name or draft.title, draft.by),
        title=draft.title,
        kind=draft.kind,
        created=created,
        stage=Standing(stage=SETTINGS.first_stage(StageKind.INBOX), since=created.at, by=created.by),
        source=_source(draft),
        requester=draft.requester,
        owner=draft.owner,
        goals=tuple(Serves(goal=scene.id(goal), strength=strength) for goal, strength in draft.serves.items()),
        size=draft.size,
        ratings={name: value for name in RATINGS if (value := getattr(draft, name)) is not None},
        team=scene.id(draft.team) if draft.team else None,
        tags=frozenset(draft.tags.split()),
        due=None if draft.due is None else scene.day(draft.due),
        depends_on=scene.ids(draft.depends_on),
        blocked=tuple(_blocked(draft, course, scene)),
        body=draft.body,
    )


def _verdict(draft: Draft, course: Course, scene: Scene, sittings: Sittings) -> Verdict | None:
    if draft.ruling is None or course.triaged is None:
        return None
    return Verdict(
        ruling=draft.ruling,
        reason=draft.reason,
        until=None if draft.snoozed is None else scene.day(draft.snoozed),
        of=scene.id(draft.repeats) if draft.repeats else None,
        at=sittings.verdict_at(course.triaged),
        by=LEAD,
    )


def _moves(draft: Draft, course: Course, scene: Scene) -> Iterator[tuple[str, datetime]]:
    """The stages after triage; on one day they lie hours apart."""
    if course.started is not None:
        yield SETTINGS.first_stage(StageKind.ACTIVE), scene.moment(course.started, 11)
    if course.reviewed is not None:
        yield SETTINGS.first_stage(StageKind.WAITING), scene.moment(course.reviewed, 14)
    if course.ended is not None:
        kind = StageKind.DROPPED if draft.is_dropped else StageKind.FINISHED
        yield SETTINGS.first_stage(kind), scene.moment(course.ended, 16)


def _blocked(draft: Draft, course: Course, scene: Scene) -> Iterator[Blocked]:
    if draft.blocked is not None:
        since, reason = draft.blocked
        yield Blocked(since=scene.moment(since, 15), reason=reason, by=draft.owner or draft.by)
    elif course.started is not None and course.ended is not None and course.started - course.ended >= _LONG_DAYS:
        # What took long was held up: three days from its second day on.
        reason = _WAITED_FOR[course.ended % len(_WAITED_FOR)]
        since, until = course.started - 1, course.started - 4
        yield Blocked(
            since=scene.moment(since, 12), until=scene.moment(until, 13), reason=reason, by=draft.owner or draft.by
        )


def _source(draft: Draft) -> Source | None:
    if not draft.source:
        return None
    return Source(system=SYSTEM, key=draft.source, url=ADDRESS + draft.source.removeprefix("#"))
