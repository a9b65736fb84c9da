"""Where in the file a finding is."""

import re
from dataclasses import replace

from store.findings import Finding


def located(finding: Finding, text: str) -> Finding:
    """The finding with the line of its record, or of the field where that stands in the record's own text.

    The text of a store that leadline wrote has every record on lines of its own; in another layout a finding may stay
    without a line.
    """
    if finding.record is None or finding.line is not None:
        return finding
    table = re.search(rf'^[ \t]*"{re.escape(finding.table)}"\s*:', text, re.MULTILINE)
    start = re.compile(rf'^[ \t]*"{re.escape(str(finding.record))}"\s*:', re.MULTILINE).search(
        text, table.end() if table else 0
    )
    if start is None:
        return finding
    after = re.compile(r'^[ \t]*"[0-9]+"\s*:', re.MULTILINE).search(text, start.end())
    end = after.start() if after else len(text)
    field = re.compile(rf'"{re.escape(finding.field)}"\s*:').search(text, start.end(), end) if finding.field else None
    at = field.start() if field else start.end()
    return replace(finding, line=text.count("\n", 0, at) + 1)
