"""The second wall: whatever a widget renders, no control character reaches the terminal."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from screens.wording.clean import lowered, masked
from screens.wording.emoji import steady


class ControlFilter(LineFilter):
    """Puts symbols in the place of control and hidden characters in every line of every widget.

    It cuts towers of marks and steadies emoji as well.

    Text from data is cleaned where it is shown; this stands behind that for the line somebody forgets, and for widgets
    that are not ours. An app returns it from `get_line_filters`, whose place in Textual a test holds on to.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  Textual's signature
        """The same line, as wide as before; the same list if there is nothing to do."""
        texts = [steady(lowered(masked(segment.text))) for segment in segments]
        surplus = 0
        for segment, text in zip(segments, texts, strict=True):
            if text is not segment.text:
                surplus += cell_len(text) - cell_len(segment.text)
        if all(text is segment.text for segment, text in zip(segments, texts, strict=True)):
            return segments
        return [
            Segment(text, segment.style, segment.control)
            for segment, text in zip(segments, _narrowed(texts, surplus), strict=True)
        ]


def _narrowed(texts: list[str], surplus: int) -> list[str]:
    """Take as many cells away as symbols added: blanks from the right, so that borders stay, then whatever is there.

    A hidden character had no width when the line was laid out, its symbol has one; a line that is too wide would push
    the rest of the screen aside.
    """
    kept = list(texts)
    for number in range(len(kept) - 1, -1, -1):
        text = kept[number]
        blanks = min(surplus, len(text) - len(text.rstrip(" ")))
        kept[number] = text[: len(text) - blanks]
        surplus -= blanks
    for number in range(len(kept) - 1, -1, -1):
        cells = cell_len(kept[number])
        cut = min(surplus, cells)
        if cut > 0:
            kept[number] = set_cell_size(kept[number], cells - cut)
            surplus -= cut
    return kept
