"""One changed field of a record in a few words of the work: "ready, was inbox", "owner @ana", "text: 3 lines added"."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from screens.wording.counting import counted, listed
from screens.wording.field_values import Names, field_word, quoted, shown, stamp_words, value_words
from screens.wording.item_facts import RULED
from store.change import FieldChange
from store.models import Blocked, Json, MergeRule, rules_of


def phrase(table: str, change: FieldChange, names: Names) -> str:
    """The change of one field in words."""
    teller = _TELLERS.get(f"{table}.{change.field}") or _TELLERS.get(change.field)
    if teller is not None:
        return teller(change, names)
    if rules_of(table).get(change.field) is MergeRule.LINES:
        return _lines(change)
    name = field_word(change.name)
    if isinstance(change.before, frozenset) or isinstance(change.after, frozenset):
        return _members(name, change, names)
    new, old = (value_words(change.name, value, names) for value in (change.after, change.before))
    if not new:
        return f"no {name}, was {old}"
    return f"{name} {new}{f', was {old}' if old else ''}"


def _lines(change: FieldChange) -> str:
    name = field_word(change.name)
    old, new = (str(value or "").split("\n") if value else [] for value in (change.before, change.after))
    if not new:
        return f"{name} taken out"
    if not old:
        return f"{name} written: {counted(len(new), 'line')}"
    was, is_now = Counter(old), Counter(new)
    added, removed = (is_now - was).total(), (was - is_now).total()
    if added == removed:
        return f"{name}: {counted(added, 'line')} changed" if added else f"{name}: lines moved"
    parts = [f"{counted(added, 'line')} added"] if added else []
    if removed:
        parts.append(f"{removed:,} taken out" if added else f"{counted(removed, 'line')} taken out")
    return f"{name}: {', '.join(parts)}"


def _members(name: str, change: FieldChange, names: Names) -> str:
    more, fewer = _more_and_fewer(change, lambda value: value_words(change.name, value, names))
    parts = [f"with {listed(more)}"] if more else []
    if fewer:
        parts.append(f"without {listed(fewer)}")
    return f"{name} {', '.join(parts)}"


def _more_and_fewer(change: FieldChange, words: Callable[[Json], str]) -> tuple[list[str], list[str]]:
    was, is_now = frozenset(change.before or ()), frozenset(change.after or ())
    return sorted(map(words, is_now - was)), sorted(map(words, was - is_now))


def _stage(change: FieldChange, _names: Names) -> str:
    if change.before is None or change.before.stage == change.after.stage:
        return f"{change.after.stage} again" if change.before is not None else str(change.after.stage)
    return f"{change.after.stage}, was {change.before.stage}"


def _moves(change: FieldChange, names: Names) -> str:
    """The moves before the present standing, which a merge brings in from the other side."""
    was, is_now = tuple(change.before or ()), tuple(change.after or ())

    def told(moves: Iterable[Json]) -> str:
        return listed([
            f"{move.stage} ({names.day(move.since)}{f' by @{move.by}' if move.by else ''})" for move in moves
        ])

    more, fewer = told(move for move in is_now if move not in was), told(move for move in was if move not in is_now)
    parts = [f"also moved to {more}"] if more else []
    parts += [f"without its move to {fewer}"] if fewer else []
    return ", ".join(parts) or "earlier moves in another order"


def _horizon(change: FieldChange, _names: Names) -> str:
    old = f", was {change.before.value}" if change.before else ""
    return f"for {change.after.value}{old}" if change.after else f"in no horizon{old}"


def _verdict(change: FieldChange, names: Names) -> str:
    verdict = change.after
    if verdict is None:
        return "verdict taken back"
    word = f"verdict {RULED[verdict.ruling]}"
    if verdict.until is not None:
        word = f"{word}, not before {names.day(verdict.until)}"
    if verdict.of is not None:
        word = f"{word} of {names.record('items', verdict.of)}"
    return f"{word} {quoted(verdict.reason)}" if verdict.reason else word


def _owner(change: FieldChange, _names: Names) -> str:
    old = f", was @{change.before}" if change.before else ""
    return f"owner @{change.after}{old}" if change.after else f"no owner{old}"


def _title_of(change: FieldChange, _names: Names) -> str:
    return f"renamed, was {quoted(change.before)}"


def _serves(change: FieldChange, names: Names) -> str:
    goal = names.record("goals", int(change.name.partition(".")[2]))
    if change.after is None:
        return f"serves {goal} no more"
    if change.before is None:
        return f"serves {goal} with strength {change.after.strength}"
    return f"serves {goal} with strength {change.after.strength}, was {change.before.strength}"


def _replaces(change: FieldChange, names: Names) -> str:
    older = names.record("decisions", int(change.name.partition(".")[2]))
    if change.after is None:
        return f"replaces {older} no more"
    return f"replaces {quoted(change.after.part) + ' of ' if change.after.part else ''}{older}"


def _tags(change: FieldChange, _names: Names) -> str:
    more, fewer = _more_and_fewer(change, lambda tag: f"#{tag}")
    parts = [f"tagged {' '.join(more)}"] if more else []
    return ", ".join([*parts, f"without {' '.join(fewer)}"] if fewer else parts)


def _waits(change: FieldChange, names: Names) -> str:
    more, fewer = _more_and_fewer(change, lambda number: names.record("items", number))
    parts = [f"waits for {listed(more)}"] if more else []
    return ", ".join([*parts, f"waits for {listed(fewer)} no more"] if fewer else parts)


def _blocked(change: FieldChange, _names: Names) -> str:
    spells: tuple[Blocked, ...] = change.after or ()
    lasting = next((spell for spell in spells if spell.until is None), None)
    was_lasting = any(spell.until is None for spell in change.before or ())
    if lasting is not None:
        return f"blocked{f': {quoted(lasting.reason)}' if lasting.reason else ''}"
    return "blocked no more" if was_lasting else "blocked spells changed"


def _archived(change: FieldChange, names: Names) -> str:
    return f"archived {stamp_words(change.after, names)}" if change.after else "brought back from the archive"


def _ruled(change: FieldChange, _names: Names) -> str:
    reason = f" {quoted(change.after.reason)}" if change.after.reason else ""
    if change.before.status is change.after.status:
        return f"{change.after.status.value} again{reason}"
    return f"{change.after.status.value}, was {change.before.status.value}{reason}"


def _status(change: FieldChange, _names: Names) -> str:
    return f"{change.after.value}, was {change.before.value}"


def _source(change: FieldChange, _names: Names) -> str:
    source, before = change.after, change.before
    if source is None:
        return "no source any more"
    if before is not None and (before.system, before.key, before.url) == (source.system, source.key, source.url):
        return "looked up in its tracker"
    return f"from {source.system} {source.key}"


def _created(change: FieldChange, names: Names) -> str:
    return f"created {stamp_words(change.after, names)}" if change.after else "when it was created taken out"


def _options(change: FieldChange, _names: Names) -> str:
    was, is_now = ({option.title for option in value or ()} for value in (change.before, change.after))
    more, fewer = sorted(is_now - was), sorted(was - is_now)
    parts = [f"option {listed([*map(quoted, more)])}"] if more else []
    parts += [f"without option {listed([*map(quoted, fewer)])}"] if fewer else []
    return ", ".join(parts) or "arguments of its options changed"


def _key_results(change: FieldChange, _names: Names) -> str:
    was, is_now = ({each.title: each for each in value or ()} for value in (change.before, change.after))
    parts = [f"key result {quoted(title)}" for title in is_now if title not in was]
    parts += [f"without key result {quoted(title)}" for title in was if title not in is_now]
    for title, each in is_now.items():
        old = was.get(title)
        if old is not None and old.now != each.now:
            unit = f" {each.unit}" if each.unit else ""
            parts.append(f"{quoted(title)} now {each.now:g}{unit}, was {old.now:g}")
        elif old is not None and old != each:
            parts.append(f"{quoted(title)} measured otherwise")
    return "; ".join(parts) or "key results in another order"


def _list(noun: str, nouns: str) -> Callable[[FieldChange, Names], str]:
    def tell(change: FieldChange, _names: Names) -> str:
        was, is_now = tuple(change.before or ()), tuple(change.after or ())
        more = counted(sum(entry not in was for entry in is_now), noun, nouns)
        fewer = sum(entry not in is_now for entry in was)
        parts = [f"{more} more"] if not more.startswith("0 ") else []
        parts += [f"{fewer:,} taken out"] if fewer else []
        return ", ".join(parts) or f"{nouns} in another order"

    return tell


def _stages(change: FieldChange, _names: Names) -> str:
    return f"stages {_named(change.after)}, were {_named(change.before)}"


def _named(stages: Iterable[Json]) -> str:
    return listed([stage.name for stage in stages])


def _expectation(change: FieldChange, _names: Names) -> str:
    if change.after is None:
        return "nothing expected any more"
    return f"expects {quoted(change.after.text)} with {change.after.confidence} % confidence"


def _settled(change: FieldChange, names: Names) -> str:
    return f"settled {stamp_words(change.after, names)}" if change.after else "open again"


_TELLERS: Final[Mapping[str, Callable[[FieldChange, Names], str]]] = MappingProxyType({
    "title": _title_of,
    "stage": _stage,
    "past_moves": _moves,
    "horizon": _horizon,
    "verdict": _verdict,
    "owner": _owner,
    "items.goals": _serves,
    "supersedes": _replaces,
    "tags": _tags,
    "depends_on": _waits,
    "blocked": _blocked,
    "archived": _archived,
    "decisions.status": _ruled,
    "goals.status": _status,
    "standards.status": _status,
    "source": _source,
    "decisions.source": lambda change, _names: f"from {shown(change.after)}" if change.after else "no source any more",
    "created": _created,
    "options": _options,
    "key_results": _key_results,
    "drivers": _list("driver", "drivers"),
    "checklist": _list("step", "steps"),
    "deviations": _list("deviation", "deviations"),
    "verdicts": _list("verdict", "verdicts"),
    "decision_rights": _list("right to decide", "rights to decide"),
    "stages": _stages,
    "expectation": _expectation,
    "settled": _settled,
})
"""How a field is told whose value is more than one word; by table where tables use one name for different things."""
