"""What can be done to items, from wherever items are shown: the same keys in every list, card and page.

Each acts on `where.target_items()`: the selection, else the item under the cursor.
"""

from collections.abc import Coroutine, Iterable
from typing import Any

from screens.commands.command import AnyCommand, Command
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.requests import Copy, Open
from screens.screen import LeadlineScreen
from screens.wording import glyphs
from store.change import (
    archived,
    blocked,
    body_set,
    due_set,
    kind_set,
    mapped,
    moved,
    owned,
    rated,
    renamed,
    sized,
    tagged,
    unblocked,
    with_horizon,
)
from store.clock import parse_day
from store.errors import RuleError
from store.models import Goal, GoalStatus, Horizon, Item, Kind

NOTHING = "No item is under the cursor."
NO_VALUE = "none"


class ItemCommand(Command[LeadlineScreen]):
    """A command on items; unavailable where there are none."""

    group = "Item"

    def unavailable(self, where: LeadlineScreen) -> str | None:
        """Needs an item."""
        return None if where.target_items() else NOTHING

    def run(self, where: LeadlineScreen) -> Coroutine[Any, Any, None] | None:
        """Ask for the new value and set it."""
        return self.ask(where, where.target_items())

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """The question and the change."""
        raise NotImplementedError


class OpenItem(ItemCommand):
    """Opens the item's page."""

    id = "item.open"
    title = "Open the item"
    help = "Everything about the item on one page."
    key = "enter"

    def run(self, where: LeadlineScreen) -> None:
        """Ask for the page."""
        where.post_message(Open(where.target_items()[0]))


class SetStage(ItemCommand):
    """Moves items to a stage."""

    id = "item.stage"
    title = "Stage"
    help = "Moves the item to another stage; the move is kept with its time for all flow measures."
    key = "s"
    hint = "stage"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a stage."""
        stages = where.workspace.settings.stages
        choices = [Choice(stage.name, stage.name, stage.kind.value, glyphs.STAGE[stage.kind]) for stage in stages]
        for stage in await _picked(where, "Move to stage", choices, {item.stage.stage for item in items}):
            where.do(moved(where.workspace, _ids(items), stage, now=where.office.now(), by=where.office.me))


class SetHorizon(ItemCommand):
    """Says when items are meant to happen."""

    id = "item.horizon"
    title = "Horizon"
    help = "Now, next, later or not said."
    key = "h"
    hint = "horizon"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a horizon."""
        choices = [Choice(horizon.value, horizon.value, glyph=glyphs.HORIZON[horizon]) for horizon in Horizon]
        choices.append(Choice(NO_VALUE, "not said"))
        current = {item.horizon.value if item.horizon else NO_VALUE for item in items}
        for value in await _picked(where, "Horizon", choices, current):
            horizon = None if value == NO_VALUE else Horizon(value)
            where.do(with_horizon(where.workspace, _ids(items), horizon, now=where.office.now(), by=where.office.me))


