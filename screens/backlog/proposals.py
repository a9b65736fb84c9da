"""What could stand where the cursor of the filter is: a few lines under it."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from screens.wording.clean import clean, fit
from store.query import Completion

MOST: Final = 8
WIDEST: Final = 64
WIDEST_WORD: Final = 24


class Proposals(Static):
    """A small list that floats over the screen; the filter's input has the keys, this only shows."""

    DEFAULT_CSS = """
    Proposals {
        display: none;
        overlay: screen;
        position: absolute;
        constrain: inside inside;
        width: auto;
        height: auto;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        &.-open { display: block; }
    }
    """

    chosen: reactive[int | None] = reactive[int | None](None, init=False)
    """The proposal under the cursor; None while nobody moved there."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: tuple[Completion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there is something to see."""
        return self.has_class("-open")

    @property
    def taken(self) -> Completion | None:
        """The proposal that tab takes: the one under the cursor, else the first."""
        if not self.is_open:
            return None
        return self._shown[self.chosen or 0]

    def open(self, proposals: Sequence[Completion], x: int) -> None:
        """Show these at column `x` of the screen; close where there are none."""
        self._shown = tuple(proposals[:MOST])
        self.set_reactive(Proposals.chosen, None)
        self.set_class(bool(self._shown), "-open")
        if self._shown:
            self.styles.offset = (x, 1)
            self._lay_out()

    def close(self) -> None:
        """Show nothing."""
        self.open((), 0)

    def move(self, step: int) -> None:
        """Move the cursor; from none it comes to the first or the last."""
        if self.chosen is None:
            self.chosen = 0 if step > 0 else len(self._shown) - 1
        else:
            self.chosen = (self.chosen + step) % len(self._shown)

    def watch_chosen(self) -> None:
        """Mark it."""
        self._lay_out()

    def _lay_out(self) -> None:
        words = [clean(proposal.replacement) for proposal in self._shown]
        width = min(WIDEST_WORD, max(map(cell_len, words), default=0)) + 2
        lines = []
        for number, (word, proposal) in enumerate(zip(words, self._shown, strict=True)):
            is_chosen = number == self.chosen
            remark = fit(clean(proposal.description), WIDEST - width)
            lines.append(
                Content.assemble(
                    ("▌" if is_chosen else " ", "$text-accent"),
                    (fit(word, width, pad=True), "bold $text-accent" if is_chosen else "$foreground"),
                    (remark, "$text-muted"),
                )
            )
        self.update(Content("\n").join(lines))
