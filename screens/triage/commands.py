"""What a lead can do at the triage table besides giving verdicts."""

from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from screens.commands.command import AnyCommand, Command
from screens.commands.item import ITEM_COMMANDS, CopyItem, OpenItem
from screens.commands.item_links import LogDecision, SetGoals
from screens.item.why import Why
from screens.requests import Copy, Go
from screens.triage.stand import Stand
from screens.triage.verdicts import VERDICTS, TriageCommand
from screens.wording.clean import clean, fit
from store.models import Item
from store.triage import minutes_markdown

if TYPE_CHECKING:
    from screens.triage.screen import TriageScreen

TITLE_WIDTH = 64
ON_TOP = "horizon:now sort:-score"


class CardGoals(TriageCommand):
    """Maps the card to goals by letter or number."""

    id = SetGoals.id
    title = SetGoals.title
    help = "A letter or a number maps the card to a goal; each press makes the link stronger, 1 to 3 and then away."
    key = SetGoals.key
    hint = "goals"

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a card and a goal that is pursued."""
        without = super().unavailable(where)
        if without is None and not where.has_goals:
            return "There are no goals yet. Press g m to make the first."
        return without

    def run(self, where: "TriageScreen") -> Coroutine[Any, Any, None] | None:
        """Show the goals with their letters."""
        item = where.sitting.item
        return self._ask(where, item) if item is not None else None

    @staticmethod
    async def _ask(where: "TriageScreen", item: Item) -> None:
        from screens.triage.goals_dialog import GoalsDialog  # late: dialogs are not needed for the first card

        strengths = await where.ask(GoalsDialog("Serves which goal?", where.choices(item)))
        if strengths is not None and item.id in where.work.items:
            where.map_goals(where.work.items[item.id], strengths)


class Skip(TriageCommand):
    """Leaves a card without a verdict."""

    id = "triage.skip"
    title = "Skip"
    help = "The next card; this one keeps its place and is counted at the end."
    key = "j"
    hint = "skip"

    def run(self, where: "TriageScreen") -> None:
        """One card on."""
        where.step(1)


class StepBack(Command["TriageScreen"]):
    """Goes back to the card before."""

    id = "triage.back"
    title = "Step back"
    help = "The card before, with what was said of it; another digit says something else."
    key = "k"
    hint = "back"
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {Stand.END: "back to the cards"}

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a card before."""
        if where.stand is Stand.CARD:
            return None if where.sitting.round.at else "This is the first card."
        return None if where.stand is Stand.END and where.sitting.round.order else "There is no card to go back to."

    def run(self, where: "TriageScreen") -> None:
        """One card back; from the end to what was skipped."""
        if where.stand is Stand.END:
            where.go_back()
        else:
            where.step(-1)


class Reason(Command["TriageScreen"]):
    """Gives the verdict given last a reason."""

    id = "triage.reason"
    title = "Reason of the last verdict"
    help = "Adds or changes the reason of the verdict given last."
    key = "r"
    group = "Triage"

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a verdict."""
        return None if where.sitting.last is not None else "No verdict was given yet."

    def run(self, where: "TriageScreen") -> Coroutine[Any, Any, None]:
        """Ask for it."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "TriageScreen") -> None:
        from screens.dialogs.line import LineDialog  # late: dialogs are not needed for the first card

        last = where.sitting.last
        if last is None:
            return
        item = where.work.items[last.item]
        title = f"Why {last.verdict.ruling.value}? {where.work.name_of(item)} {item.title}"
        reason = await where.ask(LineDialog(fit(clean(title), TITLE_WIDTH), value=last.verdict.reason))
        if reason is not None:
            where.explain(reason)


