"""Importers and exporters: other people's files in, ours out. Import is planned first and applied as one change."""

from store.exchange.export import EXPORTS, items_text
from store.exchange.export_csv import COLUMNS, items_csv
from store.exchange.export_madr import decision_madr
from store.exchange.export_markdown import decisions_list, goals_list, items_list, items_table
from store.exchange.imported import ImportedItem, ImportOptions, Progress, Reading, Refused
from store.exchange.plan import Changed, ImportPlan, Kept, plan_import, to_change
from store.exchange.reading import FORMATS, detect_format, read_bytes, read_file
from store.exchange.writing import write_export
from store.json_shape import (
    SCHEMA,
    decision_shape,
    document,
    goal_shape,
    item_shape,
    items_json,
    json_text,
)

__all__ = [
    "COLUMNS",
    "EXPORTS",
    "FORMATS",
    "SCHEMA",
    "Changed",
    "ImportOptions",
    "ImportPlan",
    "ImportedItem",
    "Kept",
    "Progress",
    "Reading",
    "Refused",
    "decision_madr",
    "decision_shape",
    "decisions_list",
    "detect_format",
    "document",
    "goal_shape",
    "goals_list",
    "item_shape",
    "items_csv",
    "items_json",
    "items_list",
    "items_table",
    "items_text",
    "json_text",
    "plan_import",
    "read_bytes",
    "read_file",
    "to_change",
    "write_export",
]
