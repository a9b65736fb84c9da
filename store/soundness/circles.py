"""Records that lead back to themselves: each link is right by itself, and a merge of two can close the circle."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from store.models import Record, Ruling, StageKind, Workspace


@dataclass(frozen=True, slots=True)
class Circle:
    """Records each of which leads to the next one, and the last to the first.

    Args:
        records: the records, from the smallest id on.
        field: the field that leads on.
        words: what is wrong with the first of them.
        link: what stands between two names: `A needs B`.
        hint: what to do about it.
    """

    records: tuple[Record, ...]
    field: str
    words: str
    link: str
    hint: str


def circles_of(workspace: Workspace) -> Iterator[Circle]:
    """Every circle once: of goals, of dependencies, of duplicates and of decisions that replace each other."""
    goals, items, decisions = workspace.goals, workspace.items, workspace.decisions

    def above(number: int) -> Iterable[int]:
        parent = goals[number].parent
        return () if parent is None else (parent,)

    def needed(number: int) -> Iterable[int]:
        return sorted(items[number].depends_on)

    def repeated(number: int) -> Iterable[int]:
        return _repeated(workspace, number)

    def replaced(number: int) -> Iterable[int]:
        return _replaced(workspace, number)

    for numbers in _circles_in(goals, above):
        hint = "Give one of them another parent, or none."
        yield Circle(_records(goals, numbers), "parent", "stands below itself", " below ", hint)
    for numbers in _circles_in(items, needed):
        hint = "Take one of the links away."
        yield Circle(_records(items, numbers), "depends_on", "waits for itself", " needs ", hint)
    for numbers in _circles_in(items, repeated):
        hint = "Move one of them back to the inbox; until then none of them is in any list of open work."
        yield Circle(_records(items, numbers), "verdict", "is called a duplicate of itself", " repeats ", hint)
    for numbers in _circles_in(decisions, replaced):
        hint = "Take one of the links away; until then none of them is in force."
        yield Circle(_records(decisions, numbers), "supersedes", "replaces itself", " replaces ", hint)


def _records(there: Mapping[int, Record], numbers: Iterable[int]) -> tuple[Record, ...]:
    return tuple(there[number] for number in numbers)


def _repeated(workspace: Workspace, number: int) -> Iterable[int]:
    """The item that this one repeats, as long as it is dropped for that; one that was taken up again is work as any."""
    item = workspace.items[number]
    if item.verdict is None or item.verdict.ruling is not Ruling.DUPLICATE or item.verdict.of is None:
        return ()
    original = workspace.known("items", item.verdict.of)
    is_dropped = workspace.settings.kind_of(item.stage.stage) is StageKind.DROPPED
    return (original.id,) if is_dropped and original is not None else ()


def _replaced(workspace: Workspace, number: int) -> Iterable[int]:
    """The decisions that this one replaces as a whole; one that was never in force replaces none."""
    decision = workspace.decisions[number]
    if not decision.status.status.was_in_force:
        return ()
    named = (workspace.known("decisions", link.decision) for link in decision.supersedes if not link.part)
    return sorted(older.id for older in named if older is not None)


def _circles_in(records: Mapping[int, Record], next_of: Callable[[int], Iterable[int]]) -> Iterator[tuple[int, ...]]:
    """Circles, each once and starting at its smallest id; every record is walked once, without recursion."""
    done: set[int] = set()
    for start in sorted(records):
        path: dict[int, Iterator[int]] = {}
        at: int | None = start if start not in done else None
        while at is not None:
            path.setdefault(at, iter(next_of(at)))
            to = next((number for number in path[at] if number in records and number not in done), None)
            if to is None:
                done.add(at)
                del path[at]
                at = next(reversed(path), None)
            elif to in path:
                walked = list(path)
                circle = walked[walked.index(to) :]
                least = circle.index(min(circle))
                yield (*circle[least:], *circle[:least])
            else:
                at = to
