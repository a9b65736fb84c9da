"""What `is:` asks of an item: the states it can be in, each as one function for a store."""

from collections.abc import Callable, Mapping
from typing import Final

from store.models import Item, Ruling, StageKind
from store.query.context import Context

Test = Callable[[Item], bool]
"""Whether an item matches."""


def _open(context: Context) -> Test:
    closed = {stage.name for stage in context.workspace.settings.stages if not stage.kind.is_open}
    return lambda item: item.archived is None and item.stage.stage not in closed


def _closed(context: Context) -> Test:
    closed = {stage.name for stage in context.workspace.settings.stages if not stage.kind.is_open}
    return lambda item: item.stage.stage in closed


def _finished(context: Context) -> Test:
    finished = {stage.name for stage in context.workspace.settings.stages if stage.kind is StageKind.FINISHED}
    return lambda item: item.stage.stage in finished


def _of_kind(kind: StageKind) -> Callable[[Context], Test]:
    return lambda context: lambda item: item.archived is None and context.workspace.kind_of(item) is kind


def _blocked(context: Context) -> Test:
    items, is_open = context.workspace.items, _open(context)

    def test(item: Item) -> bool:
        if item.blocked and item.is_blocked:
            return True
        return any(other in items and is_open(items[other]) for other in item.depends_on)

    return test


def _put_off(ruling: Ruling) -> Callable[[Context], Test]:
    def of(context: Context) -> Test:
        today, is_open = context.today, _open(context)

        def test(item: Item) -> bool:
            verdict = item.verdict
            if verdict is None or verdict.ruling is not ruling or item.stage.since > verdict.at:
                return False
            return is_open(item) and (ruling is Ruling.ASK or (verdict.until is not None and verdict.until > today))

        return test

    return of


def _overdue(context: Context) -> Test:
    today, is_open = context.today, _open(context)
    return lambda item: item.due is not None and item.due < today and is_open(item)


def _disputed(context: Context) -> Test:
    disputes = context.workspace.disputes
    return lambda item: ("items", item.id) in disputes


STATES: Final[Mapping[str, Callable[[Context], Test]]] = {
    "open": _open,
    "closed": _closed,
    "finished": _finished,
    "any": lambda _: lambda _: True,
    "archived": lambda _: lambda item: item.archived is not None,
    "inbox": _of_kind(StageKind.INBOX),
    "active": _of_kind(StageKind.ACTIVE),
    "blocked": _blocked,
    "snoozed": _put_off(Ruling.LATER),
    "waiting": _put_off(Ruling.ASK),
    "unmapped": lambda _: lambda item: not item.goals,
    "overdue": _overdue,
    "disputed": _disputed,
}
