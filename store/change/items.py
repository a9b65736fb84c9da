"""Changes of items, each with its sentence.

Every builder takes the workspace, the ids of the items, what is wanted, `now` and `by`, and returns a change set. Items
that are that way already stay out of it, so that a change set that would do nothing is empty and false. All of them
raise `NotFoundError` where an id belongs to no item.
"""

from collections.abc import Iterable
from datetime import date, datetime

from store.change.building import goal_of, handle, items_changed, quoted, tag_word
from store.change.edits import ChangeSet
from store.clock import day_words, local_day
from store.errors import RuleError
from store.models import Blocked, Horizon, Item, Kind, Serves, Stamp, Workspace, made
from store.query import nearest_name
from store.scoring import checked_rating

Ids = Iterable[int]


def renamed(workspace: Workspace, ids: Ids, title: str, now: datetime, by: str) -> ChangeSet:
    """Another title.

    Raises:
        RuleError: the title is empty or too long.
    """
    if not title.strip():
        message = "A title needs at least one letter."
        raise RuleError(message, "esc keeps the old one.")
    edit = lambda item: item.with_(title=title)  # noqa: E731 - the one line that matters here
    return items_changed(workspace, ids, edit, ("Renamed", f"to {quoted(title.strip())}"), now, by)


def body_set(workspace: Workspace, ids: Ids, body: str, now: datetime, by: str) -> ChangeSet:
    """Another text below the title."""
    return items_changed(workspace, ids, lambda item: item.with_(body=body), ("Rewrote the text of", ""), now, by)


def moved(workspace: Workspace, ids: Ids, stage: str, now: datetime, by: str) -> ChangeSet:
    """Into a stage.

    Raises:
        RuleError: the settings have no such stage.
    """
    names = [known.name for known in workspace.settings.stages]
    if stage not in names:
        nearest = nearest_name(stage.casefold(), names)
        message = f"There is no stage “{stage}”."
        raise RuleError(message, f"Did you mean {nearest}?" if nearest else f"Possible: {', '.join(names)}.")
    return items_changed(workspace, ids, lambda item: item.moved(stage, now, by), ("Moved", f"to {stage}"), now, by)


def with_horizon(workspace: Workspace, ids: Ids, horizon: Horizon | None, now: datetime, by: str) -> ChangeSet:
    """Into a horizon, or with None out of all."""
    words = ("Put", f"in {horizon.value}") if horizon else ("Took", "out of its horizon")
    return items_changed(workspace, ids, lambda item: _with(item, horizon=horizon), words, now, by)


def tagged(
    workspace: Workspace, ids: Ids, add: Iterable[str], remove: Iterable[str], now: datetime, by: str
) -> ChangeSet:
    """With some tags more and some fewer; what is in both is added.

    Raises:
        RuleError: a tag is empty.
    """
    more = frozenset(tag_word(tag) for tag in add)
    fewer = frozenset(tag_word(tag) for tag in remove) - more
    on, off = ", ".join(sorted(more)), ", ".join(sorted(fewer))
    both = f"{on} and took {off} off" if off else on
    words = ("Tagged", both) if on else (f"Took {off} off", "")
    return items_changed(workspace, ids, lambda item: _with(item, tags=(item.tags | more) - fewer), words, now, by)


def owned(workspace: Workspace, ids: Ids, owner: str, now: datetime, by: str) -> ChangeSet:
    """With another owner; an empty name leaves them without one."""
    name = handle(owner)
    words = ("Gave", f"to @{name}") if name else ("Took the owner off", "")
    return items_changed(workspace, ids, lambda item: _with(item, owner=name), words, now, by)


def kind_set(workspace: Workspace, ids: Ids, kind: Kind, now: datetime, by: str) -> ChangeSet:
    """Of another kind."""
    return items_changed(workspace, ids, lambda item: _with(item, kind=kind), ("Marked", f"as {kind.value}"), now, by)


def sized(workspace: Workspace, ids: Ids, size: int | None, now: datetime, by: str) -> ChangeSet:
    """Of another size; None leaves it open.

    Raises:
        RuleError: the size is not from 1 to 1000.
    """
    words = ("Took the size off", "") if size is None else ("Sized", f"at {size}")
    return items_changed(workspace, ids, lambda item: _with(item, size=size), words, now, by)


def rated(workspace: Workspace, ids: Ids, rating: str, value: int | None, now: datetime, by: str) -> ChangeSet:
    """With another value of a rating; None takes the rating away.

    Raises:
        RuleError: no such rating, or a value outside its scale.
    """
    if value is not None:
        checked_rating(rating, value)

    def edit(item: Item) -> Item:
        others = {name: given for name, given in item.ratings.items() if name != rating}
        return _with(item, ratings=others if value is None else others | {rating: value})

    words = (f"Took {rating} off", "") if value is None else (f"Rated {rating} of", f"at {value}")
    return items_changed(workspace, ids, edit, words, now, by)


