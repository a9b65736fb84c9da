"""From a draft and its course to an item."""

from collections.abc import Iterator
from typing import Final

from store.exchange.demo.course import Course
from store.exchange.demo.draft import Draft
from store.exchange.demo.scene import Scene
from store.exchange.demo.sittings import LEAD, Sittings
from store.models import Blocked, Item, Ruling, Serves, Source, Standing, Verdict

SYSTEM: Final = "github:quay/platform"
ADDRESS: Final = "https://example.com/quay/platform/issues/"
_RATINGS: Final = ("urgency", "confidence")
_WAITED_FOR: Final = ("Waited for access to the test data base", "Waited for an answer of the provider")
_LONG_DAYS: Final = 7


def item_of(draft: Draft, course: Course, scene: Scene, sittings: Sittings) -> Item:
    """The item as it stands today, with every move that led there."""
    number = scene.id(draft.name or draft.title, draft.by)
    verdict = _verdict(draft, course, scene, sittings)
    *past, present = _moves(draft, course, scene, verdict)
    return Item(
        id=number,
        title=draft.title,
        kind=draft.kind,
        created=scene.stamp(course.created, draft.by),
        stage=present,
        source=_source(draft),
        horizon=draft.horizon,
        requester=draft.requester,
        verdict=verdict,
        owner=draft.owner,
        goals=tuple(Serves(goal=scene.id(goal), strength=strength) for goal, strength in draft.serves.items()),
        size=draft.size,
        ratings={name: value for name in _RATINGS if (value := getattr(draft, name)) is not None},
        team=scene.id(draft.team) if draft.team else None,
        tags=frozenset(draft.tags.split()),
        due=None if draft.due is None else scene.day(draft.due),
        depends_on=scene.ids(draft.depends_on),
        blocked=tuple(_blocked(draft, course, scene)),
        past_moves=tuple(past),
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


def _moves(draft: Draft, course: Course, scene: Scene, verdict: Verdict | None) -> Iterator[Standing]:
    """The stages one after the other; on one day they lie hours apart."""
    yield Standing(stage="inbox", since=scene.moment(course.created, 9), by=draft.by)
    if verdict is None or verdict.ruling is Ruling.ASK:
        return
    if verdict.ruling in {Ruling.DECLINE, Ruling.DUPLICATE}:
        yield Standing(stage="declined", since=verdict.at, by=verdict.by)
        return
    yield Standing(stage="ready", since=verdict.at, by=verdict.by)
    if course.started is not None:
        yield Standing(stage="doing", since=scene.moment(course.started, 11), by=draft.owner)
    if course.reviewed is not None:
        yield Standing(stage="review", since=scene.moment(course.reviewed, 14), by=draft.owner)
    if course.ended is not None:
        stage = "declined" if draft.is_dropped else "done"
        yield Standing(stage=stage, since=scene.moment(course.ended, 16), by=draft.owner)


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
