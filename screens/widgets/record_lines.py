"""Which line of a record list shows which row, when headings of groups stand between the rows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A heading in front of row number `first`; `aside` stands at the right edge, such as the count of its rows."""

    first: int
    heading: str
    aside: str = ""


class GroupedLines:
    """Rows and headings as numbered lines, without work per row.

    Groups come in the order of their first rows; rows in front of the first group have no heading.
    """

    __slots__ = ("_firsts", "_groups", "_heading_lines", "count")

    def __init__(self, rows: int, groups: Sequence[Group] = ()) -> None:
        self._groups = tuple(groups)
        self._firsts = [group.first for group in self._groups]
        # Each heading pushes everything behind it down by one line.
        self._heading_lines = [first + number for number, first in enumerate(self._firsts)]
        self.count = rows + len(self._groups)

    def line_of(self, row: int) -> int:
        """The line that shows this row."""
        return row + bisect_right(self._firsts, row)

    def at(self, line: int) -> int | Group:
        """The row that this line shows, or the group whose heading it is."""
        before = bisect_right(self._heading_lines, line)
        if before and self._heading_lines[before - 1] == line:
            return self._groups[before - 1]
        return line - before

    def group_over(self, line: int) -> Group | None:
        """The group this line is in or heads; None in front of the first group."""
        before = bisect_right(self._heading_lines, line)
        return self._groups[before - 1] if before else None
