"""The triage table: what is done at it and where it stands. How it looks is in `screen`."""

from collections.abc import Collection, Mapping
from datetime import date

from screens.office import Office
from screens.screen import LeadlineScreen
from screens.triage.ahead import Ahead
from screens.triage.likes import Likes
from screens.triage.mapping import mapping_changed
from screens.triage.sitting import Sitting, reason_given
from screens.triage.stand import Stand
from screens.wording.item_lines import Words
from store.change import ChangeSet, applied, decline_logged, session_ended
from store.models import Item, Ruling, Verdict, Workspace, made
from store.triage import Rule, queue


class TriageTable(LeadlineScreen):
    """Deals the cards of a `Sitting` and gives verdicts.

    What a key does is taken as done at once, before the program has carried it out: the next key, however fast it
    comes, meets the next card. If the program refuses, the card comes back.
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.sitting = Sitting(office.me, office.new_id)
        self.stand = Stand.EMPTY
        self.with_stale = False
        self.likes = Likes()
        self.greeting: list[Words] = []
        self.offered_id: int | None = None
        self._ahead = Ahead()
        self._begun = False
        self._was_away = False
        self._stale_known: tuple[Workspace, date, int] | None = None

    # How it looks

    def turn(self) -> None:
        """Show the card on the table, or what comes after the last."""
        raise NotImplementedError

    def show_page(self) -> None:
        """Show pause, end or empty inbox in place of the card."""
        raise NotImplementedError

    def show_foot(self) -> None:
        """Show what stands below the card."""
        raise NotImplementedError

    def show_progress(self) -> None:
        """Show how far the sitting is."""
        raise NotImplementedError

    # What is known

    @property
    def work(self) -> Workspace:
        """The newest workspace, with what was done here a moment ago."""
        return self.sitting.workspace

    def seen(self) -> Workspace:
        """What was done here a moment ago is seen as done."""
        return self.work

    def target_items(self) -> tuple[Item, ...]:
        """The item on the table."""
        item = self.sitting.item
        return (item,) if item is not None and self.stand is Stand.CARD else ()

    @property
    def offered(self) -> Item | None:
        """The item that was declined a moment ago, and whose decline may become a decision."""
        return None if self.offered_id is None else self.work.items.get(self.offered_id)

    def declined(self) -> tuple[Item, ...]:
        """The items declined in this sitting whose decline is no decision yet."""
        outcome = self.sitting.summary
        if outcome is None:
            return ()
        logged = {item for decision in self.work.decisions.values() for item in decision.items}
        return tuple(
            each.item for each in outcome.outcomes if each.ruling is Ruling.DECLINE and each.item.id not in logged
        )

    # What comes down

    def show_work(self) -> None:
        """Begin, or go on with what has changed."""
        if not self._begun:
            self._begin()
            return
        was_ended = self._is_ended
        work = self._ahead.work(self.workspace)
        before, card = self.work, self.sitting.round.current
        changed = self.sitting.follow(work)
        if len(work.items) > len(before.items):
            self.sitting.add(self.office.now(), include_stale=self.with_stale)
        has_moved = card != self.sitting.round.current
        if changed or has_moved or before.goals is not work.goals or before.settings is not work.settings:
            self.offered_id = None
            self.turn()
        elif self.stand is Stand.END and was_ended and not self._is_ended and self.sitting.item is not None:
            # The end itself was undone: the summary is no longer true.
            self.go_on()
        else:
            self.show_progress()

    def show_changed(self, ids: Collection[int]) -> None:
        """Put the card on the table that an undo or redo was about."""
        if self._begun and self.sitting.bring_back(ids):
            self.turn()

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:  # noqa: ARG002  a card has no filter
        """Put one item on the table; whoever comes back to a summary goes on with what is left."""
        if not self._begun or (self.stand is Stand.END and (self.sitting.item is not None or self.sitting.skipped)):
            self._begin()
        if record is not None and record in self.work.items:
            self.sitting.place_first(record)
            self.turn()

    def on_screen_suspend(self) -> None:
        """Stop the clock when another screen is shown; a dialog and the item's own page belong to the card."""
        if self not in self.app.screen_stack:
            self._was_away = True
            self.sitting.clock.stop(self.office.now())

    def on_screen_resume(self) -> None:
        """Go on where the sitting was."""
        super().on_screen_resume()
        if not self._was_away:
            return
        self._was_away = False
        sitting = self.sitting
        if self.stand in {Stand.EMPTY, Stand.END}:
            self._begin()
        elif self.stand in {Stand.CARD, Stand.PAUSED} and sitting.item is not None:
            self._greet("Back at card")
            self.turn()

    def _begin(self) -> None:
        self._begun = True
        self._ahead = Ahead()
        self.sitting.begin(self.workspace, self.office.now(), include_stale=self.with_stale)
        if self.sitting.is_resumed and self.sitting.item is not None:
            self._greet("Goes on at card")
        self.turn()

    def _greet(self, words: str) -> None:
        place = self.sitting.round
        said = place.at - self.sitting.skipped
        done = f", {said:,} {'has' if said == 1 else 'have'} a verdict" if said else ""
        self.greeting = [(f"{words} {place.place:,} of {len(place.order):,}{done}", "muted")]

    @property
    def _is_ended(self) -> bool:
        session = self.sitting.stored_session
        return session is None or session.ended is not None

    # What goes up

    def do(self, change: ChangeSet, *, quietly: bool = False, seen: Workspace | None = None) -> None:
        """Ask for a change and go on as if it were done; `_settle` looks later whether it was."""
        if not change:
            return
        self._ahead.sent(change)
        self.sitting.follow(applied(self.work, change))
        super().do(change, quietly=quietly, seen=seen)
        # Behind the request in the queue of this screen, then behind it in that of the program.
        self.call_later(self.app.call_later, self._settle, change)
        if self.stand is Stand.CARD:
            self.turn()

    def _settle(self, change: ChangeSet) -> None:
        """Take back what the program refused; it has said why."""
        if self._ahead.is_refused(change):
            self.show_work()
            self.show_changed([edit.id for edit in change.edits])

    def rule(self, ruling: Ruling, reason: str = "", until: date | None = None, of: int | None = None) -> None:
        """Give the card on the table its verdict and turn to the next."""
        now, me = self.office.now(), self.office.me
        verdict = made(Verdict, ruling=ruling, reason=reason, until=until, of=of, at=now, by=me)
        change = self.sitting.rule(verdict)
        self.greeting = []
        self.sitting.ruled(change)
        self.do(change, quietly=True)
        self.offered_id = change.edits[0].id if ruling is Ruling.DECLINE else None
        self.show_foot()

    def explain(self, reason: str) -> None:
        """Change the reason of the verdict given last."""
        if self.sitting.last is not None:
            given = self.sitting.last
            change = reason_given(self.work, given, reason, self.office.now(), self.office.me)
            self.do(change)

    def map_goals(self, item: Item, strengths: Mapping[int, int]) -> None:
        """Map the card to goals."""
        self.do(mapping_changed(self.work, item, strengths, self.office.now(), self.office.me), quietly=True)

    def log_decline(self, item: Item) -> None:
        """Make a decline a decision."""
        office = self.office
        self.do(decline_logged(self.work, item.id, office.new_id, office.now(), office.me))
        self.offered_id = None
        self.turn()

    # Where the sitting is

    def step(self, by: int) -> None:
        """Go on or back by one card without a verdict."""
        self.offered_id = None
        self.greeting = []
        self.sitting.step(by)
        self.turn()

    def go_back(self) -> None:
        """From the summary to the card on the table; after the last to the one skipped last, or else to the last."""
        sitting = self.sitting
        if sitting.item is None:
            sitting.step(-1)
            while sitting.said is not None and sitting.skipped:
                sitting.step(-1)
        self.turn()

    def pause(self) -> None:
        """Put the cards aside; the clock stands still."""
        self.sitting.clock.stop(self.office.now())
        self.stand = Stand.PAUSED
        self.show_page()

    def go_on(self) -> None:
        """Take the cards up again."""
        self._greet("Goes on at card")
        self.turn()

    def end(self) -> None:
        """Show the summary, also of a sitting that was not finished."""
        self.stand = Stand.END
        self.show_page()

    def close(self) -> None:
        """Write down that the sitting is over."""
        session = self.sitting.stored_session
        if session is not None:
            self.do(session_ended(self.work, session.id, self.office.now(), self.office.me), quietly=True)

    def take_stale(self) -> None:
        """Go through what has not moved for long, too."""
        self.with_stale = True
        self.sitting.add(self.office.now(), include_stale=True)
        self.turn()

    def stale_count(self) -> int:
        """How many items have not moved for long and are no card yet."""
        known = self._stale_known
        if self.with_stale:
            return 0
        if known is None or known[0] is not self.work or known[1] != self.office.today:
            cards = queue(self.work, self.office.now(), include_stale=True, without=set(self.sitting.round.order))
            known = (self.work, self.office.today, sum(card.rule is Rule.STALE for card in cards))
            self._stale_known = known
        return known[2]
