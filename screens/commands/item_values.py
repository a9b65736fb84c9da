"""The plain values of items: stage, horizon, owner, size, kind, due day and ratings."""

from typing import Final

from screens.commands.item_command import NO_VALUE, ItemCommand, ids_of, picked, picked_person
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice
from screens.screen import LeadlineScreen
from screens.wording import glyphs
from store.change import due_set, kind_set, moved, owned, rated, sized, with_horizon
from store.clock import parse_day
from store.errors import RuleError
from store.models import Horizon, Item, Kind

RATINGS: Final = (
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
        for stage in await picked(where, "Move to stage", choices, {item.stage.stage for item in items}):
            where.do(moved(where.workspace, ids_of(items), stage, now=where.office.now(), by=where.office.me))


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
        for value in await picked(where, "Horizon", choices, current):
            horizon = None if value == NO_VALUE else Horizon(value)
            where.do(with_horizon(where.workspace, ids_of(items), horizon, now=where.office.now(), by=where.office.me))


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
            where.do(owned(where.workspace, ids_of(items), handle, now=where.office.now(), by=where.office.me))


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
        for value in await picked(where, "Size", choices, current, new="size"):
            if value != NO_VALUE and not value.isdecimal():
                message = f"“{value}” is not a size."
                raise RuleError(message, "A size is a whole number from 1 to 1000, for example 3.")
            size = None if value == NO_VALUE else int(value)
            where.do(sized(where.workspace, ids_of(items), size, now=where.office.now(), by=where.office.me))


class SetKind(ItemCommand):
    """Says what sort of work items are."""

    id = "item.kind"
    title = "Kind"
    help = "Feature, improvement, bug, chore, incident or spike."
    key = "K"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick a kind."""
        choices = [Choice(kind.value, kind.value) for kind in Kind]
        for value in await picked(where, "Kind", choices, {item.kind.value for item in items}):
            change = kind_set(where.workspace, ids_of(items), Kind(value), now=where.office.now(), by=where.office.me)
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
            where.do(due_set(where.workspace, ids_of(items), day, now=where.office.now(), by=where.office.me))


class SetRatings(ItemCommand):
    """Sets the inputs of the score."""

    id = "item.ratings"
    title = "Ratings"
    help = "Urgency and confidence, which the score is made of."
    key = "i"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Pick one rating."""
        current = {f"{name} {value}" for item in items for name, value in item.ratings.items()}
        for chosen in await picked(where, "Rate", RATINGS, current):
            name, _, value = chosen.partition(" ")
            number = None if value == NO_VALUE else int(value)
            change = rated(where.workspace, ids_of(items), name, number, now=where.office.now(), by=where.office.me)
            where.do(change)
