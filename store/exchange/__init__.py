"""Importers and exporters: other people's files in, ours out. Import is planned first and applied as one change."""

from store.exchange.imported import ImportedItem, ImportOptions, Progress, Reading, Refused
from store.exchange.plan import Changed, ImportPlan, Kept, plan_import, to_change
from store.exchange.reading import FORMATS, detect_format, read_bytes, read_file

__all__ = [
    "FORMATS",
    "Changed",
    "ImportOptions",
    "ImportPlan",
    "ImportedItem",
    "Kept",
    "Progress",
    "Reading",
    "Refused",
    "detect_format",
    "plan_import",
    "read_bytes",
    "read_file",
    "to_change",
]
