"""The card on the table: what it is at the left, what speaks for and against it at the right."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from screens.theme import TONES
from screens.triage.card_page import CardPage
from screens.triage.painted_lines import PaintedLines
from screens.wording.clean import clean
from screens.wording.item_body import body_lines
from screens.wording.item_facts import Facts
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.triage import GoalChoice, goal_lines, landing_lines, like_lines, short_lines, state_words
from store.triage import Likeness

SIDE_FROM = 100
"""Columns from which there is room for panes beside the card."""
MOST_LINES = 500
MOST_GOALS = 12
MOST_GOALS_LOW = 6
HIGH_FROM = 34
PANES = (
    ("#side-goals", "Serves which goal?", "m"),
    ("#side-landing", "Where it would land", "w"),
    ("#side-like", "Like it", "5"),
)
"""The panes with their titles, and the key that has to do with each."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What is shown of a card.

    Args:
        facts: what is true of the item.
        choices: the goals it can serve.
        likes: items that are like it; None while nobody has looked yet.
    """

    facts: Facts
    choices: tuple[GoalChoice, ...]
    likes: tuple[Likeness, ...] | None


class CardView(Horizontal):
    """One card with its panes."""

    DEFAULT_CSS = """
    CardView {
        height: 1fr;
        #card {
            width: 3fr;
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $text-accent;
            border-subtitle-color: $text-muted;
        }
        #card-side { width: 2fr; min-width: 42; max-width: 64; display: none; }
        .side-pane {
            padding: 0 1;
            border: round $border-blurred;
            border-title-color: $foreground;
            border-subtitle-color: $text-muted;
        }
        #side-landing { height: 7; }
        #side-like { height: 1fr; min-height: 3; }
        &.-with-side #card-side { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: CardFacts | None = None

    def compose(self) -> ComposeResult:
        """The card, and three panes."""
        yield CardPage(id="card")
        with Vertical(id="card-side"):
            yield PaintedLines(id="side-goals", classes="side-pane")
            yield PaintedLines(id="side-landing", classes="side-pane")
            yield PaintedLines(id="side-like", classes="side-pane")

    def on_mount(self) -> None:
        """Name the panes, and show them from the first frame on where there is room."""
        self.on_resize()
        for pane, title, key in PANES:
            self.query_one(pane).border_title = Content.assemble(title, "  ", (key, TONES["accent"]))

    def on_resize(self) -> None:
        """The panes need room beside the card."""
        self.set_class(self.app.size.width >= SIDE_FROM, "-with-side")
        if self._shown is not None:
            self._fit_goals(self._shown)

    def show(self, card: CardFacts) -> None:
        """Put a card on the table; another one starts at its top."""
        before, self._shown = self._shown, card
        item = card.facts.item
        is_same = before is not None and before.facts.item.id == item.id
        page = self.query_one(CardPage)
        page.border_title = Content(clean(card.facts.workspace.name_of(item)))
        page.show_card(
            lambda width: self._head(card, width), lambda width: self._body(card, width), from_top=not is_same
        )
        self._fit_goals(card)
        self.query_one("#side-goals", PaintedLines).show(lambda width: self._goals(card, width))
        self.query_one("#side-landing", PaintedLines).show(lambda width: landing_lines(card.facts, width))
        self.query_one("#side-like", PaintedLines).show(lambda width: self._likes(card, width))

    @property
    def _has_side(self) -> bool:
        return self.has_class("-with-side")

    @property
    def _most_goals(self) -> int:
        return MOST_GOALS if self.app.size.height >= HIGH_FROM else MOST_GOALS_LOW

    def _fit_goals(self, card: CardFacts) -> None:
        """Give the goals a line each, as far as they have room."""
        height = min(max(1, len(card.choices)), self._most_goals) + 2
        self.query_one("#side-goals").styles.height = height

    def _head(self, card: CardFacts, width: int) -> list[Line]:
        lines = [*wrapped([(card.facts.item.title, "strong")], width), *wrapped(state_words(card.facts), width)]
        if not self._has_side:
            lines += short_lines(card.choices, card.likes, card.facts, width)
        return [*lines, BLANK]

    @staticmethod
    def _body(card: CardFacts, width: int) -> list[Line]:
        lines = body_lines(card.facts.item.body, width, most=MOST_LINES + 1)
        if not lines:
            return [(("no text", "muted"),)]
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], BLANK, (("… enter shows all of it", "muted"),)]
        return lines

    def _goals(self, card: CardFacts, width: int) -> list[Line]:
        if not card.choices:
            hint: list[Words] = [("No goals yet; ", "muted"), ("g m", "accent"), (" makes the first.", "muted")]
            return wrapped(hint, width)
        return goal_lines(card.choices, width, self._most_goals)

    def _likes(self, card: CardFacts, width: int) -> list[Line]:
        return (
            []
            if card.likes is None
            else like_lines(card.likes, card.facts, width, self.query_one("#side-like").content_size.height)
        )
