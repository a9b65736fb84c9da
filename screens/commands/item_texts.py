"""The words of items: title and long text, here or in the person's own editor."""

from screens.commands.item_command import ItemCommand, ids_of
from screens.dialogs.line import LineDialog
from screens.screen import LeadlineScreen
from store.change import body_set, renamed
from store.models import Item


class EditTitle(ItemCommand):
    """Changes the title."""

    id = "item.title"
    title = "Edit the title"
    help = "Changes the title of the item under the cursor."
    key = "e"
    hint = "edit"

    async def ask(self, where: LeadlineScreen, items: tuple[Item, ...]) -> None:
        """Ask for the new title."""
        text = await where.ask(LineDialog("Title", value=items[0].title, demanded="A title is needed.", is_kept=True))
        if text:
            where.do(renamed(where.workspace, ids_of(items[:1]), text, now=where.office.now(), by=where.office.me))


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
            where.do(body_set(where.workspace, ids_of(items[:1]), text, now=where.office.now(), by=where.office.me))


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
        where.do(body_set(where.workspace, ids_of(items[:1]), text, now=where.office.now(), by=where.office.me))
