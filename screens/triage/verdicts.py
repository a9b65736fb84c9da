"""The six verdicts, each a digit, and what each has to ask."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from screens.commands.command import AnyCommand, Command
from screens.triage.stand import Stand
from screens.wording import glyphs
from store.models import Item, Ruling, Workspace

if TYPE_CHECKING:
    from screens.dialogs.picker import Choice
    from screens.triage.screen import TriageScreen

SAME_REQUEST = "the same request"
NAMED = 50
"""No more originals are named than the picker lays out; the others are only counted there."""


class TriageCommand(Command["TriageScreen"]):
    """A command on the card on the table."""

    group = "Triage"
    short_hint: ClassVar[str] = ""
    """The hint where the window is narrow: the digits must stay."""

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a card."""
        return None if where.stand is Stand.CARD else "No card is on the table."


class RuleNow(TriageCommand):
    """Accepts the card for now."""

    id = "triage.now"
    title = "Now"
    help = "Accepted, and among the first to be done."
    key = "1"
    hint = "now"
    ruling: ClassVar[Ruling] = Ruling.NOW

    def run(self, where: "TriageScreen") -> None:
        """Say it; a reason can be added afterwards."""
        where.rule(self.ruling)


class RuleNext(RuleNow):
    """Accepts the card for next."""

    id = "triage.next"
    title = "Next"
    help = "Accepted, after what is for now."
    key = "2"
    hint = "next"
    ruling = Ruling.NEXT


class _Asking(TriageCommand):
    """A verdict that needs an answer first."""

    ruling: ClassVar[Ruling]

    def run(self, where: "TriageScreen") -> Coroutine[Any, Any, None] | None:
        """Ask, then say it."""
        item = where.sitting.item
        return self.ask(where, item) if item is not None else None

    async def ask(self, where: "TriageScreen", item: Item) -> None:
        """The question and the verdict."""
        raise NotImplementedError

    def rule(
        self, where: "TriageScreen", item: Item, reason: str, until: date | None = None, of: int | None = None
    ) -> None:
        """Say it of the card that was asked about, or tell that it left the table meanwhile."""
        if where.sitting.round.current == item.id:
            where.rule(self.ruling, reason, until, of)
        else:
            name = where.work.name_of(item)
            where.say(f"{name} has left the table; “{reason}” was not said of it. k steps back.", tone="warning")


class RuleLater(_Asking):
    """Puts the card off."""

    id = "triage.later"
    title = "Later"
    help = "Put off with a reason until a day, in four weeks unless you say another; then it comes back."
    key = "3"
    hint = "later…"
    short_hint = "later"
    ruling = Ruling.LATER

    async def ask(self, where: "TriageScreen", item: Item) -> None:
        """Ask for reason and day."""
        from screens.triage.later_dialog import LaterDialog  # late: dialogs are not needed for the first card

        answer = await where.ask(LaterDialog("Later: why, and until when?", where.office.today))
        if answer is not None:
            self.rule(where, item, answer.reason, until=answer.until)


class RuleDecline(_Asking):
    """Declines the card."""

    id = "triage.decline"
    title = "Decline"
    help = "We will not do it, with the reason; L right afterwards makes it a decision."
    key = "4"
    hint = "decline…"
    short_hint = "no"
    ruling = Ruling.DECLINE

    async def ask(self, where: "TriageScreen", item: Item) -> None:
        """Ask for the reason."""
        reason = await _asked(where, "Decline: why?", "who asked will read it", "A reason is needed: one sentence.")
        if reason:
            self.rule(where, item, reason)


class RuleDuplicate(_Asking):
    """Calls the card a duplicate."""

    id = "triage.duplicate"
    title = "Duplicate"
    help = "The same as another item, the most similar ones first; typing searches all titles."
    key = "5"
    hint = "duplicate…"
    short_hint = "dup"
    ruling = Ruling.DUPLICATE

    async def ask(self, where: "TriageScreen", item: Item) -> None:
        """Ask for the other item, then for the reason."""
        from screens.dialogs.line import LineDialog  # late: dialogs are not needed for the first card
        from screens.dialogs.picker import Picker  # late: as above

        picked = await where.ask(Picker("Duplicate of which item?", _originals(where, item)))
        if not picked:
            return
        title = f"Duplicate of {where.work.name_of(where.work.items[int(picked[0])])}: why?"
        demanded = "A reason is needed: one sentence."
        reason = await where.ask(LineDialog(title, value=SAME_REQUEST, demanded=demanded))
        if reason:
            self.rule(where, item, reason, of=int(picked[0]))


class RuleAsk(_Asking):
    """Asks for more."""

    id = "triage.ask"
    title = "Ask"
    help = "Writes down a question; the card comes back if it has no answer after some days."
    key = "6"
    hint = "ask…"
    short_hint = "ask"
    ruling = Ruling.ASK

    async def ask(self, where: "TriageScreen", item: Item) -> None:
        """Ask for the question."""
        whom = f"@{item.requester}" if item.requester else "who asked"
        question = await _asked(where, f"Ask {whom}", "what would settle it?", "Type the question.")
        if question:
            self.rule(where, item, question)


class RuleSame(TriageCommand):
    """Says the same again."""

    id = "triage.same"
    title = "Same as last"
    help = "The verdict given last, with the same reason, day and original."
    key = "full_stop"
    hint = "same again"

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a card and a verdict before it."""
        if where.sitting.last is None:
            return "No verdict was given yet."
        return super().unavailable(where)

    def run(self, where: "TriageScreen") -> None:
        """Say it."""
        last = where.sitting.last
        if last is not None:
            verdict = last.verdict
            where.rule(verdict.ruling, verdict.reason, until=verdict.until, of=verdict.of)


VERDICTS: tuple[type[AnyCommand], ...] = (
    RuleNow,
    RuleNext,
    RuleLater,
    RuleDecline,
    RuleDuplicate,
    RuleAsk,
    RuleSame,
)


async def _asked(where: "TriageScreen", title: str, example: str, demanded: str) -> str | None:
    from screens.dialogs.line import LineDialog  # late: dialogs are not needed for the first card

    return await where.ask(LineDialog(title, placeholder=example, demanded=demanded))


def _originals(where: "TriageScreen", item: Item) -> "Callable[[str], Sequence[Choice]]":
    """Finds items for a typed text: the similar ones first, then all whose title or id has every word."""
    from screens.dialogs.picker import Choice  # late: dialogs are not needed for the first card

    work = where.work
    # The thread that makes the index may not be done yet, and here it cannot be waited for.
    where.likes.follow(work)
    likes = where.likes.of(item, work) or ()
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
