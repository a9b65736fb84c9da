"""What all commands on items share, and how they ask for a value."""

from collections.abc import Coroutine, Iterable
from typing import Any

from screens.commands.command import Command
from screens.dialogs.picker import Choice, Picker
from screens.screen import LeadlineScreen
from store.models import Item

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


async def picked_person(where: LeadlineScreen, title: str, current: Iterable[str]) -> str | None:
    """A handle picked among those who own something, or typed; empty for nobody, None when the dialog was closed."""
    owns: dict[str, int] = {}
    for item in where.workspace.open_items:
        if item.owner:
            owns[item.owner] = owns.get(item.owner, 0) + 1
    names = [where.office.me, *sorted(owns.keys() - {where.office.me}, key=lambda name: (-owns[name], name))]
    choices = [Choice(name, f"@{name}", _owns(owns.get(name, 0))) for name in names if name]
    choices.append(Choice(NO_VALUE, "nobody"))
    chosen = await picked(where, title, choices, {name or NO_VALUE for name in current}, new="new person")
    for name in chosen:
        return "" if name == NO_VALUE else name.removeprefix("@")
    return None


async def picked(
    where: LeadlineScreen,
    title: str,
    choices: Iterable[Choice],
    current: Iterable[str],
    *,
    new: str = "",
    by_value: bool = False,
) -> tuple[str, ...]:
    """The values picked among choices; nothing when the dialog was closed."""
    return await where.ask(Picker(title, list(choices), current=sorted(current), new=new, by_value=by_value)) or ()


def ids_of(items: Iterable[Item]) -> list[int]:
    """The ids of items, as change builders want them."""
    return [item.id for item in items]


def _owns(count: int) -> str:
    return f"{count} open" if count else ""