class Pause(Command["TriageScreen"]):
    """Puts the cards aside, and takes them up again."""

    id = "triage.pause"
    title = "Pause, or go on"
    help = "Place and verdicts are kept; the clock stands still until you go on."
    key = "p"
    hint = "pause"
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {Stand.PAUSED: "goes on"}

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs cards."""
        return None if where.stand in {Stand.CARD, Stand.PAUSED} else "There is no card to pause at."

    def run(self, where: "TriageScreen") -> None:
        """Change between card and pause."""
        if where.stand is Stand.CARD:
            where.pause()
        else:
            where.go_on()


class Leave(Command["TriageScreen"]):
    """Goes back one layer."""

    id = "triage.leave"
    title = "Back one layer"
    help = "From a card to the pause, from there to the overview; nothing is lost."
    key = "escape"
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {
        Stand.PAUSED: "overview",
        Stand.END: "overview",
        Stand.EMPTY: "overview",
    }

    def run(self, where: "TriageScreen") -> None:
        """One layer back."""
        if where.stand is Stand.CARD:
            where.pause()
        else:
            where.post_message(Go("overview"))


class GoOn(Command["TriageScreen"]):
    """Opens the item of the card; on the other pages, goes on."""

    id = OpenItem.id
    title = "Open the item, or go on"
    help = "On a card everything about its item; from the pause to the summary, from there to what is on top."
    key = OpenItem.key
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {
        Stand.PAUSED: "shows the summary",
        Stand.END: "what is on top now",
        Stand.EMPTY: "what is on top now",
    }

    def run(self, where: "TriageScreen") -> None:
        """Open, or go on."""
        if where.stand is Stand.CARD:
            OpenItem().run(where)
        elif where.stand is Stand.PAUSED:
            where.end()
        else:
            where.close()
            where.post_message(Go("backlog", query=ON_TOP))


class CopyMinutes(Command["TriageScreen"]):
    """Copies id and title of the card; on the other pages, the minutes."""

    id = CopyItem.id
    title = "Copy, at the end the minutes"
    help = "On a card “LL-7KQ2 Title”; from pause and end the minutes of the sitting as Markdown."
    key = CopyItem.key
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {Stand.PAUSED: "copies the minutes", Stand.END: "copies the minutes"}

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a card or a verdict."""
        if where.stand is Stand.CARD or where.sitting.summary is not None:
            return None
        return "No verdict was given yet."

    def run(self, where: "TriageScreen") -> None:
        """Copy."""
        summary = where.sitting.summary
        if where.stand is Stand.CARD:
            CopyItem().run(where)
        elif summary is not None:
            where.post_message(Copy(minutes_markdown(summary, where.work), "the minutes"))


class DeclineToDecision(Command["TriageScreen"]):
    """Makes a decline a decision, or logs one about the card."""

    id = LogDecision.id
    title = "Decline to decision"
    help = "Right after a decline and at the end it makes the decline a decision; else it logs one about the card."
    key = LogDecision.key
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {Stand.PAUSED: "decline to decision", Stand.END: "decline to decision"}

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs a decline or a card."""
        if where.stand is Stand.CARD or where.declined():
            return None
        return "No decline of this sitting waits to become a decision."

    def run(self, where: "TriageScreen") -> Coroutine[Any, Any, None] | None:
        """Log the decline at once; of several ask which."""
        declined = (where.offered,) if where.offered is not None else where.declined()
        if where.stand is Stand.CARD and where.offered is None:
            return LogDecision().run(where)
        if len(declined) > 1:
            return self._pick(where, declined)
        for item in declined:
            where.log_decline(item)
        return None

    @staticmethod
    async def _pick(where: "TriageScreen", declined: tuple[Item, ...]) -> None:
        from screens.dialogs.picker import Choice, Picker  # late: dialogs are not needed for the first card

        choices = [
            Choice(str(item.id), item.title, item.verdict.reason if item.verdict else "", "✕") for item in declined
        ]
        for picked in await where.ask(Picker("Which decline becomes a decision?", choices)) or ():
            where.log_decline(where.work.items[int(picked)])


class TakeStale(Command["TriageScreen"]):
    """Adds what has not moved for long."""

    id = "triage.stale"
    title = "Go through what is stale"
    help = "Puts open items that have not moved for long behind the other cards."
    key = "o"
    group = "Triage"
    page_hints: ClassVar[Mapping[Stand, str]] = {Stand.END: "stale ones", Stand.EMPTY: "stale ones"}

    def unavailable(self, where: "TriageScreen") -> str | None:
        """Needs stale items."""
        return None if where.stale_count() else "Nothing has been lying about for long."

    def run(self, where: "TriageScreen") -> None:
        """Add them."""
        where.take_stale()


PAGE_COMMANDS = (Pause, GoOn, CopyMinutes, DeclineToDecision, StepBack, TakeStale, Leave)
"""The commands that lead on from pause, end and empty inbox, in the order of their hints."""

_REPLACED = (SetGoals, CopyItem, LogDecision)
TRIAGE_COMMANDS: tuple[type[AnyCommand], ...] = (
    *VERDICTS,
    CardGoals,
    Why,
    Skip,
    StepBack,
    Reason,
    Pause,
    GoOn,
    Leave,
    CopyMinutes,
    DeclineToDecision,
    TakeStale,
    *(command for command in ITEM_COMMANDS if command not in _REPLACED),
)
"""The commands in the order of the hint bar."""
