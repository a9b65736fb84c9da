"""The first line of a screen: where am I, what waits, saved or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from screens.theme import TONES
from screens.wording.clean import clean, fit

GAP: Final = 3


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A few words of the status line, in one of `screens.theme.TONES`.

    As the window narrows, parts leave in order of falling `priority`, so the most important has the lowest. A part with
    `left` stands at the left edge, the others at the right.
    """

    text: str
    tone: str = ""
    priority: int = 0
    left: bool = False


class StatusBar(Widget):
    """One line of parts: some from the left, some up to the right edge. The last one that stays may be cut."""

    DEFAULT_CSS = """
    StatusBar { height: 1; padding: 0 1; color: $foreground; }
    """

    parts: reactive[Sequence[StatusPart]] = reactive[Sequence[StatusPart]](())
    """The parts in the order they are read."""

    def __init__(
        self,
        parts: Sequence[StatusPart] = (),
        *,
        id: str | None = None,  # noqa: A002  every widget calls it so
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(StatusBar.parts, tuple(parts))

    def shown(self) -> tuple[StatusPart, ...]:
        """The parts there is room for, in the order they are read; parts without text need none."""
        staying = [part for part in self.parts if part.text]
        while len(staying) > 1 and _width(staying) > self.size.width:
            # Of equals, the one read last leaves first.
            staying.remove(max(reversed(staying), key=lambda part: part.priority))
        return tuple(staying)

    def render(self) -> Content:
        """The line."""
        shown = self.shown()
        left = _joined([part for part in shown if part.left], self.size.width)
        right = _joined([part for part in shown if not part.left], self.size.width)
        return Content.assemble(left, " " * max(0, self.size.width - left.cell_length - right.cell_length), right)


def _width(parts: Sequence[StatusPart]) -> int:
    return sum(cell_len(clean(part.text)) for part in parts) + GAP * (len(parts) - 1)


def _joined(parts: Sequence[StatusPart], most: int) -> Content:
    texts = [Content.assemble((fit(clean(part.text), most), TONES.get(part.tone, ""))) for part in parts]
    return Content(" " * GAP).join(texts)
