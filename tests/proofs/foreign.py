"""Merges as they are made by anybody but leadline, right ones and wrong ones, and an oracle that tells them apart."""

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from store.disk.merging.merging import merge_texts
from store.models import (
    Decision,
    DecisionRuled,
    DecisionStatus,
    Goal,
    Horizon,
    Item,
    Record,
    Ruling,
    Serves,
    Stamp,
    Standing,
    Verdict,
)
from tests.store.benches import START
from tests.store.disk.stores import text_of

Tables = dict[str, dict[str, dict[str, Any]]]
STAGES = ("inbox", "ready", "doing", "review", "done")
PEOPLE = ("ana", "bo", "cleo", "dan")
TEXTS = {"body"}
SETS = {"tags", "depends_on", "items"}
LOGS = {"past_moves"}
LINKS = {"goals": "goal"}
"""The fields of items that are lists of links, and what a link is known by."""


@dataclass(frozen=True)
class Case:
    """Three versions, and what somebody made of them."""

    base: bytes
    ours: bytes
    theirs: bytes
    result: bytes
    kind: str


class Side:
    """One line of work: records, and edits of them.

    A long text is written by one side only, which `writers` names, or its first line by both and the rest by none.
    """

    def __init__(
        self, random: Random, by: str, records: Mapping[str, Mapping[int, Record]], writers: dict[int, str]
    ) -> None:
        self.random = random
        self.by = by
        self.writers = writers
        self.tables = {table: dict(there) for table, there in records.items()}
        self.now = START + timedelta(days=random.randint(1, 9), minutes=random.randint(0, 999))

    def edit(self) -> None:
        """One edit of the kinds that people make."""
        kinds = (
            self.move,
            self.scalar,
            self.rate,
            self.tag,
            self.link,
            self.capture,
            self.judge,
            self.goal,
            self.decide,
        )
        number = self.random.choice(list(self.tables["items"]))
        kind = self.random.choice((*kinds, self.scalar, self.move))
        if self.random.random() < 0.15 and self.writers.setdefault(number, self.by) == self.by:
            self.write(number)
        else:
            kind(number)

    @property
    def text(self) -> bytes:
        return text_of({
            table: sorted(there.values(), key=lambda record: record.id) for table, there in self.tables.items()
        })

    def _item(self, number: int) -> Item:
        item = self.tables["items"][number]
        assert isinstance(item, Item)
        return item

    def _with(self, number: int, **fields: object) -> None:
        self.tables["items"][number] = self._item(number).with_(**fields)

    def move(self, number: int) -> None:
        self.now += timedelta(minutes=7)
        self.tables["items"][number] = self._item(number).moved(self.random.choice(STAGES), self.now, self.by)

    def scalar(self, number: int) -> None:
        choices: tuple[dict[str, object], ...] = (
            {"owner": self.random.choice(("", *PEOPLE))},
            {"title": f"Title {self.random.randint(0, 999)}"},
            {"size": self.random.choice((None, 1, 2, 3, 5, 8))},
            {"horizon": self.random.choice((None, *Horizon))},
            {"archived": self.random.choice((None, Stamp(at=self.now, by=self.by)))},
        )
        self._with(number, **self.random.choice(choices))

    def rate(self, number: int) -> None:
        ratings = {
            **self._item(number).ratings,
            self.random.choice(("urgency", "confidence")): self.random.randint(1, 5),
        }
        self._with(number, ratings=ratings)

    def tag(self, number: int) -> None:
        self._with(number, tags=self._item(number).tags ^ {self.random.choice("abcdefgh")})

    def link(self, number: int) -> None:
        goal = self.random.choice(list(self.tables["goals"]))
        links = [each for each in self._item(number).goals if each.goal != goal]
        strength = self.random.randint(0, 3)
        self._with(number, goals=(*links, *([Serves(goal=goal, strength=strength)] if strength else [])))

    def capture(self, _number: int) -> None:
        new = self.random.getrandbits(44) | 1 << 44
        self.tables["items"][new] = Item(
            id=new,
            title=f"New {self.random.randint(0, 999)}",
            created=Stamp(at=self.now, by=self.by),
            stage=Standing(stage="inbox", since=self.now, by=self.by),
        )

    def judge(self, number: int) -> None:
        ruling = self.random.choice((Ruling.NOW, Ruling.NEXT, Ruling.DECLINE))
        self._with(
            number, verdict=Verdict(ruling=ruling, reason=f"r{self.random.randint(0, 99)}", at=self.now, by=self.by)
        )

    def goal(self, _number: int) -> None:
        number = self.random.choice(list(self.tables["goals"]))
        self.tables["goals"][number] = self.tables["goals"][number].with_(weight=self.random.randint(2, 99))

    def decide(self, _number: int) -> None:
        number = self.random.choice(list(self.tables["decisions"]))
        status = DecisionRuled(status=self.random.choice(list(DecisionStatus)), since=self.now, by=self.by)
        self.tables["decisions"][number] = self.tables["decisions"][number].with_(status=status)

    def write(self, number: int) -> None:
        lines = self._item(number).body.split("\n")
        lines.insert(self.random.randint(0, len(lines)), f"line {self.random.randint(0, 9999)} by {self.by}")
        self._with(number, body="\n".join(lines))

    def rewrite(self, number: int) -> None:
        _, *others = self._item(number).body.split("\n")
        self._with(number, body="\n".join((f"first {self.random.randint(0, 9999)} by {self.by}", *others)))

    def remove(self) -> None:
        del self.tables["items"][self.random.choice(list(self.tables["items"]))]


