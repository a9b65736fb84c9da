"""What is wrong with a merged store, by what it must come to."""

from collections.abc import Collection

from store.models import Json, MergeRule, rules_of
from tests.proofs.oracle.answers import MISSING, Answer, Fields, Flag, Tables, by_first, frozen, listed, shows
from tests.proofs.oracle.truth import Truth, said

Place = tuple[str, str, str]


def complaints(truth: Truth, result: Tables) -> list[str]:
    """What is wrong with the records of a merged store; whether conflicts are recorded is not looked at here."""
    found = [f"{table} {key} is there" for table, key in sorted(truth.gone) if key in result.get(table, {})]
    found += [f"{table} {key} is missing" for table, key in sorted(truth.there) if key not in result.get(table, {})]
    answered: dict[tuple[str, str], set[str]] = {}
    records = {(table, key): said(table, result.get(table, {}).get(key)) for table, key in truth.there}
    for (table, key, field), answer in truth.answers.items():
        record = records.get((table, key))
        if record is None:
            continue
        name, part = _split(table, field)
        answered.setdefault((table, key), set()).add(name)
        if not field:
            continue
        shown = record.get(name, MISSING)
        rule = rules_of(table).get(name, MergeRule.SCALAR)
        if part:
            shown = (by_first(shown) if rule is MergeRule.LINKS else shown) if shown is not MISSING else {}
            shown = shown.get(part, MISSING)
        if not any(shows(rule, bool(part), shown, value) for value in answer.values):
            may = " or ".join(frozen(value) for value in answer.values)
            found.append(f"{table} {key} {field} shows {frozen(shown)}, not {may}")
    for (table, key), names in answered.items():
        more = set(records.get((table, key)) or ()) - names
        if more:
            found.append(f"{table} {key} has more fields: {sorted(more)}")
    return found


def _split(table: str, field: str) -> tuple[str, str]:
    """A field and the part of it that is meant, as `ratings` and `urgency`."""
    name, _, part = field.partition(".")
    has_parts = rules_of(table).get(name) in {MergeRule.KEYED, MergeRule.LINKS}
    return (name, part) if has_parts else (field, "")


def conflict_complaints(truth: Truth, result: Tables, known: Collection[str] = ()) -> list[str]:
    """Conflicts that are missing, needless, settled though somebody must decide, or without a value of a side.

    Args:
        truth: what the merge must come to.
        result: what it came to.
        known: the keys of conflicts that a side had before.
    """
    recorded: dict[Place, Fields] = {}
    before: set[Place] = set()
    for key, fields in result.get("conflicts", {}).items():
        place = fields["table"], str(fields["record"]), fields.get("field", "")
        if key in known:
            before.add(place)
        else:
            recorded[place] = fields
    found = [f"no conflict at {place}" for place in sorted(truth.must_flag - recorded.keys() - before)]
    may = {place for place in truth.may_flag if truth.answers[place].flag is not Flag.MOVED}
    found += [f"a needless conflict at {place}" for place in sorted(recorded.keys() - may)]
    for place in recorded.keys() & may:
        answer, fields = truth.answers[place], recorded[place]
        if (answer.flag is Flag.SETTLED) != ("settled" in fields):
            found.append(f"the conflict at {place} is settled or not, and should not be")
        if not _keeps(place, answer, fields):
            found.append(f"the conflict at {place} keeps {frozen(fields)}, not {answer.sides}")
    return found


def _keeps(place: Place, answer: Answer, conflict: Fields) -> bool:
    """Whether a conflict keeps the base and both sides."""
    table, _, field = place
    name, part = _split(table, field)
    is_loose = not part and rules_of(table).get(name) is MergeRule.LOG

    def shape(value: Json) -> str:
        if value is None or value is MISSING:
            return ""
        if not field:
            return frozen(said(table, value))
        return frozen(sorted(map(frozen, listed(value)))) if is_loose else frozen(value)

    base, *sides = answer.sides
    kept = sorted(map(shape, conflict["sides"]))
    return shape(conflict.get("base")) == shape(base) and kept == sorted(map(shape, sides))
