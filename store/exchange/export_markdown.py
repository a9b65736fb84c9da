"""Items, goals and decisions as Markdown for people: every text literal, names instead of ids."""

from collections.abc import Iterable, Sequence

from store.exchange.escaping import fenced, inline
from store.exchange.export_csv import goal_titles
from store.models import Decision, Goal, Item, Workspace


def items_table(workspace: Workspace, items: Iterable[Item]) -> str:
    """A Markdown table with a row for each item."""
    rows = [["id", "title", "kind", "stage", "horizon", "goals", "size", "owner", "tags", "due"]]
    rows += [
        [
            workspace.name_of(item),
            _linked(item),
            item.kind.value,
            inline(item.stage.stage),
            item.horizon.value if item.horizon else "",
            inline("; ".join(goal_titles(workspace, item))),
            "" if item.size is None else str(item.size),
            inline(item.owner),
            inline(", ".join(sorted(item.tags))),
            item.due.isoformat() if item.due else "",
        ]
        for item in items
    ]
    lines = [_row(rows[0]), _row(["---"] * len(rows[0])), *(_row(row) for row in rows[1:])]
    return "\n".join(lines) + "\n"


def items_list(workspace: Workspace, items: Iterable[Item], *, bodies: bool = False) -> str:
    """A Markdown list, one line for each item; with `bodies` the long text follows each as a block."""
    lines = []
    for item in items:
        facts = [item.stage.stage, item.horizon.value if item.horizon else "", item.kind.value]
        facts += goal_titles(workspace, item)
        facts += [f"@{item.owner}"] if item.owner else []
        facts += [f"#{tag}" for tag in sorted(item.tags)]
        facts += [f"due {item.due.isoformat()}"] if item.due else []
        told = " · ".join(inline(fact) for fact in facts if fact)
        lines.append(f"- **{workspace.name_of(item)}** {_linked(item)} ({told})")
        if bodies and item.body:
            lines += ["", *(f"  {line}".rstrip() for line in fenced(item.body, "markdown").split("\n")), ""]
    return "\n".join(lines) + "\n" if lines else ""


def goals_list(workspace: Workspace, goals: Sequence[Goal]) -> str:
    """The goals as a nested Markdown list; a goal whose parent is not among them stands at the left."""
    there = {goal.id for goal in goals}
    children: dict[int | None, list[Goal]] = {}
    for goal in goals:
        children.setdefault(goal.parent if goal.parent in there else None, []).append(goal)
    lines: list[str] = []
    told: set[int] = set()
    _branches(workspace, children, (lines, told))
    # Goals that are each other's parents hang on no root; they are told all the same.
    for goal in goals:
        if goal.id not in told:
            told.add(goal.id)
            lines.append(_goal_line(workspace, goal, 0))
    return "\n".join(lines) + "\n" if lines else ""


def decisions_list(workspace: Workspace, decisions: Iterable[Decision]) -> str:
    """The decisions as a Markdown list: what was chosen, since when, and which one took its place."""
    lines = []
    for decision in decisions:
        facts = [f"{decision.status.status.value} since {decision.status.since.date().isoformat()}"]
        newer = workspace.superseded_by.get(decision.id, ())
        facts += [f"superseded by {workspace.name_of(workspace.decisions[number])}" for number in newer]
        facts += [f"chosen: {decision.chosen}"] if decision.chosen else []
        facts += [f"decide by {decision.decide_by.isoformat()}"] if decision.decide_by else []
        facts += [f"review on {decision.review_on.isoformat()}"] if decision.review_on else []
        told = " · ".join(inline(fact) for fact in facts)
        lines.append(f"- **{workspace.name_of(decision)}** {inline(decision.title)} ({told})")
    return "\n".join(lines) + "\n" if lines else ""


def _branches(workspace: Workspace, children: dict[int | None, list[Goal]], into: tuple[list[str], set[int]]) -> None:
    lines, told = into
    waiting = [(goal, 0) for goal in reversed(children.get(None, []))]
    while waiting:
        goal, depth = waiting.pop()
        told.add(goal.id)
        lines.append(_goal_line(workspace, goal, depth))
        for result in goal.key_results:
            measure = f"{inline(result.title)}: {result.now:g} of {result.target:g} {inline(result.unit)}"
            lines.append(f"{'  ' * (depth + 1)}- {measure.rstrip()}")
        waiting += [(child, depth + 1) for child in reversed(children.get(goal.id, []))]


def _goal_line(workspace: Workspace, goal: Goal, depth: int) -> str:
    facts = [goal.status.value, goal.origin.value if goal.parent is None else ""]
    facts += [f"@{goal.owner}"] if goal.owner else []
    facts += [f"due {goal.due.isoformat()}"] if goal.due else []
    told = " · ".join(inline(fact) for fact in facts if fact)
    return f"{'  ' * depth}- **{workspace.name_of(goal)}** {inline(goal.title)} ({told})"


def _linked(item: Item) -> str:
    """The title, as a link where the item came from a web address that is safe to put into one."""
    url = item.source.url if item.source else ""
    is_plain = url.startswith(("https://", "http://")) and url.isascii() and url.isprintable()
    if not is_plain or not set(url).isdisjoint(" <>()\\|`"):
        return inline(item.title)
    return f"[{inline(item.title)}]({url})"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
