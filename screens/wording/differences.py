"""What changed between two snapshots as sentences: "LL-7KQ2 Results grid: ready, was inbox; owner @ana"."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from screens.wording.counting import counted
from screens.wording.field_changes import phrase
from screens.wording.field_values import Names, field_word, known_label, quoted, stamp_words, value_words
from store.change import Difference, FieldChange
from store.models import Conflict, Decision, Goal, Item, Record, Session, asked

NOBODY: Final = ""
"""The person of changes of whom nothing says who made them."""

KINDS: Final = {
    "goals": "goal",
    "decisions": "decision",
    "standards": "standard",
    "teams": "team",
    "sessions": "triage session",
    "items": "item",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one person changed about one record, in words; texts in them are as they came, not yet clean.

    Args:
        table: the table of the record.
        record: its id.
        name: how people call it, such as `LL-7KQ2`.
        title: its title.
        phrases: what changed, one field each; `new` and `removed` for the whole record.
        by: who did it; empty where nothing says so.
    """

    table: str
    record: int
    name: str
    title: str
    phrases: tuple[str, ...]
    by: str = NOBODY

    @property
    def subject(self) -> str:
        """The name and the title, cut where it would be long."""
        title = self.title if len(self.title) <= 60 else f"{self.title[:59].rstrip()}…"
        return f"{self.name} {title}".strip()

    @property
    def sentence(self) -> str:
        """All of it: `LL-7KQ2 Results grid: ready, was inbox; owner @ana`."""
        return f"{self.subject}: {'; '.join(self.phrases)}"


@dataclass(frozen=True, slots=True)
class Group:
    """What one person changed, record by record."""

    by: str
    told: tuple[Told, ...]

    @property
    def heading(self) -> str:
        """`ana: 3 records`."""
        return (
            f"{self.by or 'Nobody named'}: {counted(len({(each.table, each.record) for each in self.told}), 'record')}"
        )


def told(
    differences: Iterable[Difference], names: Names, by: str | Callable[[Difference], str] = NOBODY
) -> tuple[Told, ...]:
    """Each difference in words, split by who made it.

    Args:
        differences: what changed.
        names: what records are called; with the later snapshot first, so that titles are those of now.
        by: who made what carries no stamp of its own, such as the author of the commit; or what says it of each.
    """
    return tuple(
        each
        for difference in _asked(differences)
        for each in _told(difference, names, by if isinstance(by, str) else by(difference))
    )


def grouped(sentences: Iterable[Told]) -> tuple[Group, ...]:
    """The same by person, those who changed most first, and last what nobody is named for."""
    people: dict[str, list[Told]] = {}
    for each in sentences:
        people.setdefault(each.by, []).append(each)
    order = sorted(people.items(), key=lambda entry: (entry[0] == NOBODY, -len(entry[1]), entry[0]))
    return tuple(Group(person, tuple(each)) for person, each in order)


def summary(differences: Sequence[Difference]) -> str:
    """How much changed in a line: `2 items new, 3 changed; 1 goal changed`."""
    parts = []
    differences = _asked(differences)
    for table, kind in (*KINDS.items(), ("settings", "settings"), ("conflicts", "conflict")):
        there = [each for each in differences if each.table == table]
        if not there:
            continue
        counts = (
            ("new", sum(each.is_added for each in there)),
            ("changed", sum(bool(each.fields) for each in there)),
            ("removed", sum(each.is_removed for each in there)),
        )
        words = [f"{count:,} {word}" for word, count in counts if count]
        first, *rest = words
        number, _, word = first.partition(" ")
        noun = "settings" if table == "settings" else counted(int(number.replace(",", "")), kind)
        parts.append(", ".join((f"{noun} {word}", *rest)))
    return "; ".join(parts)


def _asked(differences: Iterable[Difference]) -> list[Difference]:
    """Without the conflicts that go along with another one."""
    everything = list(differences)
    conflicts = [each.record for each in everything if isinstance(each.record, Conflict)]
    questions = {conflict.id for conflict in asked(conflicts)}
    return [each for each in everything if each.table != "conflicts" or each.record.id in questions]


def _told(difference: Difference, names: Names, by: str) -> Iterator[Told]:
    record = difference.record
    whole = Told(difference.table, record.id, _name(record, difference.table, names), title_of(record, names), ())
    if difference.is_added or difference.is_removed:
        phrases = ("new", *_beginning(record, names)) if difference.is_added else ("removed",)
        yield replace(whole, phrases=phrases, by=difference.by or by)
        return
    fields = _worth_telling(difference.fields)
    authors = {change.by for change in fields if change.by}
    # A change without a stamp of its own was most likely made by whoever else touched the record in this span.
    others = by or (authors.pop() if len(authors) == 1 else NOBODY)
    people: dict[str, list[str]] = {}
    for change in fields:
        people.setdefault(change.by or others, []).append(phrase(difference.table, change, names))
    for person, phrases_of in people.items():
        yield replace(whole, phrases=tuple(phrases_of), by=person)


def _worth_telling(fields: Sequence[FieldChange]) -> list[FieldChange]:
    """Without the moves before, where the stage tells them."""
    is_moved = any(change.name == "stage" for change in fields)
    return [change for change in fields if not (is_moved and change.name == "past_moves")]


def _name(record: Record, table: str, names: Names) -> str:
    return "" if table in {"settings", "conflicts"} else names.of(record)


def title_of(record: Record, names: Names) -> str:
    """What a record is about, in a few words."""
    if isinstance(record, Conflict):
        return conflict_title(record, names)
    if isinstance(record, Session):
        return f"triage session, {stamp_words(record.started, names)}"
    return str(getattr(record, "title", "settings of the store"))


def conflict_title(conflict: Conflict, names: Names) -> str:
    """`conflict about the owner of LL-7KQ2`."""
    name = names.record(conflict.table, conflict.record)
    return f"conflict about {f'the {field_word(conflict.field)} of ' if conflict.field else ''}{name}"


def _beginning(record: Record, names: Names) -> Iterator[str]:
    """What a new record starts with, as far as it helps to know it again."""
    match record:
        case Item():
            owner = (f"owner @{record.owner}",) if record.owner else ()
            serves = (f"serves {names.record('goals', link.goal)}" for link in record.goals)
            return iter((f"in {record.stage.stage}", *owner, *serves))
        case Goal():
            below = () if record.parent is None else (f"below {names.record('goals', record.parent)}",)
            return iter((*below, record.status.value))
        case Decision():
            return iter((record.status.status.value, *((f"chosen {quoted(record.chosen)}",) if record.chosen else ())))
        case Session():
            return iter((counted(len(record.verdicts), "verdict"),))
        case Conflict():
            return _sides(record, names)
    return iter(())


def _sides(conflict: Conflict, names: Names) -> Iterator[str]:
    if conflict.settled is not None:
        yield f"settled {stamp_words(conflict.settled, names)}"
    sides = []
    for number, side in enumerate(conflict.sides):
        label = known_label(conflict.labels[number]) if number < len(conflict.labels) else ""
        by = f"@{side['by']}" if isinstance(side, Mapping) and side.get("by") and conflict.field else label
        words = value_words(conflict.field, side, names) or "nothing"
        sides.append(f"{words} ({by})" if by else words)
    yield " or ".join(sides)