class SetGoals(ItemCommand):
    """Says which goals items serve, and how strongly."""

    id = "item.goals"
    title = "Goals"
    help = "Which goals it serves; picking one asks how strongly, 0 to 3."
    key = "m"
    hint = "goals"

    def unavailable(self, where: LeadlineScreen) -> str | None:
        """Needs an item and a goal."""
        if not where.workspace.goals:
            return f"There are no goals yet. Press {where.office.keys.get('go.goals', 'g m')} to make the first."
        return super().unavailable(where)

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a goal, then the strength."""
        workspace = where.workspace
        choices = [_goal_choice(where, goal, items) for goal in _live_goals(workspace.goals.values())]
        current = {str(link.goal) for item in items for link in item.goals}
        for picked in await _picked(where, "Serves which goal?", choices, current):
            goal = workspace.goals[int(picked)]
            now = {str(item.strength(goal.id)) for item in items}
            strengths = [
                Choice("3", "is what the goal is about", glyph=glyphs.strength(3)),
                Choice("2", "serves it", glyph=glyphs.strength(2)),
                Choice("1", "helps a little", glyph=glyphs.strength(1)),
                Choice("0", "does not serve it", glyph=glyphs.strength(0)),
            ]
            for strength in await _picked(where, f"How strongly? {goal.title}", strengths, now - {"0"} or {"2"}):
                change = mapped(
                    workspace, _ids(items), goal.id, int(strength), now=where.office.now(), by=where.office.me
                )
                where.do(change)


class SetTags(ItemCommand):
    """Adds and takes away tags."""

    id = "item.tags"
    title = "Tags"
    help = "Tab marks several; a new tag is made by typing it."
    key = "t"
    hint = "tags"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick the tags that all of them shall have."""
        uses: dict[str, int] = {}
        for item in where.workspace.open_items:
            for tag in item.tags:
                uses[tag] = uses.get(tag, 0) + 1
        common = frozenset.intersection(*(item.tags for item in items))
        some = frozenset.union(*(item.tags for item in items))
        names = sorted({*uses, *some}, key=lambda tag: (tag not in common, -uses.get(tag, 0), tag))
        choices = [Choice(tag, tag, _uses(uses.get(tag, 0), in_part=tag in some - common)) for tag in names]
        answer = await where.ask(Picker("Tags", choices, current=sorted(common), many=True, new="new tag"))
        if answer is None:
            return
        wanted = frozenset(answer)
        change = tagged(
            where.workspace,
            _ids(items),
            add=wanted - common,
            remove=common - wanted,
            now=where.office.now(),
            by=where.office.me,
        )
        where.do(change)


class SetOwner(ItemCommand):
    """Gives items to somebody."""

    id = "item.owner"
    title = "Owner"
    help = "Who answers for it; a new name is made by typing it."
    key = "a"
    hint = "owner"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a person."""
        handle = await picked_person(where, "Owner", {item.owner for item in items})
        if handle is not None:
            where.do(owned(where.workspace, _ids(items), handle, now=where.office.now(), by=where.office.me))


class SetSize(ItemCommand):
    """Says how big items are."""

    id = "item.size"
    title = "Size"
    help = "How much work it is, in the team's own unit; the score divides by it."
    key = "S"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick or type a number."""
        sizes = (1, 2, 3, 5, 8, 13, 20)
        choices = [*(Choice(str(size), str(size)) for size in sizes), Choice(NO_VALUE, "not sized")]
        current = {str(item.size) if item.size else NO_VALUE for item in items}
        for value in await _picked(where, "Size", choices, current, new="size"):
            if value != NO_VALUE and not value.isdecimal():
                message = f"“{value}” is not a size."
                raise RuleError(message, "A size is a whole number from 1 to 1000, for example 3.")
            size = None if value == NO_VALUE else int(value)
            where.do(sized(where.workspace, _ids(items), size, now=where.office.now(), by=where.office.me))


class SetKind(ItemCommand):
    """Says what sort of work items are."""

    id = "item.kind"
    title = "Kind"
    help = "Feature, improvement, bug, chore, incident or spike."
    key = "K"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a kind."""
        choices = [Choice(kind.value, kind.value) for kind in Kind]
        for value in await _picked(where, "Kind", choices, {item.kind.value for item in items}):
            change = kind_set(where.workspace, _ids(items), Kind(value), now=where.office.now(), by=where.office.me)
            where.do(change)


class SetDue(ItemCommand):
    """Says by when items are due."""

    id = "item.due"
    title = "Due"
    help = "A day such as fri, +2w, eom or 2026-12-01; empty takes it away."
    key = "D"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the day."""
        today = where.office.today
        present = items[0].due.isoformat() if items[0].due else ""
        text = await where.ask(
            LineDialog(
                "Due",
                value=present,
                placeholder="fri, +2w, eom, 2026-12-01",
                reading=lambda line: f"{parse_day(line, today):%A %d %B %Y}",
            )
        )
        if text is not None:
            day = parse_day(text, today) if text else None
            where.do(due_set(where.workspace, _ids(items), day, now=where.office.now(), by=where.office.me))


