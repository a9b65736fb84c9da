"""What can be done to items, from wherever items are shown: the same keys in every list, card and page.

Each acts on `where.target_items()`: the selection, else the item under the cursor.
"""

from screens.commands.command import AnyCommand
from screens.commands.item_command import ItemCommand, ids_of
from screens.commands.item_links import LogDecision, SetGoals, SetTags
from screens.commands.item_source import OpenSource
from screens.commands.item_texts import EditBody, EditOutside, EditTitle
from screens.commands.item_values import SetDue, SetHorizon, SetKind, SetOwner, SetRatings, SetSize, SetStage
from screens.dialogs.line import LineDialog
from screens.requests import Copy, Open
from screens.screen import LeadlineScreen
from store.change import archived, blocked, restored, unblocked
from store.models import Item


class OpenItem(ItemCommand):
    """Opens the item's page."""

    id = "item.open"
    title = "Open the item"
    help = "Everything about the item on one page."
    key = "enter"

    def run(self, where: LeadlineScreen) -> None:
        """Ask for the page."""
        where.post_message(Open(where.target_items()[0]))


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
            where.do(unblocked(where.workspace, ids_of(items), now=now, by=me))
            return
        reason = await where.ask(LineDialog("Blocked by what?", demanded="Say what it waits for."))
        if reason:
            where.do(blocked(where.workspace, ids_of(items), reason, now=now, by=me))


class Archive(ItemCommand):
    """Puts items out of sight."""

    id = "item.archive"
    title = "Archive, or bring back"
    help = "Takes the item out of every list; nothing is removed: is:archived shows it, and A brings it back."
    key = "A"

    def run(self, where: LeadlineScreen) -> None:
        """Archive at once, since it is undoable; what is archived already comes back."""
        items = where.target_items()
        change = restored if all(item.archived for item in items) else archived
        where.do(change(where.workspace, ids_of(items), now=where.office.now(), by=where.office.me))


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
    OpenSource,
    CopyItem,
    Archive,
)
"""The commands for items, in the order of the hint bar; `OpenItem` is left to those screens where enter is free."""
