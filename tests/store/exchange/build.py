"""What the import tests share: a fixed moment, ids that count up, and the way from a text to a workspace."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from store.change import applied
from store.exchange import ImportOptions, ImportPlan, plan_import, read_bytes, to_change
from store.models import Item, NewId, Workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
SEMICOLONS = ImportOptions(mapping={"title": "Aufgabe", "closed": "Erledigt am", "tags": "Schlagwort", "key": "Nr"})


def ids() -> NewId:
    """Ids that count up, so that a test can be read."""
    numbers: Iterator[int] = count(1 << 40)
    return lambda: next(numbers)


def planned(
    data: str | bytes, name: str, workspace: Workspace | None = None, options: ImportOptions | None = None
) -> ImportPlan:
    """The plan for a text."""
    raw = data.encode() if isinstance(data, str) else data
    taken = workspace.items if workspace else {}
    new_id = ids()

    def fresh() -> int:
        while (number := new_id()) in taken:
            pass
        return number

    return plan_import(workspace or Workspace(), read_bytes(raw, name, options or ImportOptions()), NOW, "ana", fresh)


def imported(
    data: str | bytes, name: str, workspace: Workspace | None = None, options: ImportOptions | None = None
) -> Workspace:
    """The workspace after a text was imported."""
    workspace = workspace or Workspace()
    return applied(workspace, to_change(planned(data, name, workspace, options), NOW, "ana"))


def only(workspace: Workspace) -> Item:
    """The one item there is."""
    (item,) = workspace.items.values()
    return item


def by_key(workspace: Workspace) -> dict[str, Item]:
    """Items by the key of their source."""
    return {item.source.key: item for item in workspace.items.values() if item.source}