class SetRatings(ItemCommand):
    """Sets the inputs of the score."""

    id = "item.ratings"
    title = "Ratings"
    help = "Urgency and confidence, which the score is made of."
    key = "i"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick one rating."""
        current = {f"{name} {value}" for item in items for name, value in item.ratings.items()}
        for picked in await _picked(where, "Rate", RATINGS, current):
            name, _, value = picked.partition(" ")
            number = None if value == NO_VALUE else int(value)
            change = rated(where.workspace, _ids(items), name, number, now=where.office.now(), by=where.office.me)
            where.do(change)


RATINGS = (
    Choice("urgency 5", "urgency 5", "each week of waiting costs dearly"),
    Choice("urgency 4", "urgency 4", "soon, or it loses much"),
    Choice("urgency 3", "urgency 3", "as usual"),
    Choice("urgency 2", "urgency 2", "can wait some weeks"),
    Choice("urgency 1", "urgency 1", "can wait, nothing is lost"),
    Choice(f"urgency {NO_VALUE}", "urgency not rated"),
    Choice("confidence 100", "confidence 100 %", "measured"),
    Choice("confidence 80", "confidence 80 %", "good evidence"),
    Choice("confidence 50", "confidence 50 %", "some evidence"),
    Choice("confidence 20", "confidence 20 %", "a hunch"),
    Choice(f"confidence {NO_VALUE}", "confidence not rated"),
)


class EditTitle(ItemCommand):
    """Changes the title."""

    id = "item.title"
    title = "Edit the title"
    help = "Changes the title of the item under the cursor."
    key = "e"
    hint = "edit"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the new title."""
        text = await where.ask(LineDialog("Title", value=items[0].title, demanded="A title is needed."))
        if text:
            where.do(renamed(where.workspace, _ids(items[:1]), text, now=where.office.now(), by=where.office.me))


class EditBody(ItemCommand):
    """Changes the long text."""

    id = "item.body"
    title = "Edit the text"
    help = "The long text in a text field; ctrl+e in it opens your own editor."
    key = "E"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the new text."""
        from screens.dialogs.text import TextDialog  # late: TextArea is slow to import

        text = await where.ask(TextDialog(items[0].title, items[0].body))
        if text is not None:
            where.do(body_set(where.workspace, _ids(items[:1]), text, now=where.office.now(), by=where.office.me))


class EditOutside(ItemCommand):
    """Changes the long text in the person's own editor."""

    id = "item.editor"
    title = "Edit the text in your editor"
    help = "Opens $VISUAL or $EDITOR with the long text and reads it back."
    key = "ctrl+e"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Hand the text to the editor."""
        from screens.dialogs.text import edited_outside  # late: few use it

        name = where.workspace.name_of(items[0])
        text = edited_outside(where.app, items[0].body, name)
        where.do(body_set(where.workspace, _ids(items[:1]), text, now=where.office.now(), by=where.office.me))


class ToggleBlocked(ItemCommand):
    """Marks items as blocked, or as free again."""

    id = "item.blocked"
    title = "Blocked, or free again"
    help = "Asks what it waits for; pressed again the spell ends."
    key = "b"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the reason, or end the spell."""
        now, me = where.office.now(), where.office.me
        if all(item.is_blocked for item in items):
            where.do(unblocked(where.workspace, _ids(items), now=now, by=me))
            return
        reason = await where.ask(LineDialog("Blocked by what?", demanded="Say what it waits for."))
        if reason:
            where.do(blocked(where.workspace, _ids(items), reason, now=now, by=me))


