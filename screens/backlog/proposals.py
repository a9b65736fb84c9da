"""What could stand where the cursor of the filter is: one line of words, the first of which tab takes."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from screens.wording.clean import clean, fit
from store.query import Completion

GAP: Final = "  "
WIDEST_WORD: Final = 24
LEAST_ROOM: Final = 48


class Proposals:
    """Completions with one of them chosen. A line and not a box, so that the list below stays in sight and in place."""

    def __init__(self, found: Sequence[Completion] = ()) -> None:
        self._found = tuple(found)
        self.at: int | None = None
        """The one somebody moved to."""

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def taken(self) -> Completion:
        """The one that tab takes: where somebody moved to, else the first."""
        return self._found[self.at or 0]

    def move(self, step: int) -> None:
        """Move to the next or the previous one; from none it is the second or the last."""
        if self._found:
            self.at = ((self.at or 0) + step) % len(self._found)

    def line(self, x: int, width: int) -> Content:
        """The words from cell `x` on, or further left where they would find no room; then what the chosen one means."""
        x = max(0, min(x, width - LEAST_ROOM))
        room = width - x
        chosen = self.at or 0
        parts: list[Content | str | tuple[str, str]] = [" " * x]
        for number in self._in_room(room):
            word = self._word(number)
            parts += [(word, "bold $text-accent" if number == chosen else "$text-muted"), GAP]
            room -= cell_len(word) + len(GAP)
        parts.append((fit(clean(self.taken.description), max(0, room)), "$foreground"))
        return Content.assemble(*parts)

    def _in_room(self, room: int) -> range:
        """The run of words that has room, with the chosen one in it."""
        first = 0
        while True:
            left, last = room, first
            while last < len(self._found) and cell_len(self._word(last)) <= left:
                left -= cell_len(self._word(last)) + len(GAP)
                last += 1
            if last > (self.at or 0) or first >= len(self._found) - 1:
                return range(first, last)
            first += 1

    def _word(self, number: int) -> str:
        return fit(clean(self._found[number].replacement), WIDEST_WORD)
