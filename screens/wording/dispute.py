"""One conflict of a merge in the words of work: what it is about, who says what, and what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from screens.wording.clean import clean
from screens.wording.field_values import Names, known_label, quoted
from screens.wording.item_facts import RULED
from store.change import Choice, field_words, part_of, record_words, rule_of, value_words
from store.models import TABLES, Conflict, Json, MergeRule, Ruling, Workspace, rules_of
from store.workbench.said import Said
from store.workbench.sides import Whose

SIDES: Final = (Choice.FIRST, Choice.SECOND)
NONE: Final = {"nothing", "nobody"}
"""Words for a value that is not there."""


@dataclass(frozen=True, eq=False)
class Dispute:
    """A conflict and what is known of its sides; texts are as they came, not yet clean.

    Args:
        conflict: the conflict, open or settled.
        workspace: where the record is.
        names: how records and days are told.
        whose: whose the sides are, where that is known.
    """

    conflict: Conflict
    workspace: Workspace
    names: Names
    whose: Whose | None = None

    @property
    def ours(self) -> Choice | None:
        """The side of this clone, where that is known."""
        return None if self.whose is None else self.whose.ours

    @property
    def order(self) -> tuple[Choice, Choice]:
        """The sides as they are shown: our own first where it is known."""
        return (Choice.SECOND, Choice.FIRST) if self.ours is Choice.SECOND else SIDES

    @property
    def record(self) -> str:
        """The record by its id or its title."""
        return record_words(self.workspace, self.conflict.table, self.conflict.record)

    @property
    def id(self) -> str:
        """The id of the record; empty where it has none or is gone."""
        record = self.workspace.get(self.conflict.table, self.conflict.record)
        return "" if record is None or self.conflict.table == "settings" else self.names.of(record)

    @property
    def title(self) -> str:
        """The title of the record, also of one that is gone."""
        if self.conflict.table == "settings":
            return "the settings"
        record = self.workspace.get(self.conflict.table, self.conflict.record)
        if record is not None:
            return str(getattr(record, "title", ""))
        kept = (side for side in (*self.conflict.sides, self.conflict.base) if isinstance(side, Mapping))
        return next((str(side["title"]) for side in kept if side.get("title")), self.record)

    @property
    def subject(self) -> str:
        """The id, where it has one, and the title."""
        return f"{self.id} {self.title}".strip()

    @property
    def field(self) -> str:
        """What the field is called; what the question is where it is the whole record."""
        if not self.conflict.field:
            return "deleted or kept"
        return field_words(self.workspace, self.conflict.table, self.conflict.field)

    @property
    def is_text(self) -> bool:
        """Whether it is about long text."""
        return rule_of(self.conflict.table, self.conflict.field) is MergeRule.LINES

    @property
    def is_list(self) -> bool:
        """Whether it is about a list of lines, such as a checklist."""
        values = [value for value in (self.conflict.base, *self.conflict.sides) if value is not None]
        lists = [value for value in values if isinstance(value, list | tuple)]
        is_one_value = rule_of(self.conflict.table, self.conflict.field) is MergeRule.UNIT
        return (
            is_one_value
            and len(lists) == len(values) > 0
            and all(isinstance(each, str) for one in lists for each in one)
        )

    def value(self, choice: Choice) -> Json:
        """What one side says, or what was there before, as the file holds it."""
        if choice is Choice.BASE:
            return self.conflict.base
        place = SIDES.index(choice)
        return self.conflict.sides[place] if place < len(self.conflict.sides) else None

    def words(self, choice: Choice) -> str:
        """The same in a few words."""
        value = self.value(choice)
        if not self.conflict.field:
            return "deleted" if value is None else "kept"
        if self.conflict.field == "verdict" and isinstance(value, Mapping):
            return ruling_words(value)
        return value_words(self.workspace, self.conflict.table, self.conflict.field, value)

    def stands(self, choice: Choice) -> bool:
        """Whether the record holds this value now."""
        record = self.workspace.get(self.conflict.table, self.conflict.record)
        if not self.conflict.field:
            is_gone = record is None or getattr(record, "archived", None) is not None
            return choice is not Choice.BASE and is_gone == (self.value(choice) is None)
        if record is None:
            return False
        return bool(part_of(self.conflict.table, record.raw(), self.conflict.field) == self.value(choice))

    def owner_of(self, choice: Choice) -> str:
        """Whose side it is, such as `ours` or `main`; what was there before both is `before`."""
        if choice is Choice.BASE:
            return "before"
        if self.ours is not None:
            return "ours" if choice is self.ours else "theirs"
        by = self.author(choice)
        return self.label(choice) or (f"@{by}" if by else "one side" if choice is Choice.FIRST else "other side")

    def label(self, choice: Choice) -> str:
        """What git called the side, such as a branch; empty where it said nothing a person would know it by."""
        place, labels = SIDES.index(choice), self.conflict.labels
        if place >= len(labels) or len(set(labels)) == 1:
            return ""
        return known_label(labels[place])

    def author(self, choice: Choice) -> str:
        """Who wrote the side, as far as its value or the commits say so."""
        value = self.value(choice)
        by = value.get("by") if isinstance(value, Mapping) and self.conflict.field else None
        said = self._said(choice)
        return by if isinstance(by, str) and by else said.by if said is not None else ""

    def day(self, choice: Choice) -> str:
        """When it was written, as far as its value or the commits say so, in words."""
        value, said = self.value(choice), self._said(choice)
        text = None
        if isinstance(value, Mapping) and self.conflict.field:
            text = value.get("since") or value.get("at")
        if text is None and said is not None:
            return self.names.day(said.at)
        try:
            return self.names.day(datetime.fromisoformat(text)) if isinstance(text, str) else ""
        except ValueError:
            return ""

    def _said(self, choice: Choice) -> Said | None:
        return None if self.whose is None else self.whose.said.get(choice)

    @property
    def story(self) -> str:
        """How it came about, in one sentence."""
        if not self.conflict.field:
            return f"{'; '.join(_beginning(self._deed(side), n) for n, side in enumerate(self.order))}."
        if self.is_text:
            first, second = (self._who(side) for side in self.order)
            whens = [f" {_on(day)}" if (day := self.day(side)) else "" for side in self.order]
            return (
                f"{_beginning(first, 0)} changed the {self.field}{whens[0]}; {second} changed the same lines{whens[1]}."
            )
        before = self._before()
        return f"{before}; {'; '.join(self._deed(side) for side in self.order)}."

    def _before(self) -> str:
        if self.conflict.field == "verdict":
            return (
                "There was no verdict" if self.conflict.base is None else f"Triage had said {self.words(Choice.BASE)}"
            )
        words = self.words(Choice.BASE)
        if words in NONE:
            return f"There was no {self.field}"
        return f"It was {words}"

    def _deed(self, side: Choice) -> str:
        when = f" {_on(day)}" if (day := self.day(side)) else ""
        return f"{self._who(side)} {self._did(side)}{when}"

    def _who(self, side: Choice) -> str:
        return f"@{by}" if (by := self.author(side)) else self.label(side) or self._side_words(side)

    def _did(self, side: Choice) -> str:
        value, words = self.value(side), self.words(side)
        field = self.conflict.field
        if not field:
            return "deleted it" if value is None else "changed it"
        if field == "verdict":
            return "took the verdict back" if value is None else f"said {words}"
        if words in NONE:
            return "took it out"
        return f"moved it to {words}" if field == "stage" else f"made it {words}"

    def _side_words(self, side: Choice) -> str:
        if self.ours is not None:
            return "this clone" if side is self.ours else "the other"
        return "one side" if side is self.order[0] else "the other"


def place_of(conflict: Conflict) -> tuple[int, int, int, int]:
    """Where a conflict stands in a list: those about one record together, items first."""
    fields = [*rules_of(conflict.table)]
    field = conflict.field.partition(".")[0]
    tables = ["items", *TABLES, conflict.table]
    table = tables.index(conflict.table)
    return table, conflict.record, fields.index(field) if field in fields else -1, conflict.id


def ruling_words(verdict: Mapping[str, Json]) -> str:
    """What a verdict of the file says, with its reason: `decline “out of scope”`."""
    said = str(verdict.get("is", "?"))
    word = RULED.get(Ruling(said), said) if said in set(Ruling) else said
    reason = verdict.get("reason")
    return f"{word} {quoted(clean(reason))}" if isinstance(reason, str) and reason else word


def _on(day: str) -> str:
    return day if day in {"today", "yesterday", "tomorrow"} else f"on {day}"


def _beginning(words: str, number: int) -> str:
    return f"{words[:1].upper()}{words[1:]}" if number == 0 else words
