"""Stores of a few records in three versions: what two sides started from, and what each of them made of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from store.disk.canonical import APP, META, META_KEY, record_text, store_text
from store.disk.reading.migrating import SCHEMA
from store.models import MergeRule, rules_of
from tests.proofs.oracle import Fields, Tables
from tests.proofs.raw_edits import LINKED, edited, moment, names_of
from tests.proofs.stores import LEADS, some_lines, some_words

Store = dict[str, dict[str, Fields]]

_WEIGHTS: Final[Mapping[str, int]] = {
    "items": 50,
    "decisions": 16,
    "goals": 12,
    "sessions": 6,
    "standards": 6,
    "teams": 4,
    "x-notes": 6,
}
_META: Final = record_text(META, META_KEY, {"app": APP, "schema": SCHEMA})
_ITEMS: Final = "items"


@dataclass
class Triple:
    """Three versions of a store, as raw records by table and key.

    Args:
        base: what both sides started from.
        ours: one side.
        theirs: the other side.
        special: what is about the ids of two records, if anything.
        focus: the records and fields that both sides look at most, the first most of all.
    """

    base: Store
    ours: Store
    theirs: Store
    special: str = ""
    focus: list[tuple[str, str, list[str]]] = field(default_factory=list)

    @property
    def sides(self) -> tuple[Store, Store]:
        return self.ours, self.theirs


def text_of(tables: Tables) -> bytes:
    """The canonical text of a store of raw records."""
    texts = {
        table: {key: record_text(table, key, fields) for key, fields in records.items()}
        for table, records in tables.items()
    }
    return store_text({**texts, META: {META_KEY: _META}})


def triples(seed: str, count: int, special: float = 0.16) -> Iterator[Triple]:
    """Triples, always the same for one seed.

    Args:
        seed: another one gives others.
        count: how many.
        special: the share in which two records have one id, or one record two.
    """
    for number in range(count):
        random = Random(f"{seed} {number}")  # noqa: S311 - the same every time
        yield _triple(random, special)


def _triple(random: Random, special: float) -> Triple:
    base = made(random)
    triple = Triple(base, _copied(base), _copied(base))
    records = [(table, key) for table, there in base.items() for key in there]
    for table, key in random.sample(records, min(2, len(records))):
        names = names_of(table)
        triple.focus.append((table, key, random.sample(names, min(4, len(names)))))
    triple.focus.insert(0, (*triple.focus[0][:2], [_one_of_a_kind(random, triple.focus[0][0])]))
    # Before the edits, so that what is special is edited as well.
    if random.random() < special:
        triple.special, make = random.choice(SPECIALS)
        make(random, triple)
    for side in triple.sides:
        edit(random, side, triple.focus, random.choice((0, 1, 2, 3, 5, 8)))
    return triple


def _one_of_a_kind(random: Random, table: str) -> str:
    """A field by the rule it is merged by, so that the rules that few fields have are tried as often as the others."""
    rules = rules_of(table)
    names = names_of(table)
    rule = random.choice(sorted({rules.get(name, MergeRule.SCALAR) for name in names}))
    return random.choice([name for name in names if rules.get(name, MergeRule.SCALAR) is rule])


def made(random: Random) -> Store:
    """A store of three to eight records."""
    store: Store = {"settings": {"1": {"team": "Platform"}}}
    for table in random.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=random.randint(3, 8)):
        store.setdefault(table, {})[new_key(random)] = new_record(random, table, filled=random.randint(0, 8))
    return store


def new_key(random: Random) -> str:
    """An id that nothing else has."""
    return str(2**44 + 1_000_000 + random.getrandbits(43))


def new_record(random: Random, table: str, filled: int = 0) -> Fields:
    """A record with that many fields edited once."""
    created = {"at": moment(random), "by": random.choice(LEADS)}
    fields: Fields
    if table == "x-notes":
        fields = {"text": some_words(random)}
    elif table == "sessions":
        fields = {"started": created, "agenda": "inbox"}
    else:
        fields = {"title": some_words(random), "created": created}
        if table == _ITEMS:
            fields = {**fields, "stage": {"is": "inbox", "since": created["at"], "by": created["by"]}}
        if table == "decisions":
            fields = {**fields, "status": {"since": created["at"], "by": created["by"]}}
    if table in {_ITEMS, "goals", "standards"}:
        text = some_lines(random, 6)
        fields = {**fields, **({"body": text.split("\n")} if text else {})}
    names = names_of(table)
    for name in random.choices(names, k=filled):
        fields = edited(random, fields, table, name)
    return fields


def edit(random: Random, side: Store, focus: list[tuple[str, str, list[str]]], count: int) -> None:
    """Edits of one side, most of them where the other side edits as well."""
    for _ in range(count):
        chance = random.random()
        table, key, names = _place(random, side, focus)
        if chance < 0.04 and table != "settings":
            side[table].pop(key, None)
        elif chance < 0.12:
            new = random.choice(list(_WEIGHTS))
            side.setdefault(new, {})[new_key(random)] = new_record(random, new, filled=2)
        elif chance < 0.14:
            settings = side["settings"]["1"]
            side["settings"] = {"1": edited(random, settings, "settings", random.choice(names_of("settings")))}
        elif key in side.get(table, {}):
            side[table][key] = edited(random, side[table][key], table, random.choice(names))


def _place(random: Random, side: Store, focus: list[tuple[str, str, list[str]]]) -> tuple[str, str, list[str]]:
    chance = random.random()
    if focus and chance < 0.8:
        return focus[0] if chance < 0.4 else random.choice(focus)
    table = random.choice([name for name, there in side.items() if there])
    return table, random.choice(list(side[table])), names_of(table)


def _copied(store: Store) -> Store:
    return {table: dict(records) for table, records in store.items()}


def _twins(random: Random, triple: Triple) -> None:
    """Both sides gave one id to two records, and speak of theirs elsewhere."""
    table = random.choice((_ITEMS, _ITEMS, "goals", "decisions", "sessions"))
    key = new_key(random)
    for side, lead in zip(triple.sides, random.sample(LEADS, 2), strict=True):
        twin = new_record(random, table, filled=random.randint(0, 3))
        name = "started" if table == "sessions" else "created"
        side.setdefault(table, {})[key] = {**twin, name: {"at": moment(random), "by": lead}}
        if random.random() < 0.6:
            _speak(random, side, table, int(key))


def _speak(random: Random, side: Store, table: str, number: int) -> None:
    """A new record that names another one."""
    if table == _ITEMS:
        fields = new_record(random, "decisions")
        side.setdefault("decisions", {})[new_key(random)] = {**fields, "items": sorted({number, LINKED[0]})}
    elif table in {"goals", "decisions"}:
        other = _ITEMS if table == "goals" else "decisions"
        name, part = ("goals", "goal") if table == "goals" else ("supersedes", "decision")
        fields = new_record(random, other)
        side.setdefault(other, {})[new_key(random)] = {**fields, name: [{part: number}]}


def _imports(random: Random, triple: Triple) -> None:
    """Both sides imported the same thing, and one or both have touched it since."""
    source = {"system": "tracker", "key": str(random.getrandbits(30))}
    first = new_record(random, _ITEMS, filled=2)
    for side in triple.sides:
        at = moment(random)
        fields: Fields = {**first, "created": {"at": at}, "source": {**source, "seen": f"title:{random.randint(1, 2)}"}}
        fields = {name: value for name, value in fields.items() if name not in {"past_moves", "stage"}}
        fields = {**fields, "stage": {"is": random.choice(("inbox", "inbox", "ready")), "since": at}}
        key = new_key(random)
        for name in random.choices([name for name in names_of(_ITEMS) if name != "source"], k=random.randint(0, 3)):
            fields = edited(random, fields, _ITEMS, name)
        side.setdefault(_ITEMS, {})[key] = fields
        if random.random() < 0.4:
            _speak(random, side, _ITEMS, int(key))


def _picked(random: Random, triple: Triple) -> None:
    """Both sides have the same new record, as after a cherry-pick, and edit it."""
    table = random.choice((_ITEMS, "goals", "decisions", "standards", "x-notes"))
    key, fields = new_key(random), new_record(random, table, filled=3)
    for side in triple.sides:
        side.setdefault(table, {})[key] = fields
    triple.focus.append((table, key, names_of(table)))


def _renumbered(random: Random, triple: Triple) -> None:
    """One side has renumbered a record in an earlier merge, and the other still has it under the old id."""
    places = [(table, key) for table in (_ITEMS, "goals", "decisions") for key in triple.base.get(table, {})]
    if not places:
        return
    table, former = random.choice(places)
    key = new_key(random)
    side, other = random.sample(triple.sides, 2)
    fields = side[table].pop(former)
    side[table][key] = {**fields, "aliases": [int(former)]}
    names = [name for name in names_of(table) if name != "source"]
    triple.focus = [each for each in triple.focus if each[1] != former]
    for version, place in ((side, key), (other, former)):
        for name in random.choices(names, k=random.randint(0, 2)):
            version[table][place] = edited(random, version[table][place], table, name)


def _three_clones(random: Random, triple: Triple) -> None:
    """Three clones gave one id to three records, and two of them have merged with the third."""
    table = random.choice((_ITEMS, "goals", "decisions"))
    key, *others = (new_key(random) for _ in range(3))
    moments, leads = sorted(moment(random) for _ in range(3)), random.sample(LEADS, 3)
    first, second, third = (
        {**new_record(random, table, filled=2), "created": {"at": at, "by": lead}}
        for at, lead in zip(moments, leads, strict=True)
    )
    renumbered = [{**fields, "aliases": [int(key)]} for fields in (second, third)]
    triple.base.setdefault(table, {})[key] = second
    one, other = random.sample(triple.sides, 2)
    one.setdefault(table, {}).update({key: first, others[0]: renumbered[0]})
    other.setdefault(table, {}).update({key: second, others[1]: renumbered[1]})
    for side, place in ((one, others[0]), (other, key)):
        for name in random.choices([name for name in names_of(table) if name != "source"], k=random.randint(0, 2)):
            side[table][place] = edited(random, side[table][place], table, name)


def _used_again(random: Random, triple: Triple) -> None:
    """One side has removed a record and given its id to another one; the other side may have gone on with the first."""
    places = [(table, key) for table in (_ITEMS, "goals", "decisions") for key in triple.base.get(table, {})]
    if not places:
        return
    table, key = random.choice(places)
    side, other = random.sample(triple.sides, 2)
    side[table][key] = new_record(random, table, filled=3)
    triple.focus = [each for each in triple.focus if each[1] != key]
    for name in random.choices(names_of(table), k=random.randint(0, 2)):
        other[table][key] = edited(random, other[table][key], table, name)
    if random.random() < 0.4:
        _speak(random, side, table, int(key))


SPECIALS: Final[tuple[tuple[str, Callable[[Random, Triple], None]], ...]] = (
    ("one id for two records", _twins),
    ("imported on both sides", _imports),
    ("new on both sides", _picked),
    ("renumbered on one side", _renumbered),
    ("one id on three clones", _three_clones),
    ("an id used again", _used_again),
)
