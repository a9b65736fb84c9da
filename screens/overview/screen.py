"""The first screen of the day: what waits, what is stuck, what changed, and what is on top."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.commands.command import AnyCommand
from screens.commands.item import ITEM_COMMANDS
from screens.item.why import Why
from screens.office import Office
from screens.overview.facts import Glance, Past, glance, past
from screens.overview.sentence_list import JoinedList, SentenceList
from screens.requests import Go, Open
from screens.screen import LeadlineScreen
from screens.theme import TONES
from screens.widgets.hint_bar import Hint
from screens.widgets.item_rows import item_cells, item_columns
from screens.widgets.record_list import RecordList
from screens.wording.overview import (
    Sentence,
    ageing_sentence,
    change_sentence,
    closed_sentence,
    conflict_sentence,
    day_line,
    decision_sentences,
    goal_sentences,
    inbox_sentence,
    pace_sentence,
    work_sentences,
)
from screens.wording.rows import RowWords
from store.clock import local_day
from store.models import Item

GLANCE_SECONDS = 0.05
FIRST_KEYS = (
    ("c", "captures what is on your team's mind, one line each"),
    ("g m", "names a goal: what should become true, and how you will see it"),
    ("g d", "writes down a decision, before somebody asks why"),
)


class OverviewScreen(LeadlineScreen):
    """Sentences that act, and under them the items on top.

    The first frame tells what open work tells; what needs all work, the finished included, is read in a thread and
    joins when it is known.
    """

    TITLE_WORDS = "overview"
    OWN_COMMANDS: ClassVar[tuple[type[AnyCommand], ...]] = (Why, *ITEM_COMMANDS)
    AUTO_FOCUS = "#sentences"

    DEFAULT_CSS = """
    OverviewScreen {
        #overview { padding: 1 0 0 0; }
        &.-low #overview { padding: 0; }
        #top-heading { height: 1; margin: 1 0 0 3; }
        #first-steps { display: none; padding: 1 3; height: auto; }
        &.-empty #first-steps { display: block; }
        &.-empty #overview { display: none; }
    }
    """

    class Read(Message):
        """All work was looked at."""

        def __init__(self, seen: Past) -> None:
            super().__init__()
            self.seen = seen

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._glance: Glance | None = None
        self._past: Past | None = None

    def compose_body(self) -> ComposeResult:
        """Sentences, the items on top, and what to do first."""
        with Vertical(id="overview"):
            yield SentenceList()
            yield Static(id="top-heading", markup=False)
            yield JoinedList(item_columns(self.workspace), id="top", empty=self._nothing_on_top())
        yield Static(self._first_steps(), id="first-steps", markup=False)

    # What comes down

    def show_work(self) -> None:
        """Look at open work now, at all of it in a moment."""
        now = self.office.now()
        seen = self._glance = glance(self.workspace, now)
        self.set_class(seen.is_empty, "-empty")
        self.summarise(Content.styled(day_line(now), TONES["strong"]))
        self._show_sentences()
        self._show_top()
        if not seen.is_empty:
            self.set_timer(GLANCE_SECONDS, self._read_past)

    def on_screen_resume(self) -> None:
        """A new day may have begun while nobody looked."""
        if self._glance is not None and self._glance.now.date() != self.office.now().date():
            self._stale = True
        super().on_screen_resume()

    def _read_past(self) -> None:
        seen = self._glance
        if seen is not None and (self._past is None or self._past.workspace is not seen.workspace):
            self._read(seen)

    @work(thread=True, exclusive=True, group="past")
    def _read(self, seen: Glance) -> None:
        self.post_message(self.Read(past(seen)))

    def on_overview_screen_read(self, message: Read) -> None:
        """Add what all work tells, if it is still about what is shown."""
        message.stop()
        if self._glance is not None and message.seen.workspace is self._glance.workspace:
            self._past = message.seen
            self._show_sentences()

    # Showing

    def _show_sentences(self) -> None:
        self.query_one(SentenceList).show(tuple(self._sentences()))

    def _sentences(self) -> Iterator[Sentence]:
        seen = self._glance
        if seen is None:
            return
        # What is known of an earlier state is better than a line that comes and goes at every key.
        known = self._past
        weeks = known.weeks if known is not None else ()
        yield from conflict_sentence(len(seen.workspace.questions))
        yield from inbox_sentence(
            seen.inbox,
            seen.put_off,
            seen.oldest_days,
            seen.triage.minutes_left(seen.inbox + seen.reopened),
            weeks,
            seen.reopened,
        )
        yield from decision_sentences(seen.decisions)
        idle_days = known.idle_days if known is not None else {}
        has_goals = bool(seen.workspace.goals)
        yield from goal_sentences(seen.unmapped, seen.accepted, seen.idle, idle_days, has_goals=has_goals)
        yield from work_sentences(seen.stages, seen.blocked, seen.overdue)
        if not seen.accepted:
            yield from closed_sentence(seen.all_stages)
        if known is not None:
            yield from ageing_sentence(known.ageing.items, known.ageing.percent, seen.workspace)
            yield from pace_sentence(known.pace, weeks, known.last_moved, local_day(seen.now))
            yield from change_sentence(known.digest, seen.now)

    def _show_top(self) -> None:
        seen = self._glance
        if seen is None:
            return
        count = f"  {len(seen.top):,}" if seen.top else ""
        heading = Content.assemble(("On top now", TONES["accent"]), (count, TONES["muted"]))
        self.query_one("#top-heading", Static).update(heading, layout=False)
        top = self.query_one("#top", JoinedList)
        top.set_columns(item_columns(seen.workspace, without=frozenset({"horizon"})))
        words = RowWords(seen.workspace, seen.now, lambda item: seen.scores.get(item.id))
        top.set_rows(tuple(item.id for item in seen.top), item_cells(words, seen.workspace.items))

    @staticmethod
    def _nothing_on_top() -> Content:
        return Content.assemble(
            "Nothing is for now yet. ",
            ("g t", TONES["accent"]),
            " says what comes first, ",
            ("g b", TONES["accent"]),
            " shows the rest.",
        )

    @staticmethod
    def _first_steps() -> Content:
        parts: list[str | tuple[str, str]] = [("Nothing is here yet. A good beginning:", TONES["strong"]), "\n\n"]
        for key, words in FIRST_KEYS:
            parts += [(f"{key:<6}", TONES["accent"]), words, "\n"]
        outside = "\nIssues of GitHub and Jira, and any CSV, come in from the shell:  leadline import FILE"
        return Content.assemble(*parts, (outside, TONES["muted"]))

    # Acting

    @on(RecordList.Chosen, "#sentences")
    def act(self) -> None:
        """Go where the sentence leads."""
        sentence = self.query_one(SentenceList).current
        if sentence is not None:
            self.post_message(Go(sentence.mode, query=sentence.query, record=sentence.record))

    @on(RecordList.Chosen, "#top")
    def open_item(self, message: RecordList.Chosen) -> None:
        """Show the item's page."""
        item = self.workspace.items.get(message.record_id)
        if item is not None:
            self.post_message(Open(item))

    def on_joined_list_left(self, message: JoinedList.Left) -> None:
        """Go on in the other list."""
        message.stop()
        sentences, top = self.query_one(SentenceList), self.query_one("#top", JoinedList)
        if message.direction > 0 and message.record_list is sentences and top.ids:
            top.move_to(top.ids[0])
            top.focus()
        elif message.direction < 0 and message.record_list is top and sentences.ids:
            sentences.move_to(sentences.ids[-1])
            sentences.focus()

    def on_descendant_focus(self) -> None:
        """Other keys matter in the other list."""
        self.show_hints()

    def on_record_list_highlighted(self) -> None:
        """Enter does something else on another sentence."""
        self.show_hints()

    def target_items(self) -> tuple[Item, ...]:
        """The items under the cursor, where it is in the list of items."""
        top = self.query_one("#top", JoinedList)
        if self.focused is not top:
            return ()
        return tuple(self.workspace.items[number] for number in top.targets if number in self.workspace.items)

    def hints(self) -> Iterator[Hint]:
        """Enter first, in the words of the sentence under the cursor; no keys of items where none is meant."""
        sentence = self.query_one(SentenceList).current
        if self.target_items():
            yield Hint("enter", "opens the item")
        elif sentence is not None and self.focused is self.query_one(SentenceList):
            yield Hint("enter", sentence.act)
        items: Sequence[str] = () if self.target_items() else [command.id for command in self.OWN_COMMANDS]
        for hint in super().hints():
            if hint.action not in items:
                yield hint