def start(random: Random) -> dict[str, dict[int, Record]]:
    """A store before two leads went their ways."""
    ids = iter(sorted({random.getrandbits(44) | 1 << 44 for _ in range(60)}))
    made = Stamp(at=START, by="ana")
    goals = {
        number: Goal(id=number, title=f"Goal {number % 97}", created=made) for number in (next(ids) for _ in range(4))
    }
    ruled = DecisionRuled(since=START, by="ana")
    decisions = {
        number: Decision(id=number, title=f"Question {number % 97}", created=made, status=ruled)
        for number in (next(ids) for _ in range(5))
    }
    items = {
        number: Item(
            id=number,
            title=f"Item {number % 997}",
            created=made,
            stage=Standing(stage="inbox", since=START, by="ana"),
            tags=frozenset(random.sample("abcdefgh", 3)),
            size=random.choice((None, 2, 3)),
            body="\n".join(f"line {each}" for each in range(random.randint(1, 6))),
        )
        for number in (next(ids) for _ in range(random.choice((6, 15, 30))))
    }
    return {"goals": dict(goals), "decisions": dict(decisions), "items": dict(items)}


def cases(random: Random, folder: Path) -> Iterator[Case]:
    """Merges without an end: two leads, some edits, and somebody who brings them together in some way."""
    while True:
        records = start(random)
        both = [number for number in records["items"] if random.random() < 0.05]
        writers = dict.fromkeys(both, "both")
        sides = Side(random, "ana", records, writers), Side(random, "bo", records, writers)
        for side in sides:
            for number in both:
                side.rewrite(number)
            for _ in range(random.choice((1, 3, 8, 15))):
                side.edit()
            if random.random() < 0.1:
                side.remove()
        base = Side(random, "", records, writers).text
        ours, theirs = (side.text for side in sides)
        if base not in (ours, theirs) and ours != theirs:
            kind, result = random.choice(MAKERS)(random, folder, base, ours, theirs)
            yield Case(base, ours, theirs, result, kind)


Made = tuple[str, bytes]


