"""Why an item is done, or not: one key from wherever it is shown."""

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.commands.everywhere import GoSharing
from screens.commands.item_command import ItemCommand
from screens.commands.item_links import LogDecision, SetGoals
from screens.commands.item_texts import EditBody
from screens.dialogs.dialog import Dialog
from screens.screen import LeadlineScreen
from screens.widgets.reader import Reader
from screens.wording.item_facts import Facts, Keys
from screens.wording.item_lines import BLANK, Line, wrapped
from screens.wording.item_page import why_lines
from store.models import Item


class WhyDialog(Dialog[bool]):
    """The chain of reasons in sentences; esc, enter and `w` close it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w,enter", "dismiss(None)", "Close", show=False)]
    DEFAULT_CSS = """
    WhyDialog {
        #dialog { width: 96; height: 80%; }
    }
    """

    def __init__(self, facts: Facts) -> None:
        super().__init__(f"Why {facts.workspace.name_of(facts.item)}", "j k scroll · esc closes")
        self._facts = facts

    def compose_inside(self) -> ComposeResult:
        """The reasons."""
        yield Reader()

    def on_mount(self) -> None:
        """Write them."""
        self.query_one(Reader).show(self._lines)

    def _lines(self, width: int) -> list[Line]:
        facts = self._facts
        head = [*wrapped([(facts.item.title, "strong")], width), *wrapped(facts.state, width), BLANK]
        return [*head, *why_lines(facts, width)]


class Why(ItemCommand):
    """Says why an item stands where it stands."""

    id = "item.why"
    title = "Why?"
    help = "What it serves up to the priority, its score term by term, its verdict and its decisions, in sentences."
    key = "w"
    hint = "why"

    def run(self, where: LeadlineScreen) -> Coroutine[Any, Any, None]:
        """Show the reasons."""
        return self.ask(where, where.target_items())

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Show the reasons of the first."""
        await where.ask(WhyDialog(facts_of(where, items[0])), is_change=False)


def facts_of(where: LeadlineScreen, item: Item) -> Facts:
    """The facts of an item as a screen sees them."""
    office = where.office
    keys = Keys(*(office.key_of(command()) for command in (SetGoals, EditBody, LogDecision, GoSharing)))
    return Facts(item, where.workspace, office.now(), office.scoreboard(where.workspace), keys)
