"""What an empty backlog says: what would be here, and which key puts it here."""

from collections.abc import Callable

from screens.commands.command import AnyCommand
from screens.commands.everywhere import Capture
from store.models import Workspace
from store.query import Query, describe

KeyOf = Callable[[AnyCommand], str]


def empty_words(query: Query, workspace: Workspace, key_of: KeyOf) -> str:
    """The sentence for a list without rows."""
    capture = f"{key_of(Capture())} captures an item"
    if not workspace.items:
        return f"No items yet.\n\n{capture} · leadline import FILE brings a backlog in"
    if query.is_plain:
        return f"Nothing is open.\n\n{capture} · /is:closed shows what is finished"
    return f"{describe(query, workspace)}\n\nesc clears the filter · {capture}"
