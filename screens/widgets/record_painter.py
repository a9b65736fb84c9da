"""How the lines of a record list look."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from screens.theme import TONES
from screens.widgets.record_columns import Cell, Cells, Column, Placed, pieces, placed_columns
from screens.widgets.record_lines import Group
from screens.wording.clean import clean, clean_block, fit

Row = Mapping[str, Cells]
"""The cells of one row by column key; a column without a cell stays blank."""

BAR: Final = "▌"
DOT: Final = "·"
"""The cursor of a list that has not the keys: two bars at once would leave open where a key goes."""
MARK: Final = "+"
ROWS_KEPT: Final = 512  # a few screens full, so that scrolling back makes nothing anew
GUTTER: Final = 3  # the cursor's bar or dot, the mark of a selected row, a blank
MARGIN: Final = 1  # a blank at the right edge
BLANK: Final = Cell("")

# Component classes of the list by what they style.
TONE_CLASSES: Final = {tone: f"record-list--{tone}" for tone in ("strong", "muted", "accent", "good", "warning")}
PARTS: Final = ("header", "heading", "aside", "cursor", "selected", "bar", "mark", "empty")
COMPONENT_CLASSES: Final = frozenset([*TONE_CLASSES.values(), *(f"record-list--{part}" for part in PARTS)])


class RecordPainter:
    """Makes strips of exactly `width` cells, and keeps those of rows painted lately.

    A painter lasts as long as the rows, the width, the focus and the styles do. `style_of` resolves component classes
    to a style, the ground first; `has_keys` says whether the list has the focus. Nothing is parsed: markup is text.
    """

    __slots__ = ("_cursor", "_painted", "_placed", "_style_of", "width")

    def __init__(
        self, columns: Sequence[Column], width: int, style_of: Callable[..., Style], *, has_keys: bool = True
    ) -> None:
        self.width = width
        self._cursor = BAR if has_keys else DOT
        self._placed = placed_columns(columns, max(0, width - GUTTER - MARGIN))
        # A widget works out a style from all its ancestors; rows ask for the same dozen again and again.
        self._style_of = lru_cache(maxsize=None)(style_of)
        self._painted: LRUCache[tuple[int, bool, bool], Strip] = LRUCache(ROWS_KEPT)

    def place_of(self, key: str) -> Placed | None:
        """The place of a column that is shown, counted from the left edge of the list."""
        for placed in self._placed:
            if placed.column.key == key:
                return Placed(placed.column, placed.x + GUTTER, placed.width)
        return None

    def row(self, record_id: int, cells_of: Callable[[int], Row], *, is_cursor: bool, is_selected: bool) -> Strip:
        """A row of the list."""
        key = (record_id, is_cursor, is_selected)
        strip = self._painted.get(key)
        if strip is None:
            strip = self._painted[key] = self._row(cells_of(record_id), is_cursor=is_cursor, is_selected=is_selected)
        return strip

    def _row(self, cells: Row, *, is_cursor: bool, is_selected: bool) -> Strip:
        ground = ("record-list--cursor",) if is_cursor else ("record-list--selected",) if is_selected else ()
        base = self._style_of(*ground).rich_style
        segments = [
            Segment(self._cursor if is_cursor else " ", self._style_of(*ground, "record-list--bar").rich_style),
            Segment(MARK if is_selected else " ", self._style_of(*ground, "record-list--mark").rich_style),
        ]
        x = GUTTER - 1
        for placed in self._placed:
            segments.append(Segment(" " * (placed.x + GUTTER - x), base))
            for text, tone in pieces(cells.get(placed.column.key, BLANK), placed.width, right=placed.column.right):
                # A tone nobody declared is shown plainly: a wrong colour is no reason to lose the text.
                known = tone in TONE_CLASSES
                segments.append(
                    Segment(text, self._style_of(*ground, TONE_CLASSES[tone]).rich_style if known else base)
                )
            x = placed.x + GUTTER + placed.width
        return self._strip(segments, self._style_of(*ground))

    def header(self) -> Strip:
        """The headings of the columns."""
        line = " " * GUTTER
        for placed in self._placed:
            heading = fit(clean(placed.column.heading), placed.width, pad=True, right=placed.column.right)
            line += heading + " " * placed.column.gap
        style = self._style_of("record-list--header")
        return self._strip([Segment(line, style.rich_style)], style)

    def heading(self, group: Group) -> Strip:
        """The heading of a group of rows."""
        style = self._style_of("record-list--heading")
        room = max(0, self.width - GUTTER - MARGIN)
        aside = fit(clean(group.aside), room)
        heading = fit(clean(group.heading), room - cell_len(aside), pad=True)
        segments = [
            Segment(" " * GUTTER + heading, style.rich_style),
            Segment(aside, self._style_of("record-list--aside").rich_style),
        ]
        return self._strip(segments, style)

    def empty(self, text: str | Content, height: int) -> list[Strip]:
        """What stands in place of rows, in the middle of `height` lines; the first line of plain text stands out."""
        style = self._style_of("record-list--empty")
        room = max(1, self.width - 2 * GUTTER)
        lines = (_announced(text) if isinstance(text, str) else text).wrap(room)[:height]
        above = (height - len(lines)) // 2
        middle = [self._strip(line.center(self.width).render_segments(style), style) for line in lines]
        return [*[self.blank()] * above, *middle, *[self.blank()] * (height - above - len(lines))]

    def blank(self) -> Strip:
        """A line without a row."""
        return Strip.blank(self.width, self._style_of().rich_style)

    def _strip(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self.width, style.rich_style)


def _announced(text: str) -> Content:
    first, *rest = clean_block(text).splitlines() or [""]
    return Content.assemble((first, TONES[""]), *(f"\n{line}" for line in rest))
