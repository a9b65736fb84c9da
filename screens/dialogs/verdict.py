"""What a verdict needs besides the word: its reason, its day, the other item; asked the same way everywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from screens.dialogs.later import LaterDialog
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.screen import LeadlineScreen
from screens.wording import glyphs
from store.models import Item, Ruling, Workspace
from store.triage import Likeness

SAME_REQUEST: Final = "the same request"
NAMED: Final = 50
"""No more originals are named than the picker lays out; the others are only counted there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said: the reason or the question, the day a `later` wakes up, the item that a duplicate repeats."""

    reason: str = ""
    until: date | None = None
    of: int | None = None


async def what_it_needs(
    ruling: Ruling, where: LeadlineScreen, item: Item, work: Workspace, likes: Sequence[Likeness]
) -> Answer | None:
    """Ask for what a ruling needs; None where the person went away from it.

    Args:
        ruling: what is said of the item; `now` and `next` need nothing.
        where: asks.
        item: what it is said of.
        work: where the items are that it may repeat.
        likes: those that are like it, the most similar first.
    """
    match ruling:
        case Ruling.LATER:
            later = await where.ask(LaterDialog("Later: why, and until when?", where.office.today))
            return None if later is None else Answer(later.reason, until=later.until)
        case Ruling.DECLINE:
            return await _reason(where, "Decline: why?", "who asked will read it", "A reason is needed: one sentence.")
        case Ruling.ASK:
            whom = f"@{item.requester}" if item.requester else "who asked"
            return await _reason(where, f"Ask {whom}", "what would settle it?", "Type the question.")
        case Ruling.DUPLICATE:
            return await _original(where, item, work, likes)
        case Ruling.NOW | Ruling.NEXT:
            return Answer()


async def _reason(where: LeadlineScreen, title: str, example: str, demanded: str) -> Answer | None:
    reason = await where.ask(LineDialog(title, placeholder=example, demanded=demanded))
    return Answer(reason) if reason else None


async def _original(where: LeadlineScreen, item: Item, work: Workspace, likes: Sequence[Likeness]) -> Answer | None:
    picked = await where.ask(Picker("Duplicate of which item?", _originals(item, work, likes)))
    if not picked:
        return None
    original = int(picked[0])
    title = f"Duplicate of {work.name_of(work.items[original])}: why?"
    reason = await where.ask(LineDialog(title, value=SAME_REQUEST, demanded="A reason is needed: one sentence."))
    return Answer(reason, of=original) if reason else None


def _originals(item: Item, work: Workspace, likes: Sequence[Likeness]) -> Callable[[str], Sequence[Choice]]:
    """Finds items for a typed text: the similar ones first, then all whose title or id has every word."""
    similar = {like.item.id: f"{like.percent} % · {' '.join(like.words)}" for like in likes}
    titles: list[tuple[str, Item]] = []

    def choice(other: Item) -> Choice:
        remark = " · ".join(filter(None, (work.name_of(other), other.stage.stage, similar.get(other.id, ""))))
        return Choice(str(other.id), other.title, remark, glyphs.state_of(other, work)[0])

    def find(text: str) -> list[Choice]:
        words = text.casefold().split()
        if not titles:
            titles.extend((other.title.casefold(), other) for other in _others(work, item))
        found = [like.item for like in likes] if not words else []
        found += [other for title, other in titles if all(word in title for word in words)]
        if len(words) == 1 and len(words[0]) > 2:
            found += [other for _, other in titles if work.name_of(other).casefold().endswith(words[0])]
        if words:
            found.sort(key=lambda other: other.id not in similar)
        shown = list({other.id: other for other in found}.values())
        # Only what is laid out needs its words; the rest is counted.
        return [choice(other) for other in shown[:NAMED]] + [Choice("", "")] * len(shown[NAMED:])

    return find


def _others(work: Workspace, item: Item) -> list[Item]:
    """Every item but this one, the open ones first."""
    others = [other for other in work.items.values() if other.id != item.id and other.archived is None]
    return sorted(others, key=lambda other: not work.kind_of(other).is_open)
