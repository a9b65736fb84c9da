"""The whole store in memory, as one frozen snapshot."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, cast

from store.errors import NotFoundError
from store.models.carrying import recounted, reopened
from store.models.decision import Decision
from store.models.goal import Goal
from store.models.ids import SHORTEST, ShortIds
from store.models.item import Item
from store.models.practice import Conflict, Session, Standard, Team
from store.models.questions import asked
from store.models.record import Record
from store.models.settings import SETTINGS_ID, Settings, StageKind
from store.models.shelf import depending, glances, renamed, replaced

TABLES: Final[Mapping[str, type[Record]]] = MappingProxyType({
    "settings": Settings,
    "conflicts": Conflict,
    "goals": Goal,
    "decisions": Decision,
    "standards": Standard,
    "teams": Team,
    "sessions": Session,
    "items": Item,
})
"""Every table of records and what is in it, in the order of the file."""

TABLE_OF: Final[Mapping[type[Record], str]] = MappingProxyType({model: table for table, model in TABLES.items()})

LETTERS: Final[Mapping[str, str]] = MappingProxyType({
    "goals": "G",
    "decisions": "D",
    "standards": "S",
    "teams": "T",
    "sessions": "M",
    "conflicts": "C",
})
"""The letter in front of an id, by table; items take the prefix of the settings."""


@dataclass(frozen=True, eq=False)
class Workspace:
    """Everything the store holds at one moment. Two workspaces are equal only if they are the same object.

    Derived values are computed at first use and kept with the snapshot.
    """

    settings: Settings = field(default_factory=Settings)
    items: Mapping[int, Item] = field(default_factory=dict)
    goals: Mapping[int, Goal] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    standards: Mapping[int, Standard] = field(default_factory=dict)
    teams: Mapping[int, Team] = field(default_factory=dict)
    sessions: Mapping[int, Session] = field(default_factory=dict)
    conflicts: Mapping[int, Conflict] = field(default_factory=dict)
    _indexes: dict[str, ShortIds] = field(default_factory=dict, repr=False)
    _renamed: dict[str, Mapping[int, Record]] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> Mapping[int, Record]:
        """The records of one table by id; none of a table that only a newer version knows."""
        if name == "settings":
            return {SETTINGS_ID: self.settings}
        # The name may come from a file.
        records: Mapping[int, Record] = getattr(self, name) if name in TABLES else {}
        return records

    def get(self, table: str, number: int) -> Record | None:
        """One record, or None where there is none."""
        return self.table(table).get(number)

    def known(self, table: str, number: int) -> Record | None:
        """One record by its present id or by one that it had before a merge gave it another; None where there is none.

        For what people read. What changes a record needs `get`: a former id may be given to another record again.
        """
        return self.get(table, number) or self._former(table).get(number)

    def with_records(self, changes: Mapping[str, Mapping[int, Record | None]]) -> "Workspace":
        """The next snapshot: records by table and id replaced, added, or (None) taken out."""
        tables: dict[str, Any] = {}
        for name, records in changes.items():
            if name == "settings":
                tables[name] = records[SETTINGS_ID] or Settings()
                continue
            tables[name] = replaced(self.table(name), records)
        # Ids seldom change: an index is handed on while the set of ids is the same.
        indexes = {
            name: index
            for name, index in self._indexes.items()
            if all(
                record is not None and number in self.table(name) for number, record in changes.get(name, {}).items()
            )
        }
        unchanged = {name: former for name, former in self._renamed.items() if name not in changes}
        after = replace(self, _indexes=indexes, _renamed=unchanged, **tables)
        after.__dict__.update(self._carried(changes))
        return after

    def _carried(self, changes: Mapping[str, Mapping[int, Record | None]]) -> dict[str, Any]:
        """What is worked out here and can be had for the next snapshot by looking at what changed."""
        known = self.__dict__
        items = cast("Mapping[int, Item | None]", changes.get("items", {}))
        carried: dict[str, Any] = {}
        if "disputes" in known and "conflicts" not in changes:
            carried["disputes"] = self.disputes
        if "questions" in known and "conflicts" not in changes:
            carried["questions"] = self.questions
        if "stage_counts" in known:
            carried["stage_counts"] = recounted(self.stage_counts, self.items, items)
        if "open_items" in known and "settings" not in changes:
            after = reopened(self.open_items, self.items, items, self.is_open)
            if after is not None:
                carried["open_items"] = after
        return carried

    def _index(self, table: str) -> ShortIds:
        index = self._indexes.get(table)
        if index is None:
            index = self._indexes[table] = ShortIds(self.table(table))
        return index

    def name_of(self, record: Record) -> str:
        """The id as people say it, such as LL-7KQ2."""
        table = TABLE_OF[type(record)]
        return f"{LETTERS.get(table, self.settings.prefix)}-{self._index(table).short(record.id)}"

    def find(self, text: str, tables: Iterable[str] = ("items", "goals", "decisions")) -> Record:
        """The record a person means by an id: with or without its letters, at least three characters of the suffix.

        Raises:
            NotFoundError: nothing or several records answer to it.
        """
        prefix, _, suffix = text.strip().upper().rpartition("-")
        candidates = [
            table for table in tables if not prefix or prefix == LETTERS.get(table, self.settings.prefix).upper()
        ]
        if not candidates:
            message = f"No kind of record is called {prefix}-."
            raise NotFoundError(message, f"Items start with {self.settings.prefix}-, goals with G-, decisions with D-.")
        problem: NotFoundError | None = None
        found: list[Record] = []
        for table in candidates:
            try:
                found.append(self._found(table, suffix))
            except NotFoundError as error:
                problem = error if problem is None else problem
        if len(found) > 1:
            shown = ", ".join(self.name_of(record) for record in found)
            message = f"“{text}” could be {shown}."
            raise NotFoundError(message, "Give the letters in front as well.")
        if not found:
            raise problem or NotFoundError(f"“{text}” is not an id.", "An id looks like LL-7KQ2.")
        return found[0]

    def _found(self, table: str, suffix: str) -> Record:
        """The record whose id ends with these letters, or whose former id does where no present one answers.

        Raises:
            NotFoundError: nothing or several records answer to it.
        """
        try:
            return self.table(table)[self._index(table).find(suffix)]
        except NotFoundError:
            # Fewer letters fit too many ids for one that nobody sees.
            former = self._former(table) if len(suffix) >= SHORTEST else {}
            with suppress(NotFoundError):
                return former[ShortIds(former).find(suffix)]
            raise

    def _former(self, table: str) -> Mapping[int, Record]:
        """The records of a table that had another id before, by that id."""
        former = self._renamed.get(table)
        if former is None:
            records: Iterable[Record] = renamed(self.table(table))
            former = {alias: record for record in records for alias in getattr(record, "aliases", ())}
            self._renamed[table] = former
        return former

    def kind_of(self, item: Item) -> StageKind:
        """What the stage of an item means; an unknown stage counts as inbox, so that nothing gets out of sight."""
        return self.settings.kind_of(item.stage.stage) or StageKind.INBOX

    def is_open(self, item: Item) -> bool:
        """Whether an item is neither finished, dropped nor archived."""
        return item.archived is None and self.kind_of(item).is_open

    @cached_property
    def open_items(self) -> tuple[Item, ...]:
        """Items neither finished, dropped nor archived."""
        closed = {stage.name for stage in self.settings.stages if not stage.kind.is_open}
        items = self.items
        return tuple(
            items[number] for number, stage, is_archived in glances(items) if not is_archived and stage not in closed
        )

    @cached_property
    def depending_items(self) -> tuple[Item, ...]:
        """Open items that depend on others."""
        if "open_items" in self.__dict__:
            return tuple(item for item in self.open_items if item.depends_on)
        found = (self.items[number] for number in depending(self.items))
        return tuple(filter(self.is_open, found))

    @cached_property
    def stage_counts(self) -> Mapping[str, int]:
        """How many items stand in each stage, archived ones left out."""
        return Counter(stage for _, stage, is_archived in glances(self.items) if not is_archived)

    @cached_property
    def items_by_goal(self) -> Mapping[int, tuple[Item, ...]]:
        """The items that serve each goal directly, archived ones left out."""
        serving: dict[int, list[Item]] = {}
        for item in self.items.values():
            if item.goals and item.archived is None:
                for link in item.goals:
                    serving.setdefault(link.goal, []).append(item)
        return {goal: tuple(items) for goal, items in serving.items()}

    @cached_property
    def disputes(self) -> Mapping[tuple[str, int], tuple[Conflict, ...]]:
        """The conflicts that wait to be settled, by the table and the id of the record they are about."""
        waiting: dict[tuple[str, int], list[Conflict]] = {}
        for conflict in self.conflicts.values():
            if conflict.settled is None:
                waiting.setdefault((conflict.table, conflict.record), []).append(conflict)
        return {about: tuple(conflicts) for about, conflicts in waiting.items()}

    @cached_property
    def questions(self) -> tuple[Conflict, ...]:
        """The open conflicts that a person has to be asked about; the others go along with one of them."""
        return tuple(asked(conflict for conflicts in self.disputes.values() for conflict in conflicts))

    @cached_property
    def superseded_by(self) -> Mapping[int, tuple[int, ...]]:
        """For each decision, the decisions that name it in `supersedes` and are or once were in force."""
        newer = {
            old: tuple(number for number in news if self.decisions[number].status.status.was_in_force)
            for old, news in self.named_as_older.items()
        }
        return {old: news for old, news in newer.items() if news}

    @cached_property
    def named_as_older(self) -> Mapping[int, tuple[int, ...]]:
        """For each decision, the decisions that name it in `supersedes`, whatever their own status."""
        newer: dict[int, list[int]] = {}
        for decision in self.decisions.values():
            for link in decision.supersedes:
                newer.setdefault(link.decision, []).append(decision.id)
        return {old: tuple(news) for old, news in newer.items()}
