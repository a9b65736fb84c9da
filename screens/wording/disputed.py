"""That a merge left two versions of a record's fields, in the same words for items, goals and decisions."""

from typing import Final

from screens.wording import glyphs
from screens.wording.counting import listed
from screens.wording.item_lines import Words
from store.change import field_words
from store.models import Decision, Goal, Item, Workspace

SIGN: Final[Words] = (glyphs.DISPUTED, "warning")
"""What stands in a row in place of the sign of the state."""

WORD: Final[Words] = (f"{glyphs.DISPUTED} disputed", "warning")
"""What stands among the facts of a page."""

_TABLES: Final = {Item: "items", Goal: "goals", Decision: "decisions"}


def is_disputed(record: Item | Goal | Decision, workspace: Workspace) -> bool:
    """Whether a field of it waits to be settled."""
    return (_TABLES[type(record)], record.id) in workspace.disputes


def disputed_fields(record: Item | Goal | Decision, workspace: Workspace) -> tuple[str, ...]:
    """The fields of which a merge left two versions, in words."""
    table = _TABLES[type(record)]
    waiting = workspace.disputes.get((table, record.id), ())
    words = (field_words(workspace, table, each.field) if each.field else "whether it stays" for each in waiting)
    return tuple(dict.fromkeys(words))


def dispute_words(fields: tuple[str, ...], key: str) -> tuple[Words, ...]:
    """What is disputed, and the key where it is settled; nothing where nothing is."""
    return ((listed(fields), "warning"), (f" · {key} settles it", "muted")) if fields else ()
