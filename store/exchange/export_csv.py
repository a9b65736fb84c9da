"""Items as CSV: a header, a row for each, names instead of ids, nothing a spreadsheet would run."""

import csv
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import StringIO
from typing import Final

from store.exchange.escaping import defused, told
from store.models import Goal, Item, Team, Workspace

_Cell = str | int | None

COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "title",
    "kind",
    "stage",
    "horizon",
    "goals",
    "size",
    "team",
    "owner",
    "requester",
    "tags",
    "due",
    "created",
    "moved",
    "closed",
    "verdict",
    "reason",
    "blocked",
    "depends_on",
    "system",
    "key",
    "url",
    "body",
)
"""The columns in their order; new ones come at the end."""


def items_csv(workspace: Workspace, items: Iterable[Item], *, raw: bool = False) -> str:
    """A table with `COLUMNS`, one row for each item, in their order.

    Text is quoted, numbers are not. A text that a spreadsheet could take for a formula gets a `'` in front, and a
    character that acts or hides is told by its number in braces; our import takes both back. `raw` leaves that out, for
    programs that know no such thing. Several goals or items in one cell are joined with `; `, tags with `, ` where no
    tag has a comma in it.
    """
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(COLUMNS)
    guard: Callable[[str], str] = str if raw else _harmless
    for item in items:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in _cells(workspace, item)])
    return out.getvalue()


def _harmless(text: str) -> str:
    return told(defused(text))


def _cells(workspace: Workspace, item: Item) -> tuple[_Cell, ...]:
    verdict, source = item.verdict, item.source
    is_closed = not workspace.kind_of(item).is_open
    team = workspace.teams.get(item.team) if item.team else None
    return (
        workspace.name_of(item),
        item.title,
        item.kind.value,
        item.stage.stage,
        item.horizon.value if item.horizon else "",
        "; ".join(goal_titles(workspace, item)),
        "" if item.size is None else item.size,
        _title(team),
        item.owner,
        item.requester,
        _listed(sorted(item.tags)),
        item.due.isoformat() if item.due else "",
        moment(item.created.at),
        moment(item.stage.since),
        moment(item.stage.since) if is_closed else "",
        verdict.ruling.value if verdict else "",
        verdict.reason if verdict else "",
        next((spell.reason or "yes" for spell in item.blocked if spell.until is None), ""),
        "; ".join(
            workspace.name_of(needed)
            for number in sorted(item.depends_on)
            if (needed := workspace.items.get(number)) is not None
        ),
        source.system if source else "",
        source.key if source else "",
        source.url if source else "",
        item.body,
    )


def goal_titles(workspace: Workspace, item: Item) -> list[str]:
    """The titles of the goals an item serves, strongest first; those that are not here are left out."""
    links = sorted(item.goals, key=lambda link: -link.strength)
    return [_title(workspace.goals.get(link.goal)) for link in links if link.goal in workspace.goals]


def moment(value: datetime) -> str:
    """A moment as spreadsheets read it: `2026-03-04 09:00:00`, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _listed(tags: list[str]) -> str:
    """Tags in one cell; where one has a comma in it, all end with a semicolon, so that the cell can be taken apart."""
    return "".join(f"{tag}; " for tag in tags).rstrip() if any("," in tag for tag in tags) else ", ".join(tags)


def _title(record: Goal | Team | None) -> str:
    return record.title if record else ""
