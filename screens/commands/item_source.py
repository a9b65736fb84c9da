"""Where an item came from, in the browser."""

from screens.commands.item_command import ItemCommand
from screens.requests import Browse, Copy
from screens.screen import LeadlineScreen
from store.models import Item


class OpenSource(ItemCommand):
    """Opens the address an item came from, once a person has seen all of it."""

    id = "item.source"
    title = "Open where it came from"
    help = "Shows the whole address of the item and asks before your browser gets it; only http, https and mailto."
    key = "ctrl+o"

    def unavailable(self, where: LeadlineScreen) -> str | None:
        """Needs an item with an address."""
        items = where.target_items()
        if items and (items[0].source is None or not items[0].source.url):
            return f"{where.workspace.name_of(items[0])} has no address: only what was imported has one."
        return super().unavailable(where)

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Show the address of the first and ask."""
        from screens.dialogs.address import AddressDialog  # late: few use it
        from screens.wording.address import address_of

        source = items[0].source
        if source is None:
            return
        address = address_of(source.url)
        match await where.ask(AddressDialog(address), is_change=False):
            case "open":
                where.post_message(Browse(address))
            case "copy":
                where.post_message(Copy(address.opened, "the address"))
