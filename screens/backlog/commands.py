"""What can be done in the backlog, besides what can be done to items everywhere."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from screens.backlog.listing import GROUPINGS, ORDERS, Arrangement
from screens.commands.command import AnyCommand, Command
from screens.commands.item import ITEM_COMMANDS, OpenItem
from screens.commands.item_command import NOTHING
from screens.commands.item_texts import EditTitle
from screens.dialogs.picker import Choice, Picker
from screens.item.why import Why

if TYPE_CHECKING:
    from screens.backlog.screen import BacklogScreen


class Filter(Command["BacklogScreen"]):
    """Begins to type a filter."""

    id = "backlog.filter"
    title = "Filter"
    help = "Type which items to show; tab completes fields and values, enter keeps the filter, esc clears it."
    key = "slash"
    hint = "filter"

    def run(self, where: "BacklogScreen") -> None:
        """Open the line for it."""
        where.begin_filter()


class Peek(Command["BacklogScreen"]):
    """Opens and closes the pane beside the list."""

    id = "backlog.peek"
    title = "Peek"
    help = "Opens or closes a pane that shows the item under the cursor and follows it."
    key = "space"
    hint = "peek"

    def run(self, where: "BacklogScreen") -> None:
        """Open or close it."""
        where.toggle_peek()


class OpenUnderCursor(Command["BacklogScreen"]):
    """Opens the item under the cursor, whatever is selected; the list has the key."""

    id = OpenItem.id
    title = OpenItem.title
    help = OpenItem.help
    group = OpenItem.group

    def unavailable(self, where: "BacklogScreen") -> str | None:
        """Needs an item under the cursor."""
        return None if where.item_under_cursor is not None else NOTHING

    def run(self, where: "BacklogScreen") -> None:
        """Ask for the page."""
        where.open_item()


class EditTitleHere(Command["BacklogScreen"]):
    """Changes the title where it stands."""

    id = EditTitle.id
    title = EditTitle.title
    help = "Changes the title of the item under the cursor where it stands; enter keeps it, esc leaves it."
    key = EditTitle.key
    hint = EditTitle.hint
    group = EditTitle.group

    def unavailable(self, where: "BacklogScreen") -> str | None:
        """Needs an item under the cursor."""
        return None if where.item_under_cursor is not None else NOTHING

    def run(self, where: "BacklogScreen") -> None:
        """Lay a line over the title."""
        where.begin_title()


class SortBy(Command["BacklogScreen"]):
    """Chooses the order."""

    id = "backlog.sort"
    title = "Order"
    help = "Sorts by score, age, due day, title, size or stage; items without a value come last."
    key = "o"
    hint = "order"

    def unavailable(self, where: "BacklogScreen") -> str | None:
        """The filter's own order goes before this one."""
        return "The filter says how to sort; change sort: in it." if where.filtered_by.sort else None

    def run(self, where: "BacklogScreen") -> Coroutine[Any, Any, None]:
        """Ask for the order."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "BacklogScreen") -> None:
        present = where.arrangement
        choices = [Choice(order.name, order.name, order.first) for order in ORDERS.values()]
        for name in await where.ask(Picker("Sort by", choices, current=[present.sort]), is_change=False) or ():
            where.rearrange(Arrangement(name, present.group))


class GroupBy(Command["BacklogScreen"]):
    """Chooses the headings."""

    id = "backlog.group"
    title = "Group"
    help = "Groups by horizon, stage, goal, owner or kind, or not at all."
    key = "O"
    hint = "group"

    def unavailable(self, where: "BacklogScreen") -> str | None:
        """The filter's own headings go before these."""
        return "The filter says how to group; change group: in it." if where.filtered_by.group else None

    def run(self, where: "BacklogScreen") -> Coroutine[Any, Any, None]:
        """Ask for the headings."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "BacklogScreen") -> None:
        present = where.arrangement
        choices = [Choice(name, name or "none", remark) for name, remark in GROUPINGS.items()]
        for name in await where.ask(Picker("Group by", choices, current=[present.group]), is_change=False) or ():
            where.rearrange(Arrangement(present.sort, name))


class StepBack(Command["BacklogScreen"]):
    """Takes back one layer: the filter, then the selection, then the way here."""

    id = "backlog.back"
    title = "Clear the filter, then the selection"
    help = "One layer back: first the filter goes, then the selection; then back to the screen that set the filter."
    key = "escape"

    def run(self, where: "BacklogScreen") -> None:
        """Clear what is on top."""
        where.step_back()


_SHARED = tuple(command for command in ITEM_COMMANDS if command is not EditTitle)
OWN_COMMANDS: tuple[type[AnyCommand], ...] = (
    Filter,
    Peek,
    *_SHARED[:5],
    EditTitleHere,
    Why,
    *_SHARED[5:],
    OpenUnderCursor,
    SortBy,
    GroupBy,
    StepBack,
)
"""The commands of the backlog in the order of its hint bar."""
