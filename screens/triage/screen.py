"""Triage: one card at a time, one key a verdict."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from screens.commands.command import AnyCommand
from screens.commands.everywhere import EVERYWHERE
from screens.office import Office
from screens.screen import LeadlineScreen
from screens.theme import TONES
from screens.triage.card_view import CardFacts, CardView
from screens.triage.commands import PAGE_COMMANDS, TRIAGE_COMMANDS
from screens.triage.mapping import goal_choices, mapping_changed
from screens.triage.painted_lines import PaintedLines
from screens.triage.sitting import Sitting, reason_given
from screens.triage.stand import Stand
from screens.widgets.hint_bar import Hint
from screens.widgets.reader import Reader
from screens.wording.item_facts import Facts
from screens.wording.item_lines import Line, Words, wrapped
from screens.wording.triage import GoalChoice, said_words, why_words
from screens.wording.triage_end import Rest, empty_lines, end_lines, pause_lines
from screens.wording.triage_progress import after_words, drag_words, progress_words
from store.change import ChangeSet, applied, decline_logged, session_ended
from store.decisions import standings
from store.errors import LeadlineError
from store.models import GoalStatus, Item, Ruling, Verdict, Workspace
from store.scoring import Scoreboard
from store.triage import Likeness, LikenessIndex, Rule, queue, similar

TICK_SECONDS = 60
GLANCE_SECONDS = 0.06
MOST_LIKES = 5
WIDEST_BAR = 40
PAGE_WIDTH = 100
_ALWAYS = frozenset(command.id for command in EVERYWHERE)


class TriageScreen(LeadlineScreen):
    """Shows the cards of a `Sitting` and gives verdicts.

    What a key does is taken as done at once, before the program has carried it out: the next key, however fast it
    comes, meets the next card. If the program refuses, the card comes back.
    """

    TITLE_WORDS = "Triage"
    OWN_COMMANDS: ClassVar[tuple[type[AnyCommand], ...]] = TRIAGE_COMMANDS
    AUTO_FOCUS = "CardPage"

    DEFAULT_CSS = """
    TriageScreen {
        #triage-foot { height: 2; padding: 0 2; }
        #triage-page { display: none; padding: 1 3; max-width: 110; }
        &.-page CardView, &.-page #triage-foot { display: none; }
        &.-page #triage-page { display: block; }
    }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.sitting = Sitting(office.me, office.new_id)
        self.stand = Stand.EMPTY
        self.with_stale = False
        self._begun = False
        self._was_away = False
        self._greeting: list[Words] = []
        self._offered: int | None = None
        self._pending: list[ChangeSet] = []
        self._index: LikenessIndex | None = None
        self._likes: dict[int, tuple[Likeness, ...]] = {}
        self._board: Scoreboard | None = None
        self._glance: Timer | None = None
        self._stale_known: tuple[Workspace, date, int] | None = None

    def compose_body(self) -> ComposeResult:
        """The card with its panes, two lines below it, and the page for pause and end."""
        yield CardView()
        yield PaintedLines(id="triage-foot")
        yield Reader(id="triage-page")

    def on_mount(self) -> None:
        """Look at the clock once a minute."""
        super().on_mount()
        self.set_interval(TICK_SECONDS, self._tick)

    # What is known

    @property
    def work(self) -> Workspace:
        """The newest workspace, with what was done here a moment ago."""
        return self.sitting.workspace

    def target_items(self) -> tuple[Item, ...]:
        """The item on the table."""
        item = self.sitting.item
        return (item,) if item is not None and self.stand is Stand.CARD else ()

    @property
    def offered(self) -> Item | None:
        """The item that was declined a moment ago, and whose decline may become a decision."""
        return None if self._offered is None else self.work.items.get(self._offered)

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
        items = self.workspace.items
        # What has arrived is no longer ahead; changes arrive whole and in order.
        self._pending = [
            change
            for change in self._pending
            if not all(self.workspace.get(edit.table, edit.id) is edit.after for edit in change.edits)
        ]
        work = self.workspace
        for change in self._pending:
            work = applied(work, change)
        before, card = self.work, self.sitting.round.current
        changed = self.sitting.follow(work, is_own=False)
        if len(items) > len(before.items):
            self.sitting.add(self.office.now(), include_stale=self.with_stale)
        has_moved = card != self.sitting.round.current
        if changed or has_moved or before.goals is not work.goals or before.settings is not work.settings:
            self._offered = None
            self._turn()
        else:
            self._summarise()

    def arrive(self, *, query: str | None = None, record: int | None = None) -> None:  # noqa: ARG002  a card has no filter
        """Put one item on the table."""
        if not self._begun:
            self._begin()
        if record is not None and record in self.work.items:
            self.sitting.place_first(record)
            self._turn()

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
        if self.stand is Stand.EMPTY or (self.stand is Stand.END and self._is_ended):
            self._begin()
        elif self.stand in {Stand.CARD, Stand.PAUSED} and sitting.item is not None:
            self._greet("Back at card")
            self._turn()

    def _begin(self) -> None:
        self._begun = True
        self._pending = []
        self.sitting.begin(self.workspace, self.office.now(), include_stale=self.with_stale)
        if self.sitting.is_resumed and self.sitting.item is not None:
            self._greet("Goes on at card")
        self._turn()

    def _greet(self, words: str) -> None:
        place = self.sitting.round
        said = place.at - self.sitting.skipped
        done = f", {said:,} {'has' if said == 1 else 'have'} a verdict" if said else ""
        self._greeting = [(f"{words} {place.place:,} of {len(place.order):,}{done}", "muted")]

    @property
    def _is_ended(self) -> bool:
        session = self.sitting.stored_session
        return session is None or session.ended is not None

    # What goes up

    def do(self, change: ChangeSet, *, quietly: bool = False) -> None:
        """Ask for a change and go on as if it were done; `_settle` looks later whether it was."""
        if not change:
            return
        self._pending.append(change)
        self.sitting.follow(applied(self.work, change), is_own=True)
        super().do(change, quietly=quietly)
        # Behind the request in the queue of this screen, then behind it in that of the program.
        self.call_later(self.app.call_later, self._settle, change)
        if self.stand is Stand.CARD:
            self._turn()

    def _settle(self, change: ChangeSet) -> None:
        """Take back what the program refused; it has said why."""
        if any(pending is change for pending in self._pending):
            self._pending = [pending for pending in self._pending if pending is not change]
            self.show_work()

    def rule(self, ruling: Ruling, reason: str = "", until: date | None = None, of: int | None = None) -> None:
        """Give the card on the table its verdict and turn to the next."""
        now, me = self.office.now(), self.office.me
        verdict = Verdict(ruling=ruling, reason=reason, until=until, of=of, at=now, by=me)
        change = self.sitting.rule(verdict)
        self._greeting = []
        self.sitting.ruled(change)
        self.do(change, quietly=True)
        self._offered = change.edits[0].id if ruling is Ruling.DECLINE else None
        self._show_foot()

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
        self._offered = None
        self._turn()

    # Where the sitting is

    def step(self, by: int) -> None:
        """Go on or back by one card without a verdict."""
        self._offered = None
        self._greeting = []
        self.sitting.step(by)
        self._turn()

    def go_back(self) -> None:
        """From the end to the last card that was skipped, or else to the last card."""
        sitting = self.sitting
        self.sitting.step(-1)
        while sitting.said is not None and sitting.skipped:
            self.sitting.step(-1)
        self._turn()

    def pause(self) -> None:
        """Put the cards aside; the clock stands still."""
        self.sitting.clock.stop(self.office.now())
        self.stand = Stand.PAUSED
        self._show_page()

    def go_on(self) -> None:
        """Take the cards up again."""
        self._greet("Goes on at card")
        self._turn()

    def end(self) -> None:
        """Show the summary, also of a sitting that was not finished."""
        self.stand = Stand.END
        self._show_page()

    def close(self) -> None:
        """Write down that the sitting is over."""
        session = self.sitting.stored_session
        if session is not None:
            self.do(session_ended(self.work, session.id, self.office.now(), self.office.me), quietly=True)

    def take_stale(self) -> None:
        """Go through what has not moved for long, too."""
        self.with_stale = True
        self.sitting.add(self.office.now(), include_stale=True)
        self._turn()

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

    # Showing

    def _turn(self) -> None:
        """Show the card on the table, or what comes after the last."""
        sitting = self.sitting
        item = sitting.item
        if item is None:
            sitting.clock.stop(self.office.now())
            self.stand = Stand.END if sitting.round.order else Stand.EMPTY
            self._show_page()
            return
        self.stand = Stand.CARD
        self.remove_class("-page")
        sitting.clock.start(item.id, self.office.now())
        self._show_card(item)
        self._show_foot()
        self._summarise()
        self.show_hints()
        self._look_ahead_soon()

    def _show_card(self, item: Item) -> None:
        self.query_one(CardView).show(CardFacts(self._facts(item), self.choices(item), self.alike(item)))

    def _facts(self, item: Item) -> Facts:
        return Facts(item, self.work, self.office.now(), self._scores())

    def _scores(self) -> Scoreboard:
        """The scores to show now: those of a moment ago while they are right but for a rank; `_look_ahead` renews."""
        board = self._board
        if board is None or board.workspace.goals is not self.work.goals or board.today != self.office.today:
            board = self._board = self.office.scoreboard(self.work)
        return board

    def choices(self, item: Item) -> tuple[GoalChoice, ...]:
        """The goals it can serve, with their letters."""
        return goal_choices(item, self._scores().tree)

    @property
    def has_goals(self) -> bool:
        """Whether any goal is pursued."""
        return any(goal.status is GoalStatus.ACTIVE and goal.archived is None for goal in self.work.goals.values())

    def alike(self, item: Item) -> tuple[Likeness, ...] | None:
        """Similar items in their present state; None where that would need an index that is not made yet."""
        if self._index is None:
            return None
        likes = self._likes.get(item.id)
        if likes is None:
            likes = self._likes[item.id] = tuple(similar(item, self._index, MOST_LIKES))
        items = self.work.items
        return tuple(Likeness(items[like.item.id], like.percent, like.words) for like in likes if like.item.id in items)

    def _look_ahead_soon(self) -> None:
        """After the card is painted, and once for a burst of keys."""
        if self._glance is not None:
            self._glance.stop()
        self._glance = self.set_timer(GLANCE_SECONDS, self._look_ahead)

    def _look_ahead(self) -> None:
        """Once the card is painted: renew the ranks, and find what is like the next card, so that it comes at once."""
        item = self.sitting.item
        if self.stand is not Stand.CARD or item is None:
            return
        self._board = self.office.scoreboard(self.work)
        self.index_words()
        following = self.sitting.next_card
        self._likes = {number: likes for number, likes in self._likes.items() if number in {item.id, following}}
        if following is not None and following in self.work.items:
            self.alike(self.work.items[following])
        self._show_card(item)

    def index_words(self) -> None:
        """Bring the index of similar items up to date; the first time it is made, which takes a moment."""
        if self._index is None:
            self._index = LikenessIndex(self.work)
        self._index.follow(self.work)

    def _show_foot(self) -> None:
        item = self.sitting.item
        if item is None or self.stand is not Stand.CARD:
            return
        facts = self._facts(item)
        said = self.sitting.said
        card = self.sitting.cards.get(item.id)
        first = said_words(said, facts) if said is not None else why_words(card.why if card else "you asked", facts)
        second = self._after()
        self.query_one("#triage-foot", PaintedLines).show(
            lambda width: [wrapped(first, width)[0], wrapped(second, width)[0] if second else ()]
        )

    def _after(self) -> list[Words]:
        last = self.sitting.last
        if self._greeting or last is None or last.item not in self.work.items:
            return self._greeting
        item = self.work.items[last.item]
        verdict = item.verdict or last.verdict
        name = self.work.name_of(item)
        return after_words(name, verdict.ruling, verdict.reason, offers_decision=self._offered == last.item)

    def _summarise(self) -> None:
        if self.stand is not Stand.CARD:
            self.summarise(self.TITLE_WORDS)
            return
        sitting = self.sitting
        pace = sitting.pace
        bar = min(WIDEST_BAR, self.size.width - 60)
        words: list[Words] = [(f"{self.TITLE_WORDS}  ", "")]
        words += progress_words(sitting.round.place, len(sitting.round.order), pace, bar)
        words += drag_words(sitting.clock.seconds(self.office.now()), pace)
        self.summarise(Content.assemble(*((text, TONES.get(tone, "")) for text, tone in words)))

    def summarise(self, words: str | Content) -> None:
        """Put words into the summary line, which never changes its size."""
        self.query_one("#summary", Static).update(words, layout=False)

    def _tick(self) -> None:
        if self.stand is Stand.CARD and self.is_current_work:
            self._summarise()

    def _show_page(self) -> None:
        self.add_class("-page")
        self._summarise()
        self.query_one("#triage-page", Reader).show(self._page)
        self.query_one("#triage-page").focus()
        self.show_hints()

    def _page(self, width: int) -> list[Line]:
        sitting, work = self.sitting, self.work
        width = min(width, PAGE_WIDTH)
        summary = sitting.summary
        if self.stand is Stand.PAUSED:
            return pause_lines(sitting.round.place, len(sitting.round.order), summary, width)
        rest = Rest(
            skipped=sitting.skipped,
            waiting=sitting.waiting,
            overdue_decisions=sum(each.is_overdue for each in standings(work, self.office.today)),
            stale=self.stale_count(),
        )
        if self.stand is Stand.EMPTY:
            return empty_lines(rest, width, has_items=bool(work.items))
        return end_lines(summary, work, self.office.scoreboard(work), rest, width)

    def hints(self) -> Iterator[Hint]:
        """The keys of the card; on the other pages those that lead on from there."""
        if self.stand is Stand.CARD:
            yield from super().hints()
            return
        for command in PAGE_COMMANDS:
            own = self.commands[command.id]
            words = command.page_hints.get(self.stand, "")
            if words and own.unavailable(self) is None:
                yield Hint(self.office.key_of(own), words, action=own.id)
        for hint in super().hints():
            if hint.action in _ALWAYS and hint.enabled:
                yield hint

    def complain(self, error: LeadlineError) -> None:
        """Say it, and show the card as it is."""
        super().complain(error)
        if self.stand is Stand.CARD:
            self._turn()
