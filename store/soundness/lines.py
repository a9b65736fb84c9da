"""Where in the file findings are."""

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import Final

from store.findings import Finding

_NAMES: Final = re.compile(r'^[ \t]*"([^"\\\n]{1,64})"\s*:', re.MULTILINE)
"""What stands in front of a colon at the start of a line: tables, ids and fields."""


class Lines:
    """The lines of the records in the text of a store.

    The text of a store that leadline wrote has every record on lines of its own; in another layout a finding may stay
    without a line. The text is gone through once, however many findings there are: a hostile one has thousands.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, int, str], int | None] = {}

    def located(self, finding: Finding) -> Finding:
        """The finding with the line of its record, or of the field where that stands in the record's own text."""
        if finding.record is None or finding.line is not None:
            return finding
        place = (finding.table, finding.record, finding.field)
        if place not in self._known:
            self._known[place] = self._line_of(*place)
        line = self._known[place]
        return finding if line is None else replace(finding, line=line)

    def _line_of(self, table: str, record: int, field: str) -> int | None:
        heads = self._ends.get(table)
        begins = self._ends.get(str(record), ())
        number = bisect_left(begins, heads[0] if heads else 0)
        if number == len(begins):
            return None
        start = begins[number]
        after = bisect_left(self._records, start + 1)
        end = self._records[after] if after < len(self._records) else len(self._text)
        found = re.compile(rf'"{re.escape(field)}"\s*:').search(self._text, start, end) if field else None
        return bisect_left(self._breaks, found.start() if found else start) + 1

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        """Where each name ends, with its colon, from the top."""
        ends: dict[str, list[int]] = {}
        for found in _NAMES.finditer(self._text):
            ends.setdefault(found[1], []).append(found.end())
        return ends

    @cached_property
    def _records(self) -> list[int]:
        """Where the id of each record ends, from the top."""
        ids = (ends for name, ends in self._ends.items() if name.isascii() and name.isdigit())
        return sorted(end for ends in ids for end in ends)

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]