def due_set(workspace: Workspace, ids: Ids, due: date | None, now: datetime, by: str) -> ChangeSet:
    """Due on another day; None takes the day away."""
    words = ("Made", f"due {day_words(due, local_day(now))}") if due else ("Took the due date off", "")
    return items_changed(workspace, ids, lambda item: _with(item, due=due), words, now, by)


def mapped(workspace: Workspace, ids: Ids, goal: int, strength: int, now: datetime, by: str) -> ChangeSet:
    """Serving a goal with strength 1 to 3; 0 takes the link away.

    Raises:
        NotFoundError: no such goal.
        RuleError: the strength is not from 0 to 3.
    """
    title = quoted(goal_of(workspace, goal).title)
    if not 0 <= strength <= 3:
        message = f"A strength goes from 1 to 3, and 0 takes the goal away; {strength} is neither."
        raise RuleError(message)

    def edit(item: Item) -> Item:
        if item.strength(goal) == strength:
            return item
        if strength and item.strength(goal):
            links = [Serves(goal=goal, strength=strength) if link.goal == goal else link for link in item.goals]
        else:
            links = [link for link in item.goals if link.goal != goal]
            links += [Serves(goal=goal, strength=strength)] if strength else []
        return item.with_(goals=tuple(links))

    words = ("Mapped", f"to {title} with strength {strength}") if strength else (f"Took {title} off", "")
    return items_changed(workspace, ids, edit, words, now, by)


def blocked(workspace: Workspace, ids: Ids, reason: str, now: datetime, by: str) -> ChangeSet:
    """Blocked from now on, with the reason; what is blocked already stays as it is.

    Raises:
        RuleError: the reason is too long.
    """

    def edit(item: Item) -> Item:
        if item.is_blocked:
            return item
        return item.with_(blocked=(*item.blocked, made(Blocked, since=now, reason=reason, by=by)))

    because = f": {reason.strip()}" if reason.strip() else ""
    return items_changed(workspace, ids, edit, ("Blocked", because), now, by)


def unblocked(workspace: Workspace, ids: Ids, now: datetime, by: str) -> ChangeSet:
    """Free to go on: every open blocked spell ends now."""

    def edit(item: Item) -> Item:
        if not item.is_blocked:
            return item
        spells = [spell if spell.until else spell.with_(until=now) for spell in item.blocked]
        return item.with_(blocked=tuple(spells))

    return items_changed(workspace, ids, edit, ("Unblocked", ""), now, by)


def depending(workspace: Workspace, ids: Ids, on: int, now: datetime, by: str) -> ChangeSet:
    """Waiting for another item from now on.

    Raises:
        NotFoundError: no such item.
        RuleError: the other item waits for one of these, directly or through others.
    """
    others = workspace.items.get(on)
    chosen = frozenset(ids)
    if on in chosen or (others is not None and chosen & _waits_for(workspace, on)):
        message = "That would be a circle: it waits for one of these itself."
        raise RuleError(message, "Take the other link away first.")
    name = workspace.name_of(others) if others else "an item that is gone"
    edit = lambda item: _with(item, depends_on=item.depends_on | {on})  # noqa: E731 - as above
    return items_changed(workspace, [*chosen], edit, ("Made", f"wait for {name}"), now, by)


def independent(workspace: Workspace, ids: Ids, of: int, now: datetime, by: str) -> ChangeSet:
    """Not waiting for another item any more."""
    others = workspace.items.get(of)
    name = workspace.name_of(others) if others else "an item that is gone"
    return items_changed(
        workspace, ids, lambda item: _with(item, depends_on=item.depends_on - {of}), ("Freed", f"from {name}"), now, by
    )


def archived(workspace: Workspace, ids: Ids, now: datetime, by: str) -> ChangeSet:
    """Out of sight, but kept."""
    edit = lambda item: item if item.archived else item.with_(archived=Stamp(at=now, by=by))  # noqa: E731
    return items_changed(workspace, ids, edit, ("Archived", ""), now, by)


def restored(workspace: Workspace, ids: Ids, now: datetime, by: str) -> ChangeSet:
    """Out of the archive again."""
    return items_changed(workspace, ids, lambda item: _with(item, archived=None), ("Restored", ""), now, by)


def _with(item: Item, **changes: object) -> Item:
    """The item with other values; the same object where it has them already."""
    if all(getattr(item, name) == value for name, value in changes.items()):
        return item
    return item.with_(**changes)


def _waits_for(workspace: Workspace, start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        item = workspace.items.get(waiting.pop())
        if item is not None:
            new = item.depends_on - found
            found |= new
            waiting += new
    return found
