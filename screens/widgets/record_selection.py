"""Which rows of a list are selected: one by one, or as a range that follows the cursor."""

from collections.abc import Sequence


class RangeSelection:
    """A set of ids, and a range of rows that grows and shrinks with the cursor until it ends.

    While a range runs, what was selected before it stays selected, and rows that the range leaves are given back.
    """

    __slots__ = ("_anchor", "_before", "_rows", "ids", "is_held")

    def __init__(self) -> None:
        self._rows: Sequence[int] = ()
        self._before: frozenset[int] = frozenset()
        self._anchor: int | None = None
        self.ids: frozenset[int] = frozenset()
        self.is_held = False
        """Whether the range goes on when the cursor moves without shift."""

    def set_rows(self, rows: Sequence[int]) -> None:
        """Take other rows: a range ends, ids that are no longer there are forgotten."""
        self.end_range()
        self._rows = rows
        # Without a selection there is nothing to look up, and that is almost always.
        self.ids = self.ids.intersection(rows) if self.ids else self.ids

    def toggle(self, identity: int) -> None:
        """Select this id, or no longer; a range ends."""
        self.end_range()
        self.ids = self.ids ^ {identity}

    def start_range(self, row: int, *, held: bool = False) -> None:
        """Begin a range with this row alone, unless one runs."""
        self.is_held = self.is_held or held
        if self._anchor is None:
            self._anchor, self._before = row, self.ids
            self.extend_to(row)

    def extend_to(self, row: int) -> None:
        """Let the range, if one runs, reach from where it began to this row."""
        if self._anchor is not None:
            low, high = sorted((self._anchor, row))
            self.ids = self._before.union(self._rows[low : high + 1])

    def end_range(self) -> None:
        """Keep what is selected, and no longer follow the cursor."""
        self._anchor = None
        self._before = frozenset()
        self.is_held = False

    def select_all(self) -> None:
        """Select every row; a range ends."""
        self.end_range()
        self.ids = frozenset(self._rows)

    def clear(self) -> None:
        """Select nothing; a range ends."""
        self.end_range()
        self.ids = frozenset()

    def in_order(self) -> tuple[int, ...]:
        """The selected ids in the order of the rows."""
        chosen = self.ids
        return tuple(identity for identity in self._rows if identity in chosen) if chosen else ()
