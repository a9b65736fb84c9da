"""The summary line of the decision log."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from screens.wording.item_lines import Words
from store.decisions import Standing, to_decide
from store.models import DecisionStatus

GAP = "   "


def summary_words(
    standings: Sequence[Standing], width: int, *, found: int | None = None, text: str = ""
) -> list[Words]:
    """What is in force, what waits and what is to be reviewed; while something is looked for, how much was found."""
    parts = list(_parts(standings) if found is None else _found(found, len(standings), text))
    while len(parts) > 1 and sum(cell_len(part) + len(GAP) for part, _ in parts) - len(GAP) > width:
        parts.pop()
    spaced: list[Words] = []
    for part in parts:
        spaced += [(GAP, ""), part] if spaced else [part]
    return spaced


def _parts(standings: Sequence[Standing]) -> Iterator[Words]:
    yield "Decisions", "strong"
    waits = to_decide(standings)
    overdue = sum(1 for each in waits if each.is_overdue)
    if waits:
        late = f" ({overdue} overdue)" if overdue else ""
        yield f"to decide {len(waits)}{late}", "warning" if overdue else "accent"
    yield f"in force {sum(1 for each in standings if each.is_in_force):,}", ""
    reviews = sum(1 for each in standings if each.is_review_due)
    if reviews:
        yield f"to review {reviews}", "warning"
    deferred = sum(1 for each in standings if each.status is DecisionStatus.DEFERRED)
    if deferred:
        yield f"put off {deferred}", "muted"


def _found(found: int, out_of: int, text: str) -> Iterator[Words]:
    yield "Decisions", "strong"
    yield f"/ {text}", "accent"
    yield f"{found:,} of {out_of:,}", ""
    yield "esc shows all", "muted"
