"""What the builders of changes share: which records, which of them changed, and how the sentence names them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from store.change.edits import ChangeSet, Edit
from store.errors import NotFoundError, RuleError
from store.models import MAX_TAG, TABLE_OF, Goal, Item, Record, Ruling, Verdict, Workspace

LONGEST_QUOTE = 60


def items_changed(
    workspace: Workspace,
    ids: Iterable[int],
    edit: Callable[[Item], Item],
    words: tuple[str, str],
    now: datetime,
    by: str,
) -> ChangeSet:
    """A change of items, each once; those that `edit` leaves as they are stay out of it.

    Args:
        workspace: where the items are.
        ids: the items.
        edit: the item afterwards.
        words: the sentence, before and after the place where the items are named: one by its id, several by number.
        now: when it is done.
        by: who does it.

    Raises:
        NotFoundError: an id belongs to no item.
        RuleError: a value is not allowed.
    """
    edits: list[Edit] = []
    for number in dict.fromkeys(ids):
        before = workspace.items.get(number)
        if before is None:
            message = "An item that was to be changed is not here any more."
            raise NotFoundError(message, "It was taken out by an undo or another branch.")
        after = edit(before)
        if after is not before and after != before:
            edits.append(Edit(before, after))
    subject = subject_of(workspace, [edit.after for edit in edits if edit.after is not None], "item")
    before_them, after_them = words
    gap = "" if after_them[:1] in {"", ":"} else " "
    return ChangeSet(f"{before_them} {subject}{gap}{after_them}", tuple(edits), now, by)


def subject_of(workspace: Workspace, records: Sequence[Record], noun: str) -> str:
    """`LL-7KQ2` for one record, `12 items` for several."""
    if len(records) == 1:
        table = TABLE_OF[type(records[0])]
        if table == "settings":
            return "the settings"
        if workspace.get(table, records[0].id) is not None:
            return workspace.name_of(records[0])
    return f"{len(records)} {noun}{'' if len(records) == 1 else 's'}"


def goal_of(workspace: Workspace, number: int) -> Goal:
    """The goal with that id.

    Raises:
        NotFoundError: there is none.
    """
    goal = workspace.goals.get(number)
    if goal is None:
        message = "That goal is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    return goal


def original_is_here(workspace: Workspace, verdict: Verdict) -> None:
    """Refuses a verdict that calls an item a duplicate of nothing.

    Raises:
        NotFoundError: the item that it repeats is not in the workspace.
    """
    if verdict.ruling is Ruling.DUPLICATE and verdict.of is not None and verdict.of not in workspace.items:
        message = "The item that it repeats is not here."
        raise NotFoundError(message, "Give the id of an item in this store.")


def quoted(text: str) -> str:
    """A title in quotes, cut where it would make the sentence long."""
    return f"“{text}”" if len(text) <= LONGEST_QUOTE else f"“{text[: LONGEST_QUOTE - 1].rstrip()}…”"


def handle(name: str) -> str:
    """A person's handle as it is stored: without the @."""
    return name.strip().removeprefix("@").strip()


def tag_word(tag: str) -> str:
    """A tag as it is stored: without the #, in one word.

    Raises:
        RuleError: nothing is left of it, or it is too long for a tag.
    """
    word = "-".join(tag.strip().removeprefix("#").split())
    if not word:
        message = "A tag needs at least one letter."
        raise RuleError(message, "Try infra or customer-facing.")
    if len(word) > MAX_TAG:
        message = f"A tag has at most {MAX_TAG} letters; this one has {len(word)}."
        raise RuleError(message, "Try infra or customer-facing.")
    return word
