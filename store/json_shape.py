"""The shape of `--json`: what `list`, `show` and `export` give a script, the same everywhere and stable.

Every field is always there: null, "" or [] where there is nothing. Ids are whole numbers (`id`) and as people say them
(`short`); moments are in UTC and whole seconds, days are ISO days. A new field may come at any time; a field that goes
or changes its meaning raises `SCHEMA`.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

import orjson

from store.hidden import HIDDEN, JOINING, MARKS_PER_BASE
from store.models import Decision, Goal, Item, Json, Record, Stamp, Standing, Workspace

SCHEMA: Final = 1

# What a terminal or an editor would act on or hide; JSON escapes what is below the space by itself.
_HIDDEN: Final = re.compile(f"[{HIDDEN}{JOINING}]")
# Letters before these have no marks after them, so that so many others in a row may hide a tower of marks.
_PERHAPS_A_TOWER: Final = re.compile(rf"[^\x00-\u02ff]{{{MARKS_PER_BASE + 1},}}")


def document(**tables: list[Json]) -> dict[str, Json]:
    """What a command answers: the schema number, then lists by name, such as `items` and `goals`."""
    return {"schema": SCHEMA, **tables}


def json_text(value: Json) -> str:
    """The text of a document, safe to print: whatever a terminal would act on is escaped. Ends with a line break."""
    try:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except TypeError:
        # Half a character, or a number above 64 bits: rare, and the slower writer takes them.
        text = json.dumps(value, ensure_ascii=False, indent=2)
    return _PERHAPS_A_TOWER.sub(_lower, _HIDDEN.sub(_escaped, text)) + "\n"


def items_json(workspace: Workspace, items: Iterable[Item]) -> dict[str, Json]:
    """The document of some items, in their order."""
    return document(items=[item_shape(workspace, item) for item in items])


def item_shape(workspace: Workspace, item: Item) -> dict[str, Json]:
    """An item. `kind` inside `stage` says what the stage means; references name what they refer to."""
    verdict, source = item.verdict, item.source
    return {
        **_identity(workspace, item),
        "kind": item.kind.value,
        "stage": {**_standing(item.stage), "kind": workspace.kind_of(item).value},
        "horizon": item.horizon.value if item.horizon else None,
        "goals": [{**_reference(workspace, "goals", link.goal), "strength": link.strength} for link in item.goals],
        "ratings": dict(item.ratings),
        "size": item.size,
        "team": _optional(workspace, "teams", item.team),
        "owner": item.owner,
        "requester": item.requester,
        "tags": sorted(item.tags),
        "due": _day(item.due),
        "depends_on": _references(workspace, "items", item.depends_on),
        "is_blocked": item.is_blocked,
        "blocked": [
            {"since": _moment(spell.since), "until": _moment(spell.until), "reason": spell.reason, "by": spell.by}
            for spell in item.blocked
        ],
        "verdict": None
        if verdict is None
        else {
            "is": verdict.ruling.value,
            "reason": verdict.reason,
            "until": _day(verdict.until),
            "of": _optional(workspace, "items", verdict.of),
            "at": _moment(verdict.at),
            "by": verdict.by,
        },
        "source": None if source is None else {"system": source.system, "key": source.key, "url": source.url},
        "created": _stamp(item.created),
        "aliases": sorted(item.aliases),
        "archived": _stamp(item.archived),
        "moves": [_standing(move) for move in item.moves],
        "body": item.body,
    }


def goal_shape(workspace: Workspace, goal: Goal) -> dict[str, Json]:
    """A goal. `progress` of a key result is 0.0 at its start and 1.0 at its target."""
    return {
        **_identity(workspace, goal),
        "origin": goal.origin.value,
        "status": goal.status.value,
        "parent": _optional(workspace, "goals", goal.parent),
        "weight": goal.weight,
        "share": goal.share,
        "said_by": goal.said_by,
        "owner": goal.owner,
        "due": _day(goal.due),
        "teams": _references(workspace, "teams", goal.teams),
        "guideline": goal.guideline,
        "key_results": [
            {
                "title": result.title,
                "start": result.start,
                "now": result.now,
                "target": result.target,
                "unit": result.unit,
                "progress": result.progress,
            }
            for result in goal.key_results
        ],
        "created": _stamp(goal.created),
        "aliases": sorted(goal.aliases),
        "archived": _stamp(goal.archived),
        "body": goal.body,
    }


def decision_shape(workspace: Workspace, decision: Decision) -> dict[str, Json]:
    """A decision. `superseded_by` is worked out from the newer decisions that name this one."""
    status, expectation = decision.status, decision.expectation
    return {
        **_identity(workspace, decision),
        "status": {
            "is": status.status.value,
            "since": _moment(status.since),
            "by": status.by,
            "reason": status.reason,
        },
        "owner": decision.owner,
        "decide_by": _day(decision.decide_by),
        "default": decision.default,
        "is_reversible": decision.is_reversible,
        "review_on": _day(decision.review_on),
        "trigger": decision.trigger,
        "deciders": sorted(decision.deciders),
        "consulted": sorted(decision.consulted),
        "informed": sorted(decision.informed),
        "items": _references(workspace, "items", decision.items),
        "goals": _references(workspace, "goals", decision.goals),
        "standards": _references(workspace, "standards", decision.standards),
        "supersedes": [
            {**_reference(workspace, "decisions", link.decision), "part": link.part} for link in decision.supersedes
        ],
        "superseded_by": _references(workspace, "decisions", workspace.superseded_by.get(decision.id, ())),
        "drivers": list(decision.drivers),
        "options": [
            {
                "title": option.title,
                "good": list(option.good),
                "neutral": list(option.neutral),
                "bad": list(option.bad),
            }
            for option in decision.options
        ],
        "chosen": decision.chosen,
        "expectation": None
        if expectation is None
        else {"text": expectation.text, "confidence": expectation.confidence},
        "outcome_seen": decision.outcome_seen,
        "source": decision.source,
        "created": _stamp(decision.created),
        "aliases": sorted(decision.aliases),
        "archived": _stamp(decision.archived),
        "context": decision.context,
        "because": decision.because,
        "consequences": decision.consequences,
        "confirmation": decision.confirmation,
        "more": decision.more,
    }


def _identity(workspace: Workspace, record: Item | Goal | Decision) -> dict[str, Json]:
    return {"id": record.id, "short": workspace.name_of(record), "title": record.title}


def _reference(workspace: Workspace, table: str, number: int) -> dict[str, Json]:
    """Who is meant; without a name where the record is not here, as after a purge."""
    record: Record | None = workspace.known(table, number)
    if record is None:
        return {"id": number, "short": None, "title": None}
    return {"id": number, "short": workspace.name_of(record), "title": getattr(record, "title", None)}


def _optional(workspace: Workspace, table: str, number: int | None) -> dict[str, Json] | None:
    return None if number is None else _reference(workspace, table, number)


def _references(workspace: Workspace, table: str, numbers: Iterable[int]) -> list[Json]:
    return [_reference(workspace, table, number) for number in sorted(numbers)]


def _standing(standing: Standing) -> dict[str, Json]:
    return {"is": standing.stage, "since": _moment(standing.since), "by": standing.by}


def _stamp(stamp: Stamp | None) -> Mapping[str, Json] | None:
    return None if stamp is None else {"at": _moment(stamp.at), "by": stamp.by}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _lower(found: re.Match[str]) -> str:
    """Escape the marks that stand above others on one letter, whose tower would cover other lines."""
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        kept.append(char if marks <= MARKS_PER_BASE else _as_escape(char))
    return "".join(kept)


def _escaped(found: re.Match[str]) -> str:
    return _as_escape(found[0])


def _as_escape(char: str) -> str:
    # Two of the UTF-16 halves that JSON asks for, where one does not do.
    data = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at]:02x}{data[at + 1]:02x}" for at in range(0, len(data), 2))
