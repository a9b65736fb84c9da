"""A conflict laid out: how it came about, then what was there before and both sides, beside each other or in turn."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len

from screens.wording import glyphs
from screens.wording.differences import Told
from screens.wording.dispute import Dispute, ruling_words
from screens.wording.field_values import field_word, value_words
from screens.wording.item_lines import BLANK, Line, Words, wrapped
from screens.wording.text_difference import difference_lines
from store.change import Choice, lines_of
from store.models import Json, going_along, rules_of

ABREAST: Final = 88
"""Cells from which the sides stand beside each other."""
COMFORT: Final = 60
"""Cells from which lines are left blank."""
GAP: Final = 3
LABEL: Final = 26
"""Cells for the name of a side in front of what it says, with the blank behind."""
NARROW_LABEL: Final = 21
"""The same in a small window."""
KEYS: Final[Mapping[Choice, str]] = {Choice.BASE: "0", Choice.BOTH: "3"}
"""The keys that do not depend on the order of the sides."""


def dispute_lines(dispute: Dispute, width: int, keys: Mapping[Choice, str] = KEYS) -> list[Line]:
    """Everything about one conflict, in lines of at most `width` cells.

    Args:
        dispute: the conflict.
        width: the cells there are.
        keys: the key that takes each choice.
    """
    # A small window has no line to spare.
    gap = [BLANK] if width >= COMFORT else []
    lines = [*wrapped([(dispute.story, "")], width), *gap]
    choices = dispute.order if dispute.is_text else (Choice.BASE, *dispute.order)
    if width >= ABREAST:
        each = (width - GAP * (len(choices) - 1)) // len(choices)
        columns = [[*_heading(dispute, choice, keys, each), *_says(dispute, choice, each)] for choice in choices]
        lines += abreast(columns, each)
    elif dispute.is_text:
        for choice in choices:
            lines += [*_heading(dispute, choice, keys, width), *_says(dispute, choice, width)]
    else:
        for choice in choices:
            lines += _in_turn(dispute, choice, keys, width)
    return [*lines, *gap, *wrapped(_rest(dispute, keys), width)]


def told_lines(told: Told, width: int) -> list[Line]:
    """A changed record: what changed, a line each."""
    lines: list[Line] = []
    for words in told.phrases:
        lines += wrapped([("· ", "muted"), (words, "")], width, hang=2)
    return lines


def abreast(columns: Sequence[Sequence[Line]], width: int) -> list[Line]:
    """Columns of lines beside each other, each `width` cells wide."""
    rows: list[Line] = []
    for row in zip_longest(*columns, fillvalue=BLANK):
        line: list[Words] = []
        for number, cell in enumerate(row):
            line += cell
            if number < len(row) - 1:
                line.append((" " * (width - sum(cell_len(text) for text, _ in cell) + GAP), ""))
        rows.append(tuple(line))
    return rows


def _heading(dispute: Dispute, choice: Choice, keys: Mapping[Choice, str], width: int) -> list[Line]:
    return wrapped(_name(dispute, choice, keys), width)


def _name(dispute: Dispute, choice: Choice, keys: Mapping[Choice, str]) -> list[Words]:
    """Key, whose it is, what git called it, and whether the record holds it now."""
    whose = dispute.owner_of(choice)
    label = dispute.label(choice) if choice is not Choice.BASE else ""
    words: list[Words] = [(f"{keys.get(choice, '')} ", "accent"), (whose, "strong")]
    if label and label != whose:
        words.append((f", {label}", "muted"))
    if dispute.stands(choice):
        words.append((" · stands now", "muted"))
    return words


def _in_turn(dispute: Dispute, choice: Choice, keys: Mapping[Choice, str], width: int) -> list[Line]:
    """The name of a side in front, what it says behind it."""
    label = min(LABEL, max(NARROW_LABEL, width // 3), width // 2)
    names = wrapped(_name(dispute, choice, keys), label - 2, hang=2)
    rows = _together(_says(dispute, choice, max(8, width - label)), width - label)
    return [
        (*name, (" " * (label - sum(cell_len(text) for text, _ in name)), ""), *row)
        for name, row in zip_longest(names, rows, fillvalue=BLANK)
    ]


def _together(rows: list[Line], room: int) -> list[Line]:
    """A value and its stamp in one line, where both fit."""
    if len(rows) != 2:
        return rows
    joined = (*rows[0], (" · ", "muted"), *rows[1])
    return [joined] if sum(cell_len(text) for text, _ in joined) <= room else rows


def _says(dispute: Dispute, choice: Choice, width: int) -> list[Line]:
    """What a side says, in as many lines as it needs."""
    value, field = dispute.value(choice), dispute.conflict.field
    if not field:
        return _whole(dispute, value, width)
    if dispute.is_text:
        return difference_lines(lines_of(dispute.conflict.base), lines_of(value), width)
    if field == "stage" and isinstance(value, Mapping):
        kind = dispute.workspace.settings.kind_of(str(value.get("is")))
        sign, tone = (glyphs.STAGE[kind], glyphs.STAGE_TONE[kind]) if kind else ("·", "muted")
        return [
            *wrapped([(f"{sign} ", tone), (dispute.words(choice), "strong")], width),
            *_stamp(dispute, choice, width),
        ]
    if field == "verdict" and isinstance(value, Mapping):
        return [*_verdict(dispute, value, width), *_stamp(dispute, choice, width)]
    if isinstance(value, list | tuple):
        return [line for part in _members(dispute, value) for line in wrapped([(part, "strong")], width, hang=2)]
    words = dispute.words(choice)
    return [*wrapped([(words, "muted" if value is None else "strong")], width), *_stamp(dispute, choice, width)]


def _verdict(dispute: Dispute, value: Mapping[str, Json], width: int) -> list[Line]:
    head, _, _ = ruling_words(value).partition(" “")
    lines = wrapped([(head, "strong")], width)
    if reason := value.get("reason"):
        lines += wrapped([(f"“{reason}”", "")], width)
    if until := value.get("until"):
        lines += wrapped([(f"not before {until}", "")], width)
    if of := value.get("of"):
        lines += wrapped([(f"of {dispute.names.record('items', int(of))}", "")], width)
    return lines


def _stamp(dispute: Dispute, choice: Choice, width: int) -> list[Line]:
    day, by = dispute.day(choice), dispute.author(choice)
    words = " ".join(filter(None, (day, f"by @{by}" if by else "")))
    return wrapped([(words, "muted")], width) if words else []


def _members(dispute: Dispute, value: Sequence[Json]) -> list[str]:
    names, field = dispute.names, dispute.conflict.field
    if not value:
        return ["nothing"]
    return [
        str(part.get("title") or part.get("name") or part)
        if isinstance(part, Mapping)
        else value_words(field, part, names)
        for part in value
    ]


def _whole(dispute: Dispute, value: Json, width: int) -> list[Line]:
    """A record that one side deleted: of what is left, the fields that the other side changed."""
    if value is None:
        return wrapped([("deleted", "warning")], width)
    if not isinstance(value, Mapping):
        return wrapped([(str(value), "")], width)
    sides = [side for side in dispute.conflict.sides if isinstance(side, Mapping)]
    base = dispute.conflict.base if isinstance(dispute.conflict.base, Mapping) else {}
    names = [*rules_of(dispute.conflict.table), *sorted(set(value) - set(rules_of(dispute.conflict.table)))]
    changed = [name for name in names if any(side.get(name) != base.get(name) for side in sides)]
    lines: list[Line] = []
    for name in changed:
        words = value_words(name, value.get(name), dispute.names) or "nothing"
        lines += wrapped([(f"{field_word(name)} ", "muted"), (words, "")], width, hang=2)
    return lines or wrapped([("as it was", "muted")], width)


def _rest(dispute: Dispute, keys: Mapping[Choice, str]) -> Iterable[Words]:
    """What happens until somebody settles it, or that somebody did."""
    settled = dispute.conflict.settled
    if settled is not None:
        by = f" by @{settled.by}" if settled.by else ""
        yield f"Settled {dispute.names.day(settled.at)}{by}. Any of these can be taken instead.", "muted"
        return
    if dispute.is_text:
        yield f"{keys[Choice.BOTH]} ", "accent"
        yield "keeps both texts   ", "muted"
        yield f"{keys[Choice.BASE]} ", "accent"
        yield "goes back to what was there before   ", "muted"
    along = going_along(dispute.conflict, dispute.workspace.conflicts.values())
    if along:
        fields = " and ".join(sorted({field_word(each.field) for each in along}, reverse=True))
        yield f"The {fields} {'goes' if len(along) == 1 else 'go'} with the verdict.", "muted"
