"""The door for exports: some items in one of the formats, as text. `write_export` puts it into a file."""

from collections.abc import Sequence
from typing import Final

from store.errors import ExportFailedError
from store.exchange.export_csv import items_csv
from store.exchange.export_markdown import items_list, items_table
from store.json_shape import items_json, json_text
from store.models import Item, Workspace

EXPORTS: Final = ("json", "csv", "markdown", "list")


def items_text(workspace: Workspace, items: Sequence[Item], wanted: str, *, raw: bool = False) -> str:
    """The items in their order, as one of `EXPORTS`: `markdown` is a table, `list` a Markdown list with the long texts.

    Args:
        workspace: where the names of goals, teams and ids come from.
        items: what a query has chosen.
        wanted: one of `EXPORTS`.
        raw: CSV without the quotes that keep spreadsheets from running formulas.

    Raises:
        ExportFailedError: there is no such format.
    """
    match wanted:
        case "json":
            return json_text(items_json(workspace, items))
        case "csv":
            return items_csv(workspace, items, raw=raw)
        case "markdown":
            return items_table(workspace, items)
        case "list":
            return items_list(workspace, items, bodies=True)
    message = f"“{wanted}” is not a format."
    raise ExportFailedError(message, f"Known ones are {', '.join(EXPORTS)}.")
