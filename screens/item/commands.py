"""What can be done on the page of an item, besides what can be done to items everywhere."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from screens.commands.command import AnyCommand, Command
from screens.commands.item import ITEM_COMMANDS
from screens.dialogs.picker import Choice, Picker
from screens.item.why import Why
from screens.requests import Open

if TYPE_CHECKING:
    from screens.item.screen import ItemScreen


class Back(Command["ItemScreen"]):
    """Goes back to where the page was opened."""

    id = "item.back"
    title = "Back"
    help = "Goes back to where the page was opened from."
    key = "escape"
    hint = "back"

    def run(self, where: "ItemScreen") -> None:
        """Close the page."""
        where.app.pop_screen()


class NextItem(Command["ItemScreen"]):
    """Turns the page to the next item."""

    id = "item.next"
    title = "Next item"
    help = "The next item of the list the page was opened from."
    key = "right_square_bracket"
    step = 1

    def unavailable(self, where: "ItemScreen") -> str | None:
        """Needs a list below and one more item in it."""
        return None if where.neighbour(self.step) is not None else "There is no further item in the list."

    def run(self, where: "ItemScreen") -> None:
        """Show it."""
        where.turn(self.step)


class PreviousItem(NextItem):
    """Turns the page to the previous item."""

    id = "item.previous"
    title = "Previous item"
    help = "The previous item of the list the page was opened from."
    key = "left_square_bracket"
    step = -1


class Follow(Command["ItemScreen"]):
    """Goes on to what the item is tied to."""

    id = "item.follow"
    title = "Follow a link"
    help = "Opens a goal, a decision or another item that this one is tied to."
    key = "f"
    hint = "follow"

    def unavailable(self, where: "ItemScreen") -> str | None:
        """Needs something to follow."""
        return None if where.links() else "It is tied to nothing yet: no goal, no decision, no other item."

    def run(self, where: "ItemScreen") -> Coroutine[Any, Any, None]:
        """Ask where to."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: "ItemScreen") -> None:
        links = where.links()
        choices = [Choice(name, words, remark) for name, (_, words, remark) in links.items()]
        for name in await where.ask(Picker("Follow", choices), is_change=False) or ():
            where.post_message(Open(links[name][0]))


OWN_COMMANDS: tuple[type[AnyCommand], ...] = (
    Back,
    *ITEM_COMMANDS[:6],
    Why,
    Follow,
    *ITEM_COMMANDS[6:],
    NextItem,
    PreviousItem,
)
"""The commands of the page in the order of its hint bar."""
