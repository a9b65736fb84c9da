"""What a verdict does to an item, and what it needs."""

from datetime import date, timedelta

from store.clock import local_day
from store.errors import RuleError
from store.models import Horizon, Item, Ruling, Settings, StageKind, Verdict

SNOOZE_WEEKS = 4
NEEDS_REASON = frozenset({Ruling.LATER, Ruling.DECLINE, Ruling.DUPLICATE})
"""Verdicts that are not given without a reason; for the others one may be given."""

_DONE = {Ruling.LATER: "put off", Ruling.DECLINE: "declined", Ruling.DUPLICATE: "called a duplicate"}


def default_until(today: date) -> date:
    """The day a `later` wakes up when nobody says another: in four weeks."""
    return today + timedelta(weeks=SNOOZE_WEEKS)


def decide(item: Item, verdict: Verdict, settings: Settings) -> Item:
    """The item after the verdict; `at` and `by` of the verdict are also those of the move.

    - now, next: the horizon is set; an item that is not being worked on goes to the first queued stage.
    - later: horizon later, back to the inbox, snoozed until the day of the verdict (four weeks if it names none).
    - decline, duplicate: to the first dropped stage, without a horizon.
    - ask: stays where it is; the reason is the question.

    Raises:
        RuleError: a reason, a day in the future or the other item is missing, or the item is closed already.
    """
    kind = settings.kind_of(item.stage.stage) or StageKind.INBOX
    if not kind.is_open or item.archived is not None:
        state = "archived" if item.archived is not None else f"in “{item.stage.stage}” already"
        message = f"“{item.title}” is {state}."
        raise RuleError(message, "Move it to an open stage first.")
    checked = completed(item, verdict)
    moved = item.moved(stage_after(item.stage.stage, checked.ruling, settings), checked.at, checked.by)
    return moved.with_(verdict=checked, horizon=horizon_after(item.horizon, checked.ruling))


def horizon_after(horizon: Horizon | None, ruling: Ruling) -> Horizon | None:
    """The horizon of an item after a ruling, from the one it had."""
    if ruling in {Ruling.NOW, Ruling.NEXT, Ruling.LATER}:
        return Horizon(ruling.value)
    return horizon if ruling is Ruling.ASK else None


def stage_after(stage: str, ruling: Ruling, settings: Settings) -> str:
    """The stage of an item after a ruling, from the one it stood in."""
    kind = settings.kind_of(stage)
    if ruling in {Ruling.DECLINE, Ruling.DUPLICATE}:
        return settings.first_stage(StageKind.DROPPED)
    if ruling is Ruling.LATER and kind is not StageKind.INBOX:
        return settings.first_stage(StageKind.INBOX)
    if ruling in {Ruling.NOW, Ruling.NEXT} and kind not in {StageKind.QUEUED, StageKind.ACTIVE, StageKind.WAITING}:
        return settings.first_stage(StageKind.QUEUED)
    return stage


def completed(item: Item, verdict: Verdict) -> Verdict:
    """The verdict with the day it needs and without what does not belong to it, wherever the item stands.

    Raises:
        RuleError: a reason, a day in the future or the other item is missing.
    """
    ruling = verdict.ruling
    if ruling in NEEDS_REASON and not verdict.reason:
        message = f"Nothing is {_DONE[ruling]} without a reason."
        raise RuleError(message, "One sentence is enough; who asked for it will read it.")
    if ruling is Ruling.DUPLICATE and verdict.of is None:
        message = "A duplicate needs the item that it repeats."
        raise RuleError(message, "Give its id, for example LL-7KQ2.")
    if ruling is Ruling.DUPLICATE and verdict.of == item.id:
        message = "An item is no duplicate of itself."
        raise RuleError(message, "Give the id of the other one.")
    today = local_day(verdict.at)
    if ruling is Ruling.LATER:
        until = verdict.until or default_until(today)
        if until <= today:
            message = "Later is after today."
            raise RuleError(message, "Try +2w or eom.")
        return verdict.with_(until=until, of=None)
    return verdict.with_(until=None, of=verdict.of if ruling is Ruling.DUPLICATE else None)
