"""What came in from the file while somebody worked, in a sentence or two. Texts are as they came, not yet clean."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from screens.wording.counting import counted
from screens.wording.differences import summary, told
from screens.wording.field_values import Names, field_word, value_words
from store.change import Difference
from store.models import Item, Workspace
from store.workbench import Arrival, BroughtBack, Overtaken

MOST_NAMED: Final = 2
"""So many items that came to an end are named."""


def came_in(arrival: Arrival, today: date) -> str:
    """What came in, such as `3 items changed, 1 new, LL-7KQ2 is done; 1 conflict to settle, g s`.

    Empty where nothing came in that a person would see.
    """
    differences = [each for each in arrival.differences() if each.table not in {"sessions", "conflicts"}]
    sentences = list(_what(arrival.after, differences, today))
    disputes = counted(len(arrival.disputes), "conflict") if arrival.disputes else ""
    if sentences:
        words = f"Came in from the file: {', '.join(sentences)}"
        parts = [f"{words}; {disputes} to settle, g s." if disputes else f"{words}."]
    else:
        parts = [f"The file brought {disputes} to settle, g s."] if disputes else []
    if arrival.lacking:
        edits = counted(len(arrival.lacking), "of your edits is", "of your edits are")
        parts.append(f"{edits} not in it any more; leadline recover shows them.")
    if arrival.refused:
        edits = counted(len(arrival.refused), "record")
        parts.append(
            f"Your edits of {edits} are left out: not readable, or gone, in the new file; leadline recover has them."
        )
    return " ".join(parts)


def is_troubling(arrival: Arrival) -> bool:
    """Whether a person has something to do about it."""
    return bool(arrival.disputes or arrival.lacking or arrival.refused)


def brought_back(brought: BroughtBack) -> str:
    """`Brought back 3 changes that had not reached the file: “Moved LL-7KQ2 to doing” and 2 more.`; may be empty."""
    parts: list[str] = []
    if brought.steps:
        first, *more = brought.steps
        others = f" and {len(more)} more" if more else ""
        changes = counted(len(brought.steps), "change")
        parts.append(f"Brought back {changes} that had not reached the file: “{first.change.sentence}”{others}.")
    if brought.refused:
        records = counted(len(brought.refused), "record")
        parts.append(f"Left out: {records} not readable, or gone, in the file; leadline recover has what was done.")
    if brought.is_damaged:
        parts.append("A part of the journal was damaged and is kept aside.")
    return " ".join(parts)


def overtaken_lines(overtaken: Iterable[Overtaken], names: Names) -> Iterator[str]:
    """What was changed since a person looked, one field a line."""
    for each in overtaken:
        name = names.of(each.record)
        if not each.field:
            present = "is gone" if each.present is None else "was changed"
            yield f"{name} {present} meanwhile."
            continue
        seen, present, wanted = (
            value_words(each.field, value, names) or "nothing" for value in (each.seen, each.present, each.wanted)
        )
        yield f"The {field_word(each.field)} of {name} is {present} now, was {seen}; you want {wanted}."


def _what(after: Workspace, differences: Sequence[Difference], today: date) -> Iterator[str]:
    if not differences:
        return
    if len(differences) == 1 and not differences[0].is_added:
        [said, *_] = told(differences, Names(after, today=today))
        yield said.sentence
        return
    yield summary(differences).replace("; ", ", ")
    ended = [each.record for each in differences if _has_ended(after, each)]
    for record in ended[:MOST_NAMED]:
        if isinstance(record, Item):
            yield f"{after.name_of(record)} is {record.stage.stage}"


def _has_ended(after: Workspace, difference: Difference) -> bool:
    was, now = difference.before, difference.after
    return (
        isinstance(was, Item)
        and isinstance(now, Item)
        and was.stage.stage != now.stage.stage
        and not after.kind_of(now).is_open
    )