def _leadline(_random: Random, _folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Made:
    return "merge of records", merge_texts(base, ours, theirs, "x").text


def _by_hand(random: Random, _folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Made:
    """What a person makes who settles each conflict in an editor: one side or the other, and no record of it.

    Of a text that both wrote they may also make a third one.
    """
    merged = merge_texts(base, ours, theirs, "x")
    tables, own, other = (json.loads(text) for text in (merged.text, ours, theirs))
    for conflict in merged.conflicts:
        del tables["conflicts"][str(conflict.id)]
        if conflict.field and "." not in conflict.field:
            chosen = random.choice((own, other))[conflict.table][str(conflict.record)]
            there = tables[conflict.table][str(conflict.record)]
            there.pop(conflict.field, None)
            there |= {conflict.field: chosen[conflict.field]} if conflict.field in chosen else {}
            if conflict.field in TEXTS and random.random() < 0.5:
                there[conflict.field] = ["What both meant.", *there[conflict.field][1:]]
    return "settled by hand", json.dumps(tables, indent=1).encode()


def _ours(_random: Random, _folder: Path, _base: bytes, ours: bytes, _theirs: bytes) -> Made:
    return "ours", ours


def _theirs(_random: Random, _folder: Path, _base: bytes, _ours: bytes, theirs: bytes) -> Made:
    return "theirs", theirs


def _lines(option: str) -> Callable[[Random, Path, bytes, bytes, bytes], Made]:
    def make(_random: Random, folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Made:
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            (folder / name).write_bytes(text)
        command = ("git", "merge-file", "-p", "-q", *((option,) if option else ()), "ours", "base", "theirs")
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        return f"git merge-file {option}".strip(), done.stdout

    return make


def _mangled(random: Random, _folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Made:
    """The right merge, in which somebody undid one thing that one side had done."""
    tables: Tables = json.loads(merge_texts(base, ours, theirs, "x").text)
    before: Tables = json.loads(base)
    changed = [
        (table, key, field)
        for side in (json.loads(ours), json.loads(theirs))
        for table, there in side.items()
        for key, fields in there.items()
        for field in sorted({*fields, *before.get(table, {}).get(key, {})})
        if fields.get(field) != before.get(table, {}).get(key, {}).get(field) and key in tables.get(table, {})
    ]
    for table, key, field in random.sample(changed, min(len(changed), random.randint(1, 2))):
        old = before.get(table, {}).get(key)
        if old is None:
            tables[table].pop(key, None)
        elif key in tables[table]:
            tables[table][key].pop(field, None)
            tables[table][key] |= {field: old[field]} if field in old else {}
    return "mangled", json.dumps(tables).encode()


def _left_sets(_random: Random, _folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Made:
    """The right merge, but for sets, of which it prefers ours, as some merge drivers do."""
    tables: Tables = json.loads(merge_texts(base, ours, theirs, "x").text)
    for key, fields in json.loads(ours)["items"].items():
        if key in tables["items"]:
            tables["items"][key].pop("tags", None)
            tables["items"][key] |= {"tags": fields["tags"]} if "tags" in fields else {}
    return "left sets", json.dumps(tables).encode()


MAKERS = (
    _leadline,
    _by_hand,
    _by_hand,
    _ours,
    _theirs,
    _mangled,
    _mangled,
    _left_sets,
    *(_lines(option) for option in ("", "--ours", "--theirs", "--union")),
)


def is_lossy(case: Case) -> bool:
    """Whether a result lacks something that only one side changed, found by looking at plain JSON."""
    try:
        result = json.loads(case.result, object_pairs_hook=_once)
    except ValueError:
        return True
    base, ours, theirs = (json.loads(text) for text in (case.base, case.ours, case.theirs))
    for table in ("goals", "decisions", "items"):
        sides = [version.get(table, {}) for version in (base, ours, theirs, result)]
        for key in {*sides[0], *sides[1], *sides[2]}:
            if _lacks(*(side.get(key) for side in sides)):
                return True
    return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        message = "a key twice"
        raise ValueError(message)
    return dict(pairs)


Fields = dict[str, Any]


def _lacks(base: Fields | None, ours: Fields | None, theirs: Fields | None, result: Fields | None) -> bool:
    if base in (ours, theirs):
        right = theirs if ours == base else ours
        if right is None or result is None:
            return right is not result
        return _differs(right, result)
    if base is None:
        return result is None
    if ours is None or theirs is None:
        # Removed by one, edited by the other: a person may choose either, and nothing in between.
        return result is not None and _differs(ours or theirs or {}, result)
    if result is None:
        return True
    names = {*base, *ours, *theirs, *result} - {"aliases"}
    both_moved = base.get("stage") not in (ours.get("stage"), theirs.get("stage")) and ours["stage"] != theirs["stage"]
    if both_moved:
        names -= LOGS
    return any(_field_lacks(name, *(version.get(name) for version in (base, ours, theirs, result))) for name in names)


def _differs(right: Fields, result: Fields) -> bool:
    return any(_shape(name, right.get(name)) != _shape(name, result.get(name)) for name in {*right, *result})


def _field_lacks(name: str, base: Any, ours: Any, theirs: Any, result: Any) -> bool:
    if name in SETS:
        was, one, other = (set(value or ()) for value in (base, ours, theirs))
        return set(result or ()) != (was & one & other) | (one - was) | (other - was)
    if name in LINKS or name == "ratings":
        parts = [_parts(name, value) for value in (base, ours, theirs, result)]
        keys = {key for part in parts for key in part}
        return any(_field_lacks("", *(part.get(key) for part in parts)) for key in keys)
    if base in (ours, theirs) or ours == theirs:
        right = theirs if ours == base else ours
        return bool(_shape(name, right) != _shape(name, result))
    return bool(result == base)


def _parts(name: str, value: Any) -> dict[str, Any]:
    if name in LINKS:
        return {str(link[LINKS[name]]): link for link in value or ()}
    return value or {}


def _shape(name: str, value: Any) -> Any:
    """A value without the order that does not count."""
    if name in TEXTS:
        return Counter(value or ())
    return Counter(map(str, value or ())) if name in LOGS else value
