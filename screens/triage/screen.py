"""Triage: one card at a time, one key a verdict."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from screens.commands.command import AnyCommand
from screens.commands.everywhere import EVERYWHERE
from screens.office import Office
from screens.theme import TONES
from screens.triage.card_page import CardPage
from screens.triage.card_view import CardFacts, CardView
from screens.triage.commands import PAGE_COMMANDS, TRIAGE_COMMANDS
from screens.triage.mapping import goal_choices
from screens.triage.painted_lines import PaintedLines
from screens.triage.stand import Stand
from screens.triage.table import TriageTable
from screens.triage.verdicts import TriageCommand
from screens.widgets.hint_bar import Hint
from screens.wording.item_facts import Facts
from screens.wording.item_lines import Line, Words, wrapped
from screens.wording.triage import GoalChoice, said_words, why_words
from screens.wording.triage_end import Rest, empty_lines, end_lines, pause_lines
from screens.wording.triage_progress import after_words, drag_words, progress_words
from store.decisions import standings
from store.errors import LeadlineError
from store.models import GoalStatus, Item, Workspace
from store.scoring import Scoreboard
from store.triage import LikenessIndex

TICK_SECONDS = 60
GLANCE_SECONDS = 0.06
WIDEST_BAR = 40
PAGE_WIDTH = 100
SHORT_HINTS_BELOW = 76
"""Columns that the six digits need with their whole words."""
_ALWAYS = frozenset(command.id for command in EVERYWHERE)


class TriageScreen(TriageTable):
    """Shows the card on the table with its panes, and the pages of pause, end and empty inbox."""

    TITLE_WORDS = "Triage"
    OWN_COMMANDS: ClassVar[tuple[type[AnyCommand], ...]] = TRIAGE_COMMANDS
    AUTO_FOCUS = "#card"

    DEFAULT_CSS = """
    TriageScreen {
        #triage-foot { height: 2; padding: 0 2; }
        #triage-page { display: none; padding: 1 3; max-width: 110; }
        &.-page CardView, &.-page #triage-foot { display: none; }
        &.-page #triage-page { display: block; }
    }
    """

    class Indexed(Message):
        """The words of all items are indexed."""

        def __init__(self, index: LikenessIndex) -> None:
            super().__init__()
            self.index = index

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._is_indexing = False
        self._board: Scoreboard | None = None
        self._glance: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The card with its panes, two lines below it, and the page for pause and end."""
        yield CardView()
        yield PaintedLines(id="triage-foot")
        yield CardPage(id="triage-page")

    def on_mount(self) -> None:
        """Look at the clock once a minute."""
        super().on_mount()
        self.set_interval(TICK_SECONDS, self._tick)

    # Showing

    def turn(self) -> None:
        """Show the card on the table, or what comes after the last."""
        sitting = self.sitting
        item = sitting.item
        if item is None:
            sitting.clock.stop(self.office.now())
            self.stand = Stand.END if sitting.round.order else Stand.EMPTY
            self.show_page()
            return
        self.stand = Stand.CARD
        if self.has_class("-page"):
            self.remove_class("-page")
            self.query_one("#card").focus()
        sitting.clock.start(item.id, self.office.now())
        self._show_card(item)
        self.show_foot()
        self.show_progress()
        self.show_hints()
        self._look_ahead_soon()

    def _show_card(self, item: Item) -> None:
        self.query_one(CardView).show(CardFacts(self._facts(item), self.choices(item), self.likes.of(item, self.work)))

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
        if self.likes.has_index:
            self.likes.follow(self.work)
        elif not self._is_indexing:
            self._is_indexing = True
            self.run_worker(partial(self._make_index, self.work), group="likeness", thread=True)
        following = self.sitting.next_card
        self.likes.forget_but({item.id, following})
        if following is not None and following in self.work.items:
            self.likes.of(self.work.items[following], self.work)
        self._show_card(item)

    def _make_index(self, workspace: Workspace) -> None:
        self.post_message(self.Indexed(LikenessIndex(workspace)))

    def on_triage_screen_indexed(self, message: Indexed) -> None:
        """Show what is like the card."""
        message.stop()
        if not self.likes.has_index:
            self.likes.take(message.index)
            self._look_ahead()

    def show_foot(self) -> None:
        """Why the card is here, and what was said last."""
        item = self.sitting.item
        if item is None or self.stand is not Stand.CARD:
            return
        facts = self._facts(item)
        said = self.sitting.said
        card = self.sitting.cards.get(item.id)
        first = said_words(said, facts) if said is not None else why_words(card.why if card else "you asked", facts)
        self.query_one("#triage-foot", PaintedLines).show(
            lambda width: [wrapped(first, width)[0], *wrapped(self._after(width), width)[:1]]
        )

    def _after(self, width: int) -> list[Words]:
        last = self.sitting.last
        if self.greeting or last is None:
            return self.greeting
        name = self.work.name_of(self.work.items[last.item])
        verdict = last.verdict
        offers_decision = self.offered_id == last.item
        return after_words(name, verdict.ruling, verdict.reason, width, offers_decision=offers_decision)

    def show_progress(self) -> None:
        """Cards, bar, time left, and time spent on this card where it is long."""
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
            self.show_progress()

    def show_page(self) -> None:
        """The page of what the table stands at."""
        self.add_class("-page")
        self.show_progress()
        self.query_one("#triage-page", CardPage).show_card(lambda _: (), self._page)
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
            is_short = self.size.width < SHORT_HINTS_BELOW
            for hint in super().hints():
                own = self.commands[hint.action]
                words = own.short_hint if is_short and isinstance(own, TriageCommand) else ""
                yield replace(hint, words=words) if words else hint
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
            self.turn()
