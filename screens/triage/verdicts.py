"""The six verdicts, each a digit, and what each has to ask."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from screens.commands.command import AnyCommand, Command
from screens.triage.stand import Stand
from store.models import Item, Ruling

if TYPE_CHECKING:
    from screens.triage.screen import TriageScreen


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


class RuleLater(TriageCommand):
    """Puts the card off."""

    id = "triage.later"
    title = "Later"
    help = "Put off with a reason until a day, in four weeks unless you say another; then it comes back."
    key = "3"
    hint = "later…"
    short_hint = "later"
    ruling: ClassVar[Ruling] = Ruling.LATER

    def run(self, where: "TriageScreen") -> Coroutine[Any, Any, None] | None:
        """Ask, then say it."""
        item = where.sitting.item
        return self._ask(where, item) if item is not None else None

    async def _ask(self, where: "TriageScreen", item: Item) -> None:
        from screens.dialogs.verdict import what_it_needs  # late: dialogs are not needed for the first card

        work, likes = where.work, where.likes
        if self.ruling is Ruling.DUPLICATE:
            # The thread that makes the index may not be done yet, and here it cannot be waited for.
            likes.follow(work)
        answer = await what_it_needs(self.ruling, where, item, work, likes.of(item, work) or ())
        if answer is None:
            return
        if where.sitting.round.current == item.id:
            where.rule(self.ruling, answer.reason, answer.until, answer.of)
        else:
            # It was asked about a card that left the table meanwhile.
            name = where.work.name_of(item)
            where.say(f"{name} has left the table; “{answer.reason}” was not said of it. k steps back.", tone="warning")


class RuleDecline(RuleLater):
    """Declines the card."""

    id = "triage.decline"
    title = "Decline"
    help = "We will not do it, with the reason; L right afterwards makes it a decision."
    key = "4"
    hint = "decline…"
    short_hint = "no"
    ruling = Ruling.DECLINE


class RuleDuplicate(RuleLater):
    """Calls the card a duplicate."""

    id = "triage.duplicate"
    title = "Duplicate"
    help = "The same as another item, the most similar ones first; typing searches all titles."
    key = "5"
    hint = "duplicate…"
    short_hint = "dup"
    ruling = Ruling.DUPLICATE


class RuleAsk(RuleLater):
    """Asks for more."""

    id = "triage.ask"
    title = "Ask"
    help = "Writes down a question; the card comes back if it has no answer after some days."
    key = "6"
    hint = "ask…"
    short_hint = "ask"
    ruling = Ruling.ASK


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