class Archive(ItemCommand):
    """Puts items out of sight."""

    id = "item.archive"
    title = "Archive"
    help = "Takes the item out of every list; nothing is removed, and undo brings it back."
    key = "A"

    def run(self, where: LeadlineScreen) -> None:
        """Archive at once; it is undoable."""
        items = where.target_items()
        where.do(archived(where.workspace, _ids(items), now=where.office.now(), by=where.office.me))


class LogDecision(ItemCommand):
    """Logs a decision that is already linked."""

    id = "item.decision"
    title = "Log a decision"
    help = "Makes a decision that is linked to the item."
    key = "L"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the decision."""
        from screens.decisions.logging import log_decision  # late: a screen of its own

        await log_decision(where, items=[item.id for item in items], goals=())


class CopyItem(ItemCommand):
    """Copies id and title."""

    id = "item.copy"
    title = "Copy id and title"
    help = "Sends “LL-7KQ2 Title” to the clipboard of the terminal."
    key = "y"

    def run(self, where: LeadlineScreen) -> None:
        """Copy all targets, one a line."""
        items = where.target_items()
        lines = [f"{where.workspace.name_of(item)} {item.title}" for item in items]
        what = where.workspace.name_of(items[0]) if len(items) == 1 else f"{len(items)} items"
        where.post_message(Copy("\n".join(lines), what))


ITEM_COMMANDS: tuple[type[AnyCommand], ...] = (
    SetStage,
    SetHorizon,
    SetGoals,
    SetTags,
    SetOwner,
    EditTitle,
    SetSize,
    SetRatings,
    SetDue,
    SetKind,
    EditBody,
    EditOutside,
    ToggleBlocked,
    LogDecision,
    CopyItem,
    Archive,
)
"""The commands for items, in the order of the hint bar; `OpenItem` is left to those screens where enter is free."""


async def picked_person(where: LeadlineScreen, title: str, current: Iterable[str]) -> str | None:
    """A handle picked among those who own something, or typed; empty for nobody, None when the dialog was closed."""
    owns: dict[str, int] = {}
    for item in where.workspace.open_items:
        if item.owner:
            owns[item.owner] = owns.get(item.owner, 0) + 1
    names = [where.office.me, *sorted(owns.keys() - {where.office.me}, key=lambda name: (-owns[name], name))]
    choices = [Choice(name, f"@{name}", _owns(owns.get(name, 0))) for name in names if name]
    choices.append(Choice(NO_VALUE, "nobody"))
    picked = await _picked(where, title, choices, {name or NO_VALUE for name in current}, new="new person")
    for name in picked:
        return "" if name == NO_VALUE else name.removeprefix("@")
    return None


async def _picked(
    where: LeadlineScreen, title: str, choices: Iterable[Choice], current: Iterable[str], *, new: str = ""
) -> tuple[str, ...]:
    return await where.ask(Picker(title, list(choices), current=sorted(current), new=new)) or ()


def _ids(items: Iterable[Item]) -> list[int]:
    return [item.id for item in items]


def _live_goals(goals: Iterable[Goal]) -> list[Goal]:
    live = [g for g in goals if g.archived is None and g.status in {GoalStatus.ACTIVE, GoalStatus.PROPOSED}]
    return sorted(live, key=lambda goal: goal.title.lower())


def _goal_choice(where: LeadlineScreen, goal: Goal, items: tuple[Item, ...]) -> Choice:
    strengths = {item.strength(goal.id) for item in items}
    shown = glyphs.strength(strengths.pop()) if len(strengths) == 1 else "■?□"
    return Choice(str(goal.id), goal.title, where.workspace.name_of(goal), shown)


def _uses(count: int, *, in_part: bool) -> str:
    words = f"{count} open" if count else ""
    return f"{words}, on some of these".lstrip(", ") if in_part else words


def _owns(count: int) -> str:
    return f"{count} open" if count else ""
