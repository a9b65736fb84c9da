"""The summary line of the backlog: the filter at the left, what it found and how it is arranged at the right."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from screens.theme import TONES
from screens.wording.clean import clean, fit
from store.query import Scope

GAP = "   "
LEAST_FILTER = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """What the line says.

    Args:
        filter: the filter as typed; empty where there is none.
        found: how many items are shown.
        out_of: out of how many.
        among: of which items these are all.
        sort: what they are sorted by.
        group: what they are grouped by; empty for nothing.
        selected: how many are selected.
        is_ranging: whether moving selects.
    """

    filter: str
    found: int
    out_of: int
    sort: str
    group: str
    selected: int = 0
    is_ranging: bool = False
    among: Scope = Scope.OPEN

    def line(self, width: int) -> Content:
        """The line in `width` cells; where it is narrow the arrangement leaves first, then the filter is cut."""
        parts = [(f"by {self.sort}", "muted", 2)]
        if self.group:
            parts.append((f"grouped by {self.group}", "muted", 3))
        parts.insert(0, (counted(self.found, self.out_of, self.among), "", 0))
        if self.selected:
            words = f"{self.selected:,} selected{', moving selects' if self.is_ranging else ''}"
            parts.append((words, "accent", 1))
        filtered = clean(self.filter)
        lead = f"Backlog  / {filtered}" if filtered else "Backlog"
        needed = min(cell_len(lead), len("Backlog  / ") + LEAST_FILTER)
        while parts and needed + sum(len(GAP) + cell_len(words) for words, _, _ in parts) > width:
            parts.remove(max(parts, key=lambda part: part[2]))
        right = Content(GAP).join(Content.styled(words, TONES[tone]) for words, tone, _ in parts)
        left = self._lead(filtered, width - right.cell_length - len(GAP))
        return Content.assemble(left, " " * max(0, width - left.cell_length - right.cell_length), right)

    @staticmethod
    def _lead(filtered: str, room: int) -> Content:
        if not filtered:
            return Content.styled("Backlog", TONES["strong"])
        words = fit(filtered, max(0, room - len("Backlog  / ")))
        return Content.assemble(("Backlog", TONES["strong"]), ("  / ", TONES["accent"]), words)


_WITH = {Scope.OPEN: "", Scope.STANDING: ", with closed", Scope.ALL: ", with archived"}


def counted(found: int, out_of: int, among: Scope = Scope.OPEN) -> str:
    """How many there are of how many open items; of all items where the filter lets closed or archived ones in.

    `2,173 open items`, `17 of 2,173 open`, `33 of 2,532, with closed`.
    """
    if found == out_of:
        return f"{found:,}{_WITH[among] or (' open item' if found == 1 else ' open items')}"
    return f"{found:,} of {out_of:,}{_WITH[among] or ' open'}"
