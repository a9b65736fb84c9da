"""Edits of the raw fields of a record, of every kind that a store knows: small values, so that two sides often meet."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final

from store.models import DecisionStatus, GoalStatus, Horizon, Json, Kind, Ruling
from tests.proofs.oracle import Fields
from tests.proofs.stores import LEADS, STAGES, TAGS, some_words

Maker = Callable[[Random, Json], Json]
"""Another value for a field: what it holds now, None for nothing."""
Edit = Callable[[Random, Fields], Fields]

LINKED: Final = tuple(range(2**44 + 7, 2**44 + 7 + 5 * 101, 101))
"""Records that links lead to; that they are in no store is for others to tell."""


def moment(random: Random) -> str:
    """One of a few moments, so that two are sometimes the same."""
    return f"2026-03-{random.randint(3, 6):02}T{random.randint(8, 11):02}:00:00Z"


def any_of(*values: Json) -> Maker:
    """Another one of some values; None clears the field."""

    def make(random: Random, now: Json) -> Json:
        return random.choice([value for value in values if value != now])

    return make


def words(random: Random, _now: Json) -> str:
    return some_words(random, 2, 3)


def stamp(random: Random, now: Json) -> Json:
    return None if now and random.random() < 0.5 else {"at": moment(random), "by": random.choice(LEADS)}


def members(*pool: Json) -> Maker:
    """A set with one or two members more or less."""

    def make(random: Random, now: Json) -> Json:
        held = set(now or ()) ^ set(random.sample(pool, random.randint(1, 2)))
        return sorted(held) or None

    return make


def keys(**pools: Sequence[Json]) -> Maker:
    """A mapping with one key more, less or other."""

    def make(random: Random, now: Json) -> Json:
        name = random.choice(list(pools))
        value = any_of(None, *pools[name])(random, (now or {}).get(name))
        held = {**(now or {}), name: value}
        return {key: held[key] for key in sorted(held) if held[key] is not None} or None

    return make


def links(name: str, more: str, values: Sequence[Json]) -> Maker:
    """Links known by their first field, one more, less or other."""

    def make(random: Random, now: Json) -> Json:
        by_name = {link[name]: link for link in now or ()}
        to = random.choice(LINKED)
        value = random.choice((None, *values))
        if value is None and to in by_name:
            del by_name[to]
        else:
            by_name[to] = {name: to, **({more: value} if value is not None else {})}
        return list(by_name.values()) or None

    return make


def log(entry: Callable[[Random], Fields], other: Callable[[Random, Fields], Fields]) -> Maker:
    """A log with an entry more, and seldom one less or other."""

    def make(random: Random, now: Json) -> Json:
        entries = list(now or ())
        where = random.randrange(len(entries)) if entries else 0
        kind = random.choices(("add", "alter", "remove"), (60, 25, 15))[0] if entries else "add"
        if kind == "add":
            entries.append(entry(random))
        elif kind == "alter":
            entries[where] = other(random, entries[where])
        else:
            del entries[where]
        return sorted(entries, key=lambda each: str(each.get("since", each.get("at")))) or None

    return make


def lines(random: Random, now: Json) -> Json:
    """A text with a line more, less or other; what is put in is sometimes what the other side puts in, too."""
    text = list(now or ())
    where = random.randrange(len(text)) if text else 0
    kind = random.choices(("append", "alter", "insert", "remove"), (40, 30, 20, 10))[0] if text else "append"
    line = f"Said by both {random.randint(1, 3)}" if random.random() < 0.1 else some_words(random, 2, 3)
    if kind == "remove":
        del text[where]
    elif line in text:
        return [*text, some_words(random, 2, 3)]
    elif kind == "append":
        text.append(line)
    elif kind == "insert":
        text.insert(where, line)
    else:
        text[where] = line
    return text or None


def _verdict(random: Random, now: Json) -> Json:
    if now and random.random() < 0.2:
        return None
    ruling = random.choice((Ruling.NOW, Ruling.NEXT, Ruling.DECLINE, Ruling.DUPLICATE)).value
    more: dict[str, Fields] = {
        Ruling.DECLINE: {"reason": "out of scope"},
        Ruling.DUPLICATE: {"of": random.choice(LINKED)},
    }
    return {"is": ruling, **more.get(ruling, {}), "at": moment(random), "by": random.choice(LEADS)}


def _ruled(random: Random, _now: Json) -> Json:
    status = random.choice([*DecisionStatus])
    # What a new decision is stands nowhere.
    said = {} if status is DecisionStatus.PROPOSED else {"is": status.value}
    return {**said, "since": moment(random), "by": random.choice(LEADS)}


def _spell(random: Random) -> Fields:
    return {"since": moment(random), "reason": random.choice(("legal", "supplier")), "by": random.choice(LEADS)}


def _other_spell(random: Random, spell: Fields) -> Fields:
    ended = {"since": spell["since"], "until": f"2026-04-0{random.randint(1, 4)}T08:00:00Z"}
    return ended | {name: value for name, value in spell.items() if name not in ended}


def _standing(random: Random) -> Fields:
    return {"is": random.choice(STAGES), "since": moment(random), "by": random.choice(LEADS)}


def _said_in_session(random: Random) -> Fields:
    said = {"item": random.choice(LINKED), "is": random.choice((Ruling.NOW, Ruling.LATER)).value}
    return {**said, "seconds": random.randint(5, 7), "at": moment(random)}


def _deviation(random: Random) -> Fields:
    return {"item": random.choice(LINKED), "reason": some_words(random, 2, 3), "at": moment(random), "by": "ana"}


def _results(random: Random, _now: Json) -> Json:
    return [{"title": "late bills", "now": float(random.randint(1, 9)), "target": 10.0}]


def _stages(random: Random, _now: Json) -> Json:
    pairs = (("inbox", "inbox"), (random.choice(("ready", "next")), "queued"), ("done", "finished"), ("no", "dropped"))
    more = [{"name": "doing", "kind": "active", "wip_limit": random.randint(1, 3)}] if random.random() < 0.5 else []
    return [*({"name": name, "kind": kind} for name, kind in pairs), *more]


def _source(random: Random, now: Json) -> Json:
    if now is None:
        return {"system": "tracker", "key": str(random.getrandbits(30))}
    digests = " ".join(f"{name}:{random.randint(1, 3)}" for name in ("owner", "title"))
    other = {"seen": digests} if random.random() < 0.7 else {"url": f"https://example.com/{random.randint(1, 9)}"}
    return {name: {**now, **other}[name] for name in ("system", "key", "url", "seen") if name in {**now, **other}}


def unknown(random: Random, _now: Json) -> Json:
    """A value of a field that this version does not know."""
    return random.choice((None, 1, True, "two", [3, 1], {"at": moment(random), "by": "ana"}, {"a": [1], "b": "x"}, 1.5))


_DAY: Final = any_of(None, "2026-05-01", "2026-06-01", "2026-07-01")
_PERSON: Final = any_of(None, *LEADS)
_REFERENCES: Final = members(*LINKED)

FIELDS: Final[Mapping[str, Mapping[str, Maker]]] = {
    "items": {
        "title": words,
        "kind": any_of(*(kind.value for kind in Kind if kind is not Kind.FEATURE)),
        "horizon": any_of(None, *(horizon.value for horizon in Horizon)),
        "past_moves": log(_standing, lambda random, move: {**move, "is": random.choice(STAGES)}),
        "source": _source,
        "verdict": _verdict,
        "requester": _PERSON,
        "owner": _PERSON,
        "goals": links("goal", "strength", (1, 3)),
        "size": any_of(None, 1, 2, 3),
        "ratings": keys(urgency=(1, 2, 3), confidence=(1, 2)),
        "team": any_of(None, *LINKED),
        "tags": members(*TAGS[:5]),
        "due": _DAY,
        "depends_on": _REFERENCES,
        "blocked": log(_spell, _other_spell),
        "archived": stamp,
        "body": lines,
        "x-newer": unknown,
    },
    "goals": {
        "title": words,
        "status": any_of(None, *(status.value for status in GoalStatus if status is not GoalStatus.ACTIVE)),
        "parent": any_of(None, *LINKED),
        "weight": any_of(2, 3, 4, 5),
        "share": any_of(None, 10, 20),
        "owner": _PERSON,
        "key_results": _results,
        "due": _DAY,
        "teams": _REFERENCES,
        "guideline": words,
        "archived": stamp,
        "body": lines,
    },
    "decisions": {
        "title": words,
        "status": _ruled,
        "owner": _PERSON,
        "is_reversible": any_of(*(None, True, False)),
        "review_on": _DAY,
        "deciders": members(*LEADS),
        "items": _REFERENCES,
        "supersedes": links("decision", "part", ("costs", "dates")),
        "drivers": any_of(None, ["speed"], ["cost"], ["speed", "cost"]),
        "options": any_of(None, [{"title": "Buy"}], [{"title": "Build", "good": ["ours"]}]),
        "expectation": any_of(None, {"text": "less", "confidence": 10}, {"text": "more", "confidence": 20}),
        "archived": stamp,
        "context": lines,
        "because": lines,
        "x-newer": unknown,
    },
    "standards": {
        "title": words,
        "status": any_of(None, "trial", "retired"),
        "obligation": any_of(None, "must", "may"),
        "checklist": any_of(None, ["look twice"], ["ask"]),
        "deviations": log(_deviation, lambda random, each: {**each, "reason": some_words(random, 2, 3)}),
        "body": lines,
    },
    "sessions": {
        "ended": any_of(None, "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z"),
        "people": members(*LEADS),
        "verdicts": log(_said_in_session, lambda random, each: {**each, "seconds": random.randint(8, 12)}),
    },
    "teams": {
        "title": words,
        "disciplines": members(*TAGS[:4]),
        "wip_limit": any_of(None, 1, 2),
        "capacity": any_of(None, 5),
    },
    "settings": {
        "team": words,
        "prefix": any_of(None, "AB", "CD"),
        "stages": _stages,
        "answer_days": any_of(None, 3, 4, 5),
    },
    "x-notes": {"text": words, "when": unknown, "x": unknown, "at": unknown},
}
"""A maker for the fields of every table, and of a table that this version does not know."""

MOVE: Final = "stage"


def edited(random: Random, fields: Fields, table: str, name: str) -> Fields:
    """A record with another value of one field; a move of an item becomes a past move as well."""
    if name == MOVE:
        return _moved(random, fields)
    value = FIELDS[table][name](random, fields.get(name))
    rest = {other: there for other, there in fields.items() if other != name}
    return rest if value is None else {**rest, name: value}


def _moved(random: Random, fields: Fields) -> Fields:
    now = fields["stage"]
    if random.random() < 0.1:
        return {**fields, "stage": {**now, "since": moment(random), "by": random.choice(LEADS)}}
    stage = {"is": any_of(*STAGES)(random, now["is"]), "since": moment(random), "by": random.choice(LEADS)}
    return {**fields, "stage": stage, "past_moves": [*fields.get("past_moves", ()), now]}


def names_of(table: str) -> list[str]:
    """The fields of a table that can be edited."""
    return [*FIELDS[table], *([MOVE] if table == "items" else ())]
